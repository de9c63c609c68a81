package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.TotpProfile;

/** The parameters and the current moving factor of a hardware token: TOTP or HOTP. Immutable. */
public sealed interface SeedProfile {
    /**
     * A TOTP token.
     *
     * @param profile the parameters of its codes
     * @param time the time step that the manufacturer recorded, counted from T0; 0 if unknown ({@code Time} in RFC 6030
     *     §4.1)
     * @param drift the measured drift of its clock in time steps; positive if the clock is fast ({@code TimeDrift})
     */
    record ForTotp(TotpProfile profile, long time, int drift) implements SeedProfile {
        /**
         * Creates the profile.
         *
         * @throws IllegalArgumentException if the time is negative
         */
        public ForTotp {
            requireNonNull(profile, "profile");
            if (time < 0) {
                throw new IllegalArgumentException("time must not be negative");
            }
        }
    }

    /**
     * A HOTP token.
     *
     * @param profile the parameters of its codes
     * @param counter the counter of its next code, from 0 ({@code Counter} in RFC 6030 §4.1)
     */
    record ForHotp(HotpProfile profile, long counter) implements SeedProfile {
        /**
         * Creates the profile.
         *
         * @throws IllegalArgumentException if the counter is negative
         */
        public ForHotp {
            requireNonNull(profile, "profile");
            if (counter < 0) {
                throw new IllegalArgumentException("counter must not be negative");
            }
        }
    }
}
