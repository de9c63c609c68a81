package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R9.5")
class EventFeedTest extends TokenServiceFixture {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final ServiceId SERVICE_ID = InMemoryTokens.SERVICE_ID;
    private static final ConsumerName MAIL = new ConsumerName("mail");

    private final List<String> seen = new ArrayList<>();

    private EventFeed worker(ConsumerName consumer) {
        return EventFeed.of(InMemoryTokens.SERVICE_ID, store, clock, consumer, LEASE);
    }

    private void see(Holder holder, TokenEvent event) {
        seen.add(holder + " " + event.number() + " " + event.type());
    }

    @Test
    void deliversEachEventOnceInOrder() {
        EventFeed feed = worker(MAIL);
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertAccepted(desk.cancel(TARO, "by mistake"));
        assertAccepted(tokens.orderFob(HANAKO, Confirmation.NONE));
        assertEquals(List.of(HANAKO, TARO), feed.due(null, 10));

        assertEquals(new Delivered(3, List.of()), feed.deliver(this::see));
        assertEquals(List.of("hanako 1 ORDERED", "taro 1 ORDERED", "taro 2 CANCELLED"), seen);
        assertEquals(new Delivered(0, List.of()), feed.deliver(this::see));
        assertEquals(List.of(), feed.due(null, 10));

        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        feed.deliver(this::see);
        assertEquals("taro 3 ORDERED", seen.get(3));
    }

    @Test
    void deliversLongHistoriesAndManyHolders() {
        EventFeed feed = worker(MAIL);
        for (int i = 0; i < 125; i++) {
            tokens.orderFob(TARO, Confirmation.NONE);
            desk.cancel(TARO, "again");
            tokens.orderFob(new Holder("holder-" + i), Confirmation.NONE);
        }
        assertEquals(new Delivered(375, List.of()), feed.deliver(this::see));
        assertEquals(375, seen.stream().distinct().count());
    }

    @Test
    void whatFailsComesAgainAndHoldsUpItsHolderOnly() {
        EventFeed feed = worker(MAIL);
        tokens.orderFob(HANAKO, Confirmation.NONE);
        desk.cancel(HANAKO, "by mistake");
        tokens.orderFob(TARO, Confirmation.NONE);
        IllegalStateException down = new IllegalStateException("the mail server is down");
        EventFeed.Handler failing = (holder, event) -> {
            if (holder.equals(HANAKO) && event.number() == 2) {
                throw down;
            }
            see(holder, event);
        };

        assertEquals(new Delivered(2, List.of(new Delivered.Failure(HANAKO, 2, down))), feed.deliver(failing));
        assertEquals(new Delivered(0, List.of(new Delivered.Failure(HANAKO, 2, down))), feed.deliver(failing));
        feed.deliver(this::see);
        assertEquals(List.of("hanako 1 ORDERED", "taro 1 ORDERED", "hanako 2 CANCELLED"), seen);
    }

    /** What a process does that dies: nothing any more. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void anotherGoesOnWhereOneDied() {
        EventFeed dying = worker(MAIL);
        EventFeed other = worker(MAIL);
        tokens.orderFob(TARO, Confirmation.NONE);
        assertThrows(
                Death.class,
                () -> dying.deliver((holder, event) -> {
                    throw new Death();
                }));
        assertEquals(new Delivered(0, List.of()), other.deliver(this::see));
        clock.advance(LEASE);
        assertEquals(new Delivered(1, List.of()), other.deliver(this::see));
    }

    /** A worker that is slower than its lease stops as soon as it can know. */
    @Test
    void aSlowWorkerGivesWay() {
        EventFeed slow = worker(MAIL);
        EventFeed other = worker(MAIL);
        tokens.orderFob(TARO, Confirmation.NONE);
        desk.cancel(TARO, "by mistake");
        tokens.orderFob(TARO, Confirmation.NONE);

        slow.deliver((holder, event) -> {
            see(holder, event);
            clock.advance(LEASE);
            other.deliver(this::see);
        });

        assertEquals(List.of("taro 1 ORDERED", "taro 1 ORDERED", "taro 2 CANCELLED", "taro 3 ORDERED"), seen);
        assertEquals(List.of(), other.due(null, 10));
    }

    @Test
    void aRetiredConsumerHasNoMore() {
        EventFeed feed = worker(MAIL);
        tokens.orderFob(TARO, Confirmation.NONE);
        feed.retire();
        assertEquals(new Delivered(0, List.of()), feed.deliver(this::see));
    }

    @Test
    void leasesHaveBounds() {
        for (Duration lease : List.of(Duration.ofMillis(999), Duration.ofDays(1).plusSeconds(1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> EventFeed.of(InMemoryTokens.SERVICE_ID, store, clock, MAIL, lease));
        }
    }

    @Test
    @Tag("R9.4")
    void whatIsNotConsumedIsNotArchived() {
        EventFeed feed = worker(MAIL);
        HistoryArchiver archiver = HistoryArchiver.of(InMemoryTokens.SERVICE_ID, store, InMemoryTokens.KEYS);
        tokens.orderFob(TARO, Confirmation.NONE);
        assertEquals(new Archived(0, 0, 1), archiver.archive(Instant.MAX, (holder, events) -> {}, done -> {}));
        feed.deliver(this::see);
        assertEquals(new Archived(1, 1, 0), archiver.archive(Instant.MAX, (holder, events) -> {}, done -> {}));
    }

    /** Who mails, and who lowers the limit: the worked example of the documentation. */
    @Test
    @Tag("R4.2")
    @Tag("R7.5")
    void mailsAndLowersTheLimit() {
        List<String> mails = new ArrayList<>();
        Map<Holder, Integer> limits = new HashMap<>();
        Bank bank = new Bank(mails, limits);
        // region
        EventFeed mail = EventFeed.of(SERVICE_ID, store, clock, new ConsumerName("mail"), LEASE);
        EventFeed limit = EventFeed.of(SERVICE_ID, store, clock, new ConsumerName("limits"), LEASE);
        mail.deliver((holder, event) -> {
            if (event.type() == EventType.ISSUED) {
                tokens.mailAddress(holder)
                        .ifPresent(
                                address -> bank.mail(address, "Your token has been issued: https://bank.example/app"));
            }
        });
        limit.deliver((holder, event) -> {
            if (event.type() == EventType.REVOKED) { // and not SUPERSEDED: a successor is in use
                bank.setTransferLimit(holder, 200_000); // yen, until the holder raises it
            }
        });
        // end
        assertEquals(0, mails.size());
        activate(TARO);
        tokens.issueSoftware(HANAKO, REQUEST, Confirmation.NONE);
        desk.revoke(TARO, "lost");
        for (int i = 0; i < 2; i++) {
            mail.deliver((holder, event) -> {
                if (event.type() == EventType.ISSUED) {
                    tokens.mailAddress(holder).ifPresent(address -> bank.mail(address, "issued"));
                }
            });
            limit.deliver((holder, event) -> {
                if (event.type() == EventType.REVOKED) {
                    bank.setTransferLimit(holder, 200_000);
                }
            });
        }
        assertEquals(2, mails.size());
        assertEquals(Map.of(TARO, 200_000), limits);
    }

    @Test
    void theListingOfTheDocumentationIsThatCode() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/EventFeedTest.java"));
        String region = source.substring(source.indexOf("// region\n") + 10, source.indexOf("\n        // end\n"));
        assertTrue(
                Files.readString(Path.of("../docs/history.md")).contains("```java\n" + region.stripIndent() + "\n```"));
    }

    private record Bank(List<String> mails, Map<Holder, Integer> limits) {
        void mail(MailAddress address, String text) {
            mails.add(address.text() + " " + text);
        }

        void setTransferLimit(Holder holder, int yen) {
            limits.put(holder, yen);
        }
    }
}
