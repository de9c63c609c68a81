package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ceiling that no resumption resets, the growing delay, and the tokens that a suspension concerns. */
class LockTest extends InstitutionFixture {

    @Test
    @Tag("R2.6")
    void endsAfterAHundredWrongCodesDespiteResumptions() {
        FakePhone phone = activate(TARO);
        for (int wrong = 1; wrong <= 100; wrong++) {
            assertRefused(Refusal.WRONG_CODE, login(TARO, phone.wrongCode()));
            if (wrong % 5 == 0 && wrong < 100) {
                assertAccepted(desk.resume(TARO, "identity proven at the counter"));
            }
        }

        assertRefused(Refusal.CEILING_REACHED, 0, desk.resume(TARO, "again"));
        assertRefused(Refusal.SUSPENDED, 0, login(TARO, phone.code()));
        assertAccepted(desk.revoke(TARO, "to be replaced"));
        follow(TestInstitution.POLICY.withSoftware(
                SoftwarePolicy.BANK.toBuilder().lifetime(Duration.ofDays(9)).build()));
        clock.advance(Duration.ofDays(1));
        assertAccepted(login(TARO, activate(TARO).code()));
    }

    @Test
    @Tag("R2.6")
    void theCeilingIsReachedBeforeTheLimitToo() {
        follow(TestInstitution.POLICY.withLock(
                LockPolicy.builder().failureLimit(5).failureCeiling(7).build()));
        FakePhone phone = activate(TARO);
        for (int i = 0; i < 5; i++) {
            assertRefused(Refusal.WRONG_CODE, login(TARO, phone.wrongCode()));
        }
        assertAccepted(desk.resume(TARO, "identity proven"));

        assertRefused(Refusal.WRONG_CODE, 1, login(TARO, phone.wrongCode()));
        assertRefused(Refusal.WRONG_CODE, 0, login(TARO, phone.wrongCode()));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
        assertRefused(Refusal.CEILING_REACHED, desk.resume(TARO, "again"));
    }

    @Test
    @Tag("R2.6")
    void anAcceptedCodeResetsTheCeiling() {
        follow(TestInstitution.POLICY.withLock(
                LockPolicy.builder().failureLimit(5).failureCeiling(7).build()));
        FakePhone phone = activate(TARO);
        for (int i = 0; i < 4; i++) {
            assertRefused(Refusal.WRONG_CODE, login(TARO, phone.wrongCode()));
        }
        assertAccepted(login(TARO, phone.code()));

        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.wrongCode()));
    }

    @Test
    @Tag("R2.8")
    void aDelayGrowsFromOneWrongCodeToTheNext() {
        follow(TestInstitution.POLICY.withLock(LockPolicy.STANDARD.toBuilder()
                .firstDelay(Duration.ofSeconds(30))
                .greatestDelay(Duration.ofSeconds(100))
                .build()));
        FakePhone phone = activate(TARO);
        int left = 4;
        for (int seconds : List.of(30, 60, 100, 100)) {
            assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
            clock.advance(Duration.ofSeconds(seconds).minusNanos(1000));

            Refused<?> tooSoon = refused(login(TARO, phone.code()));
            assertEquals(Refusal.TOO_SOON, tooSoon.refusal());
            assertEquals(OptionalInt.of(left), tooSoon.triesLeft());
            clock.advance(Duration.ofNanos(1000));
            assertEquals(
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    tooSoon.notBefore().orElseThrow());
            left--;
        }
        assertAccepted(login(TARO, phone.code()));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    @Tag("R2.8")
    void aResumptionEndsTheDelay() {
        follow(TestInstitution.POLICY.withLock(LockPolicy.STANDARD.toBuilder()
                .firstDelay(Duration.ofHours(1))
                .greatestDelay(Duration.ofHours(1))
                .build()));
        FakePhone phone = activate(TARO);
        assertRefused(Refusal.WRONG_CODE, login(TARO, phone.wrongCode()));
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertAccepted(desk.resume(TARO, "found it"));

        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    @Tag("R2.4")
    @Tag("R2.3")
    void suspendsAndResumesBothTokensOrOne() {
        FakeAuthenticator old = activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(300));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
        stock(SERIAL_2);
        assertAccepted(desk.assign(TARO, SERIAL_2.value()));

        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "asked by the branch"));
        assertEquals(SuspensionReason.STOLEN, reason(inUse(TARO)));
        assertEquals(SuspensionReason.STOLEN, reason(pending(TARO).token()));
        assertAccepted(desk.resume(TARO, SERIAL_2, "only the old one"));
        assertNull(reason(pending(TARO).token()));
        assertEquals(SuspensionReason.STOLEN, reason(inUse(TARO)));
        assertRefused(Refusal.NOT_SUSPENDED, desk.resume(TARO, SERIAL_2, "again"));
        assertAccepted(desk.resume(TARO, "all clear"));
        assertNull(reason(inUse(TARO)));
        assertAccepted(desk.suspend(TARO, SERIAL, SuspensionReason.LOST, "phoned in"));
        assertNull(reason(pending(TARO).token()));
        assertRefused(
                Refusal.NO_TOKEN, desk.suspend(TARO, new SerialNumber("99999999"), SuspensionReason.LOST, "phoned in"));
    }

    private static @Nullable SuspensionReason reason(@Nullable TokenInfo info) {
        Suspension suspension = Objects.requireNonNull(info).suspension();
        return suspension == null ? null : suspension.reason();
    }

    @Test
    @Tag("R2.4")
    @Tag("R5.3")
    void anotherTokensSuspensionDoesNotStopTheSuccessor() {
        FakeAuthenticator old = activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(300));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
        FakeAuthenticator shown = stock(SERIAL_2);
        assertAccepted(desk.assign(TARO, SERIAL_2.value()));
        assertAccepted(desk.send(TARO));
        assertAccepted(desk.suspend(TARO, SERIAL, SuspensionReason.LOST, "phoned in"));

        assertAccepted(tokens.activateHardware(TARO, SERIAL_2.value(), code(shown.code())));
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
    }

    @Test
    @Tag("R2.5")
    void chargesWrongCodesOnRenewalAndResynchronisation() {
        FakeAuthenticator shown = activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(300));
        assertRefused(Refusal.WRONG_CODE, 4, tokens.renewHardware(TARO, code(shown.wrongCode())));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.resynchronise(TARO, shown.wrongCode(1), shown.wrongCode(2)));
        assertRefused(Refusal.WRONG_CODE, 2, tokens.revoke(TARO, code(shown.wrongCode())));
    }
}
