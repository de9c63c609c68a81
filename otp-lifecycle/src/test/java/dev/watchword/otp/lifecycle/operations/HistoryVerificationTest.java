package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.internal.sealing.RowAuthenticator;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.TamperableStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
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

/** The chain of a history: every change that was made without the library is found and named. */
@Tag("R9.3")
public class HistoryVerificationTest extends InstitutionFixture {
    private static final int EVENTS = 20;

    private final TamperableStore tampered = new TamperableStore(store);
    private final Histories histories =
            TestInstitution.builder(tampered, clock).build().histories();

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
                case 0 -> assertAccepted(desk.suspend(holder, SuspensionReason.LOST, "left in a taxi"));
                case 1 -> assertAccepted(desk.resume(holder, "found again"));
                case 2 -> login(holder, phone.code());
                default -> login(holder, phone.wrongCode());
            }
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private List<RecordedEvent> recorded(Holder holder) {
        return tampered.untouched().history(TestInstitution.SERVICE_ID, holder, 0, 100);
    }

    private void assertBroken(long number, HistoryFault fault) {
        HistoryVerdict verdict = histories.verify(TARO);
        assertEquals(HistoryFinding.of(number, fault), verdict.findings().get(0));
        assertFalse(verdict.isIntact());
        tampered.events = UnaryOperator.identity();
        assertEquals(HistoryVerdict.of(EVENTS, 0, List.of()), histories.verify(TARO));
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
        assertEquals(HistoryVerdict.of(EVENTS, 0, List.of()), histories.verify(TARO));
        assertEquals(HistoryVerdict.of(0, 0, List.of()), histories.verify(new Holder("nobody")));
    }

    @Test
    void everyChangedFieldOfEveryEventIsFound() {
        List<RecordedEvent> all = recorded(TARO);
        for (int i = 0; i < EVENTS; i++) {
            RecordedEvent was = all.get(i);
            for (TokenEvent changed : changes(was.event())) {
                assertNotEquals(was.event(), changed);
                String reasonMac = !changed.hasWords() ? was.reasonMac() : "0".repeat(64);
                write(i, RecordedEvent.of(changed, was.reasonMac() == null ? reasonMac : was.reasonMac(), was.link()));
                assertBroken(i + 1, HistoryFault.ALTERED);
            }
            write(i, RecordedEvent.of(was.event(), was.reasonMac(), new ChainLink("test", "0".repeat(64))));
            assertBroken(i + 1, HistoryFault.ALTERED);
            if (was.reasonMac() != null) {
                write(i, RecordedEvent.of(was.event(), "0".repeat(64), was.link()));
                assertBroken(i + 1, HistoryFault.ALTERED);
                write(i, was.withoutWords());
                assertBroken(i + 1, HistoryFault.REASON_MISSING);
                write(i, RecordedEvent.of(was.withoutWords().event(), null, was.link()));
                assertBroken(i + 1, HistoryFault.ALTERED);
            }
        }
    }

    @Test
    void everyFaultIsReported() {
        List<RecordedEvent> all = recorded(TARO);
        tampered.events = events -> {
            List<RecordedEvent> changed = new ArrayList<>(events);
            changed.set(2, altered(all.get(2)));
            changed.set(11, altered(all.get(11)));
            changed.set(12, altered(all.get(12)));
            changed.subList(5, 8).clear();
            changed.remove(changed.size() - 1);
            return changed;
        };

        assertEquals(
                HistoryVerdict.of(
                        EVENTS - 3 - 3 - 1 - 1,
                        0,
                        List.of(
                                HistoryFinding.of(3, HistoryFault.ALTERED),
                                HistoryFinding.of(6, HistoryFault.MISSING),
                                HistoryFinding.of(12, HistoryFault.ALTERED),
                                HistoryFinding.of(13, HistoryFault.ALTERED),
                                HistoryFinding.of(EVENTS, HistoryFault.CUT_OFF))),
                histories.verify(TARO));
    }

    @Test
    void everyAlteredEventIsReportedAndNoOther() {
        List<RecordedEvent> all = recorded(TARO);
        for (int i = 0; i < EVENTS; i++) {
            for (int j = i + 1; j < EVENTS; j++) {
                int one = i;
                int other = j;
                tampered.events =
                        events -> with(with(events, one, altered(all.get(one))), other, altered(all.get(other)));

                assertEquals(
                        List.of(
                                HistoryFinding.of(one + 1, HistoryFault.ALTERED),
                                HistoryFinding.of(other + 1, HistoryFault.ALTERED)),
                        histories.verify(TARO).findings());
            }
        }
    }

    @Test
    void everyAddedEventIsReportedAndTheHeadBeforeThem() {
        RowAuthenticator rows = new RowAuthenticator(TestInstitution.KEYS);
        tampered.enrolment = enrolment -> {
            Enrolment shortened = enrolment.toBuilder().eventCount(EVENTS - 2).build();
            return shortened.toBuilder().rowMac(rows.compute(shortened)).build();
        };

        assertEquals(
                HistoryVerdict.of(
                        EVENTS - 2,
                        0,
                        List.of(
                                HistoryFinding.of(EVENTS - 2, HistoryFault.HEAD_ALTERED),
                                HistoryFinding.of(EVENTS - 1, HistoryFault.ADDED),
                                HistoryFinding.of(EVENTS, HistoryFault.ADDED))),
                histories.verify(TARO));
    }

    @Test
    void everyMissingReasonIsReported() {
        tampered.events =
                events -> events.stream().map(RecordedEvent::withoutWords).toList();

        List<HistoryFinding> expected = recorded(TARO).stream()
                .filter(recorded -> recorded.reasonMac() != null)
                .map(recorded -> HistoryFinding.of(recorded.event().number(), HistoryFault.REASON_MISSING))
                .toList();
        assertTrue(expected.size() > 1);
        assertEquals(expected, histories.verify(TARO).findings());
    }

    private static RecordedEvent altered(RecordedEvent was) {
        return RecordedEvent.of(
                was.event().toBuilder().at(was.event().at().plusSeconds(1)).build(), was.reasonMac(), was.link());
    }

    /** Returns the event with each field except its number changed, removed or added. */
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
                        e.toBuilder().suspensionReason(why).build(),
                        e.toBuilder()
                                .request(new RequestReference(new RequestId("a".repeat(32)), "b".repeat(64)))
                                .build(),
                        e.toBuilder().reason("other words").build(),
                        e.toBuilder().origin(e.origin().source("elsewhere")).build(),
                        e.toBuilder().origin(e.origin().reference("TX-1")).build())
                .toList();
    }

    private static TokenEvent change(
            TokenEvent event,
            Instant at,
            EventType type,
            @Nullable SerialNumber serial,
            @Nullable Purpose purpose,
            @Nullable Operator operator) {
        return event.toBuilder()
                .at(at)
                .type(type)
                .serial(serial)
                .purpose(purpose)
                .operator(operator)
                .build();
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
    @Tag("R10.5")
    void anotherHeadIsFound() {
        tampered.enrolment = enrolment -> enrolment.toBuilder()
                .head(new ChainLink("test", "0".repeat(64)))
                .build();
        assertThrows(IntegrityException.class, () -> histories.verify(TARO));

        RowAuthenticator rows = new RowAuthenticator(TestInstitution.KEYS);
        tampered.enrolment = enrolment -> {
            Enrolment forged = enrolment.toBuilder()
                    .head(new ChainLink("test", "0".repeat(64)))
                    .build();
            return forged.toBuilder().rowMac(rows.compute(forged)).build();
        };
        assertEquals(
                List.of(HistoryFinding.of(EVENTS, HistoryFault.HEAD_ALTERED)),
                histories.verify(TARO).findings());
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
                    TokenEvent numbered = e.toBuilder().number(i + 1).build();
                    return RecordedEvent.of(
                            numbered, events.get(i).reasonMac(), events.get(i).link());
                })
                .toList();
    }

    @Test
    @Tag("R9.4")
    void anArchivedBeginningIsAnchored() {
        List<RecordedEvent> all = recorded(TARO);
        List<RecordedEvent> kept = new ArrayList<>();
        List<Archived> told = new ArrayList<>();
        Archived done = histories.archive(
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
        assertEquals(HistoryVerdict.of(EVENTS - 7, 7, List.of()), histories.verify(TARO));
        assertEquals(
                Archived.of(0, 0, 0, List.of()),
                histories.archive(all.get(7).event().at(), (holder, events) -> kept.addAll(events), told::add));

        Archived rest = histories.archive(Instant.MAX, (holder, events) -> {}, progress -> {});
        assertEquals(2, rest.holders());
        assertEquals(List.of(), recorded(TARO));
        assertEquals(HistoryVerdict.of(0, EVENTS, List.of()), histories.verify(TARO));
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "again"));
        assertEquals(HistoryVerdict.of(1, EVENTS, List.of()), histories.verify(TARO));
    }

    @Test
    @Tag("R9.4")
    void aForgedAnchorIsFound() {
        List<RecordedEvent> all = recorded(TARO);
        HistoryAnchor forged = new HistoryAnchor(
                7, all.get(6).link(), new ChainLink("test", all.get(6).link().mac()));
        tampered.events = events -> events.subList(7, EVENTS);
        tampered.anchor = anchor -> Optional.of(forged);
        assertEquals(
                List.of(HistoryFinding.of(7, HistoryFault.ANCHOR_ALTERED)),
                histories.verify(TARO).findings());
        tampered.anchor = anchor -> Optional.empty();
        assertEquals(
                List.of(HistoryFinding.of(1, HistoryFault.MISSING)),
                histories.verify(TARO).findings());
    }

    /** Without the check, the anchor at the last archived event would hide the fault permanently. */
    @Test
    @Tag("R9.4")
    void eventsThatAreNotIntactAreNotArchived() {
        List<RecordedEvent> all = recorded(TARO);
        List<RecordedEvent> others = recorded(HANAKO);
        RecordedEvent suspended = all.stream()
                .filter(recorded -> recorded.event().reason() != null)
                .findFirst()
                .orElseThrow();
        int place = all.indexOf(suspended);
        RecordedEvent altered = RecordedEvent.of(
                suspended.event().toBuilder().operator(new Operator("other")).build(),
                suspended.reasonMac(),
                suspended.link());
        List<UnaryOperator<List<RecordedEvent>>> faults = List.of(
                events -> without(events, 0),
                events -> without(events, 9),
                events -> renumbered(without(events, 9)),
                events -> with(events, place, altered),
                events -> with(events, place, suspended.withoutWords()),
                events -> others);
        for (UnaryOperator<List<RecordedEvent>> fault : faults) {
            tampered.events = events -> isOf(TARO, events) ? fault.apply(events) : events;
            List<Holder> kept = new ArrayList<>();

            Archived done = histories.archive(Instant.MAX, (holder, events) -> kept.add(holder), progress -> {});

            assertEquals(List.of(TARO), done.broken());
            assertEquals(all, recorded(TARO));
            assertFalse(kept.contains(TARO));
        }
        assertEquals(List.of(), recorded(HANAKO));
    }

    private boolean isOf(Holder holder, List<RecordedEvent> events) {
        return events.equals(recorded(holder));
    }

    private static List<RecordedEvent> with(List<RecordedEvent> events, int place, RecordedEvent other) {
        List<RecordedEvent> changed = new ArrayList<>(events);
        changed.set(place, other);
        return changed;
    }

    @Test
    @Tag("R9.4")
    void aHistoryAfterAForgedAnchorIsNotArchived() {
        List<RecordedEvent> all = recorded(TARO);
        ChainLink forged = new ChainLink("test", all.get(6).link().mac());
        tampered.anchor = anchor -> Optional.of(new HistoryAnchor(7, all.get(6).link(), forged));

        Archived done = histories.archive(Instant.MAX, (holder, events) -> {}, progress -> {});

        assertEquals(List.of(HANAKO, TARO), done.broken());
        assertEquals(all, recorded(TARO));
    }

    @Test
    @Tag("R9.4")
    void anArchiverThatWasOvertakenReportsNoFault() {
        Instant before = recorded(HANAKO).get(7).event().at();
        histories.archive(before, (holder, events) -> {}, progress -> {});
        boolean[] once = {true};
        tampered.anchor = anchor -> {
            Optional<HistoryAnchor> old = once[0] ? Optional.empty() : anchor;
            once[0] = false;
            return old;
        };

        Archived done = histories.archive(Instant.MAX, (holder, events) -> {}, progress -> {});

        assertEquals(Archived.of(1, EVENTS - 7, 0, List.of()), done);
    }

    /** The erasure that deleted a reason can be later than the events to archive. */
    @Test
    @Tag("R9.4")
    @Tag("R10.3")
    void erasedReasonsCanBeArchived() {
        assertAccepted(desk.revoke(TARO, "died"));
        Instant beforeTheErasure = clock.instant();
        assertAccepted(desk.erase(TARO));

        Archived done = histories.archive(beforeTheErasure, (holder, events) -> {}, progress -> {});

        assertEquals(List.of(), done.broken());
        assertEquals(2, recorded(TARO).size());
        assertTrue(histories.verify(TARO).isIntact());
    }

    @Test
    @Tag("R9.4")
    void anArchiveThatFailsDeletesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> histories.archive(
                        Instant.MAX,
                        (holder, events) -> {
                            throw new IllegalStateException("the disk is full");
                        },
                        progress -> {}));
        assertEquals(EVENTS, recorded(TARO).size());
    }

    @Test
    @Tag("R10.3")
    void erasureDeletesPersonalDataAndKeepsTheHistory() {
        assertRefused(Refusal.TOKEN_EXISTS, desk.erase(TARO));
        assertAccepted(desk.revoke(TARO, "died, says the daughter, Hanako"));
        assertAccepted(desk.erase(TARO));

        Enrolment left = store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow();
        assertEquals(Credentials.NONE, left.credentials());
        assertEquals(Optional.empty(), tokens.mailAddress(TARO));
        assertTrue(bank.histories().read(TARO, 0, 100).stream().allMatch(event -> event.reason() == null));
        assertEquals(OPERATOR, bank.histories().read(TARO, EVENTS + 1, 1).get(0).operator());
        assertEquals(HistoryVerdict.of(EVENTS + 2, 0, List.of()), histories.verify(TARO));
        assertFalse(bank.histories().read(HANAKO, 0, 100).stream().allMatch(event -> event.reason() == null));

        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.cancel(TARO, "a new word"));
        assertEquals(HistoryVerdict.of(EVENTS + 4, 0, List.of()), histories.verify(TARO));
        write(EVENTS + 3, recorded(TARO).get(EVENTS + 3).withoutWords());
        assertEquals(
                List.of(HistoryFinding.of(EVENTS + 4, HistoryFault.REASON_MISSING)),
                histories.verify(TARO).findings());
    }

    @Test
    @Tag("R10.3")
    void erasureDeletesTheCredentials() {
        Holder jiro = new Holder("jiro");
        follow(TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING));
        assertAccepted(tokens.setConfirmationPassword(jiro, "Kakunin1"));
        assertNotEquals(
                Credentials.NONE,
                store.find(TestInstitution.SERVICE_ID, jiro).orElseThrow().credentials());

        assertAccepted(desk.erase(jiro));

        assertEquals(
                Credentials.NONE,
                store.find(TestInstitution.SERVICE_ID, jiro).orElseThrow().credentials());
        assertEquals(HistoryVerdict.of(2, 0, List.of()), histories.verify(jiro));
    }

    @Test
    @Tag("R9.3")
    void theKeyOfTheHistoryCanBeReplacedAndMustNotBeLost() {
        SecretKeySpec sealing = new SecretKeySpec(new byte[32], "AES");
        SecretKeySpec other = new SecretKeySpec(new byte[32], "HmacSHA256");
        KeySource lost = KeySource.of("new", sealing, other);
        assertThrows(KeyUnavailableException.class, () -> under(lost).verify(TARO));
        KeySource another = KeySource.of("test", sealing, other);
        assertThrows(IntegrityException.class, () -> under(another).verify(TARO));
        assertThrows(IllegalArgumentException.class, () -> KeySource.of("k", sealing, sealing));
        SecretKeySpec tooShort = new SecretKeySpec(new byte[31], "HmacSHA256");
        assertThrows(IllegalArgumentException.class, () -> KeySource.of("k", sealing, tooShort));
    }

    private Histories under(KeySource keys) {
        return Institution.builder(TestInstitution.SERVICE_ID, tampered, keys)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .withoutKeyCheck()
                .build()
                .histories();
    }

    /** A verdict describes one moment. */
    @Test
    void aConcurrentChangeDoesNotBreakAVerdict() {
        boolean[] once = {true};
        tampered.events = events -> {
            if (once[0]) {
                once[0] = false;
                assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "meanwhile"));
                return recorded(TARO);
            }
            return events;
        };
        assertEquals(HistoryVerdict.of(EVENTS + 1, 0, List.of()), histories.verify(TARO));
    }
}
