package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suspension of a holder: what the holder cannot do, what operators still can, and how it ends. */
@Tag("R2.4")
class HolderSuspensionTest extends InstitutionFixture {
    private final DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());

    @CanIgnoreReturnValue
    private Registration suspend() {
        return desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, "asked by the branch")
                .orElseThrow();
    }

    private Outcome<?> provision() {
        String userId = requireNonNull(tokens.registration(TARO).userId()).value();
        return tokens.provision(userId, FakePhone.ACTIVATION_PASSWORD, device.publicKey());
    }

    @Test
    void everyOperationOfTheHolderIsRefused() {
        FakePhone phone = activate(TARO);
        suspend();

        List<Supplier<Outcome<?>>> operations = List.of(
                () -> login(TARO, phone.code()),
                () -> login(TARO, phone.wrongCode()),
                () -> tokens.resynchronise(TARO, phone.code(), phone.code()),
                () -> tokens.revoke(TARO, code(phone.code())),
                () -> tokens.renewSoftware(TARO, REQUEST, code(phone.code())),
                () -> tokens.renewHardware(TARO, code(phone.code())),
                () -> tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE),
                () -> tokens.orderHardware(TARO, Confirmation.NONE),
                () -> tokens.activateSoftware(TARO, code(phone.code())),
                () -> tokens.activateHardware(TARO, SERIAL.value(), code(phone.code())),
                () -> tokens.cancel(TARO, Confirmation.NONE),
                this::provision,
                () -> tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example"));
        for (int i = 0; i < operations.size(); i++) {
            assertEquals(
                    Refusal.HOLDER_SUSPENDED, refused(operations.get(i).get()).refusal(), "operation " + i);
        }
        assertEquals(EventType.HOLDER_SUSPENDED, history(TARO).get(3));
        assertEquals(4, history(TARO).size());
    }

    /** An earlier fault: the holder cancelled the suspended issue, issued another token and logged in. */
    @Test
    void theHolderCannotCancelAndBeginAgain() {
        FakePhone phone = issue(TARO);
        suspend();

        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.cancel(TARO, Confirmation.NONE));
        assertAccepted(desk.cancel(TARO, "to be sure"));
        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.activateSoftware(TARO, code(phone.code())));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
    }

    /** An earlier fault: an operator assigned and sent the ordered token, and the activation was accepted. */
    @Test
    void theOrderOfASuspendedHolderGoesOnAndCannotBeActivated() {
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        FakeAuthenticator token = stock(SERIAL);

        assertEquals(RegistrationStatus.SUSPENDED, suspend().status());
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));

        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
        assertAccepted(desk.resumeHolder(TARO, "all clear"));
        assertEquals(RegistrationStatus.ISSUED, status(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
    }

    @Test
    @Tag("R3.1")
    void aHolderWithNothingCanBeSuspended() {
        assertEquals(RegistrationStatus.SUSPENDED, suspend().status());
        assertFalse(tokens.registration(TARO).loginAsksForCode());
        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.orderHardware(TARO, Confirmation.NONE));

        assertAccepted(desk.resumeHolder(TARO, "all clear"));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
    }

    @Test
    @Tag("R3.3")
    void loginGoesOnAskingForACodeUntilTheHolderIsResumed() {
        FakePhone phone = activate(TARO);
        suspend();
        assertTrue(tokens.registration(TARO).loginAsksForCode());

        assertAccepted(desk.revoke(TARO, "the phone was stolen"));
        assertTrue(tokens.registration(TARO).loginAsksForCode());
        assertRefused(Refusal.HOLDER_SUSPENDED, login(TARO, phone.code()));

        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.OTHER, "still"));
        assertTrue(tokens.registration(TARO).loginAsksForCode());
        assertAccepted(desk.resumeHolder(TARO, "all clear"));
        assertFalse(tokens.registration(TARO).loginAsksForCode());
    }

    @Test
    void operatorsEndNoSuspensionByOtherActions() {
        FakePhone phone = issue(TARO);
        suspend();

        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertAccepted(desk.resume(TARO, "found it"));
        assertAccepted(desk.resetFactors(TARO, "asked to"));
        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.activateSoftware(TARO, code(phone.code())));
        assertAccepted(desk.revoke(TARO, "to be sure"));
        assertAccepted(desk.erase(TARO));
        assertRefused(Refusal.HOLDER_SUSPENDED, tokens.orderHardware(TARO, Confirmation.NONE));
        clock.advance(Duration.ofDays(365));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
    }

    @Test
    @Tag("R2.1")
    void resumingTheHolderResumesNoTokenAndResetsNoCounter() {
        FakePhone phone = activate(TARO);
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.wrongCode()));
        suspend();
        assertAccepted(desk.resumeHolder(TARO, "all clear"));
        assertRefused(Refusal.WRONG_CODE, 3, login(TARO, phone.wrongCode()));

        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        suspend();
        assertAccepted(desk.resumeHolder(TARO, "all clear"));
        assertRefused(Refusal.SUSPENDED, login(TARO, phone.code()));
        assertRefused(Refusal.NOT_SUSPENDED, desk.resumeHolder(TARO, "again"));
    }

    @Test
    void resumingATokenDoesNotResumeTheHolder() {
        FakePhone phone = activate(TARO);
        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "phoned in"));
        suspend();

        assertAccepted(desk.resume(TARO, "found it"));

        assertRefused(Refusal.HOLDER_SUSPENDED, login(TARO, phone.code()));
    }

    @Test
    void aNewReasonReplacesTheEarlierOne() {
        suspend();
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.OTHER, "a court order"));

        HolderSuspension suspension =
                store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().suspension();
        assertEquals(SuspensionReason.OTHER, requireNonNull(suspension).reason());
        assertEquals(OPERATOR, suspension.operator());
        assertEquals(List.of(EventType.HOLDER_SUSPENDED, EventType.HOLDER_SUSPENDED), history(TARO));
    }

    @ParameterizedTest
    @EnumSource
    void eachReasonIsForTokensOrForHolders(SuspensionReason why) {
        activate(TARO);
        if (why.isForHolders()) {
            assertAccepted(desk.suspendHolder(TARO, why, "in words"));
        } else {
            assertThrows(IllegalArgumentException.class, () -> desk.suspendHolder(TARO, why, "in words"));
        }
        if (why.isForTokens()) {
            assertAccepted(desk.suspend(TARO, why, "in words"));
        } else {
            assertThrows(IllegalArgumentException.class, () -> desk.suspend(TARO, why, "in words"));
        }
        assertTrue(why.isForHolders() || why.isForTokens() || why == SuspensionReason.TOO_MANY_FAILURES);
    }

    @Test
    @Tag("R4.8")
    void theHolderCannotCancelATokenThatAnOperatorSuspended() {
        assertNotNull(issue(TARO));
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));

        assertRefused(Refusal.SUSPENDED, tokens.cancel(TARO, Confirmation.NONE));
        assertAccepted(desk.resume(TARO, "found it"));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
    }

    @Test
    @Tag("R6.2")
    void theHolderCannotRevokeASuccessorAwayThatAnOperatorSuspended() {
        FakeAuthenticator old = activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(300));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
        stock(SERIAL_2);
        assertAccepted(desk.assign(TARO, SERIAL_2.value()));
        assertAccepted(desk.suspend(TARO, SERIAL_2, SuspensionReason.LOST, "lost in the mail"));
        clock.toNextStep(TotpProfile.BANK);

        assertRefused(Refusal.SUSPENDED, tokens.revoke(TARO, code(old.code())));
        assertAccepted(login(TARO, old.code()));
        assertNull(inUse(TARO).suspension());
    }

    @Test
    @Tag("R4.8")
    void theHolderCancelsATokenThatWrongCodesSuspended() {
        FakePhone phone = issue(TARO);
        for (int left = 4; left >= 0; left--) {
            assertRefused(Refusal.WRONG_CODE, left, tokens.activateSoftware(TARO, code(phone.wrongCode())));
        }
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));

        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
    }
}
