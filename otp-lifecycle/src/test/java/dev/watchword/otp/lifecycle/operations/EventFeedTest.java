package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@Tag("R9.5")
class EventFeedTest extends InstitutionFixture {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final ConsumerName MAIL = new ConsumerName("mail");
    private static final ConsumerName LATE = new ConsumerName("late");

    private static final int MAX_EVENTS_OF_HOLDER = FeedPolicy.STANDARD.eventsOfHolder();

    private final List<String> seen = new ArrayList<>();

    /** A worker of a consumer that exists. */
    private EventFeed worker(ConsumerName consumer) {
        bank.consumers().create(consumer, FeedStart.FIRST_EVENT);
        return bank.feed(consumer, FeedPolicy.STANDARD.withLease(LEASE));
    }

    private void see(Holder holder, TokenEvent event) {
        seen.add(holder + " " + event.number() + " " + event.type());
    }

    @Test
    void deliversEachEventOnceInOrder() {
        EventFeed feed = worker(MAIL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.cancel(TARO, "by mistake"));
        assertAccepted(tokens.orderHardware(HANAKO, Confirmation.NONE));
        assertEquals(List.of(HANAKO, TARO), feed.due(null, 10));

        assertEquals(Delivered.of(3, List.of()), feed.deliver(this::see));
        assertEquals(List.of("hanako 1 ORDERED", "taro 1 ORDERED", "taro 2 CANCELLED"), seen);
        assertEquals(Delivered.of(0, List.of()), feed.deliver(this::see));
        assertEquals(List.of(), feed.due(null, 10));

        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertEquals(Delivered.of(1, List.of()), feed.deliver(this::see));
        assertEquals("taro 3 ORDERED", seen.get(3));
    }

    @Test
    void deliversLongHistoriesAndManyHolders() {
        EventFeed feed = worker(MAIL);
        for (int i = 0; i < 125; i++) {
            assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
            assertAccepted(desk.cancel(TARO, "again"));
            assertAccepted(tokens.orderHardware(new Holder("holder-" + i), Confirmation.NONE));
        }
        assertEquals(Delivered.of(225, List.of()), feed.deliver(this::see));
        assertEquals(Delivered.of(100, List.of()), feed.deliver(this::see));
        assertEquals(Delivered.of(50, List.of()), feed.deliver(this::see));
        assertEquals(Delivered.of(0, List.of()), feed.deliver(this::see));
        assertEquals(375, seen.stream().distinct().count());
        assertEquals(
                IntStream.rangeClosed(1, 250)
                        .mapToObj(number -> "taro " + number + (number % 2 == 1 ? " ORDERED" : " CANCELLED"))
                        .toList(),
                seen.stream().filter(event -> event.startsWith("taro ")).toList());
    }

    private void change(Holder holder) {
        if (tokens.registration(holder).pending() == null) {
            assertAccepted(tokens.orderHardware(holder, Confirmation.NONE));
        } else {
            assertAccepted(desk.cancel(holder, "again"));
        }
    }

    /** The handler causes the next event of the holder, as an application does that reacts to events. */
    @Test
    void aBusyHolderDelaysNoOther() {
        EventFeed feed = worker(MAIL);
        for (int i = 0; i < MAX_EVENTS_OF_HOLDER + 50; i++) {
            change(HANAKO);
        }
        change(TARO);
        assertEquals(List.of(HANAKO, TARO), feed.due(null, 10));
        EventFeed.Handler busy = (holder, event) -> {
            see(holder, event);
            assertTrue(seen.size() < 1_000, "The round must end");
            if (holder.equals(HANAKO)) {
                change(HANAKO);
            }
        };

        for (int round = 1; round <= 3; round++) {
            seen.clear();
            assertEquals(Delivered.of(MAX_EVENTS_OF_HOLDER + 1, List.of()), feed.deliver(busy));
            assertEquals("taro " + round, seen.get(MAX_EVENTS_OF_HOLDER).substring(0, 6));
            assertEquals("hanako " + (100 * round) + " CANCELLED", seen.get(MAX_EVENTS_OF_HOLDER - 1));
            assertEquals(List.of(HANAKO), feed.due(null, 10));
            change(TARO);
        }
    }

    @Test
    void aConsumerThatWasNotCreatedIsAnError() {
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        EventFeed mistyped = bank.feed(new ConsumerName("mial"));
        for (Executable use : List.<Executable>of(
                () -> mistyped.due(null, 10),
                () -> mistyped.deliver(this::see),
                () -> bank.consumers().pausedUntil(new ConsumerName("mial")))) {
            assertEquals(
                    "The consumer mial of the event feed does not exist; create it once with"
                            + " Institution.consumers().create",
                    assertThrows(IllegalStateException.class, use).getMessage());
        }
        assertEquals(
                Archived.of(1, 1, 0, List.of()),
                bank.histories().archive(Instant.MAX, (holder, events) -> {}, done -> {}));
    }

    @Test
    void aConsumerStartsAtTheFirstEventOrNow() {
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertTrue(bank.consumers().create(MAIL, FeedStart.FIRST_EVENT));
        assertTrue(bank.consumers().create(LATE, FeedStart.NOW));
        assertFalse(bank.consumers().create(MAIL, FeedStart.NOW));
        assertAccepted(desk.cancel(TARO, "by mistake"));
        assertEquals(Delivered.of(1, List.of()), bank.feed(LATE).deliver(this::see));
        assertEquals(Delivered.of(2, List.of()), bank.feed(MAIL).deliver(this::see));
        assertEquals(List.of("taro 2 CANCELLED", "taro 1 ORDERED", "taro 2 CANCELLED"), seen);
    }

    @Test
    void aRenamedConsumerGetsNoEventAgain() {
        EventFeed old = worker(MAIL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertEquals(Delivered.of(1, List.of()), old.deliver(this::see));
        bank.consumers().rename(MAIL, LATE);
        assertThrows(IllegalStateException.class, () -> old.deliver(this::see));
        assertEquals(Delivered.of(0, List.of()), bank.feed(LATE).deliver(this::see));
        assertAccepted(desk.cancel(TARO, "by mistake"));
        assertEquals(Delivered.of(1, List.of()), bank.feed(LATE).deliver(this::see));
        assertThrows(IllegalStateException.class, () -> bank.consumers().rename(LATE, LATE));
        ConsumerName unknown = new ConsumerName("unknown");
        assertThrows(IllegalStateException.class, () -> bank.consumers().rename(unknown, MAIL));
    }

    @Test
    void aWorkerThatIsDeliveringRefusesASecondCall() {
        EventFeed feed = worker(MAIL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        Delivered delivered = feed.deliver((holder, event) -> {
            CompletableFuture<Delivered> second = CompletableFuture.supplyAsync(() -> feed.deliver(this::see));
            CompletionException refusal = assertThrows(CompletionException.class, second::join);
            assertInstanceOf(IllegalStateException.class, refusal.getCause());
            assertThrows(IllegalStateException.class, () -> feed.deliver(this::see));
        });
        assertEquals(Delivered.of(1, List.of()), delivered);
        assertEquals(List.of(), seen);
        assertEquals(Delivered.of(0, List.of()), feed.deliver(this::see));
    }

    @Test
    void thePageOfDueHoldersHasBounds() {
        EventFeed feed = worker(MAIL);
        for (int limit : new int[] {-1, 0, 1_001}) {
            assertThrows(IllegalArgumentException.class, () -> feed.due(null, limit));
        }
        assertEquals(List.of(), feed.due(null, 1));
        assertEquals(List.of(), feed.due(null, 1_000));
    }

    @Test
    void aFailedEventIsRepeatedAndDelaysOnlyItsHolder() {
        EventFeed feed = worker(MAIL);
        assertAccepted(tokens.orderHardware(HANAKO, Confirmation.NONE));
        assertAccepted(desk.cancel(HANAKO, "by mistake"));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        IllegalStateException down = new IllegalStateException("the mail server is down");
        EventFeed.Handler failing = (holder, event) -> {
            if (holder.equals(HANAKO) && event.number() == 2) {
                throw down;
            }
            see(holder, event);
        };

        assertEquals(Delivered.of(2, List.of(FailedDelivery.of(HANAKO, 2, down))), feed.deliver(failing));
        assertEquals(Delivered.of(0, List.of()), feed.deliver(failing));
        clock.advance(FeedPolicy.STANDARD.firstDelay());
        assertEquals(Delivered.of(0, List.of(FailedDelivery.of(HANAKO, 2, down))), feed.deliver(failing));
        clock.advance(FeedPolicy.STANDARD.delay(2).minusMillis(1));
        assertEquals(Delivered.of(0, List.of()), feed.deliver(this::see));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Delivered.of(1, List.of()), feed.deliver(this::see));
        assertEquals(List.of("hanako 1 ORDERED", "taro 1 ORDERED", "hanako 2 CANCELLED"), seen);
    }

    /** A worker that dies within its work. */
    private static final class Death extends InternalError {
        private static final long serialVersionUID = 1;
    }

    @Test
    void anotherGoesOnWhereOneDied() {
        EventFeed dying = worker(MAIL);
        EventFeed other = worker(MAIL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertThrows(
                Death.class,
                () -> dying.deliver((holder, event) -> {
                    throw new Death();
                }));
        assertEquals(Delivered.of(0, List.of()), other.deliver(this::see));
        clock.advance(LEASE);
        assertEquals(Delivered.of(1, List.of()), other.deliver(this::see));
    }

    /** A worker whose lease has ended stops as soon as it can detect that. */
    @Test
    void aSlowWorkerGivesWay() {
        EventFeed slow = worker(MAIL);
        EventFeed other = worker(MAIL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.cancel(TARO, "by mistake"));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));

        Delivered bySlow = slow.deliver((holder, event) -> {
            see(holder, event);
            clock.advance(LEASE);
            assertEquals(Delivered.of(3, List.of()), other.deliver(this::see));
        });

        assertEquals(Delivered.of(1, List.of()), bySlow);

        assertEquals(List.of("taro 1 ORDERED", "taro 1 ORDERED", "taro 2 CANCELLED", "taro 3 ORDERED"), seen);
        assertEquals(List.of(), other.due(null, 10));
    }

    @Test
    void anEndedConsumerGetsNoEvents() {
        EventFeed feed = worker(MAIL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        bank.consumers().end(MAIL);
        bank.consumers().end(MAIL);
        assertThrows(IllegalStateException.class, () -> feed.deliver(this::see));
        assertEquals(List.of(), seen);
    }

    @Test
    @Tag("R9.4")
    void unconsumedEventsAreNotArchived() {
        EventFeed feed = worker(MAIL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertEquals(
                Archived.of(0, 0, 1, List.of()).withWaiting(List.of(HeldHistory.of(TARO, MAIL, 1, null))),
                bank.histories().archive(Instant.MAX, (holder, events) -> {}, done -> {}));
        assertEquals(Delivered.of(1, List.of()), feed.deliver(this::see));
        assertEquals(
                Archived.of(1, 1, 0, List.of()),
                bank.histories().archive(Instant.MAX, (holder, events) -> {}, done -> {}));
    }

    /** The worked example of the documentation: one consumer mails, another lowers the limit. */
    @Test
    @Tag("R4.2")
    @Tag("R7.5")
    void mailsAndLowersTheLimit() {
        List<String> mails = new ArrayList<>();
        Map<Holder, Integer> limits = new HashMap<>();
        Application application = new Application(mails, limits);
        // region
        bank.consumers().create(new ConsumerName("mail"), FeedStart.NOW);
        bank.consumers().create(new ConsumerName("limits"), FeedStart.FIRST_EVENT);
        EventFeed.Handler mailIssued = EventFeed.Handler.of(
                Set.of(EventType.ISSUED),
                (holder, event) -> tokens.mailAddress(holder)
                        .ifPresent(address ->
                                application.mail(address, "Your token has been issued: https://bank.example/app")));
        EventFeed.Handler lowerLimit = EventFeed.Handler.of(
                Set.of(EventType.REVOKED), // and not SUPERSEDED: a successor is in use
                (holder, event) -> application.setTransferLimit(holder, 200_000)); // yen, until the holder raises it
        EventFeed mail = bank.feed(new ConsumerName("mail"));
        EventFeed limit = bank.feed(new ConsumerName("limits"));
        Delivered mailed = mail.deliver(mailIssued);
        Delivered limited = limit.deliver(lowerLimit);
        // end
        assertEquals(Delivered.of(0, List.of()), mailed);
        assertEquals(Delivered.of(0, List.of()), limited);
        assertEquals(0, mails.size());
        activate(TARO);
        assertAccepted(tokens.issueSoftware(HANAKO, REQUEST, Confirmation.NONE));
        assertAccepted(desk.revoke(TARO, "lost"));
        for (int i = 0; i < 2; i++) {
            mailed = mail.deliver(mailIssued);
            limited = limit.deliver(lowerLimit);
            assertEquals(Delivered.of(i == 0 ? 5 : 0, List.of()), mailed);
            assertEquals(mailed, limited);
        }
        assertEquals(2, mails.size());
        assertEquals(Map.of(TARO, 200_000), limits);
    }

    @Test
    void theListingOfTheDocumentationIsThatCode() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/operations/EventFeedTest.java"));
        String region = source.substring(source.indexOf("// region\n") + 10, source.indexOf("\n        // end\n"));
        assertTrue(
                Files.readString(Path.of("../docs/history.md")).contains("```java\n" + region.stripIndent() + "\n```"));
    }

    private record Application(List<String> mails, Map<Holder, Integer> limits) {
        void mail(MailAddress address, String text) {
            mails.add(address.value() + " " + text);
        }

        void setTransferLimit(Holder holder, int yen) {
            limits.put(holder, yen);
        }
    }
}
