package dev.watchword.otp.lifecycle;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A token whose clock is right is accepted, although a wrong drift was learned from its codes or from the server's
 * clock.
 */
@Tag("R1.4")
class RightClockTest extends InstitutionFixture {
    /** The policies for which the library has constants. */
    @SuppressWarnings("ImmutableEnumChecker") // a policy is immutable
    enum Preset {
        BANK(CodePolicy.BANK),
        AUTHENTICATOR_APP(CodePolicy.AUTHENTICATOR_APP);

        private final CodePolicy codes;

        Preset(CodePolicy codes) {
            this.codes = codes;
        }
    }

    private FakeAuthenticator active(Preset preset) {
        follow(TestInstitution.POLICY.withCodes(preset.codes));
        FakeAuthenticator shown = activate(TARO).authenticator();
        clock.advance(Duration.ofHours(1));
        return shown;
    }

    private void assertAcceptedAtOnce(Preset preset, FakeAuthenticator shown) {
        for (int login = 0; login < 5; login++) {
            clock.advance(Duration.ofHours(1));
            assertAccepted(login(TARO, shown.code()));
            clock.toNextStep(preset.codes.profile());
            assertAccepted(login(TARO, shown.code()));
        }
    }

    /** A code that is typed late looks like a slow clock. */
    @ParameterizedTest
    @EnumSource
    void codesThatAreTypedLateDoNotLockOut(Preset preset) {
        TotpProfile profile = preset.codes.profile();
        FakeAuthenticator shown = active(preset);
        String left = shown.code();
        clock.toNextStep(profile);
        clock.advance(Duration.ofSeconds(1));
        assertAccepted(login(TARO, left));

        clock.advance(Duration.ofHours(1));
        left = shown.code();
        clock.toNextStep(profile);
        clock.advance(profile.timeStep().plusSeconds(1));
        assertAccepted(login(TARO, left));

        assertAcceptedAtOnce(preset, shown);
    }

    /** The phone is right, and the server's clock is ahead by more at every login. */
    @ParameterizedTest
    @EnumSource
    void aClockThatCreptAndWasCorrectedDoesNotLockOut(Preset preset) {
        FakeAuthenticator phone = active(preset);
        for (int sign : new int[] {1, -1}) {
            for (int crept = 75; crept <= 150; crept += 25) {
                Instant right = clock.instant().plus(Duration.ofDays(1));
                for (int ahead = 15; ahead <= crept; ahead += 15) {
                    right = right.plus(Duration.ofMinutes(10));
                    clock.set(right);
                    String shown = phone.code();
                    clock.set(right.plusSeconds((long) sign * ahead));
                    assertAccepted(login(TARO, shown));
                }
                clock.set(right.plus(Duration.ofMinutes(10)));

                assertAcceptedAtOnce(preset, phone);
            }
        }
    }

    /** Between the two windows, and outside of them, no code is accepted. */
    @ParameterizedTest
    @EnumSource
    void refusesEveryOtherClock(Preset preset) {
        FakeAuthenticator shown = active(preset);
        for (int drift = -1; drift >= -6; drift--) {
            shown.drift(drift);
            clock.advance(Duration.ofHours(1));
            assertAccepted(login(TARO, shown.code()));
        }
        clock.advance(Duration.ofHours(1));
        for (int drift : new int[] {-8, -4, -2, 2}) {
            shown.drift(drift);
            assertRefused(Refusal.WRONG_CODE, login(TARO, shown.code()));
        }
        shown.drift(-7);
        assertAccepted(login(TARO, shown.code()));
    }
}
