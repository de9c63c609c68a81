package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.Factor;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recovery codes: a set that the holder keeps for logins without the token. */
@Tag("R14.2")
class RecoveryCodeTest extends InstitutionFixture {
    private static final String PASSWORD = "secret12";

    private List<String> created(FakePhone phone) {
        clock.advance(Duration.ofMinutes(2));
        return created(tokens.createRecoveryCodes(TARO, code(phone.code())));
    }

    private static List<String> created(Outcome<RecoveryCodes> outcome) {
        return outcome.orElseThrow().codes().stream()
                .map(SecretText::exposeText)
                .toList();
    }

    private static String wrong(int slot) {
        return BackupCodeText.draw(BackupCodeText.Kind.RECOVERY, slot, BackupCodeText.LONG, new SecureRandom())
                .exposeGroups();
    }

    private Outcome<?> use(String code) {
        return tokens.useRecoveryCode(TARO, code);
    }

    private Enrolment stored() {
        return store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow();
    }

    @Test
    void eachCodeIsAcceptedOnceForLogin() {
        List<String> codes = created(activate(TARO));
        assertEquals(10, Set.copyOf(codes).size());
        for (int i = 0; i < 10; i++) {
            assertTrue(codes.get(i).startsWith(Integer.toString(i)), codes.get(i));
            assertEquals(10 - i, tokens.registration(TARO).recoveryCodesLeft());
            assertAccepted(use(codes.get(i)));
            assertRefused(i < 9 ? Refusal.BACKUP_CODE_USED : Refusal.NO_BACKUP_CODES, use(codes.get(i)));
        }
        assertEquals(0, tokens.registration(TARO).recoveryCodesLeft());
        assertEquals(0, stored().backupCodes().failuresSinceAccepted());
        List<TokenEvent> events = bank.histories().read(TARO, 0, 100);
        TokenEvent created = events.get(events.size() - 11);
        assertEquals(EventType.RECOVERY_CODES_CREATED, created.type());
        assertEquals(Purpose.RECOVERY_CODES, created.purpose());
        assertEquals(inUse(TARO).serial(), created.serial());
        TokenEvent used = events.get(events.size() - 1);
        assertEquals(EventType.RECOVERY_CODE_ACCEPTED, used.type());
        assertEquals(Purpose.LOGIN, used.purpose());
    }

    @Test
    void theCreationSpendsACode() {
        FakePhone phone = activate(TARO);
        clock.advance(Duration.ofMinutes(2));
        String code = phone.code();
        assertRefused(Refusal.WRONG_CODE, 4, tokens.createRecoveryCodes(TARO, code(phone.wrongCode())));
        assertAccepted(tokens.createRecoveryCodes(TARO, code(code)));
        assertRefused(Refusal.REPLAYED, login(TARO, code));
        assertRefused(Refusal.REPLAYED, tokens.createRecoveryCodes(TARO, code(code)));
        assertMalformed(Set.of(Field.CODE), tokens.createRecoveryCodes(TARO, Confirmation.NONE));
        assertNotNull(stored().backupCodes().recovery());
    }

    @Test
    @Tag("R8.1")
    void theCreationIsConfirmedWithTheFactorsOfThePolicy() {
        follow(TestInstitution.POLICY.withConfirmation(factors(Factor.PASSWORD, Factor.TOKEN_CODE)));
        FakePhone phone = activate(TARO);
        assertAccepted(tokens.setConfirmationPassword(TARO, PASSWORD));
        clock.advance(Duration.ofMinutes(2));
        Confirmation right = code(phone.code());
        assertRefused(Refusal.FACTOR_MISSING, tokens.createRecoveryCodes(TARO, right));
        assertRefused(Refusal.WRONG_PASSWORD, tokens.createRecoveryCodes(TARO, right.password("secret13")));
        assertNull(stored().backupCodes().recovery());
        assertAccepted(tokens.createRecoveryCodes(TARO, right.password(PASSWORD)));
        assertEquals(
                Set.of(Factor.PASSWORD, Factor.TOKEN_CODE),
                ConfirmationPolicy.BANK.factorsOf(Operation.RECOVERY_CODES));
        assertEquals(Set.of(Factor.TOKEN_CODE), ConfirmationPolicy.BY_APPLICATION.factorsOf(Operation.RECOVERY_CODES));
    }

    @Test
    @Tag("R8.3")
    void aMailCodeConfirmsTheCreation() {
        follow(TestInstitution.POLICY.withConfirmation(factors(Factor.MAIL_CODE, Factor.TOKEN_CODE)));
        FakePhone phone = activate(TARO);
        clock.advance(Duration.ofMinutes(2));
        String mailed = tokens.createMailCode(TARO, Operation.RECOVERY_CODES, "taro@bank.example")
                .orElseThrow()
                .code()
                .exposeText();
        Confirmation right = code(phone.code());
        assertRefused(Refusal.WRONG_MAIL_CODE, tokens.createRecoveryCodes(TARO, right.mailCode("wrong")));
        assertAccepted(tokens.createRecoveryCodes(TARO, right.mailCode(mailed)));
    }

    private static ConfirmationPolicy factors(Factor... needed) {
        Map<Operation, Set<Factor>> factors = new EnumMap<>(ConfirmationPolicy.BY_APPLICATION.factors());
        factors.put(Operation.RECOVERY_CODES, Set.of(needed));
        return ConfirmationPolicy.BANK.toBuilder().factors(factors).build();
    }

    @Test
    void newCodesReplaceTheEarlierOnes() {
        FakePhone phone = activate(TARO);
        List<String> first = created(phone);
        List<String> second = created(phone);
        assertRefused(Refusal.WRONG_BACKUP_CODE, use(first.get(0)));
        assertAccepted(use(second.get(0)));
    }

    @Test
    void wrongCodesLockTheSetAndNeverTheToken() {
        FakePhone phone = activate(TARO);
        List<String> codes = created(phone);
        for (int left = 4; left >= 0; left--) {
            assertRefused(Refusal.WRONG_BACKUP_CODE, left, use(wrong(left)));
        }
        assertRefused(Refusal.BACKUP_CODES_LOCKED, 0, use(codes.get(0)));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(login(TARO, phone.code()));
        assertRefused(Refusal.BACKUP_CODES_LOCKED, use(codes.get(0)));
        assertAccepted(use(created(phone).get(0)));
    }

    /** Both kinds have separate limits, and one ceiling. */
    @Test
    void wrongEmergencyCodesDoNotLockRecoveryCodes() {
        List<String> codes = created(activate(TARO));
        assertAccepted(desk.issueEmergencyCodes(TARO, "lost"));
        for (int i = 0; i < 5; i++) {
            assertRefused(
                    Refusal.WRONG_BACKUP_CODE,
                    tokens.useEmergencyCode(
                            TARO,
                            BackupCodeText.draw(
                                            BackupCodeText.Kind.EMERGENCY, 0, BackupCodeText.LONG, new SecureRandom())
                                    .exposeGroups()));
        }
        assertEquals(5, stored().backupCodes().failuresSinceAccepted());
        assertAccepted(use(codes.get(0)));
        assertEquals(0, stored().backupCodes().failuresSinceAccepted());
        assertNotNull(stored().backupCodes().emergency());
    }

    @Test
    void resumeNoSuspension() {
        FakePhone phone = activate(TARO);
        List<String> codes = created(phone);
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "lost"));
        assertAccepted(use(codes.get(0)));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
        clock.advance(Duration.ofMinutes(1));
        assertRefused(Refusal.SUSPENDED, login(TARO, phone.code()));
        assertRefused(Refusal.SUSPENDED, tokens.createRecoveryCodes(TARO, code(phone.code())));
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.OTHER, "called"));
        assertRefused(Refusal.HOLDER_SUSPENDED, use(codes.get(1)));
        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.createRecoveryCodes(TARO, code(phone.code())));
    }

    @Test
    void surviveAReplacementAndEndWithTheRevocation() {
        List<String> codes = created(activate(TARO));
        FakeAuthenticator next = stock(SERIAL);
        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.LOST, "lost"));
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(next.code())));
        assertAccepted(use(codes.get(0)));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(tokens.revoke(TARO, code(next.code())));
        assertNull(stored().backupCodes().recovery());
        assertRefused(Refusal.NOT_ACTIVE, use(codes.get(1)));
    }

    @Test
    void areRemovedWhenATheftOrAFraudIsReported() {
        FakePhone phone = activate(TARO);
        List<String> stolen = created(phone);
        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.STOLEN, "a bag was stolen"));
        assertNull(stored().backupCodes().recovery());
        assertRefused(Refusal.NO_BACKUP_CODES, use(stolen.get(0)));

        assertAccepted(desk.resume(TARO, "found it"));
        clock.advance(Duration.ofMinutes(1));
        List<String> phished = created(phone);
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, "a strange login"));
        assertAccepted(desk.resumeHolder(TARO, "called back"));
        assertRefused(Refusal.NO_BACKUP_CODES, use(phished.get(0)));

        clock.advance(Duration.ofMinutes(1));
        List<String> kept = created(phone);
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertAccepted(use(kept.get(0)));
        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "phoned in again"));
        assertRefused(Refusal.NO_BACKUP_CODES, use(kept.get(1)));
    }

    @Test
    void areCreatedOnlyWithATokenInUse() {
        assertRefused(Refusal.UNKNOWN_HOLDER, tokens.createRecoveryCodes(TARO, code("12345678")));
        assertRefused(Refusal.UNKNOWN_HOLDER, use(wrong(0)));
        FakePhone phone = issue(TARO);
        assertRefused(Refusal.NOT_ACTIVE, tokens.createRecoveryCodes(TARO, code(phone.code())));
    }

    @Test
    void aSetHasTheNumberOfThePolicy() {
        FakePhone phone = activate(TARO);
        for (int count : new int[] {1, 16}) {
            follow(TestInstitution.POLICY.withBackupCodes(
                    BackupCodePolicy.builder().recoveryCount(count).build()));
            List<String> codes = created(phone);
            assertEquals(count, codes.size());
            assertAccepted(use(codes.get(count - 1)));
        }
        assertEquals(15, requireNonNull(stored().backupCodes().recovery()).unusedCount());
    }

    @Test
    @Tag("R11.3")
    void aRaisedFloorRemovesTheCodes() {
        List<String> codes = created(activate(TARO));
        assertAccepted(desk.raiseFloor(clock.instant(), "restored", done -> {}));
        assertRefused(Refusal.NO_BACKUP_CODES, use(codes.get(0)));
    }
}
