package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.EmergencyCodeForm;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Emergency codes: a way in while the token is lost, until a replacement is activated. */
@Tag("R14.1")
class EmergencyCodeTest extends InstitutionFixture {
    private static final String REASON = "lost on a journey";

    private void follow(BackupCodePolicy codes) {
        follow(TestInstitution.POLICY.withBackupCodes(codes));
    }

    @CanIgnoreReturnValue
    private List<String> issue(int count) {
        follow(BackupCodePolicy.builder().emergencyCount(count).build());
        return issued(TARO);
    }

    @CanIgnoreReturnValue
    private List<String> issued(Holder holder) {
        return desk.issueEmergencyCodes(holder, REASON).orElseThrow().codes().stream()
                .map(SecretText::exposeText)
                .toList();
    }

    private static String wrong(int slot) {
        return BackupCodeText.draw(BackupCodeText.Kind.EMERGENCY, slot, BackupCodeText.LONG, new SecureRandom())
                .exposeGroups();
    }

    private Outcome<?> use(String code) {
        return tokens.useEmergencyCode(TARO, code);
    }

    private Enrolment stored() {
        return store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow();
    }

    private void guess(int times) {
        for (int i = 0; i < times; i++) {
            assertRefused(Refusal.WRONG_BACKUP_CODE, use(wrong(0)));
        }
    }

    @Test
    void aLostTokenAnEmergencyCodeAndAReplacement() {
        activate(TARO);
        FakeAuthenticator next = stock(SERIAL);
        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.LOST, REASON));
        EmergencyCodes codes = desk.issueEmergencyCodes(TARO, REASON).orElseThrow();
        Instant until = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(1));
        assertEquals(until, codes.expiresAt());
        assertEquals(until, codes.registration().emergencyCodesUntil());
        assertEquals(until, tokens.registration(TARO).emergencyCodesUntil());
        assertEquals(1, codes.codes().size());
        String code = codes.codes().get(0).exposeText();
        assertTrue(code.matches("0[0-9A-Z]{4}-[0-9A-Z]{5}-[0-9A-Z]{5}"), code);

        assertAccepted(use(code.toLowerCase(Locale.ROOT).replace('-', ' ')));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO), "the code resumes no token");
        assertTrue(tokens.registration(TARO).loginAsksForCode());
        assertNull(tokens.registration(TARO).emergencyCodesUntil(), "the last code is used");
        assertRefused(Refusal.NO_BACKUP_CODES, use(code));

        assertAccepted(desk.issueEmergencyCodes(TARO, REASON));
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(next.code())));
        assertNull(stored().backupCodes().emergency(), "a replacement is in use");
        List<TokenEvent> events = bank.histories().read(TARO, 0, 100);
        TokenEvent issued = events.stream()
                .filter(event -> event.type() == EventType.EMERGENCY_CODES_ISSUED)
                .findFirst()
                .orElseThrow();
        assertEquals(OPERATOR, issued.operator());
        assertEquals(REASON, issued.reason());
        TokenEvent used = events.stream()
                .filter(event -> event.type() == EventType.EMERGENCY_CODE_ACCEPTED)
                .findFirst()
                .orElseThrow();
        assertEquals(Purpose.LOGIN, used.purpose());
    }

    @Test
    void eachCodeOfASetIsAcceptedOnce() {
        activate(TARO);
        List<String> codes = issue(16);
        assertEquals(16, Set.copyOf(codes).size());
        for (int i = 0; i < 15; i++) {
            assertAccepted(use(codes.get(i)));
            assertRefused(Refusal.BACKUP_CODE_USED, use(codes.get(i)));
        }
        assertEquals(0, stored().backupCodes().failuresSinceAccepted(), "a used code is not charged");
        assertAccepted(use(codes.get(15)));
        assertNull(stored().backupCodes().emergency());
        assertRefused(Refusal.NO_BACKUP_CODES, use(codes.get(0)));
    }

    @Test
    void aNewSetReplacesTheEarlierOne() {
        activate(TARO);
        String first = issue(1).get(0);
        String second = issued(TARO).get(0);
        assertRefused(Refusal.WRONG_BACKUP_CODE, use(first));
        assertAccepted(use(second));
    }

    /** The use of a code while an operator issues another one. */
    @Test
    @Tag("R2.2")
    void aCodeThatWasReplacedMeanwhileIsNeitherAcceptedNorCharged() {
        activate(TARO);
        String code = issue(1).get(0);
        List<String> next = new ArrayList<>();
        ForwardingStore busy = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                if (next.isEmpty()) {
                    next.addAll(issued(TARO));
                }
                return super.commit(change);
            }
        };
        TokenService slow = TestInstitution.builder(busy, clock).build().tokens();
        for (String entered : List.of(code, wrong(0))) {
            next.clear();
            assertRefused(Refusal.OVERTAKEN, slow.useEmergencyCode(TARO, entered));
            assertEquals(0, stored().backupCodes().failuresSinceAccepted());
        }
        assertAccepted(use(next.get(0)));
    }

    /** The use of a code while the token is found again. */
    @Test
    void aCodeThatEndedMeanwhileIsNotAccepted() {
        FakePhone phone = activate(TARO);
        String code = issue(1).get(0);
        boolean[] found = {false};
        ForwardingStore busy = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                if (!found[0]) {
                    found[0] = true;
                    assertAccepted(login(TARO, phone.code()));
                }
                return super.commit(change);
            }
        };
        TokenService slow = TestInstitution.builder(busy, clock).build().tokens();
        assertRefused(Refusal.NO_BACKUP_CODES, slow.useEmergencyCode(TARO, code));
    }

    @Test
    void eachKindHasTheLimitOfThePolicy() {
        FakePhone phone = activate(TARO);
        follow(BackupCodePolicy.builder().emergencyTries(2).recoveryTries(3).build());
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(tokens.createRecoveryCodes(TARO, code(phone.code())));
        assertFalse(issued(TARO).isEmpty());
        assertRefused(Refusal.WRONG_BACKUP_CODE, 1, use(wrong(0)));
        assertRefused(
                Refusal.WRONG_BACKUP_CODE,
                2,
                tokens.useRecoveryCode(
                        TARO,
                        BackupCodeText.draw(BackupCodeText.Kind.RECOVERY, 9, BackupCodeText.LONG, new SecureRandom())
                                .exposeGroups()));
    }

    @Test
    void verifyTakesNoEmergencyCode() {
        FakePhone phone = activate(TARO);
        String code = issue(1).get(0);
        assertMalformed(Set.of(Field.CODE), login(TARO, code));
        assertMalformed(Set.of(Field.BACKUP_CODE), use(phone.code().substring(1)));
        assertMalformed(Set.of(Field.BACKUP_CODE), tokens.useRecoveryCode(TARO, code));
        assertMalformed(Set.of(Field.BACKUP_CODE), tokens.useEmergencyCode(TARO, null));
        assertNotNull(stored().backupCodes().emergency());
    }

    @Test
    void wrongCodesChargeTheSetAndNeverTheToken() {
        FakePhone phone = activate(TARO);
        String code = issue(1).get(0);
        for (int left = 4; left >= 0; left--) {
            assertRefused(Refusal.WRONG_BACKUP_CODE, left, use(wrong(0)));
        }
        assertRefused(Refusal.BACKUP_CODES_LOCKED, 0, use(code));
        assertEquals(5, stored().backupCodes().failuresSinceAccepted());
        assertEquals(0, requireNonNull(stored().token()).failures().sinceAccepted());
        assertAccepted(login(TARO, phone.code()));
        assertEquals(
                5,
                history(TARO).stream()
                        .filter(type -> type == EventType.WRONG_EMERGENCY_CODE)
                        .count());
    }

    @Test
    void anAcceptedCodeResetsTheCounter() {
        activate(TARO);
        List<String> codes = issue(2);
        guess(4);
        assertAccepted(use(codes.get(1)));
        guess(4);
        assertAccepted(use(codes.get(0)));
    }

    @Test
    void newCodesEndTheLockOfTheSet() {
        activate(TARO);
        issue(1);
        guess(5);
        assertAccepted(use(issued(TARO).get(0)));
    }

    /** The ceiling counts wrong codes over all sets. New sets do not reset it. */
    @Test
    void onlyACodeOfATokenEndsTheLockOfTheCeiling() {
        FakePhone phone = activate(TARO);
        follow(TestInstitution.POLICY.withLock(
                LockPolicy.builder().failureLimit(5).failureCeiling(7).build()));
        issued(TARO);
        guess(5);
        String code = issued(TARO).get(0);
        assertRefused(Refusal.WRONG_BACKUP_CODE, 1, use(wrong(0)));
        assertRefused(Refusal.WRONG_BACKUP_CODE, 0, use(wrong(0)));
        assertRefused(Refusal.BACKUP_CODES_LOCKED, use(code));
        assertRefused(Refusal.BACKUP_CODES_LOCKED, desk.issueEmergencyCodes(TARO, REASON));

        assertAccepted(login(TARO, phone.code()));
        assertEquals(0, stored().backupCodes().failuresSinceAccepted());
        assertAccepted(use(issued(TARO).get(0)));
    }

    @Test
    void theCodesEndWithTheirTime() {
        activate(TARO);
        follow(BackupCodePolicy.builder()
                .emergencyLifetime(Duration.ofHours(1))
                .emergencyCount(2)
                .build());
        List<String> codes = issued(TARO);
        Instant until = requireNonNull(tokens.registration(TARO).emergencyCodesUntil());
        clock.advance(Duration.between(clock.instant(), until).minusNanos(1_000));
        assertAccepted(use(codes.get(0)));
        clock.advance(Duration.ofNanos(1_000));
        assertRefused(Refusal.NO_BACKUP_CODES, use(codes.get(1)));
        assertNull(tokens.registration(TARO).emergencyCodesUntil());
    }

    @Test
    void theNextCommitRemovesExpiredCodes() {
        FakePhone phone = activate(TARO);
        follow(BackupCodePolicy.builder().diesWithAcceptedCode(false).build());
        issued(TARO);
        clock.advance(Duration.ofDays(1));
        assertNotNull(stored().backupCodes().emergency());
        assertAccepted(login(TARO, phone.code()));
        assertNull(stored().backupCodes().emergency());
    }

    @Test
    void theCodesEndWithTheNextAcceptedCodeOfTheToken() {
        FakePhone phone = activate(TARO);
        String code = issue(1).get(0);
        assertRefused(Refusal.WRONG_CODE, login(TARO, phone.wrongCode()));
        assertNotNull(stored().backupCodes().emergency(), "a wrong code does not end them");
        assertAccepted(login(TARO, phone.code()));
        assertNull(stored().backupCodes().emergency());
        assertRefused(Refusal.NO_BACKUP_CODES, use(code));
    }

    @Test
    @Tag("R13.2")
    void theCodesEndWithTheNextTransactionThatTheTokenSigns() {
        FakePhone phone = activate(TARO);
        String code = issue(1).get(0);
        TransactionDetails transfer = TransactionDetails.of("payee", "0123456");
        RequestedSignature request =
                tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, transfer).orElseThrow();
        String response = phone.approve(request.sealedRequest().orElseThrow());
        assertAccepted(tokens.confirm(TARO, request.id(), transfer, response));
        assertRefused(Refusal.NO_BACKUP_CODES, use(code));
    }

    @Test
    void thePolicyLetsTheCodesLiveOn() {
        FakePhone phone = activate(TARO);
        follow(BackupCodePolicy.builder().diesWithAcceptedCode(false).build());
        String code = issued(TARO).get(0);
        assertAccepted(login(TARO, phone.code()));
        assertAccepted(use(code));
    }

    @Test
    void aRevocationEndsTheCodes() {
        activate(TARO);
        String code = issue(1).get(0);
        assertAccepted(desk.revoke(TARO, REASON));
        assertNull(stored().backupCodes().emergency());
        assertRefused(Refusal.NOT_ACTIVE, use(code));
        FakeAuthenticator unused = activateHardware(TARO, SERIAL);
        assertRefused(Refusal.NO_BACKUP_CODES, use(code));
    }

    @Test
    void areIssuedOnlyWhileLoginAsksForACode() {
        assertRefused(Refusal.UNKNOWN_HOLDER, desk.issueEmergencyCodes(TARO, REASON));
        issue(TARO);
        assertRefused(Refusal.NOT_ACTIVE, desk.issueEmergencyCodes(TARO, REASON));
        assertRefused(Refusal.NOT_ACTIVE, use(wrong(0)));
        assertMalformed(Set.of(Field.REASON), desk.issueEmergencyCodes(TARO, " "));
        assertFalse(history(TARO).contains(EventType.EMERGENCY_CODES_ISSUED));
    }

    @Test
    void areUsableWhileTheTokenIsSuspendedOrExpired() {
        activate(TARO);
        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, REASON));
        List<String> codes = issue(2);
        assertAccepted(use(codes.get(0)));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
        clock.advance(Duration.between(clock.instant(), inUse(TARO).expiresAt()));
        assertAccepted(use(issued(TARO).get(0)));
    }

    @Test
    @Tag("R2.4")
    void areNotUsableWhileTheHolderIsSuspended() {
        activate(TARO);
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));
        String code = issue(1).get(0);
        assertRefused(Refusal.HOLDER_SUSPENDED, use(code));
        assertRefused(Refusal.HOLDER_SUSPENDED, use(wrong(0)));
        assertEquals(0, stored().backupCodes().failuresSinceAccepted());
        assertAccepted(desk.resumeHolder(TARO, REASON));
        assertAccepted(use(code));
    }

    @Test
    void codesOfBothFormsAreAccepted() {
        activate(TARO);
        follow(BackupCodePolicy.builder().emergencyForm(EmergencyCodeForm.SHORT).build());
        String brief = issued(TARO).get(0);
        assertTrue(brief.matches("0[0-9A-Z]{3}-[0-9A-Z]{4}"), brief);
        follow(BackupCodePolicy.STANDARD);
        assertAccepted(use(brief));
        String usual = issued(TARO).get(0);
        follow(BackupCodePolicy.builder().emergencyForm(EmergencyCodeForm.SHORT).build());
        assertAccepted(use(usual));
    }

    /** After a restored backup, a used code would be accepted again. */
    @Test
    @Tag("R11.3")
    void aRaisedFloorRemovesTheCodes() {
        activate(TARO);
        String code = issue(1).get(0);
        assertAccepted(desk.raiseFloor(clock.instant(), "restored", done -> {}));
        assertNull(stored().backupCodes().emergency());
        assertRefused(Refusal.NO_BACKUP_CODES, use(code));
        clock.advance(Duration.ofNanos(1_000));
        String later = issued(TARO).get(0);
        assertAccepted(desk.raiseFloor(clock.instant().minusNanos(1_000), "restored", done -> {}));
        assertAccepted(use(later));
    }
}
