package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenMachineTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final ServiceId SERVICE = new ServiceId("10112235");
    private static final Holder HOLDER = new Holder("taro");
    private static final UserId USER = new UserId("999800000001");
    private static final SerialNumber SERIAL = new SerialNumber("101199980021");
    private static final Operator OPERATOR = new Operator("helpdesk-7");
    private static final SealedSecret SECRET = new SealedSecret("key", new byte[] {1});
    private static final Verification RIGHT = new Verification.Matched(1000, 0);
    private static final TokenMachine MACHINE = new TokenMachine(TokenPolicy.BANK);

    /**
     * Every pair of a state and an action, with right evidence: where it leads, or how it is refused. A suspended state
     * is marked with an s, an expired one with an x.
     */
    @ParameterizedTest
    @Tag("R2.1")
    @Tag("R3.2")
    @Tag("R7.1")
    @CsvSource(delimiter = '|', textBlock = """
            NONE      | ->ISSUED     | UNKNOWN_HOLDER | UNKNOWN_HOLDER | UNKNOWN_HOLDER | UNKNOWN_HOLDER | UNKNOWN_HOLDER | UNKNOWN_HOLDER
            ISSUED    | TOKEN_EXISTS | ->ACTIVE       | NOT_ACTIVE     | ->ISSUED s     | NOT_SUSPENDED  | NOT_ACTIVE     | ->REVOKED
            ISSUED s  | TOKEN_EXISTS | SUSPENDED      | NOT_ACTIVE     | ->ISSUED s     | ->ISSUED       | NOT_ACTIVE     | ->REVOKED
            ISSUED x  | TOKEN_EXISTS | EXPIRED        | NOT_ACTIVE     | ->ISSUED s     | NOT_SUSPENDED  | NOT_ACTIVE     | ->REVOKED
            ISSUED sx | TOKEN_EXISTS | EXPIRED        | NOT_ACTIVE     | ->ISSUED s     | ->ISSUED       | NOT_ACTIVE     | ->REVOKED
            ACTIVE    | TOKEN_EXISTS | NOT_ISSUED     | ->ACTIVE       | ->ACTIVE s     | NOT_SUSPENDED  | ->REVOKED      | ->REVOKED
            ACTIVE s  | TOKEN_EXISTS | NOT_ISSUED     | SUSPENDED      | ->ACTIVE s     | ->ACTIVE       | SUSPENDED      | ->REVOKED
            ACTIVE x  | TOKEN_EXISTS | NOT_ISSUED     | EXPIRED        | ->ACTIVE s     | NOT_SUSPENDED  | EXPIRED        | ->REVOKED
            ACTIVE sx | TOKEN_EXISTS | NOT_ISSUED     | EXPIRED        | ->ACTIVE s     | ->ACTIVE       | EXPIRED        | ->REVOKED
            REVOKED   | ->ISSUED     | NOT_ISSUED     | NOT_ACTIVE     | NO_TOKEN       | NOT_SUSPENDED  | NOT_ACTIVE     | NO_TOKEN
            """)
    void everyPairOfStateAndAction(
            String state,
            String issue,
            String activate,
            String verify,
            String suspend,
            String resume,
            String revoke,
            String revokeByOperator) {
        Map<TokenAction, String> expected = new EnumMap<>(Map.of(
                TokenAction.ISSUE, issue,
                TokenAction.ACTIVATE, activate,
                TokenAction.VERIFY, verify,
                TokenAction.SUSPEND, suspend,
                TokenAction.RESUME, resume,
                TokenAction.REVOKE, revoke,
                TokenAction.REVOKE_BY_OPERATOR, revokeByOperator));
        Enrolment before = enrolment(state);
        for (TokenAction action : TokenAction.values()) {
            Decision decision = MACHINE.decide(before, command(action, RIGHT), NOW);

            assertEquals(expected.get(action), described(decision), state + " × " + action);
            if (decision.changes()) {
                new EnrolmentChange(UUID.randomUUID(), before, decision.enrolment(), decision.events());
            } else {
                assertSame(before, decision.enrolment());
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
    @EnumSource(names = {"ACTIVATE", "VERIFY", "REVOKE"})
    void chargesNothingForWhatIsNotAWrongCode(TokenAction action) {
        Enrolment before = enrolment(action == TokenAction.ACTIVATE ? "ISSUED" : "ACTIVE");

        assertEquals(
                Decision.refuse(before, Refusal.REPLAYED),
                MACHINE.decide(before, command(action, new Verification.Replayed(999)), NOW));
        assertEquals(
                Decision.refuse(before, Refusal.MALFORMED),
                MACHINE.decide(before, command(action, Verification.MALFORMED), NOW));
    }

    @ParameterizedTest
    @Tag("R2.1")
    @Tag("R2.5")
    @Tag("R9.1")
    @EnumSource(names = {"ACTIVATE", "VERIFY", "REVOKE"})
    void suspendsAtTheLimitOfWrongCodesAtEveryDoor(TokenAction action) {
        Enrolment enrolment = enrolment(action == TokenAction.ACTIVATE ? "ISSUED" : "ACTIVE");
        TokenState state = enrolment.state();
        for (int failures = 1; failures < TokenPolicy.BANK.failureLimit(); failures++) {
            Decision decision = MACHINE.decide(enrolment, command(action, Verification.WRONG), NOW);
            enrolment = decision.enrolment();

            assertEquals(Refusal.WRONG_CODE, decision.refusal());
            assertEquals(failures, enrolment.requireToken().failures());
            assertFalse(enrolment.requireToken().isSuspended());
            assertEquals(List.of(event(4 + failures, EventType.WRONG_CODE, purpose(action), null)), decision.events());
        }

        Decision last = MACHINE.decide(enrolment, command(action, Verification.WRONG), NOW);

        assertEquals(Refusal.WRONG_CODE, last.refusal());
        assertEquals(state, last.enrolment().state());
        assertEquals(
                new Suspension(SuspensionReason.TOO_MANY_FAILURES, NOW, null),
                last.enrolment().requireToken().suspension());
        assertEquals(
                List.of(
                        event(9, EventType.WRONG_CODE, purpose(action), null),
                        event(10, EventType.SUSPENDED, null, SuspensionReason.TOO_MANY_FAILURES)),
                last.events());
    }

    @Test
    @Tag("R1.2")
    @Tag("R2.2")
    void recordsTheStepOfARightCodeAndForgetsTheFailures() {
        for (TokenAction action : List.of(TokenAction.ACTIVATE, TokenAction.VERIFY, TokenAction.REVOKE)) {
            Enrolment before = enrolment(action == TokenAction.ACTIVATE ? "ISSUED" : "ACTIVE");
            Enrolment charged = MACHINE.decide(before, command(action, Verification.WRONG), NOW)
                    .enrolment();

            Token token = MACHINE.decide(charged, command(action, RIGHT), NOW)
                    .enrolment()
                    .requireToken();

            assertEquals(1000, token.lastStep());
            assertEquals(0, token.failures());
        }
    }

    @Test
    @Tag("R5.3")
    void asksForTheSerialNumberOfAFob() {
        Enrolment before = enrolment("ISSUED");

        Decision decision = MACHINE.decide(before, new Command.Activate(null, RIGHT), NOW);

        assertEquals(Decision.refuse(before, Refusal.SERIAL_REQUIRED), decision);
    }

    @Test
    @Tag("R5.3")
    @Tag("R8.1")
    void chargesAWrongSerialNumberAndSpendsNoCode() {
        SerialNumber other = new SerialNumber("101199980022");

        Decision decision = MACHINE.decide(enrolment("ISSUED"), new Command.Activate(other, RIGHT), NOW);

        assertEquals(Refusal.WRONG_SERIAL, decision.refusal());
        assertEquals(List.of(event(5, EventType.WRONG_SERIAL, Purpose.ACTIVATION, null)), decision.events());
        assertEquals(1, decision.enrolment().requireToken().failures());
        assertEquals(Totp.NO_STEP, decision.enrolment().requireToken().lastStep());
        assertEquals(TokenState.ISSUED, decision.enrolment().state());
    }

    @Test
    @Tag("R2.3")
    void resumesWithAFreshCounterAndWithoutMemory() {
        Enrolment suspended = enrolment("ACTIVE s");

        Decision decision = MACHINE.decide(suspended, command(TokenAction.RESUME, RIGHT), NOW);

        assertEquals(0, decision.enrolment().requireToken().failures());
        assertNull(decision.enrolment().requireToken().suspension());
        assertEquals(
                List.of(new TokenEvent(5, NOW, EventType.RESUMED, SERIAL, null, OPERATOR, null, "called back")),
                decision.events());
    }

    @Test
    @Tag("R2.4")
    void recordsWhoSuspendedAndWhy() {
        Decision decision = MACHINE.decide(enrolment("ACTIVE"), command(TokenAction.SUSPEND, RIGHT), NOW);

        assertEquals(
                new Suspension(SuspensionReason.LOST, NOW, OPERATOR),
                decision.enrolment().requireToken().suspension());
        assertEquals(
                List.of(new TokenEvent(
                        5, NOW, EventType.SUSPENDED, SERIAL, null, OPERATOR, SuspensionReason.LOST, "called back")),
                decision.events());
    }

    @Test
    @Tag("R7.1")
    @Tag("R9.1")
    void recordsWhoRevoked() {
        Enrolment active = enrolment("ACTIVE");

        assertEquals(
                List.of(event(5, EventType.REVOKED, Purpose.REVOCATION, null)),
                MACHINE.decide(active, command(TokenAction.REVOKE, RIGHT), NOW).events());
        assertEquals(
                List.of(new TokenEvent(5, NOW, EventType.REVOKED, SERIAL, null, OPERATOR, null, "called back")),
                MACHINE.decide(active, command(TokenAction.REVOKE_BY_OPERATOR, RIGHT), NOW)
                        .events());
    }

    @Test
    @Tag("R2.4")
    void anOperatorsReasonTakesThePlaceOfTheLibrarys() {
        Enrolment suspended = enrolment("ACTIVE s");

        Decision decision = MACHINE.decide(suspended, command(TokenAction.SUSPEND, RIGHT), NOW);

        assertEquals(
                new Suspension(SuspensionReason.LOST, NOW, OPERATOR),
                decision.enrolment().requireToken().suspension());
        assertEquals(1, decision.events().size());
    }

    @Test
    @Tag("R7.2")
    void deletesTheSecretOnRevocation() {
        for (TokenAction action : List.of(TokenAction.REVOKE, TokenAction.REVOKE_BY_OPERATOR)) {
            Token token = MACHINE.decide(enrolment("ACTIVE"), command(action, RIGHT), NOW)
                    .enrolment()
                    .requireToken();

            assertNull(token.secret());
            assertEquals(NOW, token.revokedAt());
        }
    }

    @Test
    @Tag("R2.7")
    @Tag("R4.6")
    void expiresAtItsExpiryAndNotBefore() {
        Enrolment active = enrolment("ACTIVE");
        Instant expiry = active.requireToken().expiresAt();
        Command verify = command(TokenAction.VERIFY, RIGHT);

        assertNull(MACHINE.decide(active, verify, expiry.minusNanos(1)).refusal());
        assertEquals(Refusal.EXPIRED, MACHINE.decide(active, verify, expiry).refusal());
    }

    @Test
    void doesNotIssueAnExpiredFob() {
        Enrolment none = enrolment("NONE");
        Token expired = enrolment("ISSUED x").requireToken();

        assertEquals(
                Decision.refuse(none, Refusal.EXPIRED),
                MACHINE.decide(none, new Command.Issue(USER, expired, OPERATOR), NOW));
    }

    @Test
    void keepsTheUserIdForGood() {
        Command issue = new Command.Issue(new UserId("999800000002"), token("ISSUED"), OPERATOR);

        assertEquals(
                new UserId("999800000002"),
                MACHINE.decide(enrolment("NONE"), issue, NOW).enrolment().userId());
        assertEquals(
                USER,
                MACHINE.decide(enrolment("REVOKED"), issue, NOW).enrolment().userId());
    }

    private static Command command(TokenAction action, Verification code) {
        return switch (action) {
            case ISSUE -> new Command.Issue(USER, token("ISSUED"), OPERATOR);
            case ACTIVATE -> new Command.Activate(SERIAL, code);
            case VERIFY -> new Command.Verify(code, Purpose.LOGIN);
            case SUSPEND -> new Command.Suspend(SuspensionReason.LOST, OPERATOR, "called back");
            case RESUME -> new Command.Resume(OPERATOR, "called back");
            case REVOKE -> new Command.Revoke(code);
            case REVOKE_BY_OPERATOR -> new Command.RevokeByOperator(OPERATOR, "called back");
        };
    }

    private static Enrolment enrolment(String state) {
        return state.equals("NONE")
                ? Enrolment.none(SERVICE, HOLDER)
                : new Enrolment(SERVICE, HOLDER, 3, USER, token(state), 4);
    }

    private static Token token(String described) {
        String[] parts = described.split(" ", 2);
        String marks = parts.length == 2 ? parts[1] : "";
        TokenState state = TokenState.valueOf(parts[0]);
        boolean revoked = state == TokenState.REVOKED;
        return new Token(
                SERIAL,
                TokenKind.HARDWARE,
                TotpProfile.BANK,
                state,
                revoked ? null : SECRET,
                NOW.minusSeconds(100),
                state == TokenState.ISSUED ? null : NOW.minusSeconds(50),
                revoked ? NOW.minusSeconds(10) : null,
                marks.contains("x") ? NOW : NOW.plusSeconds(1),
                Totp.NO_STEP,
                0,
                marks.contains("s") ? new Suspension(SuspensionReason.STOLEN, NOW, OPERATOR) : null);
    }

    private static String described(Decision decision) {
        if (decision.refusal() != null) {
            return decision.refusal().name();
        }
        boolean suspended = Objects.requireNonNull(decision.enrolment().token()).isSuspended();
        return "->" + decision.enrolment().state() + (suspended ? " s" : "");
    }

    private static Purpose purpose(TokenAction action) {
        return switch (action) {
            case ACTIVATE -> Purpose.ACTIVATION;
            case REVOKE -> Purpose.REVOCATION;
            default -> Purpose.LOGIN;
        };
    }

    /** What the holder or the library by itself did. */
    private static TokenEvent event(
            long number, EventType type, @Nullable Purpose purpose, @Nullable SuspensionReason suspensionReason) {
        return new TokenEvent(number, NOW, type, SERIAL, purpose, null, suspensionReason, null);
    }
}
