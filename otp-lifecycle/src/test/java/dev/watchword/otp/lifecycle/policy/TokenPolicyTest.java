package dev.watchword.otp.lifecycle.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The bounds of a policy. The message of an exception names the field. */
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
        assertEquals(ProvisioningWait.NEXT_DAY, bank.software().provisioningWait());
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
        assertNamed(
                "driftCap",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(one)
                        .driftCap(-1)
                        .resynchronisationRange(0)
                        .build());
        assertNamed(
                "driftCap",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(one)
                        .driftCap(TotpWindow.MAX_DRIFT + 1)
                        .resynchronisationRange(0)
                        .build());
        assertNamed(
                "resynchronisationRange",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(one)
                        .driftCap(5)
                        .resynchronisationRange(6)
                        .build());
        assertNamed(
                "resynchronisationRange",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(one)
                        .driftCap(5)
                        .resynchronisationRange(-1)
                        .build());
        assertNamed(
                "window",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one.withDrift(1))
                        .activationWindow(one)
                        .driftCap(5)
                        .resynchronisationRange(5)
                        .build());
        assertNamed(
                "activationWindow",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(one.withDrift(1))
                        .driftCap(5)
                        .resynchronisationRange(5)
                        .build());
        assertNamed(
                "activationWindow",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(new TotpWindow(0, 1))
                        .driftCap(5)
                        .resynchronisationRange(5)
                        .build());
        assertNamed(
                "activationWindow",
                () -> CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(new TotpWindow(1, 0))
                        .driftCap(5)
                        .resynchronisationRange(5)
                        .build());
        assertEquals(
                1,
                CodePolicy.builder()
                        .profile(profile)
                        .window(new TotpWindow(2, 0))
                        .activationWindow(new TotpWindow(2, 1))
                        .driftCap(1)
                        .resynchronisationRange(1)
                        .build()
                        .driftCap());
        assertEquals(
                5,
                CodePolicy.builder()
                        .profile(profile)
                        .window(one)
                        .activationWindow(one)
                        .driftCap(5)
                        .resynchronisationRange(5)
                        .build()
                        .toBuilder()
                        .profile(TotpProfile.AUTHENTICATOR_APP)
                        .build()
                        .driftCap());
    }

    @Test
    @Tag("R1.4")
    void everyPresetResynchronises() {
        for (CodePolicy codes : List.of(CodePolicy.BANK, CodePolicy.AUTHENTICATOR_APP)) {
            assertEquals(20, codes.driftCap());
            assertEquals(20, codes.resynchronisationRange());
        }
    }

    @Test
    @Tag("R11.3")
    void aLearnedDriftIsAtMostAnHour() {
        CodePolicy.Builder longest = CodePolicy.BANK.toBuilder().driftCap(60);
        assertEquals(60, longest.build().driftCap());
        assertNamed(
                "driftCap must be at most 60 time steps of PT1M, not 61: a learned drift is at most one hour",
                () -> longest.driftCap(61).build());
        assertNamed(
                "driftCap must be at most 0 time steps of PT1H1S",
                () -> CodePolicy.BANK.toBuilder()
                        .profile(TotpProfile.of(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(3601)))
                        .driftCap(1)
                        .resynchronisationRange(0)
                        .build());
        CodePolicy day = CodePolicy.BANK.toBuilder()
                .profile(TotpProfile.of(HmacAlgorithm.SHA1, 8, DAY))
                .driftCap(0)
                .resynchronisationRange(0)
                .build();
        assertEquals(0, day.driftCap());
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.6")
    @Tag("R2.8")
    void theLockHasBounds() {
        Duration none = Duration.ZERO;
        assertNamed(
                "failureLimit",
                () -> LockPolicy.builder()
                        .failureLimit(0)
                        .failureCeiling(100)
                        .firstDelay(none)
                        .greatestDelay(none)
                        .build());
        assertNamed(
                "failureLimit",
                () -> LockPolicy.builder()
                        .failureLimit(101)
                        .failureCeiling(101)
                        .firstDelay(none)
                        .greatestDelay(none)
                        .build());
        assertNamed(
                "failureCeiling",
                () -> LockPolicy.builder()
                        .failureLimit(5)
                        .failureCeiling(4)
                        .firstDelay(none)
                        .greatestDelay(none)
                        .build());
        assertNamed(
                "failureCeiling",
                () -> LockPolicy.builder()
                        .failureLimit(5)
                        .failureCeiling(101)
                        .firstDelay(none)
                        .greatestDelay(none)
                        .build());
        assertNamed(
                "firstDelay",
                () -> LockPolicy.builder()
                        .failureLimit(5)
                        .failureCeiling(100)
                        .firstDelay(Duration.ofSeconds(-1))
                        .greatestDelay(none)
                        .build());
        assertNamed(
                "firstDelay",
                () -> LockPolicy.builder()
                        .failureLimit(5)
                        .failureCeiling(100)
                        .firstDelay(Duration.ofMinutes(61))
                        .greatestDelay(Duration.ofMinutes(61))
                        .build());
        assertNamed(
                "greatestDelay",
                () -> LockPolicy.builder()
                        .failureLimit(5)
                        .failureCeiling(100)
                        .firstDelay(Duration.ofSeconds(2))
                        .greatestDelay(Duration.ofSeconds(1))
                        .build());
        assertNamed(
                "greatestDelay",
                () -> LockPolicy.builder()
                        .failureLimit(5)
                        .failureCeiling(100)
                        .firstDelay(none)
                        .greatestDelay(Duration.ofMinutes(61))
                        .build());
        assertNamed(
                "firstDelay",
                () -> LockPolicy.builder()
                        .failureLimit(5)
                        .failureCeiling(100)
                        .firstDelay(Duration.ofNanos(1))
                        .greatestDelay(DAY)
                        .build());
        assertEquals(
                100,
                LockPolicy.builder()
                        .failureLimit(100)
                        .failureCeiling(100)
                        .firstDelay(none)
                        .greatestDelay(none)
                        .build()
                        .failureLimit());
    }

    @Test
    @Tag("R4.4")
    void softwareHasBounds() {
        assertNamed(
                "lifetime",
                () -> SoftwarePolicy.BANK.toBuilder().lifetime(Duration.ZERO).build());
        assertNamed(
                "lifetime",
                () -> SoftwarePolicy.BANK.toBuilder()
                        .lifetime(Duration.ofDays(36_526))
                        .build());
        assertNamed(
                "passwordTries",
                () -> SoftwarePolicy.builder()
                        .lifetime(DAY)
                        .passwordTries(0)
                        .passwordLifetime(DAY)
                        .grace(DAY)
                        .provisioningWait(ProvisioningWait.NEXT_DAY)
                        .build());
        assertNamed(
                "passwordTries",
                () -> SoftwarePolicy.builder()
                        .lifetime(DAY)
                        .passwordTries(21)
                        .passwordLifetime(DAY)
                        .grace(DAY)
                        .provisioningWait(ProvisioningWait.NEXT_DAY)
                        .build());
        assertNamed(
                "passwordLifetime",
                () -> SoftwarePolicy.builder()
                        .lifetime(DAY)
                        .passwordTries(5)
                        .passwordLifetime(Duration.ZERO)
                        .grace(DAY)
                        .provisioningWait(ProvisioningWait.NEXT_DAY)
                        .build());
        assertNamed(
                "passwordLifetime",
                () -> SoftwarePolicy.builder()
                        .lifetime(DAY)
                        .passwordTries(5)
                        .passwordLifetime(Duration.ofDays(31))
                        .grace(DAY)
                        .provisioningWait(ProvisioningWait.NEXT_DAY)
                        .build());
        assertNamed(
                "grace",
                () -> SoftwarePolicy.builder()
                        .lifetime(DAY)
                        .passwordTries(5)
                        .passwordLifetime(DAY)
                        .grace(Duration.ofSeconds(-1))
                        .provisioningWait(ProvisioningWait.NEXT_DAY)
                        .build());
        assertNamed(
                "grace",
                () -> SoftwarePolicy.builder()
                        .lifetime(DAY)
                        .passwordTries(5)
                        .passwordLifetime(DAY)
                        .grace(Duration.ofHours(25))
                        .provisioningWait(ProvisioningWait.NEXT_DAY)
                        .build());
    }

    @Test
    @Tag("R8.1")
    void confirmationHasBounds() {
        ConfirmationPolicy bank = ConfirmationPolicy.BANK;
        for (Operation operation :
                List.of(Operation.ACTIVATE, Operation.RENEW, Operation.REVOKE, Operation.RECOVERY_CODES)) {
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
        assertNamed(
                "proofLifetime",
                () -> bank.toBuilder().proofLifetime(Duration.ZERO).build());
        assertNamed(
                "proofLifetime",
                () -> bank.toBuilder().proofLifetime(Duration.ofMinutes(61)).build());
    }

    private static ConfirmationPolicy policy(
            Map<Operation, Set<Factor>> factors, int passwordTries, int mailCodeTries, Duration mailCodeLifetime) {
        return ConfirmationPolicy.builder()
                .factors(factors)
                .passwordKeeper(PasswordKeeper.LIBRARY)
                .passwordTries(passwordTries)
                .mailCodeTries(mailCodeTries)
                .mailCodeLifetime(mailCodeLifetime)
                .build();
    }

    @Test
    @Tag("R14.1")
    @Tag("R14.2")
    void backupCodesHaveBounds() {
        assertNamed(
                "emergencyLifetime",
                () -> codes().emergencyLifetime(Duration.ofMinutes(59)).build());
        assertNamed(
                "emergencyLifetime",
                () -> codes().emergencyLifetime(DAY.multipliedBy(7).plusSeconds(1))
                        .build());
        for (int count : new int[] {0, 17}) {
            assertNamed("emergencyCount", () -> codes().emergencyCount(count).build());
            assertNamed("recoveryCount", () -> codes().recoveryCount(count).build());
        }
        for (int tries : new int[] {0, 6}) {
            assertNamed("emergencyTries", () -> codes().emergencyTries(tries).build());
        }
        for (int tries : new int[] {0, 11}) {
            assertNamed("recoveryTries", () -> codes().recoveryTries(tries).build());
        }
        BackupCodePolicy least = codes().emergencyLifetime(Duration.ofHours(1))
                .emergencyCount(1)
                .emergencyTries(1)
                .recoveryCount(1)
                .recoveryTries(1)
                .build();
        assertEquals(least, TokenPolicy.BANK.withBackupCodes(least).backupCodes());
        assertEquals(
                DAY.multipliedBy(7),
                codes().emergencyLifetime(DAY.multipliedBy(7))
                        .emergencyCount(16)
                        .emergencyTries(5)
                        .recoveryCount(16)
                        .recoveryTries(10)
                        .build()
                        .emergencyLifetime());
        BackupCodePolicy standard = TokenPolicy.BANK.backupCodes();
        assertEquals(DAY, standard.emergencyLifetime());
        assertEquals(1, standard.emergencyCount());
        assertEquals(EmergencyCodeForm.LONG, standard.emergencyForm());
        assertEquals(5, standard.emergencyTries());
        assertEquals(10, standard.recoveryCount());
        assertEquals(5, standard.recoveryTries());
        assertTrue(standard.diesWithAcceptedCode());
    }

    private static BackupCodePolicy.Builder codes() {
        return BackupCodePolicy.builder();
    }

    @Test
    void theRestHasBounds() {
        TokenPolicy bank = TokenPolicy.BANK;
        assertNamed(
                "lead",
                () -> RenewalPolicy.builder()
                        .kinds(Set.of())
                        .lead(Duration.ofDays(-1))
                        .build());
        assertNamed(
                "lead",
                () -> RenewalPolicy.builder()
                        .kinds(Set.of())
                        .lead(Duration.ofDays(36_526))
                        .build());
        assertNamed(
                "memoryKib",
                () -> HashingPolicy.builder().memoryKib(7).passes(1).build());
        assertNamed(
                "memoryKib",
                () -> HashingPolicy.builder().memoryKib((1 << 20) + 1).passes(1).build());
        assertNamed(
                "passes", () -> HashingPolicy.builder().memoryKib(8).passes(0).build());
        assertNamed(
                "passes", () -> HashingPolicy.builder().memoryKib(8).passes(101).build());
        HashingPolicy.Builder hashing = HashingPolicy.STANDARD.toBuilder();
        assertNamed(
                "longestWait",
                () -> hashing.longestWait(Duration.ofNanos(-1_000)).build());
        assertNamed(
                "longestWait",
                () -> hashing.longestWait(Duration.ofMinutes(1).plusNanos(1_000))
                        .build());
        for (Duration wait : List.of(Duration.ZERO, Duration.ofMinutes(1))) {
            assertEquals(wait, hashing.longestWait(wait).build().longestWait());
        }
        assertEquals(Duration.ofSeconds(10), HashingPolicy.STANDARD.longestWait());
        for (Duration pendingLifetime :
                List.of(Duration.ZERO, Duration.ofDays(36_526), Duration.ofNanos(1_000_000_001))) {
            assertNamed("pendingLifetime", () -> bank.withPendingLifetime(pendingLifetime));
        }
    }
}
