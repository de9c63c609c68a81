package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.TotpProfile;

/** What moves a fob from code to code: time or events. */
public sealed interface SeedProfile {
    /**
     * A fob that counts time.
     *
     * @param profile the parameters of its codes
     * @param time the time step that its maker noted, counted from T0; 0 if none (Time in RFC 6030 §4.1)
     * @param drift by how many time steps its clock was found to be off; positive if it was fast (TimeDrift)
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
     * A fob that counts events.
     *
     * @param profile the parameters of its codes
     * @param counter the counter of its next code (Counter in RFC 6030 §4.1)
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
