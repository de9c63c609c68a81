package dev.watchword.otp.lifecycle.internal.machine;

import static dev.watchword.otp.lifecycle.internal.machine.Condition.NOW;
import static dev.watchword.otp.lifecycle.internal.machine.Condition.OPERATOR;
import static dev.watchword.otp.lifecycle.internal.machine.Condition.REASON;
import static dev.watchword.otp.lifecycle.internal.machine.Condition.RIGHT;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.Totp;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decisions of the machine. The generated page of states lists the result of every action in every condition. */
class TokenMachineTest {
    private static final int LIMIT = TokenPolicy.BANK.lock().failureLimit();

    private static final TokenMachine MACHINE =
            new TokenMachine(TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BY_APPLICATION));

    private static Decision decide(Condition condition, TokenAction action, Verification code) {
        return condition.asked(action, code).decide(MACHINE, condition.enrolment(), NOW);
    }

    private static EnrolmentChange change(Enrolment before, Decision decision) {
        HistoryChain chain = new HistoryChain(TestInstitution.KEYS, TestInstitution.SERVICE_ID);
        List<RecordedEvent> events = chain.link(before, decision.events());
        return EnrolmentChange.builder()
                .id(UUID.randomUUID())
                .before(before)
                .after(decision.enrolment().toBuilder()
                        .head(events.get(events.size() - 1).link())
                        .build())
                .ended(decision.ended())
                .events(events)
                .stockSecret(decision.stockSecret())
                .build();
    }

    private static Token active(Decision decision) {
        return requireNonNull(decision.enrolment().activeToken());
    }

    private static Asked<Evidence> activate(@Nullable SerialNumber serial) {
        return new Asked<>(new Activate(serial, false), new Evidence(Proof.NOT_GIVEN, Proof.NOT_GIVEN, RIGHT));
    }

    private static Condition conditionFor(TokenAction action) {
        return action == TokenAction.ACTIVATE ? Condition.SENT : Condition.ACTIVE;
    }

    private static Token token(Enrolment enrolment) {
        return requireNonNull(enrolment.state() == TokenState.ISSUED ? enrolment.pendingToken() : enrolment.token());
    }

    /** Every pair of a condition and an action follows the edges, and is a change that a store accepts. */
    @ParameterizedTest
    @EnumSource
    void followsTheEdges(Condition condition) {
        Enrolment before = condition.enrolment();
        for (TokenAction action : TokenAction.values()) {
            Decision decision = condition.asked(action, RIGHT).decide(MACHINE, before, NOW);
            if (decision.changes()) {
                assertTrue(change(before, decision).events().size() > 0);
            } else {
                assertSame(before, decision.enrolment());
                assertTrue(decision.refusal() != null);
            }
            boolean lapsed = condition == Condition.LAPSED || condition == Condition.RENEWING_LAPSED;
            if (decision.refusal() == null && !lapsed) {
                assertEquals(
                        Edge.find(before.state(), action).orElseThrow().to(),
                        decision.enrolment().state(),
                        condition + " × " + action);
            }
        }
    }

    @Test
    void knowsNoEdgeTwiceAndLeavesNoStateWithoutOne() {
        assertEquals(
                Edge.ALL.size(),
                Edge.ALL.stream()
                        .map(edge -> edge.from() + "×" + edge.action())
                        .distinct()
                        .count());
        for (TokenState state : TokenState.values()) {
            assertTrue(Edge.ALL.stream().anyMatch(edge -> edge.from() == state));
        }
    }

    @ParameterizedTest
    @Tag("R2.1")
    @EnumSource(names = {"ACTIVATE", "VERIFY", "RESYNCHRONISE", "RENEW", "REVOKE"})
    void chargesOnlyWrongCodes(TokenAction action) {
        Enrolment before = conditionFor(action).enrolment();
        assertEquals(
                Decision.refuse(before, Refusal.REPLAYED, null),
                decide(conditionFor(action), action, new Verification.Replayed(999)));
        assertEquals(
                Decision.refuse(before, Refusal.MALFORMED, null),
                decide(conditionFor(action), action, Verification.MALFORMED));
    }

    @ParameterizedTest
    @Tag("R2.1")
    @Tag("R2.5")
    @Tag("R9.1")
    @EnumSource(names = {"ACTIVATE", "VERIFY", "RESYNCHRONISE", "RENEW", "REVOKE"})
    void suspendsAtTheLimitOfWrongCodesInEveryOperation(TokenAction action) {
        Condition condition = conditionFor(action);
        Asked<?> wrong = condition.asked(action, Verification.WRONG);
        Enrolment enrolment = condition.enrolment();
        for (int failures = 1; failures < LIMIT; failures++) {
            Decision decision = wrong.decide(MACHINE, enrolment, NOW);
            enrolment = decision.enrolment();

            assertEquals(Refusal.WRONG_CODE, decision.refusal());
            assertEquals(Failures.of(failures, failures, NOW), token(enrolment).failures());
            assertFalse(token(enrolment).isSuspended());
            assertEquals(
                    List.of(EventType.WRONG_CODE),
                    decision.events().stream().map(TokenEvent::type).toList());
        }

        Decision last = wrong.decide(MACHINE, enrolment, NOW);

        assertEquals(Refusal.WRONG_CODE, last.refusal());
        assertEquals(condition.enrolment().state(), last.enrolment().state());
        assertEquals(
                Suspension.of(SuspensionReason.TOO_MANY_FAILURES, NOW, null),
                token(last.enrolment()).suspension());
        assertEquals(
                List.of(EventType.WRONG_CODE, EventType.SUSPENDED),
                last.events().stream().map(TokenEvent::type).toList());
        assertEquals(SuspensionReason.TOO_MANY_FAILURES, last.events().get(1).suspensionReason());
    }

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R2.2")
    @EnumSource(names = {"ACTIVATE", "VERIFY", "RESYNCHRONISE", "RENEW", "REVOKE"})
    void recordsTheStepOfARightCodeAndForgetsTheFailures(TokenAction action) {
        Condition condition = conditionFor(action);
        Enrolment charged = decide(condition, action, Verification.WRONG).enrolment();

        Decision accepted = condition.asked(action, RIGHT).decide(MACHINE, charged, NOW);

        assertEquals(new CodeState(1000, 0), token(accepted.enrolment()).codes());
        assertEquals(Failures.NONE, token(accepted.enrolment()).failures());
    }

    @Test
    @Tag("R1.4")
    void learnsTheDriftUpToTheCap() {
        for (int[] learned : new int[][] {{3, 3}, {-20, -20}, {20, 20}, {21, 20}, {-10_000, -20}}) {
            Decision decision =
                    decide(Condition.ACTIVE, TokenAction.VERIFY, new Verification.Matched(1000, learned[0]));
            assertEquals(new CodeState(1000, learned[1]), active(decision).codes());
        }
    }

    @Test
    @Tag("R5.3")
    void requiresTheSerialNumberOfAHardwareToken() {
        Enrolment before = Condition.SENT.enrolment();

        Decision decision = activate(null).decide(MACHINE, before, NOW);

        assertEquals(Decision.refuse(before, Refusal.SERIAL_REQUIRED, null), decision);
    }

    @Test
    @Tag("R5.3")
    @Tag("R8.1")
    void chargesAWrongSerialNumberAndSpendsNoCode() {
        SerialNumber other = new SerialNumber("101199980099");

        Decision decision = activate(other).decide(MACHINE, Condition.SENT.enrolment(), NOW);

        Token token = requireNonNull(decision.enrolment().pendingToken());
        assertEquals(Refusal.WRONG_SERIAL, decision.refusal());
        assertEquals(EventType.WRONG_SERIAL, decision.events().get(0).type());
        assertEquals(1, token.failures().consecutive());
        assertEquals(Totp.NO_STEP, token.codes().lastStep());
    }

    @Test
    @Tag("R2.3")
    void resumesWithAFreshCounterAndWithoutMemory() {
        Decision decision = decide(Condition.ACTIVE_SUSPENDED, TokenAction.RESUME, RIGHT);

        assertEquals(0, active(decision).failures().consecutive());
        assertNull(active(decision).suspension());
        assertEquals(
                List.of(TokenEvent.builder()
                        .number(5)
                        .at(NOW)
                        .type(EventType.RESUMED)
                        .serial(Condition.TOKEN)
                        .operator(OPERATOR)
                        .reason(REASON)
                        .build()),
                decision.events());
    }

    @Test
    @Tag("R2.4")
    void recordsWhoSuspendedAndWhyAlsoWhereItIsSuspended() {
        for (Condition condition : List.of(Condition.ACTIVE, Condition.ACTIVE_SUSPENDED)) {
            Decision decision = decide(condition, TokenAction.SUSPEND, RIGHT);

            assertEquals(
                    Suspension.of(SuspensionReason.LOST, NOW, OPERATOR),
                    active(decision).suspension());
            assertEquals(
                    List.of(TokenEvent.builder()
                            .number(5)
                            .at(NOW)
                            .type(EventType.SUSPENDED)
                            .serial(Condition.TOKEN)
                            .operator(OPERATOR)
                            .suspensionReason(SuspensionReason.LOST)
                            .reason(REASON)
                            .build()),
                    decision.events());
        }
    }

    @Test
    @Tag("R7.1")
    @Tag("R9.1")
    void recordsWhoRevoked() {
        assertEquals(
                List.of(TokenEvent.builder()
                        .number(5)
                        .at(NOW)
                        .type(EventType.REVOKED)
                        .serial(Condition.TOKEN)
                        .purpose(Purpose.REVOCATION)
                        .build()),
                decide(Condition.ACTIVE, TokenAction.REVOKE, RIGHT).events());
        assertEquals(
                List.of(TokenEvent.builder()
                        .number(5)
                        .at(NOW)
                        .type(EventType.REVOKED)
                        .serial(Condition.TOKEN)
                        .operator(OPERATOR)
                        .reason(REASON)
                        .build()),
                decide(Condition.ACTIVE, TokenAction.REVOKE_BY_OPERATOR, RIGHT).events());
    }

    @Test
    @Tag("R6.2")
    @Tag("R7.2")
    void deletesEverySecretThatEnds() {
        for (TokenAction action : List.of(TokenAction.REVOKE, TokenAction.REVOKE_BY_OPERATOR)) {
            Decision decision = decide(Condition.RENEWING_SENT, action, RIGHT);

            assertNull(requireNonNull(decision.enrolment().token()).secret());
            assertNull(decision.enrolment().pending());
            assertEquals(1, decision.ended().size());
            assertNull(decision.ended().get(0).secret());
            assertEquals(NOW, decision.ended().get(0).revokedAt());
        }
        Decision superseded = decide(Condition.RENEWING_SENT, TokenAction.ACTIVATE, RIGHT);
        assertEquals(Condition.TOKEN, superseded.ended().get(0).serial());
        assertNull(superseded.ended().get(0).secret());
        assertEquals(Condition.SUCCESSOR, active(superseded).serial());
    }

    @Test
    @Tag("R2.7")
    @Tag("R4.6")
    void expiresAtItsExpiryAndNotBefore() {
        Enrolment active = Condition.ACTIVE.enrolment();
        Instant expiry = requireNonNull(active.activeToken()).expiresAt();
        Asked<?> verify = Condition.ACTIVE.asked(TokenAction.VERIFY, RIGHT);

        assertNull(verify.decide(MACHINE, active, expiry.minusNanos(1)).refusal());
        assertEquals(Refusal.EXPIRED, verify.decide(MACHINE, active, expiry).refusal());
    }

    @Test
    void keepsTheUserIdForGood() {
        UserId other = new UserId("999800000002");
        Asked<?> order = new Asked<>(
                new PlaceOrder(),
                new PlaceOrder.Given(other, new Evidence(Proof.NOT_GIVEN, Proof.NOT_GIVEN, Verification.MALFORMED)));

        assertEquals(
                other,
                order.decide(MACHINE, Condition.NOTHING.enrolment(), NOW)
                        .enrolment()
                        .userId());
        assertEquals(
                Condition.USER,
                order.decide(MACHINE, Condition.REVOKED.enrolment(), NOW)
                        .enrolment()
                        .userId());
    }
}
