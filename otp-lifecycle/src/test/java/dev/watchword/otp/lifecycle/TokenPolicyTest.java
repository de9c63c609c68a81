package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What an institution may decide, and what it may not: the message names the field. */
class TokenPolicyTest {
    private static final Duration DAY = Duration.ofDays(1);

    private static void assertNamed(String field, Executable construction) {
        String message =
                assertThrows(IllegalArgumentException.class, construction).getMessage();
        assertTrue(String.valueOf(message).contains(field), message);
    }

    @Test
    void theManualsBank() {
        TokenPolicy bank = TokenPolicy.BANK;
        assertEquals(TotpProfile.BANK, bank.codes().profile());
        assertEquals(5, bank.lock().failureLimit());
        assertEquals(100, bank.lock().failureCeiling());
        assertEquals(Duration.ofDays(90), bank.renewal().lead());
        assertEquals(Set.of(TokenKind.HARDWARE), bank.renewal().kinds());
        assertTrue(bank.software().fromNextDay());
        assertEquals(ZoneId.of("Asia/Tokyo"), bank.zone());
        assertEquals(
                Set.of(Factor.PASSWORD, Factor.MAIL_CODE), bank.confirmation().factorsOf(Operation.ISSUE));
        assertEquals(Set.of(Factor.PASSWORD), bank.confirmation().factorsOf(Operation.CANCEL));
        assertEquals(6, TokenPolicy.AUTHENTICATOR_APP.codes().profile().digits());
    }

    @Test
    @Tag("R1.4")
    void codesHaveBounds() {
        TotpProfile profile = TotpProfile.BANK;
        TotpWindow one = TotpWindow.ONE_STEP;
        assertNamed("driftCap", () -> new CodePolicy(profile, one, one, -1, 0, LookAhead.STANDARD));
        assertNamed(
                "driftCap", () -> new CodePolicy(profile, one, one, TotpWindow.MAX_DRIFT + 1, 0, LookAhead.STANDARD));
        assertNamed("resynchronisationRange", () -> new CodePolicy(profile, one, one, 5, 6, LookAhead.STANDARD));
        assertNamed("resynchronisationRange", () -> new CodePolicy(profile, one, one, 5, -1, LookAhead.STANDARD));
        assertNamed("window", () -> new CodePolicy(profile, one.withDrift(1), one, 5, 5, LookAhead.STANDARD));
        assertNamed("activationWindow", () -> new CodePolicy(profile, one, one.withDrift(1), 5, 5, LookAhead.STANDARD));
        assertNamed(
                "activationWindow", () -> new CodePolicy(profile, one, new TotpWindow(0, 1), 5, 5, LookAhead.STANDARD));
        assertNamed(
                "activationWindow", () -> new CodePolicy(profile, one, new TotpWindow(1, 0), 5, 5, LookAhead.STANDARD));
        assertNamed(
                "window",
                () -> new CodePolicy(profile, new TotpWindow(2, 1), new TotpWindow(2, 2), 1, 1, LookAhead.STANDARD));
        assertEquals(
                0,
                new CodePolicy(profile, new TotpWindow(2, 1), new TotpWindow(2, 1), 0, 0, LookAhead.STANDARD)
                        .driftCap());
        assertEquals(
                5,
                new CodePolicy(profile, one, one, 5, 5, LookAhead.STANDARD)
                        .withProfile(TotpProfile.AUTHENTICATOR_APP)
                        .driftCap());
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.6")
    @Tag("R2.8")
    void theLockHasBounds() {
        Duration none = Duration.ZERO;
        assertNamed("failureLimit", () -> new LockPolicy(0, 100, none, none));
        assertNamed("failureLimit", () -> new LockPolicy(101, 101, none, none));
        assertNamed("failureCeiling", () -> new LockPolicy(5, 4, none, none));
        assertNamed("failureCeiling", () -> new LockPolicy(5, 101, none, none));
        assertNamed("firstDelay", () -> new LockPolicy(5, 100, Duration.ofSeconds(-1), none));
        assertNamed("firstDelay", () -> new LockPolicy(5, 100, Duration.ofMinutes(61), Duration.ofMinutes(61)));
        assertNamed("greatestDelay", () -> new LockPolicy(5, 100, Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertNamed("greatestDelay", () -> new LockPolicy(5, 100, none, Duration.ofMinutes(61)));
        assertNamed("firstDelay", () -> new LockPolicy(5, 100, Duration.ofNanos(1), DAY));
        assertEquals(100, new LockPolicy(100, 100, none, none).failureLimit());
    }

    @Test
    @Tag("R4.4")
    void softwareHasBounds() {
        assertNamed("lifetime", () -> SoftwarePolicy.BANK.withLifetime(Duration.ZERO));
        assertNamed("lifetime", () -> SoftwarePolicy.BANK.withLifetime(Duration.ofDays(36_526)));
        assertNamed("passwordTries", () -> new SoftwarePolicy(DAY, false, 0, DAY, DAY, true));
        assertNamed("passwordTries", () -> new SoftwarePolicy(DAY, false, 21, DAY, DAY, true));
        assertNamed("passwordLifetime", () -> new SoftwarePolicy(DAY, false, 5, Duration.ZERO, DAY, true));
        assertNamed("passwordLifetime", () -> new SoftwarePolicy(DAY, false, 5, Duration.ofDays(31), DAY, true));
        assertNamed("grace", () -> new SoftwarePolicy(DAY, false, 5, DAY, Duration.ofSeconds(-1), true));
        assertNamed("grace", () -> new SoftwarePolicy(DAY, false, 5, DAY, Duration.ofHours(25), true));
    }

    @Test
    @Tag("R8.1")
    void confirmationHasBounds() {
        ConfirmationPolicy bank = ConfirmationPolicy.BANK;
        for (Operation operation : List.of(Operation.ACTIVATE, Operation.RENEW, Operation.REVOKE)) {
            Map<Operation, Set<Factor>> without = new EnumMap<>(bank.factors());
            without.put(operation, Set.of(Factor.PASSWORD));
            assertNamed("factors of " + operation, () -> policy(without, 5, 5, DAY.dividedBy(1000)));
        }
        Map<Operation, Set<Factor>> with = new EnumMap<>(bank.factors());
        with.put(Operation.CANCEL, Set.of(Factor.TOKEN_CODE));
        assertNamed("factors of CANCEL", () -> policy(with, 5, 5, Duration.ofMinutes(1)));
        assertNamed("passwordTries", () -> policy(bank.factors(), 0, 5, Duration.ofMinutes(1)));
        assertNamed("passwordTries", () -> policy(bank.factors(), 101, 5, Duration.ofMinutes(1)));
        assertNamed("mailCodeTries", () -> policy(bank.factors(), 5, 0, Duration.ofMinutes(1)));
        assertNamed("mailCodeTries", () -> policy(bank.factors(), 5, 101, Duration.ofMinutes(1)));
        assertNamed("mailCodeLifetime", () -> policy(bank.factors(), 5, 5, Duration.ZERO));
        assertNamed("mailCodeLifetime", () -> policy(bank.factors(), 5, 5, Duration.ofMinutes(11)));
    }

    private static ConfirmationPolicy policy(
            Map<Operation, Set<Factor>> factors, int passwordTries, int mailCodeTries, Duration mailCodeLifetime) {
        return new ConfirmationPolicy(factors, PasswordKeeper.LIBRARY, passwordTries, mailCodeTries, mailCodeLifetime);
    }

    @Test
    void theRestHasBounds() {
        TokenPolicy bank = TokenPolicy.BANK;
        assertNamed("lead", () -> new RenewalPolicy(Set.of(), Duration.ofDays(-1)));
        assertNamed("lead", () -> new RenewalPolicy(Set.of(), Duration.ofDays(36_526)));
        assertNamed("memoryKib", () -> new HashingPolicy(7, 1));
        assertNamed("memoryKib", () -> new HashingPolicy((1 << 20) + 1, 1));
        assertNamed("passes", () -> new HashingPolicy(8, 0));
        assertNamed("passes", () -> new HashingPolicy(8, 101));
        for (Duration waitingTime : List.of(Duration.ZERO, Duration.ofDays(36_526), Duration.ofNanos(1_000_000_001))) {
            assertNamed(
                    "waitingTime",
                    () -> new TokenPolicy(
                            bank.codes(),
                            bank.lock(),
                            bank.software(),
                            bank.renewal(),
                            bank.confirmation(),
                            bank.hashing(),
                            waitingTime,
                            bank.zone()));
        }
    }
}
