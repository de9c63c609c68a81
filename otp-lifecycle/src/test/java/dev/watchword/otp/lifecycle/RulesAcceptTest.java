package dev.watchword.otp.lifecycle;

import static dev.watchword.otp.lifecycle.RulesBank.ACTIVATION_PASSWORD;
import static dev.watchword.otp.lifecycle.RulesBank.MAIL;
import static dev.watchword.otp.lifecycle.RulesBank.MIDNIGHT;
import static dev.watchword.otp.lifecycle.RulesBank.NEXT_SERIAL;
import static dev.watchword.otp.lifecycle.RulesBank.SERIAL;
import static dev.watchword.otp.lifecycle.RulesBank.TARO;
import static dev.watchword.otp.lifecycle.RulesBank.accept;
import static dev.watchword.otp.lifecycle.RulesBank.refuse;
import static dev.watchword.otp.lifecycle.testing.TestInstitution.FAST_HASHING;
import static dev.watchword.otp.lifecycle.testing.TestInstitution.POLICY;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sequences of operations that the rules accept. They are written from the rules, without the code. Each one holds one sequence and its
 * result.
 */
class RulesAcceptTest {
    private static final String REASON = "called by the holder";

    @Test
    @Tag("R1.4")
    void acceptsTheDisplayedCodeAfterTwoCodesTypedLate() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();

        bank.steps(3);
        accept(bank.login(phone.authenticator().code(-1)));
        bank.steps(3);
        bank.enter(phone.authenticator().code(-2));
        bank.steps(3);

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R1.4")
    void acceptsTheDisplayedCodeOfAnAuthenticatorAppAfterTheServersClockIsCorrected() {
        var bank = new RulesBank(TokenPolicy.AUTHENTICATOR_APP.withHashing(FAST_HASHING));
        FakePhone phone = bank.activeWithGeneratedPassword();

        // The server's clock is fast by the whole window, and each second code is typed late too.
        phone.authenticator().drift(-1);
        for (int login = 0; login < 4; login++) {
            bank.steps(3);
            bank.enter(phone.authenticator().code(-(login % 2)));
        }
        bank.steps(-1);
        phone.authenticator().drift(0);
        bank.steps(3);

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R1.4")
    void acceptsEveryCodeOfAHardwareTokenThatBecomesSlowStepByStep() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(1000));

        for (int slow = 1; slow <= 10; slow++) {
            bank.steps(30 * 24 * 60);
            token.drift(-slow);
            accept(bank.login(token.code()));
        }
    }

    @Test
    @Tag("R1.4")
    @Tag("R5.3")
    void acceptsTheDisplayedCodeAfterAnActivationWithACodeTypedTenMinutesLate() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.sent(ofDays(1000));
        bank.steps(30);
        accept(bank.tokens.activateHardware(TARO, SERIAL, Confirmation.NONE.code(token.code(-10))));

        accept(bank.login(token.code()));
    }

    @Test
    @Tag("R1.4")
    void acceptsTheDisplayedCodeAfterAResynchronisationWithCodesTypedLate() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        bank.steps(30);
        accept(bank.tokens.resynchronise(
                TARO, phone.authenticator().code(-17), phone.authenticator().code(-16)));

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R1.4")
    void acceptsTheDisplayedCodeAfterTheCapIsLoweredBelowTheLearnedDrift() {
        var store = new InMemoryTokenStore();
        var bank = new RulesBank(POLICY, store);
        FakePhone phone = bank.active();
        bank.steps(30);
        accept(bank.tokens.resynchronise(
                TARO, phone.authenticator().code(-17), phone.authenticator().code(-16)));
        CodePolicy lowered = POLICY.codes().toBuilder()
                .driftCap(1)
                .resynchronisationRange(1)
                .activationWindow(TotpWindow.ONE_STEP)
                .build();
        TokenService changed = TestInstitution.builder(store, bank.clock)
                .policy(POLICY.withCodes(lowered))
                .build()
                .tokens();

        accept(changed.verify(TARO, phone.code(), Purpose.LOGIN));
    }

    @Test
    @Tag("R1.4")
    void acceptsAnAuthenticatorAppAgainAfterAResynchronisation() {
        var bank = new RulesBank(TokenPolicy.AUTHENTICATOR_APP.withHashing(FAST_HASHING));
        FakePhone phone = bank.activeWithGeneratedPassword();

        phone.authenticator().drift(6);
        refuse(Refusal.WRONG_CODE, 4, bank.login(phone.code()));
        String first = phone.code();
        bank.steps(1);
        accept(bank.tokens.resynchronise(TARO, first, phone.code()));
        bank.steps(1);

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R1.3")
    @Tag("R2.1")
    @Tag("R2.2")
    void acceptsTheRightCodeAfterFourWrongOnesAndManyThatChargeNothing() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        String spent = phone.code();
        accept(bank.login(spent));

        bank.wrongCodes(phone.authenticator(), 4);
        for (int i = 0; i < 6; i++) {
            refuse(Refusal.REPLAYED, 1, bank.login(spent));
            refuse(Refusal.MALFORMED, 1, bank.login(spent + " "));
            refuse(Refusal.MALFORMED, 1, bank.login(null));
        }
        bank.steps(1);

        accept(bank.login(phone.code()));
        refuse(Refusal.WRONG_CODE, 4, bank.login(phone.wrongCode()));
    }

    @Test
    @Tag("R2.4")
    @Tag("R3.1")
    @Tag("R3.3")
    void acceptsTheSuspensionOfAHolderWithAnOrderOnly() {
        var bank = new RulesBank();
        accept(bank.tokens.orderHardware(TARO, Confirmation.NONE));
        assertEquals(RegistrationStatus.ISSUED, bank.tokens.registration(TARO).status());

        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        Registration suspended = bank.tokens.registration(TARO);
        assertEquals(RegistrationStatus.SUSPENDED, suspended.status());
        assertFalse(suspended.loginAsksForCode());
    }

    @Test
    @Tag("R2.4")
    @Tag("R3.1")
    void acceptsTheSuspensionOfAHolderWhoNeverHadAnything() {
        // "Status is suspended, also for a holder with an order only or with nothing." An unknown holder has nothing.
        var bank = new RulesBank();

        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        assertEquals(
                RegistrationStatus.SUSPENDED, bank.tokens.registration(TARO).status());
    }

    @Test
    @Tag("R2.4")
    @Tag("R5.3")
    void acceptsTheActivationOfATokenThatWasSentWhileTheHolderWasSuspended() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.stocked(SERIAL, ofDays(1000));
        accept(bank.tokens.orderHardware(TARO, Confirmation.NONE));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.OTHER, REASON));

        bank.send(TARO, SERIAL);
        accept(bank.desk.resumeHolder(TARO, REASON));

        accept(bank.tokens.activateHardware(TARO, SERIAL, Confirmation.NONE.code(token.code())));
    }

    @Test
    @Tag("R2.3")
    @Tag("R2.4")
    void acceptsACodeAfterBothTheTokenAndTheHolderAreResumed() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        bank.wrongCodes(phone.authenticator(), 5);
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        // The operator's operations remain possible while the holder is suspended.
        accept(bank.desk.resume(TARO, REASON));
        accept(bank.desk.resumeHolder(TARO, REASON));

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R2.4")
    void acceptsALoginAtASisterInstitutionOfASuspendedHolder() {
        // A holder is a customer of one institution. The store is shared.
        var store = new InMemoryTokenStore();
        var bank = new RulesBank(POLICY, store);
        Institution sister = Institution.builder(new ServiceId("20223346"), store, TestInstitution.KEYS)
                .policy(POLICY)
                .clock(bank.clock)
                .build();
        FakePhone phone = FakePhone.active(sister.tokens(), TARO, bank.clock);

        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        accept(sister.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
    }

    @Test
    @Tag("R2.4")
    @Tag("R6.2")
    void acceptsTheCancellationOfASuccessorWhileTheOldTokenIsSuspended() {
        // Only the suspended token itself cannot be cancelled by the holder.
        var bank = new RulesBank();
        FakeAuthenticator old = bank.activeHardware(ofDays(60));
        accept(bank.tokens.renewHardware(TARO, Confirmation.NONE.code(old.code())));
        accept(bank.desk.suspend(TARO, new SerialNumber(SERIAL), SuspensionReason.LOST, REASON));

        accept(bank.tokens.cancel(TARO, Confirmation.NONE));
        accept(bank.desk.resume(TARO, new SerialNumber(SERIAL), REASON));
        bank.steps(1);

        accept(bank.login(old.code()));
    }

    @Test
    @Tag("R2.8")
    void acceptsTheRightCodeWhenTheDelayIsOver() {
        LockPolicy delayed = LockPolicy.STANDARD.toBuilder()
                .firstDelay(ofSeconds(30))
                .greatestDelay(ofMinutes(5))
                .build();
        var bank = new RulesBank(POLICY.withLock(delayed));
        FakePhone phone = bank.active();

        bank.wrongCodes(phone.authenticator(), 1);
        bank.clock.advance(ofSeconds(30));

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R3.3")
    @Tag("R7.1")
    void asksForACodeUntilAnOperatorRevokesASuspendedExpiredToken() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(60));
        accept(bank.desk.suspend(TARO, SuspensionReason.STOLEN, REASON));
        bank.clock.advance(ofDays(61));
        bank.enter(token.code());
        assertTrue(bank.tokens.registration(TARO).loginAsksForCode());

        accept(bank.desk.revoke(TARO, REASON));

        assertFalse(bank.tokens.registration(TARO).loginAsksForCode());
    }

    @Test
    @Tag("R2.4")
    @Tag("R3.3")
    void asksForACodeWhileASuspendedHoldersTokenIsRevoked() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        accept(bank.login(phone.code()));
        accept(bank.desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, REASON));

        accept(bank.desk.revoke(TARO, REASON));
        assertTrue(bank.tokens.registration(TARO).loginAsksForCode());
        assertEquals(
                RegistrationStatus.SUSPENDED, bank.tokens.registration(TARO).status());
        accept(bank.desk.resumeHolder(TARO, REASON));

        assertFalse(bank.tokens.registration(TARO).loginAsksForCode());
        assertEquals(
                RegistrationStatus.UNREGISTERED, bank.tokens.registration(TARO).status());
    }

    @Test
    @Tag("R4.3")
    void acceptsTwoRepetitionsByTheSameDevice() {
        var bank = new RulesBank(POLICY.withSoftware(
                POLICY.software().toBuilder().grace(ofMinutes(10)).repeats(2).build()));
        UserId userId = bank.issued();
        DevicePublicKey device =
                DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()).publicKey();

        for (int request = 0; request < 3; request++) {
            accept(bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device));
            bank.clock.advance(ofMinutes(3));
        }
    }

    @Test
    @Tag("R2.9")
    @Tag("R4.4")
    void acceptsTheActivationPasswordAfterFourWrongOnesAndManyThatAreTooLong() {
        var bank = new RulesBank();
        UserId userId = bank.issued();
        DevicePublicKey device =
                DeviceKey.generate(DeviceKeyType.P256, new SecureRandom()).publicKey();

        for (int i = 0; i < 4; i++) {
            refuse(Refusal.WRONG_ACTIVATION_PASSWORD, bank.tokens.provision(userId.value(), "9999", device));
            refuse(Refusal.MALFORMED, bank.tokens.provision(userId.value(), "9".repeat(1_000_000), device));
        }

        accept(bank.tokens.provision(userId.value(), ACTIVATION_PASSWORD, device));
    }

    @Test
    @Tag("R2.5")
    @Tag("R4.8")
    void acceptsTheCancellationOfATokenThatWrongCodesSuspended() {
        // Only a suspension by an operator forbids the cancellation.
        var bank = new RulesBank();
        FakePhone phone = bank.provisioned();
        for (int i = 0; i < 5; i++) {
            refuse(
                    Refusal.WRONG_CODE,
                    4 - i,
                    bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.wrongCode(i))));
        }

        accept(bank.tokens.cancel(TARO, Confirmation.NONE));
    }

    @Test
    @Tag("R5.3")
    void acceptsTheCodesOfASlowHardwareTokenFromItsActivationOn() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.sent(ofDays(1000));
        token.drift(-10);
        accept(bank.tokens.activateHardware(TARO, SERIAL, Confirmation.NONE.code(token.code())));
        bank.steps(1);

        accept(bank.login(token.code()));
    }

    @Test
    @Tag("R6.1")
    void acceptsARenewalNinetyDaysBeforeTheExpiry() {
        var bank = new RulesBank();
        FakeAuthenticator token = bank.activeHardware(ofDays(100));
        bank.clock.set(RulesBank.START.plus(ofDays(10)));

        accept(bank.tokens.renewHardware(TARO, Confirmation.NONE.code(token.code())));
    }

    @Test
    @Tag("R6.2")
    void acceptsTheSuccessorOfATokenThatIsLostMeanwhile() {
        var bank = new RulesBank();
        FakeAuthenticator successor = bank.renewed(bank.activeHardware(ofDays(60)));
        accept(bank.desk.suspend(TARO, new SerialNumber(SERIAL), SuspensionReason.LOST, REASON));

        accept(bank.tokens.activateHardware(TARO, NEXT_SERIAL, Confirmation.NONE.code(successor.code())));
        bank.steps(1);

        accept(bank.login(successor.code()));
    }

    @Test
    @Tag("R7.2")
    @Tag("R7.3")
    void acceptsProvisioningOnTheNextDayUntilThePasswordsLifeEnds() {
        var bank = new RulesBank();
        FakePhone old = bank.active();
        accept(bank.tokens.revoke(TARO, Confirmation.NONE.code(old.code())));
        UserId userId = bank.issued();

        // The password lives three days, and its time starts at midnight.
        bank.clock.set(MIDNIGHT.plus(ofDays(3)).minusSeconds(1));
        FakePhone phone = bank.provisioned(userId);

        accept(bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())));
    }

    @Test
    @Tag("R7.3")
    void acceptsProvisioningHalfAnHourLaterAtASisterInstitution() {
        ProvisioningWait halfAnHour = ProvisioningWait.of(ofMinutes(30));
        var bank = new RulesBank(POLICY.withSoftware(
                POLICY.software().toBuilder().provisioningWait(halfAnHour).build()));
        FakePhone old = bank.provisioned();
        accept(bank.desk.revoke(TARO, REASON));
        UserId userId = bank.issued();

        bank.clock.advance(ofMinutes(30));

        assertFalse(bank.provisioned(userId).secret().equals(old.secret()));
    }

    @Test
    @Tag("R4.8")
    @Tag("R7.3")
    void acceptsProvisioningOnTheSameDayIfTheCancelledTokenWasNeverProvisioned() {
        var bank = new RulesBank();
        UserId first = bank.issued();
        accept(bank.tokens.cancel(TARO, Confirmation.NONE));

        UserId second = bank.issued();

        assertEquals(first, second);
        accept(bank.tokens.activateSoftware(
                TARO, Confirmation.NONE.code(bank.provisioned(second).code())));
    }

    @Test
    @Tag("R7.3")
    @Tag("R7.4")
    void acceptsProvisioningOnTheDayOnWhichAHardwareTokenIsRevoked() {
        // The wait begins with the end of a software token only.
        var bank = new RulesBank();
        FakeAuthenticator old = bank.activeHardware(ofDays(1000));
        accept(bank.tokens.revoke(TARO, Confirmation.NONE.code(old.code())));

        FakePhone phone = bank.provisioned();

        accept(bank.tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())));
    }

    @Test
    @Tag("R8.1")
    @Tag("R8.3")
    void acceptsTheMailCodeThatCameWithAWrongPassword() {
        // All factors are consumed, or none. The mail code was right, so it stays usable.
        var bank = new RulesBank(TokenPolicy.BANK.withHashing(FAST_HASHING));
        accept(bank.tokens.setConfirmationPassword(TARO, "hirosaki1"));
        String mailCode = bank.tokens
                .createMailCode(TARO, Operation.ISSUE, MAIL)
                .orElseThrow()
                .code()
                .exposeText();
        SoftwareRequest request = SoftwareRequest.of(MAIL, ACTIVATION_PASSWORD);
        Confirmation confirmation = Confirmation.NONE.mailCode(mailCode);
        refuse(Refusal.WRONG_PASSWORD, bank.tokens.issueSoftware(TARO, request, confirmation.password("hirosaki2")));

        accept(bank.tokens.issueSoftware(TARO, request, confirmation.password("hirosaki1")));
    }

    @Test
    @Tag("R11.2")
    void acceptsTheDisplayedCodeAfterTheClockJumpedBackAndWasCorrected() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        String spent = phone.code();
        accept(bank.login(spent));
        bank.steps(-1);
        for (int i = 0; i < 6; i++) {
            refuse(Refusal.REPLAYED, 5, bank.login(spent));
        }

        bank.steps(2);

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R11.3")
    void acceptsTheDisplayedCodeFromTheFirstInstantAfterAFloor() {
        var bank = new RulesBank();
        FakePhone phone = bank.active();
        bank.clock.advance(ofSeconds(17));

        Instant loginFrom = bank.desk
                .raiseFloor(bank.clock.instant(), "restored a backup", changed -> {})
                .orElseThrow()
                .loginFrom();
        bank.clock.set(loginFrom);

        accept(bank.login(phone.code()));
    }

    @Test
    @Tag("R11.3")
    void acceptsTheDisplayedCodeOfATokenWithALongTimeStepFromTheFirstInstantAfterAFloor() {
        var bank = new RulesBank();
        TotpProfile fiveMinutes = TotpProfile.of(HmacAlgorithm.SHA1, 8, ofMinutes(5));
        OtpSecret secret = RulesBank.secret();
        FakeAuthenticator token = new FakeAuthenticator(fiveMinutes, secret, bank.clock);
        bank.takeOver(TokenKind.HARDWARE, fiveMinutes, secret, CodeState.NEW, ofDays(1000));
        bank.steps(30);

        Instant loginFrom = bank.desk
                .raiseFloor(bank.clock.instant(), "restored a backup", changed -> {})
                .orElseThrow()
                .loginFrom();
        bank.clock.set(loginFrom);

        accept(bank.login(token.code()));
    }

    @Test
    @Tag("R5.3")
    @Tag("R11.3")
    void acceptsTheFirstCodeOfASlowHardwareTokenTwoDaysAfterAFloor() {
        // The first code is searched over the wider window, also after a floor.
        var bank = new RulesBank();
        FakeAuthenticator token = bank.sent(ofDays(1000));
        token.drift(-8);
        bank.steps(30);
        accept(bank.desk.raiseFloor(bank.clock.instant(), "restored a backup", changed -> {}));
        bank.clock.advance(ofDays(2));

        accept(bank.tokens.activateHardware(TARO, SERIAL, Confirmation.NONE.code(token.code())));
    }

    @Test
    @Tag("R11.3")
    void acceptsAHotpTokenAfterAFloorOnceItIsResynchronised() {
        var bank = new RulesBank();
        OtpSecret secret = RulesBank.secret();
        Hotp token = Hotp.of(HotpProfile.STANDARD, OtpSecret.copyOf(secret.exposeBytes()));
        bank.takeOver(TokenKind.HARDWARE, HotpProfile.STANDARD, secret, CodeState.ofNextCounter(5), ofDays(1000));
        bank.steps(30);
        accept(bank.desk.raiseFloor(bank.clock.instant(), "restored a backup", changed -> {}));
        refuse(Refusal.RESYNCHRONISATION_REQUIRED, bank.login(token.generate(5)));

        accept(bank.tokens.resynchronise(TARO, token.generate(9), token.generate(10)));

        accept(bank.login(token.generate(11)));
    }

    @Test
    @Tag("R12.5")
    void acceptsACodeAlthoughTheListenerThrowsAnError() {
        List<MeasuredOperation> told = new ArrayList<>();
        var store = new InMemoryTokenStore();
        var bank = new RulesBank(POLICY, store);
        FakePhone phone = bank.active();
        TokenService listened = TestInstitution.builder(store, bank.clock)
                .listener(measured -> {
                    told.add(measured);
                    throw new StackOverflowError("in the listener");
                })
                .build()
                .tokens();

        accept(listened.verify(TARO, phone.code(), Purpose.LOGIN));

        // The institution's clock stands still. Durations are wall-clock time.
        assertEquals(1, told.size());
        assertTrue(told.get(0).time().toNanos() > 0, told::toString);
    }
}
