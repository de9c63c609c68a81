package dev.watchword.otp.lifecycle;

import static dev.watchword.otp.lifecycle.RulesBank.ACTIVATION_PASSWORD;
import static dev.watchword.otp.lifecycle.RulesBank.HANAKO;
import static dev.watchword.otp.lifecycle.RulesBank.MAIL;
import static dev.watchword.otp.lifecycle.RulesBank.MIDNIGHT;
import static dev.watchword.otp.lifecycle.RulesBank.NEXT_SERIAL;
import static dev.watchword.otp.lifecycle.RulesBank.SERIAL;
import static dev.watchword.otp.lifecycle.RulesBank.START;
import static dev.watchword.otp.lifecycle.RulesBank.TARO;
import static dev.watchword.otp.lifecycle.RulesBank.accept;
import static dev.watchword.otp.lifecycle.RulesBank.refuse;
import static dev.watchword.otp.lifecycle.RulesBank.refuseUntil;
import static dev.watchword.otp.lifecycle.testing.TestInstitution.FAST_HASHING;
import static dev.watchword.otp.lifecycle.testing.TestInstitution.POLICY;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.Factor;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sequences of operations that the rules refuse, with the reason. They are written from the rules, without the code. Each one holds one
 * sequence and its result.
 */
class RulesRefuseTest {
    private static final String REASON = "called by the holder";
    private static final SoftwareRequest REQUEST = SoftwareRequest.of(MAIL, ACTIVATION_PASSWORD);

    @Test
    @Tag("R1.2")
    void refusesTheCodeOfARenewalAtLogin() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(60));
        accept(bank.tokens.renewHardware(TARO, Confirmation.NONE.code(token.code())));

        refuse(Refusal.REPLAYED, 5, bank.login(token.code()));
    }

    @Test
    @Tag("R1.2")
    void refusesTheDisplayedCodeAfterTheNextOneWasAccepted() {
        // The step was never entered, but only steps after the last accepted one can be accepted.
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        accept(bank.login(phone.authenticator().code(1)));

        refuse(Refusal.REPLAYED, 5, bank.login(phone.code()));
    }

    @Test
    @Tag("R1.3")
    @Tag("R2.1")
    void refusesARightCodeInFullWidthDigits() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        String fullWidth = phone.code()
                .chars()
                .map(digit -> digit - '0' + '０')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        refuse(Refusal.MALFORMED, 5, bank.login(fullWidth));
    }

    @Test
    @Tag("R1.4")
    @Tag("R2.1")
    void refusesASpentCodeAtResynchronisationSixTimesWithoutACharge() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        String spent = phone.code();
        accept(bank.login(spent));
        bank.steps(1);

        for (int i = 0; i < 6; i++) {
            refuse(Refusal.REPLAYED, 5, bank.tokens.resynchronise(TARO, spent, phone.code()));
        }
    }

    @Test
    @Tag("R1.4")
    @Tag("R2.5")
    void refusesTwoRightCodesThatAreNotConsecutiveAsOneGuess() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        String first = phone.code();
        bank.steps(2);

        refuse(Refusal.WRONG_CODE, 4, bank.tokens.resynchronise(TARO, first, phone.code()));
    }

    @Test
    @Tag("R1.3")
    @Tag("R1.4")
    void refusesAResynchronisationWithOneMalformedCodeAndSpendsNothing() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        refuse(Refusal.MALFORMED, 5, bank.tokens.resynchronise(TARO, phone.code(), "1234567"));
        refuse(Refusal.MALFORMED, 5, bank.tokens.resynchronise(TARO, "123456789", phone.code()));
        refuse(Refusal.MALFORMED, 5, bank.tokens.resynchronise(TARO, phone.code(), null));

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.3")
    @Tag("R2.5")
    void refusesTheRightCodeDaysAfterFiveWrongOnesInFourOperations() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(60));
        Confirmation wrong = Confirmation.NONE.code(token.wrongCode());
        refuse(Refusal.WRONG_CODE, 4, bank.login(token.wrongCode(1)));
        refuse(Refusal.WRONG_CODE, 3, bank.tokens.resynchronise(TARO, token.wrongCode(2), token.wrongCode(3)));
        refuse(Refusal.WRONG_CODE, 2, bank.tokens.renewHardware(TARO, wrong));
        refuse(Refusal.WRONG_CODE, 1, bank.tokens.revoke(TARO, wrong));
        refuse(Refusal.WRONG_CODE, 0, bank.login(token.wrongCode(4)));

        bank.clock.advance(ofDays(5));

        refuse(Refusal.SUSPENDED, 0, bank.login(token.code()));
    }

    @Test
    @Tag("R2.4")
    @Tag("R4.8")
    void refusesTheHoldersCancellationOfATokenThatAnOperatorSuspended() {
        var bank = new RulesBank();
        FakePhone phone = bank.provisioned();
        accept(bank.desk.suspend(TARO, SuspensionReason.LOST, REASON));
        refuse(Refusal.SUSPENDED, bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())));

        refuse(Refusal.SUSPENDED, bank.tokens.cancel(TARO, Confirmation.NONE));
    }

    @Test
    @Tag("R2.4")
    @Tag("R6.2")
    void refusesTheHoldersCancellationOfASuspendedSuccessor() {
        var bank = new RulesBank();
        FakeAuthenticator old = bank.activeHardware(ofDays(60));
        FakeAuthenticator successor = bank.renewed(old);
        accept(bank.desk.suspend(TARO, new SerialNumber(NEXT_SERIAL), SuspensionReason.STOLEN, REASON));
        accept(bank.login(old.code()));
        refuse(
                Refusal.SUSPENDED,
                bank.tokens.activateHardware(TARO, NEXT_SERIAL, Confirmation.NONE.code(successor.code())));

        refuse(Refusal.SUSPENDED, bank.tokens.cancel(TARO, Confirmation.NONE));
    }

    @Test
    @Tag("R2.4")
    void refusesEveryOperationOfASuspendedHolderWithATokenInUse() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(60));
        Confirmation code = Confirmation.NONE.code(token.code());
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        List<Outcome<?>> outcomes = List.of(
                bank.login(token.code()),
                bank.tokens.resynchronise(TARO, token.code(), token.code(1)),
                bank.tokens.renewHardware(TARO, code),
                bank.tokens.renewSoftware(TARO, REQUEST, code),
                bank.tokens.revoke(TARO, code),
                bank.tokens.cancel(TARO, Confirmation.NONE),
                bank.tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE),
                bank.tokens.orderHardware(TARO, Confirmation.NONE),
                bank.tokens.activateSoftware(TARO, code),
                bank.tokens.activateHardware(TARO, SERIAL, code));

        outcomes.forEach(outcome -> refuse(Refusal.HOLDER_SUSPENDED, outcome));
    }

    @Test
    @Tag("R2.2")
    @Tag("R2.4")
    void refusesWrongCodesOfASuspendedHolderWithoutACharge() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        bank.wrongCodes(phone.authenticator(), 3);
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.OTHER, REASON));
        for (int i = 0; i < 6; i++) {
            refuse(Refusal.HOLDER_SUSPENDED, bank.login(phone.wrongCode(i)));
        }

        // Resuming a holder resets no token's counter.
        accept(bank.desk.resumeHolder(TARO, REASON));

        refuse(Refusal.WRONG_CODE, 1, bank.login(phone.wrongCode()));
    }

    @Test
    @Tag("R2.4")
    void refusesAnIssueToAHolderWhoWasSuspendedWithNothing() {
        var bank = new RulesBank();
        accept(bank.tokens.orderHardware(TARO, Confirmation.NONE));
        accept(bank.tokens.cancel(TARO, Confirmation.NONE));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        refuse(Refusal.HOLDER_SUSPENDED, bank.tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
    }

    @Test
    @Tag("R2.4")
    @Tag("R4.4")
    void refusesToProvisionASuspendedHolderWithoutATry() {
        var bank = new RulesBank();
        UserId userId = bank.issued();
        DevicePublicKey device = device();
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));
        for (int i = 0; i < 6; i++) {
            refuse(Refusal.HOLDER_SUSPENDED, bank.tokens.provision(userId.value(), "9999", device));
        }

        refuse(Refusal.HOLDER_SUSPENDED, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device));
    }

    @Test
    @Tag("R2.4")
    @Tag("R7.1")
    void refusesTheTokenThatAnOperatorTookOverForASuspendedHolder() {
        var bank = new RulesBank();
        OtpSecret secret = RulesBank.secret();
        FakeAuthenticator token = new FakeAuthenticator(TotpProfile.BANK, secret, bank.clock);
        FakePhone phone = bank.active();
        accept(bank.login(phone.code()));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));
        accept(bank.desk.revoke(TARO, REASON));

        bank.takeOver(TokenKind.HARDWARE, TotpProfile.BANK, secret, CodeState.NEW, ofDays(1000));
        bank.steps(2);

        refuse(Refusal.HOLDER_SUSPENDED, bank.login(token.code()));
    }

    @Test
    @Tag("R2.4")
    @Tag("R12.4")
    void refusesAnIssueToAHolderWhoWasTakenOverUnderSuspicionOfFraud() {
        // Fraud is suspected of a holder, never of a token. The suspension lasts until an operator resumes the holder.
        var bank = new RulesBank();
        ForeignToken.Builder token = bank
                .foreignToken(TokenKind.HARDWARE, TotpProfile.BANK, RulesBank.secret(), CodeState.NEW, ofDays(1000))
                .toBuilder();
        accept(bank.migration.takeOver(
                token.suspended(SuspensionReason.FRAUD_SUSPECTED).build()));
        accept(bank.desk.revoke(TARO, REASON));

        refuse(Refusal.HOLDER_SUSPENDED, bank.tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
    }

    @Test
    @Tag("R2.4")
    void refusesACodeOfATokenThatIsStillSuspendedAfterItsHolderIsResumed() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));
        accept(bank.desk.suspend(TARO, SuspensionReason.STOLEN, REASON));

        accept(bank.desk.resumeHolder(TARO, REASON));

        refuse(Refusal.SUSPENDED, bank.login(phone.code()));
    }

    @Test
    @Tag("R2.3")
    @Tag("R2.4")
    void refusesACodeOfAHolderWhoIsStillSuspendedAfterTheTokenIsResumed() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        accept(bank.desk.suspend(TARO, SuspensionReason.STOLEN, REASON));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        accept(bank.desk.resume(TARO, REASON));

        refuse(Refusal.HOLDER_SUSPENDED, bank.login(phone.code()));
    }

    @Test
    @Tag("R2.6")
    void refusesToResumeATokenAtTheCeilingAfterAnyResumption() {
        var bank = new RulesBank(POLICY.withLock(
                LockPolicy.STANDARD.toBuilder().failureCeiling(7).build()));
        FakePhone phone = bank.active();
        bank.wrongCodes(phone.authenticator(), 5);
        accept(bank.desk.resume(TARO, REASON));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.OTHER, REASON));
        accept(bank.desk.resumeHolder(TARO, REASON));
        bank.wrongCodes(phone.authenticator(), 1);
        refuse(Refusal.WRONG_CODE, 0, bank.login(phone.wrongCode()));

        refuse(Refusal.CEILING_REACHED, bank.desk.resume(TARO, REASON));
    }

    @Test
    @Tag("R2.2")
    @Tag("R5.3")
    void refusesToActivateAHardwareTokenAsSoftwareBeforeTheCodeIsEvaluated() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.sent(ofDays(1000));
        for (int i = 0; i < 6; i++) {
            refuse(
                    Refusal.SERIAL_REQUIRED,
                    bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(token.wrongCode(i))));
        }
        refuse(Refusal.SERIAL_REQUIRED, bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(token.code())));

        // No failure was counted before, and the right code was not evaluated.
        refuse(
                Refusal.WRONG_CODE,
                4,
                bank.tokens.activateHardware(TARO, SERIAL, Confirmation.NONE.code(token.wrongCode())));
    }

    @Test
    @Tag("R2.2")
    @Tag("R6.1")
    void refusesASoftwareSuccessorOfAHardwareTokenBeforeTheCodeIsEvaluated() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(60));
        for (int i = 0; i < 6; i++) {
            refuse(
                    Refusal.NOT_RENEWABLE,
                    bank.tokens.renewSoftware(TARO, REQUEST, Confirmation.NONE.code(token.wrongCode(i))));
        }

        refuse(Refusal.WRONG_CODE, 4, bank.login(token.wrongCode()));
    }

    @Test
    @Tag("R2.2")
    @Tag("R3.2")
    void refusesASecondRenewalBeforeTheCodeIsEvaluated() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(60));
        accept(bank.tokens.renewHardware(TARO, Confirmation.NONE.code(token.code())));

        for (int i = 0; i < 6; i++) {
            refuse(
                    Refusal.TOKEN_EXISTS,
                    5,
                    bank.tokens.renewHardware(TARO, Confirmation.NONE.code(token.wrongCode(i))));
        }
    }

    @Test
    @Tag("R2.7")
    void refusesAnUnknownHolderAfterAsManyReadsAsAWrongCode() {
        var reads = new CountingReads(new InMemoryTokenStore());
        var bank = new RulesBank(POLICY, reads.store());
        FakePhone phone = bank.active();
        long before = reads.count();
        refuse(Refusal.WRONG_CODE, 4, bank.login(phone.wrongCode()));
        long afterWrongCode = reads.count();

        refuse(Refusal.UNKNOWN_HOLDER, bank.tokens.verify(HANAKO, phone.code(), Purpose.LOGIN));

        assertEquals(afterWrongCode - before, reads.count() - afterWrongCode);
    }

    @Test
    @Tag("R2.7")
    void refusesAHolderWithoutATokenAfterAsManyReadsAsAWrongCode() {
        var reads = new CountingReads(new InMemoryTokenStore());
        var bank = new RulesBank(POLICY, reads.store());
        FakePhone phone = bank.active();
        long before = reads.count();
        refuse(Refusal.WRONG_CODE, 4, bank.login(phone.wrongCode()));
        long ofWrongCode = reads.count() - before;
        accept(bank.desk.revoke(TARO, REASON));
        before = reads.count();

        refuse(Refusal.NOT_ACTIVE, bank.login(phone.code()));

        assertEquals(ofWrongCode, reads.count() - before);
    }

    @Test
    @Tag("R2.7")
    @Tag("R4.4")
    void refusesToProvisionAnUnknownUserIdAfterAsManyReadsAsAWrongPassword() {
        var reads = new CountingReads(new InMemoryTokenStore());
        var bank = new RulesBank(POLICY, reads.store());
        UserId userId = bank.issued();
        long before = reads.count();
        refuse(Refusal.WRONG_ACTIVATION_PASSWORD, bank.tokens.provision(userId.value(), "9999", device()));
        long ofWrongPassword = reads.count() - before;
        String unknown = userId.value().equals("999800000001") ? "999800000002" : "999800000001";
        before = reads.count();

        refuse(Refusal.UNKNOWN_HOLDER, bank.tokens.provision(unknown, "9999", device()));

        assertEquals(ofWrongPassword, reads.count() - before);
    }

    @Test
    @Tag("R2.8")
    void refusesTheRightCodeDuringTheDelayWithoutACharge() {
        LockPolicy delayed = LockPolicy.STANDARD.toBuilder()
                .firstDelay(ofSeconds(30))
                .greatestDelay(ofMinutes(5))
                .build();
        var bank = new RulesBank(POLICY.withLock(delayed));
        FakePhone phone = bank.active();
        refuse(Refusal.WRONG_CODE, 4, bank.login(phone.wrongCode()));
        Instant over = bank.clock.instant().plusSeconds(30);
        bank.clock.advance(ofSeconds(29));

        refuse(Refusal.TOO_SOON, 4, bank.login(phone.code()));
        refuseUntil(over, Refusal.TOO_SOON, bank.login(phone.wrongCode()));
    }

    @Test
    @Tag("R4.3")
    void refusesAnotherDeviceWithTheRightActivationPassword() {
        var bank = new RulesBank();
        UserId userId = bank.issued();
        accept(bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));

        refuse(Refusal.ALREADY_PROVISIONED, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));
    }

    @Test
    @Tag("R4.3")
    void refusesTheSecondRepetitionIfThePolicyAllowsOne() {
        var bank = new RulesBank(
                POLICY.withSoftware(POLICY.software().toBuilder().repeats(1).build()));
        UserId userId = bank.issued();
        DevicePublicKey device = device();
        accept(bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device));
        accept(bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device));

        refuse(Refusal.ALREADY_PROVISIONED, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device));
    }

    @Test
    @Tag("R2.9")
    @Tag("R4.4")
    void refusesAnActivationPasswordOfThreeDigitsBeforeItIsHashed() {
        // "Lengths are checked before anything is hashed." An activation password has 4 to 8 digits.
        var bank = new RulesBank();
        UserId userId = bank.issued();

        refuse(Refusal.MALFORMED, bank.tokens.provision(userId.value(), "999", device()));
    }

    @Test
    @Tag("R2.4")
    @Tag("R4.4")
    void refusesTheActivationPasswordAfterFiveWrongOnesAlsoOfAResumedHolder() {
        var bank = new RulesBank();
        UserId userId = bank.issued();
        DevicePublicKey device = device();
        for (int i = 0; i < 5; i++) {
            refuse(Refusal.WRONG_ACTIVATION_PASSWORD, bank.tokens.provision(userId.value(), "9999", device));
        }
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.OTHER, REASON));
        accept(bank.desk.resumeHolder(TARO, REASON));

        refuse(Refusal.ACTIVATION_PASSWORD_DEAD, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device));
    }

    @Test
    @Tag("R2.4")
    @Tag("R4.8")
    void refusesATokenThatLapsedWhileItsHolderWasSuspended() {
        var bank = new RulesBank();
        FakePhone phone = bank.provisioned();
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.OTHER, REASON));
        bank.clock.advance(POLICY.pendingLifetime());
        accept(bank.desk.resumeHolder(TARO, REASON));

        // The resumption has recorded the lapse.
        refuse(Refusal.NOT_ISSUED, bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())));
    }

    @Test
    @Tag("R5.3")
    void refusesTheSerialOfAnotherHoldersTokenAsAFailure() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.sent(ofDays(1000));
        FakeAuthenticator other = bank.stocked(NEXT_SERIAL, ofDays(1000));
        accept(bank.tokens.orderHardware(HANAKO, Confirmation.NONE));
        bank.send(HANAKO, NEXT_SERIAL);

        refuse(
                Refusal.WRONG_SERIAL,
                4,
                bank.tokens.activateHardware(TARO, NEXT_SERIAL, Confirmation.NONE.code(other.code())));
        refuse(
                Refusal.WRONG_SERIAL,
                3,
                bank.tokens.activateHardware(TARO, "101199980047", Confirmation.NONE.code(token.code())));
    }

    @Test
    @Tag("R6.1")
    void refusesARenewalUntilNinetyDaysBeforeTheExpiry() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(100));
        bank.clock.set(START.plus(ofDays(10)).minusSeconds(1));

        refuseUntil(
                START.plus(ofDays(10)),
                Refusal.NOT_YET,
                bank.tokens.renewHardware(TARO, Confirmation.NONE.code(token.code())));
    }

    @Test
    @Tag("R6.1")
    @Tag("R7.1")
    void refusesARenewalAndARevocationByTheHolderFromTheExpiryOn() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(60));
        bank.clock.set(START.plus(ofDays(60)));

        refuse(Refusal.EXPIRED, 5, bank.tokens.renewHardware(TARO, Confirmation.NONE.code(token.code())));
        refuse(Refusal.EXPIRED, 5, bank.tokens.revoke(TARO, Confirmation.NONE.code(token.code())));
    }

    @Test
    @Tag("R6.2")
    void refusesTheOldTokensCodeOnceTheSuccessorIsActive() {
        var bank = new RulesBank();
        FakeAuthenticator old = bank.activeHardware(ofDays(60));
        FakeAuthenticator successor = bank.renewed(old);
        accept(bank.tokens.activateHardware(TARO, NEXT_SERIAL, Confirmation.NONE.code(successor.code())));
        bank.steps(1);

        refuse(Refusal.WRONG_CODE, 4, bank.login(old.code()));
    }

    @Test
    @Tag("R6.2")
    @Tag("R7.1")
    void refusesTheSuccessorAfterAnOperatorRevokedTheOldToken() {
        var bank = new RulesBank();
        FakeAuthenticator successor = bank.renewed(bank.activeHardware(ofDays(60)));
        accept(bank.desk.revoke(TARO, REASON));

        refuse(
                Refusal.NOT_ISSUED,
                bank.tokens.activateHardware(TARO, NEXT_SERIAL, Confirmation.NONE.code(successor.code())));
    }

    @Test
    @Tag("R7.1")
    @Tag("R7.2")
    void refusesTheNextCodeAfterARevocationByTheHolder() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        accept(bank.tokens.revoke(TARO, Confirmation.NONE.code(phone.code())));
        assertFalse(bank.tokens.registration(TARO).loginAsksForCode());
        bank.steps(1);

        refuse(Refusal.NOT_ACTIVE, bank.login(phone.code()));
    }

    @Test
    @Tag("R7.3")
    void refusesProvisioningOnTheDayOnWhichAnOperatorRevokedAProvisionedToken() {
        var bank = new RulesBank();
        accept(bank.tokens.provision(bank.issued().value(), ACTIVATION_PASSWORD, device()));
        accept(bank.desk.revoke(TARO, REASON));
        UserId userId = bank.issued();
        bank.clock.set(MIDNIGHT.minusSeconds(1));

        refuseUntil(MIDNIGHT, Refusal.NOT_YET, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));
    }

    @Test
    @Tag("R7.3")
    void refusesToProvisionARenewalOnTheDayOfARevocationAndATakeover() {
        var bank = new RulesBank(POLICY.withRenewal(RenewalPolicy.ALL_KINDS));
        FakePhone old = bank.active();
        accept(bank.tokens.revoke(TARO, Confirmation.NONE.code(old.code())));
        OtpSecret secret = RulesBank.secret();
        FakeAuthenticator token = new FakeAuthenticator(TotpProfile.BANK, secret, bank.clock);
        bank.takeOver(TokenKind.SOFTWARE, TotpProfile.BANK, secret, CodeState.NEW, ofDays(30));
        bank.steps(2);
        UserId userId = bank.tokens
                .renewSoftware(TARO, REQUEST, Confirmation.NONE.code(token.code()))
                .orElseThrow()
                .userId();

        refuseUntil(MIDNIGHT, Refusal.NOT_YET, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));
    }

    @Test
    @Tag("R7.3")
    void refusesProvisioningOnTheDayOnWhichATokenTakenOverIsRevoked() {
        // The phone of a software token that is taken over was provisioned in the other system.
        var bank = new RulesBank();
        OtpSecret secret = RulesBank.secret();
        FakeAuthenticator token = new FakeAuthenticator(TotpProfile.BANK, secret, bank.clock);
        bank.takeOver(TokenKind.SOFTWARE, TotpProfile.BANK, secret, CodeState.NEW, ofDays(1000));
        bank.steps(2);
        accept(bank.tokens.revoke(TARO, Confirmation.NONE.code(token.code())));
        UserId userId = bank.issued();

        refuseUntil(MIDNIGHT, Refusal.NOT_YET, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));
    }

    @Test
    @Tag("R4.8")
    @Tag("R7.3")
    void refusesProvisioningOnTheDayOnWhichAProvisionedTokenLapsed() {
        var bank = new RulesBank();
        accept(bank.tokens.provision(bank.issued().value(), ACTIVATION_PASSWORD, device()));
        bank.clock.advance(POLICY.pendingLifetime());

        // The issue ends the token that lapsed at this instant.
        UserId userId = bank.issued();

        refuseUntil(
                MIDNIGHT.plus(POLICY.pendingLifetime()),
                Refusal.NOT_YET,
                bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));
    }

    @Test
    @Tag("R6.2")
    @Tag("R7.3")
    void refusesToProvisionASecondSuccessorOnTheDayOnWhichTheFirstWasCancelled() {
        SoftwarePolicy shortLived =
                POLICY.software().toBuilder().lifetime(ofDays(90)).build();
        var bank = new RulesBank(POLICY.withRenewal(RenewalPolicy.ALL_KINDS).withSoftware(shortLived));
        FakePhone phone = bank.active();
        UserId userId = bank.tokens
                .renewSoftware(TARO, REQUEST, Confirmation.NONE.code(phone.code()))
                .orElseThrow()
                .userId();
        accept(bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));
        accept(bank.tokens.cancel(TARO, Confirmation.NONE));
        bank.steps(1);
        accept(bank.tokens.renewSoftware(TARO, REQUEST, Confirmation.NONE.code(phone.code())));

        refuseUntil(MIDNIGHT, Refusal.NOT_YET, bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device()));
    }

    @Test
    @Tag("R8.1")
    void refusesARevocationWithAWrongPasswordAndLeavesTheCodeUnspent() {
        var bank = new RulesBank(withLibraryPasswords(5, 5));
        FakePhone phone = activeWithPassword(bank);
        Confirmation confirmation = Confirmation.NONE.code(phone.code());

        refuse(Refusal.WRONG_PASSWORD, bank.tokens.revoke(TARO, confirmation.password("hirosaki2")));

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R2.2")
    @Tag("R8.1")
    @Tag("R8.2")
    void refusesTheRightFactorsAfterFiveTimesTwoWrongOnes() {
        // Each of the five requests counts a failure of at least one factor, so neither pair can be guessed without
        // end.
        var bank = new RulesBank(withLibraryPasswords(5, 5));
        FakePhone phone = activeWithPassword(bank);
        for (int i = 0; i < 5; i++) {
            Confirmation wrong = Confirmation.NONE.code(phone.wrongCode(i)).password("hirosaki2");
            assertFalse(bank.tokens.revoke(TARO, wrong).isAccepted());
        }

        Confirmation right = Confirmation.NONE.code(phone.code()).password("hirosaki1");

        assertFalse(bank.tokens.revoke(TARO, right).isAccepted());
    }

    @Test
    @Tag("R8.2")
    void refusesAConfirmationPasswordOfThirteenLettersAsMalformed() {
        var bank = new RulesBank(withLibraryPasswords(5, 5));

        refuse(Refusal.MALFORMED, bank.tokens.setConfirmationPassword(TARO, "hirosaki12345"));
    }

    @Test
    @Tag("R8.3")
    void refusesTheMailCodeAfterThreeWrongOnesWithANewCodeAndAnErasureBetween() {
        // The counter is reset by a right code or by an operator's reset. Neither a new code nor an erasure is one.
        var bank = new RulesBank(withLibraryPasswords(5, 3));
        accept(bank.tokens.setConfirmationPassword(TARO, "hirosaki1"));
        refuse(Refusal.WRONG_MAIL_CODE, issue(bank, wrong(mailCode(bank))));
        refuse(Refusal.WRONG_MAIL_CODE, issue(bank, wrong(mailCode(bank))));
        accept(bank.desk.erase(TARO));
        accept(bank.tokens.setConfirmationPassword(TARO, "hirosaki1"));
        String mailCode = mailCode(bank);
        refuse(Refusal.WRONG_MAIL_CODE, issue(bank, wrong(mailCode)));

        refuse(Refusal.MAIL_CODE_LOCKED, issue(bank, mailCode));
        refuse(Refusal.MAIL_CODE_LOCKED, bank.tokens.createMailCode(TARO, Operation.ISSUE, MAIL));
    }

    @Test
    @Tag("R8.3")
    @Tag("R11.3")
    void refusesTheMailCodeOfARevocationAfterThreeWrongOnesWithAFloorBetween() {
        Map<Operation, Set<Factor>> factors =
                new EnumMap<>(POLICY.confirmation().factors());
        factors.put(Operation.REVOKE, Set.of(Factor.MAIL_CODE, Factor.TOKEN_CODE));
        ConfirmationPolicy byMail = POLICY.confirmation().toBuilder()
                .factors(factors)
                .mailCodeTries(3)
                .build();
        var bank = new RulesBank(POLICY.withConfirmation(byMail));
        FakeAuthenticator token = bank.activeHardware(ofDays(1000));
        refuse(Refusal.WRONG_MAIL_CODE, revoke(bank, token, wrong(mailCode(bank, Operation.REVOKE))));
        refuse(Refusal.WRONG_MAIL_CODE, revoke(bank, token, wrong(mailCode(bank, Operation.REVOKE))));
        bank.steps(1);
        bank.clock.set(bank.desk
                .raiseFloor(bank.clock.instant(), "restored a backup", changed -> {})
                .orElseThrow()
                .loginFrom());
        String mailCode = mailCode(bank, Operation.REVOKE);
        refuse(Refusal.WRONG_MAIL_CODE, revoke(bank, token, wrong(mailCode)));

        refuse(Refusal.MAIL_CODE_LOCKED, revoke(bank, token, mailCode));
    }

    @Test
    @Tag("R8.3")
    void refusesAMailCodeThatConfirmsAnotherAddress() {
        var bank = new RulesBank(withLibraryPasswords(5, 5));
        accept(bank.tokens.setConfirmationPassword(TARO, "hirosaki1"));
        String mailCode = mailCode(bank);
        SoftwareRequest other = SoftwareRequest.of("mallory@example.com", ACTIVATION_PASSWORD);

        // No mail code was made for this request.
        refuse(
                Refusal.NO_MAIL_CODE,
                bank.tokens.issueSoftware(
                        TARO, other, Confirmation.NONE.password("hirosaki1").mailCode(mailCode)));
    }

    @Test
    @Tag("R1.4")
    @Tag("R11.2")
    void refusesASpentCodeAtResynchronisationAfterTheClockJumpedBack() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        accept(bank.login(phone.code()));
        String spent = phone.code();
        String next = phone.authenticator().code(1);
        bank.steps(-15);

        refuse(Refusal.REPLAYED, 5, bank.tokens.resynchronise(TARO, spent, next));
    }

    @Test
    @Tag("R11.3")
    void refusesAFloorAnHourFromNowAndLeavesTheLoginOpen() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        Instant late = bank.clock.instant().plus(ofHours(1));
        assertThrows(IllegalArgumentException.class, () -> bank.desk.raiseFloor(late, REASON, changed -> {}));
        assertThrows(IllegalArgumentException.class, () -> bank.desk.raiseFloor(Instant.MAX, REASON, changed -> {}));

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R1.2")
    @Tag("R11.3")
    void refusesTheCodeOfALostResynchronisationUnderTheGreatestCap() {
        // "Policy bounds cap × step to one hour."
        CodePolicy.Builder large = POLICY.codes().toBuilder().driftCap(60).resynchronisationRange(60);

        assertSpentOnce(POLICY.withCodes(large.build()), TotpProfile.BANK, 55);
        assertThrows(IllegalArgumentException.class, () -> large.driftCap(61).build());
    }

    @Test
    @Tag("R1.2")
    @Tag("R11.3")
    void refusesTheCodeOfALostResynchronisationOfATokenWithALongTimeStep() {
        // Under the bank's policy. The token takes part in the platform with its own time step.
        TotpProfile tenMinutes = TotpProfile.of(HmacAlgorithm.SHA1, 8, ofMinutes(10));

        assertSpentOnce(POLICY, tenMinutes, 19);
    }

    /** Resynchronises a fast token, restores the backup from before it, raises the floor, and enters the spent code later. */
    private static void assertSpentOnce(TokenPolicy policy, TotpProfile profile, int drift) {
        var lost = new RulesBank(policy);
        var restored = new RulesBank(policy);
        OtpSecret secret = RulesBank.secret();
        for (RulesBank bank : List.of(lost, restored)) {
            OtpSecret copy = OtpSecret.copyOf(secret.exposeBytes());
            bank.takeOver(TokenKind.HARDWARE, profile, copy, CodeState.NEW, ofDays(1000));
            bank.clock.advance(ofHours(3));
        }
        FakeAuthenticator token = new FakeAuthenticator(profile, secret, lost.clock);
        token.drift(drift);
        String spent = token.code();
        boolean resynchronised =
                lost.tokens.resynchronise(TARO, token.code(-1), spent).isAccepted();

        accept(restored.desk.raiseFloor(restored.clock.instant(), "restored a backup", changed -> {}));
        restored.clock.advance(profile.timeStep().multipliedBy(drift));

        assertFalse(resynchronised && restored.login(spent).isAccepted());
    }

    @Test
    @Tag("R11.3")
    void refusesTheDisplayedCodeJustBeforeTheFirstInstantAfterAFloor() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        Instant loginFrom = bank.desk
                .raiseFloor(bank.clock.instant(), REASON, changed -> {})
                .orElseThrow()
                .loginFrom();
        bank.clock.set(loginFrom.minus(ofNanos(1000)));

        refuse(Refusal.REPLAYED, 5, bank.login(phone.code()));
    }

    @Test
    @Tag("R11.3")
    void refusesTheCodeThatTheFastestTokenShowedBeforeTheFloor() {
        // The backup does not hold the drift. The token was accepted at the cap plus the window: 20 and 1 steps.
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        bank.clock.advance(ofSeconds(17));
        phone.authenticator().drift(21);
        String shown = phone.code();
        accept(bank.desk.raiseFloor(bank.clock.instant(), REASON, changed -> {}));
        bank.steps(21);

        refuse(Refusal.REPLAYED, 5, bank.login(shown));
    }

    @Test
    @Tag("R11.3")
    void refusesTheNextCodeOfASuspendedHotpTokenAfterAFloorAndItsResumption() {
        var bank = new RulesBank();
        OtpSecret secret = RulesBank.secret();
        Hotp token = Hotp.of(HotpProfile.STANDARD, OtpSecret.copyOf(secret.exposeBytes()));
        bank.takeOver(TokenKind.HARDWARE, HotpProfile.STANDARD, secret, CodeState.ofNextCounter(5), ofDays(1000));
        accept(bank.desk.suspend(TARO, SuspensionReason.BROKEN, REASON));
        bank.steps(30);
        accept(bank.desk.raiseFloor(bank.clock.instant(), "restored a backup", changed -> {}));
        accept(bank.desk.resume(TARO, REASON));

        refuse(Refusal.RESYNCHRONISATION_REQUIRED, 5, bank.login(token.generate(5)));
    }

    @Test
    @Tag("R5.3")
    @Tag("R11.3")
    void refusesTheFirstCodeOfASentHotpTokenAfterAFloor() {
        // After the backup the token may have been activated with this code and used.
        var bank = new RulesBank();
        Hotp token = bank.stockedHotp(SERIAL, ofDays(1000));
        accept(bank.tokens.orderHardware(TARO, Confirmation.NONE));
        bank.send(TARO, SERIAL);
        bank.steps(30);
        accept(bank.desk.raiseFloor(bank.clock.instant(), "restored a backup", changed -> {}));

        refuse(
                Refusal.RESYNCHRONISATION_REQUIRED,
                bank.tokens.activateHardware(TARO, SERIAL, Confirmation.NONE.code(token.generate(0))));
    }

    @Test
    @Tag("R11.3")
    void refusesAtActivationACodeThatAProvisionedPhoneShowedBeforeTheFloor() {
        var bank = new RulesBank();
        FakePhone phone = bank.provisioned();
        bank.steps(30);
        String shownBefore = phone.authenticator().code(-1);
        accept(bank.desk.raiseFloor(bank.clock.instant(), "restored a backup", changed -> {}));

        assertFalse(bank.tokens
                .activateSoftware(TARO, Confirmation.NONE.code(shownBefore))
                .isAccepted());
    }

    @Test
    @Tag("R2.4")
    @Tag("R11.3")
    void refusesTheNextHotpCodeAfterAFloorDuringTheHoldersSuspension() {
        var bank = new RulesBank();
        OtpSecret secret = RulesBank.secret();
        Hotp token = Hotp.of(HotpProfile.STANDARD, OtpSecret.copyOf(secret.exposeBytes()));
        bank.takeOver(TokenKind.HARDWARE, HotpProfile.STANDARD, secret, CodeState.ofNextCounter(5), ofDays(1000));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));
        bank.steps(30);
        accept(bank.desk.raiseFloor(bank.clock.instant(), "restored a backup", changed -> {}));
        accept(bank.desk.resumeHolder(TARO, REASON));

        refuse(Refusal.RESYNCHRONISATION_REQUIRED, 5, bank.login(token.generate(5)));
    }

    @Test
    @Tag("R11.3")
    void refusesTheNextHotpCodeAfterAFloorAtTheInstantOfTheTakeover() {
        // "A HOTP token must be resynchronised before its next code." The rule has no exception for a new token.
        var bank = new RulesBank();
        OtpSecret secret = RulesBank.secret();
        Hotp token = Hotp.of(HotpProfile.STANDARD, OtpSecret.copyOf(secret.exposeBytes()));
        bank.takeOver(TokenKind.HARDWARE, HotpProfile.STANDARD, secret, CodeState.ofNextCounter(5), ofDays(1000));
        accept(bank.desk.raiseFloor(bank.clock.instant(), "restored a backup", changed -> {}));

        refuse(Refusal.RESYNCHRONISATION_REQUIRED, 5, bank.login(token.generate(5)));
    }

    @Test
    @Tag("R1.4")
    @Tag("R2.1")
    void refusesASpentHotpCodeAtResynchronisationWithoutACharge() {
        var bank = new RulesBank();
        OtpSecret secret = RulesBank.secret();
        Hotp token = Hotp.of(HotpProfile.STANDARD, OtpSecret.copyOf(secret.exposeBytes()));
        bank.takeOver(TokenKind.HARDWARE, HotpProfile.STANDARD, secret, CodeState.ofNextCounter(5), ofDays(1000));
        accept(bank.login(token.generate(5)));

        refuse(Refusal.REPLAYED, 5, bank.tokens.resynchronise(TARO, token.generate(5), token.generate(6)));
    }

    @Test
    @Tag("R2.4")
    @Tag("R10.3")
    void refusesAnIssueToASuspendedHolderWhoseDataWereErased() {
        // "Operators' operations go on and do not end it."
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        accept(bank.tokens.revoke(TARO, Confirmation.NONE.code(phone.code())));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));
        accept(bank.desk.erase(TARO));

        refuse(Refusal.HOLDER_SUSPENDED, bank.tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
    }

    @Test
    @Tag("R2.2")
    @Tag("R2.4")
    @Tag("R8.2")
    void refusesTheCancellationOfASuspendedTokenBeforeThePasswordIsEvaluated() {
        var bank = new RulesBank(withLibraryPasswords(5, 5));
        accept(bank.tokens.setConfirmationPassword(TARO, "hirosaki1"));
        accept(issue(bank, mailCode(bank)));
        accept(bank.desk.suspend(TARO, SuspensionReason.LOST, REASON));
        for (int i = 0; i < 6; i++) {
            refuse(Refusal.SUSPENDED, bank.tokens.cancel(TARO, Confirmation.NONE.password("hirosaki2")));
        }

        // No wrong password was counted, so the right one works after the resumption.
        accept(bank.desk.resume(TARO, REASON));
        accept(bank.tokens.cancel(TARO, Confirmation.NONE.password("hirosaki1")));
    }

    @Test
    @Tag("R2.2")
    @Tag("R8.1")
    void refusesARevocationWithoutAPasswordBeforeTheCodeIsEvaluated() {
        var bank = new RulesBank(withLibraryPasswords(5, 5));
        FakePhone phone = activeWithPassword(bank);
        for (int i = 0; i < 6; i++) {
            refuse(Refusal.FACTOR_MISSING, bank.tokens.revoke(TARO, Confirmation.NONE.code(phone.wrongCode(i))));
        }

        refuse(Refusal.WRONG_CODE, 4, bank.login(phone.wrongCode()));
    }

    @Test
    @Tag("R3.2")
    void refusesATakeoverWhileAnOrderWaits() {
        var bank = new RulesBank();
        accept(bank.tokens.orderHardware(TARO, Confirmation.NONE));

        refuse(
                Refusal.TOKEN_EXISTS,
                bank.migration.takeOver(bank.foreignToken(
                        TokenKind.SOFTWARE, TotpProfile.BANK, RulesBank.secret(), CodeState.NEW, ofDays(1000))));
    }

    private static TokenPolicy withLibraryPasswords(int passwordTries, int mailCodeTries) {
        return TokenPolicy.BANK
                .withHashing(FAST_HASHING)
                .withConfirmation(TokenPolicy.BANK.confirmation().toBuilder()
                        .passwordTries(passwordTries)
                        .mailCodeTries(mailCodeTries)
                        .build());
    }

    private static FakePhone activeWithPassword(RulesBank bank) {
        accept(bank.tokens.setConfirmationPassword(TARO, "hirosaki1"));
        UserId userId = issue(bank, mailCode(bank)).orElseThrow().userId();
        FakePhone phone = bank.provisioned(userId);
        accept(bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())));
        bank.steps(1);
        return phone;
    }

    private static String mailCode(RulesBank bank) {
        return mailCode(bank, Operation.ISSUE);
    }

    private static String mailCode(RulesBank bank, Operation operation) {
        return bank.tokens
                .createMailCode(TARO, operation, MAIL)
                .orElseThrow()
                .code()
                .exposeText();
    }

    private static Outcome<Issued> issue(RulesBank bank, String mailCode) {
        Confirmation confirmation = Confirmation.NONE.password("hirosaki1").mailCode(mailCode);
        return bank.tokens.issueSoftware(TARO, REQUEST, confirmation);
    }

    private static Outcome<Registration> revoke(RulesBank bank, FakeAuthenticator token, String mailCode) {
        return bank.tokens.revoke(TARO, Confirmation.NONE.code(token.code()).mailCode(mailCode));
    }

    /** Changes the last character of a mail code to another digit. */
    private static String wrong(String mailCode) {
        int last = mailCode.length() - 1;
        return mailCode.substring(0, last) + (mailCode.charAt(last) == '1' ? '2' : '1');
    }

    private static DevicePublicKey device() {
        return DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()).publicKey();
    }
}
