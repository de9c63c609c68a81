package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The events at which a consumer fails: delays, parking, pauses, and the operators' decisions. */
@Tag("R9.5")
class FeedConsumersTest extends InstitutionFixture {
    private static final ConsumerName MAIL = new ConsumerName("mail");
    private static final FeedPolicy POLICY = FeedPolicy.builder()
            .attempts(3)
            .firstDelay(Duration.ofSeconds(10))
            .longestDelay(Duration.ofSeconds(60))
            .failingHolders(3)
            .build();

    private final FeedConsumers consumers = bank.consumers();
    private final List<String> seen = new ArrayList<>();

    /** The holder whose events fail; null for all. */
    private @Nullable Holder failing = TARO;

    private boolean down = true;

    @BeforeEach
    void create() {
        assertTrue(consumers.create(MAIL, FeedStart.FIRST_EVENT));
    }

    private void handle(Holder holder, TokenEvent event) {
        if (down && (failing == null || failing.equals(holder))) {
            throw new IllegalStateException("no such address: taro@bank.example");
        }
        seen.add(holder + " " + event.number());
    }

    private Delivered deliver() {
        return bank.feed(MAIL, POLICY).deliver(this::handle);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void order(Holder holder) {
        assertAccepted(tokens.orderHardware(holder, Confirmation.NONE));
    }

    /** Lets a consumer fail at the first event of Taro until the stream is parked. */
    private ParkedStream park() {
        order(TARO);
        assertAccepted(desk.cancel(TARO, "by mistake"));
        for (int seconds : new int[] {10, 20}) {
            List<FailedDelivery> failures = deliver().failures();
            assertEquals(
                    List.of(false),
                    failures.stream().map(FailedDelivery::isParked).toList());
            assertEquals(List.of(), consumers.parked(MAIL, null, 10));
            clock.advance(Duration.ofSeconds(seconds));
        }
        List<FailedDelivery> failures = deliver().failures();
        assertEquals(
                List.of(true), failures.stream().map(FailedDelivery::isParked).toList());
        DeliveryError error = new DeliveryError("java.lang.IllegalStateException", "no such address: [address]");
        List<ParkedStream> parked = consumers.parked(MAIL, null, 10);
        assertEquals(List.of(ParkedStream.of(TARO, 1, 3, now(), error)), parked);
        return parked.get(0);
    }

    @Test
    void aStreamIsParkedAfterTheLastAttemptAndDelaysNoOther() {
        ParkedStream unused = park();
        order(HANAKO);
        down = false;
        clock.advance(Duration.ofDays(1));
        assertEquals(Delivered.of(1, List.of()), deliver());
        assertEquals(List.of("hanako 1"), seen);
        assertEquals(List.of(), bank.feed(MAIL).due(null, 10));
    }

    @Test
    void anErrorIsAFailedAttempt() {
        order(TARO);
        NoClassDefFoundError missing = new NoClassDefFoundError("example/Template");
        assertParked(missing, (holder, event) -> {
            throw missing;
        });
    }

    @Test
    void anUndeclaredCheckedExceptionIsAFailedAttempt() {
        order(TARO);
        IOException broken = new IOException("broken pipe");
        assertParked(broken, (holder, event) -> FeedConsumersTest.<RuntimeException>throwUndeclared(broken));
    }

    private void assertParked(Throwable cause, EventFeed.Handler handler) {
        List<FailedDelivery> failures = List.of();
        for (int attempt = 0; attempt < 3; attempt++) {
            failures = bank.feed(MAIL, POLICY).deliver(handler).failures();
            clock.advance(Duration.ofMinutes(1));
        }
        assertEquals(List.of(FailedDelivery.of(TARO, 1, cause).asParked()), failures);
        assertEquals(
                cause.getClass().getName(),
                consumers.parked(MAIL, null, 10).get(0).error().type());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void throwUndeclared(Throwable exception) throws E {
        throw (E) exception;
    }

    /** The consumer passes over the order of each holder, and fails at the cancellation. */
    @Test
    void anEventThatIsPassedOverEndsNoOutage() {
        EventFeed.Handler cancellations = EventFeed.Handler.of(Set.of(EventType.CANCELLED), this::handle);
        failing = null;
        for (int minute = 0; minute < 30; minute++) {
            Holder holder = new Holder("holder-" + minute);
            order(holder);
            assertAccepted(desk.cancel(holder, "by mistake"));
            Delivered unused = bank.feed(MAIL, POLICY).deliver(cancellations);
            clock.advance(Duration.ofMinutes(1));
        }
        assertEquals(List.of(), consumers.parked(MAIL, null, 10));
        down = false;
        clock.advance(Duration.ofHours(1));
        assertEquals(List.of(), bank.feed(MAIL, POLICY).deliver(cancellations).failures());
        assertEquals(30, seen.size());
    }

    @Test
    void consumersAreListedByName() {
        consumers.create(new ConsumerName("archive"), FeedStart.NOW);
        assertEquals(List.of(new ConsumerName("archive"), MAIL), consumers.list());
        consumers.end(MAIL);
        assertEquals(List.of(new ConsumerName("archive")), consumers.list());
    }

    @Test
    void anOperatorLetsTheEventBeRetried() {
        ParkedStream parked = park();
        for (String malformed : Arrays.asList(null, "", " late")) {
            assertEquals(
                    Refused.of(Refusal.MALFORMED).withFields(Set.of(Field.REASON)),
                    consumers.retry(MAIL, parked, OPERATOR, malformed));
        }
        assertAccepted(consumers.retry(MAIL, parked, OPERATOR, "address corrected"));
        assertRefused(Refusal.NOT_PARKED, consumers.skip(MAIL, parked, OPERATOR, "too late"));
        assertEquals(List.of(), consumers.parked(MAIL, null, 10));
        assertEquals(1, deliver().failures().size());
        down = false;
        clock.advance(Duration.ofSeconds(10));
        assertEquals(Delivered.of(2, List.of()), deliver());
        assertEquals(List.of("taro 1", "taro 2"), seen);
        assertEquals(
                List.of(FeedDecision.of(FeedDecision.Kind.RETRY, 1, parked.since(), OPERATOR, "address corrected")),
                consumers.decisions(MAIL, TARO, 10));
    }

    /** Two operators see the same list. The first one lets the event be retried, and the consumer fails at it again. */
    @Test
    void aStalePageDecidesNothingAboutALaterParking() {
        ParkedStream first = park();
        assertAccepted(consumers.retry(MAIL, first, OPERATOR, "address corrected"));
        for (int attempt = 0; attempt < 3; attempt++) {
            clock.advance(POLICY.longestDelay());
            assertEquals(1, deliver().failures().size());
        }
        ParkedStream again = consumers.parked(MAIL, null, 10).get(0);
        assertRefused(Refusal.NOT_PARKED, consumers.skip(MAIL, first, OPERATOR, "has no address"));
        assertRefused(Refusal.NOT_PARKED, consumers.retry(MAIL, first, OPERATOR, "again"));
        assertEquals(List.of(again), consumers.parked(MAIL, null, 10));
        assertAccepted(consumers.skip(MAIL, again, OPERATOR, "has no address"));
    }

    @Test
    void anOperatorSkipsTheEvent() {
        ParkedStream parked = park();
        assertAccepted(consumers.skip(MAIL, parked, OPERATOR, "has no address"));
        down = false;
        assertEquals(Delivered.of(1, List.of()), deliver());
        assertEquals(List.of("taro 2"), seen);
        assertEquals(
                List.of(FeedDecision.of(FeedDecision.Kind.SKIP, 1, parked.since(), OPERATOR, "has no address")),
                consumers.decisions(MAIL, TARO, 10));
    }

    @Test
    @Tag("R9.4")
    void archivingNamesTheParkedStream() {
        ParkedStream parked = park();
        Archived held = bank.histories().archive(Instant.MAX, (holder, events) -> {}, done -> {});
        assertEquals(
                Archived.of(0, 0, 1, List.of()).withWaiting(List.of(HeldHistory.of(TARO, MAIL, 1, parked.error()))),
                held);
        assertAccepted(consumers.skip(MAIL, parked, OPERATOR, "has no address"));
        down = false;
        assertEquals(1, deliver().events());
        assertEquals(
                Archived.of(1, 2, 0, List.of()),
                bank.histories().archive(Instant.MAX, (holder, events) -> {}, done -> {}));
    }

    @Test
    @Tag("R10.3")
    void anErasureDeletesTheTexts() {
        ParkedStream first = park();
        assertAccepted(consumers.retry(MAIL, first, OPERATOR, "his daughter called"));
        for (int i = 0; i < 3; i++) {
            assertEquals(1, deliver().failures().size());
            clock.advance(POLICY.longestDelay());
        }
        assertAccepted(desk.erase(TARO));
        ParkedStream parked = consumers.parked(MAIL, null, 10).get(0);
        assertEquals(new DeliveryError("java.lang.IllegalStateException", null), parked.error());
        assertEquals(
                List.of(FeedDecision.of(FeedDecision.Kind.RETRY, 1, first.since(), OPERATOR, null)),
                consumers.decisions(MAIL, TARO, 10));
    }

    /** An hour without a mail server: nothing is parked, each round tries few holders, and everything arrives afterwards. */
    @Test
    void anOutagePausesTheConsumerAndParksNothing() {
        List<Holder> holders = IntStream.range(0, 20)
                .mapToObj(i -> new Holder("holder-" + (10 + i)))
                .toList();
        holders.forEach(this::order);
        failing = null;
        Instant end = now().plus(Duration.ofHours(1));
        while (now().isBefore(end)) {
            Delivered delivered = deliver();
            assertEquals(0, delivered.events());
            assertTrue(delivered.failures().size() <= POLICY.failingHolders(), delivered::toString);
            assertEquals(Optional.ofNullable(delivered.pausedUntil()), consumers.pausedUntil(MAIL));
            clock.advance(Duration.ofSeconds(5));
        }
        assertEquals(List.of(), consumers.parked(MAIL, null, 10));
        down = false;
        long events = 0;
        for (int round = 0; round < 3; round++) {
            clock.advance(POLICY.longestDelay());
            events += deliver().events();
        }
        assertEquals(20, events);
        assertEquals(20, seen.stream().distinct().count());
        assertEquals(Optional.empty(), consumers.pausedUntil(MAIL));
    }

    @Test
    void aPausedConsumerTriesNothing() {
        for (Holder holder : List.of(HANAKO, TARO, new Holder("jiro"), new Holder("saburo"))) {
            order(holder);
        }
        failing = null;
        Instant until = now().plusSeconds(10);
        Delivered first = deliver();
        assertEquals(3, first.failures().size());
        assertEquals(until, first.pausedUntil());
        assertEquals(Optional.of(until), consumers.pausedUntil(MAIL));
        clock.advance(Duration.ofMillis(9_999));
        assertEquals(Delivered.of(0, List.of()).withPause(until), deliver());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), consumers.pausedUntil(MAIL));
        down = false;
        assertEquals(Delivered.of(4, List.of()), deliver());
    }

    /** Many events that fail permanently do not keep a consumer from a holder whose events do not fail. */
    @Test
    void aPauseEndsAtTheFirstHolderThatDoesNotFail() {
        failing = null;
        for (int i = 10; i < 20; i++) {
            order(new Holder("broken-" + i));
        }
        for (int round = 0; round < 10; round++) {
            assertEquals(0, deliver().events());
            clock.advance(POLICY.longestDelay());
        }
        order(new Holder("z-healthy"));
        EventFeed.Handler partly = (holder, event) -> {
            if (holder.value().startsWith("broken")) {
                throw new IllegalStateException("broken");
            }
        };
        long events = 0;
        int rounds = 0;
        while (events == 0 && rounds < 4) {
            events = bank.feed(MAIL, POLICY).deliver(partly).events();
            clock.advance(POLICY.longestDelay());
            rounds++;
        }
        assertEquals(1, events);
    }

    @Test
    void theOperatorSeesTheErrors() throws IOException {
        ParkedStream unused = park();
        ConsumerName mail = MAIL;
        // region
        for (ParkedStream parked : bank.consumers().parked(mail, null, 100)) {
            show(parked.holder() + ", event " + parked.number() + ": " + parked.error());
        }
        // end
        assertEquals(1, seen.size());
        String source = Files.readString(
                Path.of("src/test/java/dev/watchword/otp/lifecycle/operations/FeedConsumersTest.java"));
        String region = source.substring(source.indexOf("// region\n") + 10, source.indexOf("\n        // end\n"));
        assertTrue(Files.readString(Path.of("../docs/operations.md"))
                .contains("```java\n" + region.stripIndent() + "\n```"));
    }

    private void show(String line) {
        seen.add(line);
    }

    @Test
    void pagesHaveBounds() {
        for (int limit : new int[] {0, 1_001}) {
            assertThrows(IllegalArgumentException.class, () -> consumers.parked(MAIL, null, limit));
            assertThrows(IllegalArgumentException.class, () -> consumers.decisions(MAIL, TARO, limit));
        }
    }
}
