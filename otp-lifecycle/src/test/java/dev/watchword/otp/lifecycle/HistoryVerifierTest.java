package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chain of a history: whatever is done to it past the library is found, and named. */
@Tag("R9.3")
class HistoryVerifierTest extends TokenServiceFixture {
    private static final int EVENTS = 20;

    private final TamperableStore tampered = new TamperableStore(store);
    private final HistoryVerifier verifier =
            HistoryVerifier.of(InMemoryTokens.SERVICE_ID, tampered, InMemoryTokens.KEYS);

    /** Twenty events of every kind of field. */
    @BeforeEach
    void live() {
        live(TARO);
        live(HANAKO);
    }

    private void live(Holder holder) {
        FakePhone phone = activate(holder);
        while (history(holder).size() < EVENTS) {
            switch (history(holder).size() % 4) {
                case 0 -> desk.suspend(holder, SuspensionReason.LOST, "left in a taxi");
                case 1 -> desk.resume(holder, "found again");
                case 2 -> login(holder, phone.code());
                default -> login(holder, phone.wrongCode());
            }
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private List<RecordedEvent> recorded(Holder holder) {
        return tampered.untouched().history(InMemoryTokens.SERVICE_ID, holder, 0, 100);
    }

    private void assertBroken(long number, HistoryFault fault) {
        assertEquals(new HistoryVerdict.Broken(number, fault), verifier.verify(TARO));
        tampered.events = UnaryOperator.identity();
        assertEquals(new HistoryVerdict.Intact(EVENTS, 0), verifier.verify(TARO));
    }

    private void write(int place, RecordedEvent other) {
        tampered.events = events -> {
            List<RecordedEvent> changed = new ArrayList<>(events);
            changed.set(place, other);
            return changed;
        };
    }

    @Test
    void untouchedItIsIntact() {
        assertEquals(new HistoryVerdict.Intact(EVENTS, 0), verifier.verify(TARO));
        assertEquals(new HistoryVerdict.Intact(0, 0), verifier.verify(new Holder("nobody")));
    }

    @Test
    void everyChangedFieldOfEveryEventIsFound() {
        List<RecordedEvent> all = recorded(TARO);
        for (int i = 0; i < EVENTS; i++) {
            RecordedEvent was = all.get(i);
            for (TokenEvent changed : changes(was.event())) {
                assertNotEquals(was.event(), changed);
                String reasonMac = changed.reason() == null ? was.reasonMac() : "0".repeat(64);
                write(i, new RecordedEvent(changed, was.reasonMac() == null ? reasonMac : was.reasonMac(), was.link()));
                assertBroken(i + 1, HistoryFault.ALTERED);
            }
            write(i, new RecordedEvent(was.event(), was.reasonMac(), new ChainLink("test", "0".repeat(64))));
            assertBroken(i + 1, HistoryFault.ALTERED);
            if (was.reasonMac() != null) {
                write(i, new RecordedEvent(was.event(), "0".repeat(64), was.link()));
                assertBroken(i + 1, HistoryFault.ALTERED);
                write(i, was.withoutReason());
                assertBroken(i + 1, HistoryFault.REASON_MISSING);
                write(i, new RecordedEvent(was.event().withoutReason(), null, was.link()));
                assertBroken(i + 1, HistoryFault.ALTERED);
            }
        }
    }

    /** The event with each field but its number changed, removed or added. */
    private static List<TokenEvent> changes(TokenEvent e) {
        SerialNumber serial = new SerialNumber("99999999");
        EventType type = e.type() == EventType.CODE_ACCEPTED ? EventType.WRONG_CODE : EventType.CODE_ACCEPTED;
        SuspensionReason why = e.suspensionReason() == null ? SuspensionReason.FRAUD_SUSPECTED : null;
        Purpose purpose = e.purpose() == null ? Purpose.FUNDS_TRANSFER : null;
        Operator operator = e.operator() == null ? OPERATOR : null;
        return Stream.of(
                        change(e, e.at().plusNanos(1000), e.type(), e.serial(), e.purpose(), e.operator()),
                        change(e, e.at(), type, e.serial(), e.purpose(), e.operator()),
                        change(e, e.at(), e.type(), serial, e.purpose(), e.operator()),
                        change(e, e.at(), e.type(), null, e.purpose(), e.operator()),
                        change(e, e.at(), e.type(), e.serial(), purpose, e.operator()),
                        change(e, e.at(), e.type(), e.serial(), new Purpose("other"), e.operator()),
                        change(e, e.at(), e.type(), e.serial(), e.purpose(), operator),
                        change(e, e.at(), e.type(), e.serial(), e.purpose(), new Operator("other")),
                        new TokenEvent(
                                e.number(), e.at(), e.type(), e.serial(), e.purpose(), e.operator(), why, e.reason()),
                        new TokenEvent(
                                e.number(),
                                e.at(),
                                e.type(),
                                e.serial(),
                                e.purpose(),
                                e.operator(),
                                e.suspensionReason(),
                                "other words"))
                .toList();
    }

    private static TokenEvent change(
            TokenEvent event,
            Instant at,
            EventType type,
            @Nullable SerialNumber serial,
            @Nullable Purpose purpose,
            @Nullable Operator operator) {
        return new TokenEvent(
                event.number(), at, type, serial, purpose, operator, event.suspensionReason(), event.reason());
    }

    @Test
    void everyMissingEventIsFound() {
        for (int i = 0; i < EVENTS; i++) {
            int place = i;
            tampered.events = events -> without(events, place);
            assertBroken(i + 1, i == EVENTS - 1 ? HistoryFault.CUT_OFF : HistoryFault.MISSING);
            tampered.events = events -> renumbered(without(events, place));
            assertBroken(i + 1, i == EVENTS - 1 ? HistoryFault.CUT_OFF : HistoryFault.ALTERED);
        }
    }

    @Test
    void everyCutIsFound() {
        for (int i = 0; i < EVENTS; i++) {
            int place = i;
            tampered.events = events -> events.subList(0, place);
            assertBroken(i + 1, HistoryFault.CUT_OFF);
            tampered.events = events -> events.subList(place + 1, EVENTS);
            assertBroken(1, place == EVENTS - 1 ? HistoryFault.CUT_OFF : HistoryFault.MISSING);
            tampered.events = events -> renumbered(events.subList(place + 1, EVENTS));
            assertBroken(1, place == EVENTS - 1 ? HistoryFault.CUT_OFF : HistoryFault.ALTERED);
        }
    }

    @Test
    void everySwapIsFound() {
        for (int i = 0; i < EVENTS; i++) {
            for (int j = i + 1; j < EVENTS; j++) {
                int one = i;
                int other = j;
                tampered.events = events -> {
                    List<RecordedEvent> changed = new ArrayList<>(events);
                    Collections.swap(changed, one, other);
                    return renumbered(changed);
                };
                assertBroken(i + 1, HistoryFault.ALTERED);
            }
        }
    }

    @Test
    void everyInsertionIsFound() {
        List<RecordedEvent> others = recorded(HANAKO);
        for (int i = 0; i <= EVENTS; i++) {
            for (RecordedEvent inserted :
                    List.of(others.get(Math.min(i, EVENTS - 1)), recorded(TARO).get(0))) {
                int place = i;
                tampered.events = events -> {
                    List<RecordedEvent> changed = new ArrayList<>(events);
                    changed.add(place, inserted);
                    return renumbered(changed);
                };
                boolean sameAsBefore =
                        place == 0 && inserted.equals(recorded(TARO).get(0));
                assertBroken(sameAsBefore ? 2 : place + 1, place == EVENTS ? HistoryFault.ADDED : HistoryFault.ALTERED);
            }
        }
    }

    @Test
    void anotherHoldersHistoryIsNotTaken() {
        List<RecordedEvent> others = recorded(HANAKO);
        tampered.events = events -> others;
        assertBroken(1, HistoryFault.ALTERED);
    }

    @Test
    void anotherHeadIsFound() {
        tampered.enrolment = enrolment -> enrolment.withHead(new ChainLink("test", "0".repeat(64)));
        assertEquals(new HistoryVerdict.Broken(EVENTS, HistoryFault.HEAD_ALTERED), verifier.verify(TARO));
    }

    private static List<RecordedEvent> without(List<RecordedEvent> events, int place) {
        List<RecordedEvent> changed = new ArrayList<>(events);
        changed.remove(place);
        return changed;
    }

    private static List<RecordedEvent> renumbered(List<RecordedEvent> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> {
                    TokenEvent e = events.get(i).event();
                    TokenEvent numbered = new TokenEvent(
                            i + 1,
                            e.at(),
                            e.type(),
                            e.serial(),
                            e.purpose(),
                            e.operator(),
                            e.suspensionReason(),
                            e.reason());
                    return new RecordedEvent(
                            numbered, events.get(i).reasonMac(), events.get(i).link());
                })
                .toList();
    }

    @Test
    @Tag("R9.4")
    void anArchivedBeginningIsAnchored() {
        HistoryArchiver archiver = HistoryArchiver.of(InMemoryTokens.SERVICE_ID, tampered, InMemoryTokens.KEYS);
        List<RecordedEvent> all = recorded(TARO);
        List<RecordedEvent> kept = new ArrayList<>();
        List<Archived> told = new ArrayList<>();
        Archived done = archiver.archive(
                all.get(7).event().at(),
                (holder, events) -> {
                    if (holder.equals(TARO)) {
                        kept.addAll(events);
                    }
                },
                told::add);

        assertEquals(all.subList(0, 7), kept);
        assertEquals(all.subList(7, EVENTS), recorded(TARO));
        assertEquals(1, done.holders());
        assertEquals(7, done.events());
        assertEquals(List.of(done), told);
        assertEquals(new HistoryVerdict.Intact(EVENTS - 7, 7), verifier.verify(TARO));
        assertEquals(
                new Archived(0, 0, 0),
                archiver.archive(all.get(7).event().at(), (holder, events) -> kept.addAll(events), told::add));

        archiver.archive(Instant.MAX, (holder, events) -> {}, progress -> {});
        assertEquals(List.of(), recorded(TARO));
        assertEquals(new HistoryVerdict.Intact(0, EVENTS), verifier.verify(TARO));
        desk.suspend(TARO, SuspensionReason.LOST, "again");
        assertEquals(new HistoryVerdict.Intact(1, EVENTS), verifier.verify(TARO));
    }

    @Test
    @Tag("R9.4")
    void aForgedAnchorIsFound() {
        List<RecordedEvent> all = recorded(TARO);
        HistoryAnchor forged = new HistoryAnchor(
                7, all.get(6).link(), new ChainLink("test", all.get(6).link().mac()));
        tampered.events = events -> events.subList(7, EVENTS);
        tampered.anchor = anchor -> Optional.of(forged);
        assertEquals(new HistoryVerdict.Broken(7, HistoryFault.ANCHOR_ALTERED), verifier.verify(TARO));
        tampered.anchor = anchor -> Optional.empty();
        assertEquals(new HistoryVerdict.Broken(1, HistoryFault.MISSING), verifier.verify(TARO));
    }

    @Test
    @Tag("R9.4")
    void anArchiveThatFailsDeletesNothing() {
        HistoryArchiver archiver = HistoryArchiver.of(InMemoryTokens.SERVICE_ID, tampered, InMemoryTokens.KEYS);
        assertThrows(
                IllegalStateException.class,
                () -> archiver.archive(
                        Instant.MAX,
                        (holder, events) -> {
                            throw new IllegalStateException("the disk is full");
                        },
                        progress -> {}));
        assertEquals(EVENTS, recorded(TARO).size());
    }

    @Test
    @Tag("R10.3")
    void erasureTakesThePersonAndLeavesTheHistory() {
        assertRefused(Refusal.TOKEN_EXISTS, desk.erase(TARO));
        assertAccepted(desk.revoke(TARO, "died, says the daughter, Hanako"));
        assertAccepted(desk.erase(TARO));

        Enrolment left = store.find(InMemoryTokens.SERVICE_ID, TARO).orElseThrow();
        assertEquals(Factors.NONE, left.factors());
        assertEquals(Optional.empty(), tokens.mailAddress(TARO));
        assertTrue(tokens.history(TARO, 0, 100).stream().allMatch(event -> event.reason() == null));
        assertEquals(OPERATOR, tokens.history(TARO, EVENTS + 1, 1).get(0).operator());
        assertEquals(new HistoryVerdict.Intact(EVENTS + 2, 0), verifier.verify(TARO));
        assertFalse(tokens.history(HANAKO, 0, 100).stream().allMatch(event -> event.reason() == null));

        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertAccepted(desk.cancel(TARO, "a new word"));
        assertEquals(new HistoryVerdict.Intact(EVENTS + 4, 0), verifier.verify(TARO));
        write(EVENTS + 3, recorded(TARO).get(EVENTS + 3).withoutReason());
        assertEquals(new HistoryVerdict.Broken(EVENTS + 4, HistoryFault.REASON_MISSING), verifier.verify(TARO));
    }

    @Test
    @Tag("R10.3")
    void erasureTakesWhatTheHolderConfirmsWith() {
        Holder jiro = new Holder("jiro");
        follow(TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS));
        tokens.setConfirmationPassword(jiro, "Kakunin1");
        assertNotEquals(
                Factors.NONE,
                store.find(InMemoryTokens.SERVICE_ID, jiro).orElseThrow().factors());

        assertAccepted(desk.erase(jiro));

        assertEquals(
                Factors.NONE,
                store.find(InMemoryTokens.SERVICE_ID, jiro).orElseThrow().factors());
        assertEquals(new HistoryVerdict.Intact(2, 0), verifier.verify(jiro));
    }

    @Test
    @Tag("R9.3")
    void theKeyOfTheHistoryCanBeReplacedAndMustNotBeLost() {
        SecretKeySpec sealing = new SecretKeySpec(new byte[32], "AES");
        SecretKeySpec other = new SecretKeySpec(new byte[32], "HmacSHA256");
        KeySource lost = KeySource.of("new", sealing, other);
        assertThrows(
                SealingException.class,
                () -> HistoryVerifier.of(InMemoryTokens.SERVICE_ID, tampered, lost)
                        .verify(TARO));
        KeySource another = KeySource.of("test", sealing, other);
        assertEquals(
                new HistoryVerdict.Broken(1, HistoryFault.ALTERED),
                HistoryVerifier.of(InMemoryTokens.SERVICE_ID, tampered, another).verify(TARO));
        assertThrows(IllegalArgumentException.class, () -> KeySource.of("k", sealing, sealing));
        SecretKeySpec tooShort = new SecretKeySpec(new byte[31], "HmacSHA256");
        assertThrows(IllegalArgumentException.class, () -> KeySource.of("k", sealing, tooShort));
    }

    /** A verdict is never of a moment between two. */
    @Test
    void whatIsWrittenMeanwhileIsNotBroken() {
        boolean[] once = {true};
        tampered.events = events -> {
            if (once[0]) {
                once[0] = false;
                desk.suspend(TARO, SuspensionReason.LOST, "meanwhile");
                return recorded(TARO);
            }
            return events;
        };
        HistoryVerdict.Intact verdict = assertInstanceOf(HistoryVerdict.Intact.class, verifier.verify(TARO));
        assertEquals(EVENTS + 1, verdict.events());
    }
}
