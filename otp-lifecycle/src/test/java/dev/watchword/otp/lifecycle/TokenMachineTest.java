package dev.watchword.otp.lifecycle;

import static dev.watchword.otp.lifecycle.Condition.NOW;
import static dev.watchword.otp.lifecycle.Condition.OPERATOR;
import static dev.watchword.otp.lifecycle.Condition.REASON;
import static dev.watchword.otp.lifecycle.Condition.RIGHT;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.Totp;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decisions of the machine; which action leads where from every condition is on the generated page of states. */
class TokenMachineTest {
    private static final int LIMIT = TokenPolicy.BANK.lock().failureLimit();

    private static final TokenMachine MACHINE =
            new TokenMachine(TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BY_APPLICATION));

    private static Decision decide(Condition condition, TokenAction action, Verification code) {
        return MACHINE.decide(condition.enrolment(), condition.command(action, code), NOW);
    }

    private static Condition conditionFor(TokenAction action) {
        return action == TokenAction.ACTIVATE ? Condition.SENT : Condition.ACTIVE;
    }

    private static Token token(Enrolment enrolment) {
        return enrolment.state() == TokenState.ISSUED ? enrolment.requireIssued() : requireNonNull(enrolment.token());
    }

    /** Every pair of a condition and an action follows the edges, and is a change that a store takes. */
    @ParameterizedTest
    @EnumSource
    void followsTheEdges(Condition condition) {
        Enrolment before = condition.enrolment();
        for (TokenAction action : TokenAction.values()) {
            Decision decision = MACHINE.decide(before, condition.command(action, RIGHT), NOW);
            if (decision.changes()) {
                new HistoryChain(InMemoryTokens.KEYS, InMemoryTokens.SERVICE_ID)
                        .change(UUID.randomUUID(), before, decision);
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
    void chargesNothingForWhatIsNotAWrongCode(TokenAction action) {
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
    void suspendsAtTheLimitOfWrongCodesAtEveryDoor(TokenAction action) {
        Condition condition = conditionFor(action);
        Command wrong = condition.command(action, Verification.WRONG);
        Enrolment enrolment = condition.enrolment();
        for (int failures = 1; failures < LIMIT; failures++) {
            Decision decision = MACHINE.decide(enrolment, wrong, NOW);
            enrolment = decision.enrolment();

            assertEquals(Refusal.WRONG_CODE, decision.refusal());
            assertEquals(new Failures(failures, failures, NOW), token(enrolment).failures());
            assertFalse(token(enrolment).isSuspended());
            assertEquals(
                    List.of(EventType.WRONG_CODE),
                    decision.events().stream().map(TokenEvent::type).toList());
        }

        Decision last = MACHINE.decide(enrolment, wrong, NOW);

        assertEquals(Refusal.WRONG_CODE, last.refusal());
        assertEquals(condition.enrolment().state(), last.enrolment().state());
        assertEquals(
                new Suspension(SuspensionReason.TOO_MANY_FAILURES, NOW, null),
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

        Decision accepted = MACHINE.decide(charged, condition.command(action, RIGHT), NOW);

        assertEquals(new CodeState(1000, 0), token(accepted.enrolment()).codes());
        assertEquals(Failures.NONE, token(accepted.enrolment()).failures());
    }

    @Test
    @Tag("R1.4")
    void learnsTheDriftUpToTheCap() {
        for (int[] learned : new int[][] {{3, 3}, {-20, -20}, {20, 20}, {21, 20}, {-10_000, -20}}) {
            Decision decision =
                    decide(Condition.ACTIVE, TokenAction.VERIFY, new Verification.Matched(1000, learned[0]));
            assertEquals(
                    new CodeState(1000, learned[1]),
                    decision.enrolment().requireActive().codes());
        }
    }

    @Test
    @Tag("R5.3")
    void asksForTheSerialNumberOfAFob() {
        Enrolment before = Condition.SENT.enrolment();

        Decision decision = MACHINE.decide(before, new Command.Activate(null, Evidence.of(RIGHT)), NOW);

        assertEquals(Decision.refuse(before, Refusal.SERIAL_REQUIRED, null), decision);
    }

    @Test
    @Tag("R5.3")
    @Tag("R8.1")
    void chargesAWrongSerialNumberAndSpendsNoCode() {
        SerialNumber other = new SerialNumber("101199980099");

        Decision decision =
                MACHINE.decide(Condition.SENT.enrolment(), new Command.Activate(other, Evidence.of(RIGHT)), NOW);

        Token token = decision.enrolment().requireIssued();
        assertEquals(Refusal.WRONG_SERIAL, decision.refusal());
        assertEquals(EventType.WRONG_SERIAL, decision.events().get(0).type());
        assertEquals(1, token.failures().inARow());
        assertEquals(Totp.NO_STEP, token.codes().lastStep());
    }

    @Test
    @Tag("R2.3")
    void resumesWithAFreshCounterAndWithoutMemory() {
        Decision decision = decide(Condition.ACTIVE_SUSPENDED, TokenAction.RESUME, RIGHT);

        assertEquals(0, decision.enrolment().requireActive().failures().inARow());
        assertNull(decision.enrolment().requireActive().suspension());
        assertEquals(
                List.of(new TokenEvent(5, NOW, EventType.RESUMED, Condition.FOB, null, OPERATOR, null, REASON)),
                decision.events());
    }

    @Test
    @Tag("R2.4")
    void recordsWhoSuspendedAndWhyAlsoWhereItIsSuspended() {
        for (Condition condition : List.of(Condition.ACTIVE, Condition.ACTIVE_SUSPENDED)) {
            Decision decision = decide(condition, TokenAction.SUSPEND, RIGHT);

            assertEquals(
                    new Suspension(SuspensionReason.LOST, NOW, OPERATOR),
                    decision.enrolment().requireActive().suspension());
            assertEquals(
                    List.of(new TokenEvent(
                            5, NOW, EventType.SUSPENDED, Condition.FOB, null, OPERATOR, SuspensionReason.LOST, REASON)),
                    decision.events());
        }
    }

    @Test
    @Tag("R7.1")
    @Tag("R9.1")
    void recordsWhoRevoked() {
        assertEquals(
                List.of(new TokenEvent(5, NOW, EventType.REVOKED, Condition.FOB, Purpose.REVOCATION, null, null, null)),
                decide(Condition.ACTIVE, TokenAction.REVOKE, RIGHT).events());
        assertEquals(
                List.of(new TokenEvent(5, NOW, EventType.REVOKED, Condition.FOB, null, OPERATOR, null, REASON)),
                decide(Condition.ACTIVE, TokenAction.REVOKE_BY_OPERATOR, RIGHT).events());
    }

    @Test
    @Tag("R6.2")
    @Tag("R7.2")
    void deletesEverySecretThatEnds() {
        for (TokenAction action : List.of(TokenAction.REVOKE, TokenAction.REVOKE_BY_OPERATOR)) {
            Decision decision = decide(Condition.RENEWING_SENT, action, RIGHT);

            assertNull(requireNonNull(decision.enrolment().token()).secret());
            assertNull(decision.enrolment().waiting());
            assertEquals(1, decision.ended().size());
            assertNull(decision.ended().get(0).secret());
            assertEquals(NOW, decision.ended().get(0).revokedAt());
        }
        Decision superseded = decide(Condition.RENEWING_SENT, TokenAction.ACTIVATE, RIGHT);
        assertEquals(Condition.FOB, superseded.ended().get(0).serial());
        assertNull(superseded.ended().get(0).secret());
        assertEquals(Condition.SUCCESSOR, superseded.enrolment().requireActive().serial());
    }

    @Test
    @Tag("R2.7")
    @Tag("R4.6")
    void expiresAtItsExpiryAndNotBefore() {
        Enrolment active = Condition.ACTIVE.enrolment();
        Instant expiry = active.requireActive().expiresAt();
        Command verify = Condition.ACTIVE.command(TokenAction.VERIFY, RIGHT);

        assertNull(MACHINE.decide(active, verify, expiry.minusNanos(1)).refusal());
        assertEquals(Refusal.EXPIRED, MACHINE.decide(active, verify, expiry).refusal());
    }

    @Test
    void keepsTheUserIdForGood() {
        UserId other = new UserId("999800000002");
        Command order = new Command.PlaceOrder(other, Evidence.of(Verification.MALFORMED));

        assertEquals(
                other,
                MACHINE.decide(Condition.NOTHING.enrolment(), order, NOW)
                        .enrolment()
                        .userId());
        assertEquals(
                Condition.USER,
                MACHINE.decide(Condition.REVOKED.enrolment(), order, NOW)
                        .enrolment()
                        .userId());
    }
}
