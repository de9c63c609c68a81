package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;

/**
 * The last accepted moving factor of a token, and its learned drift. Immutable.
 *
 * @param lastStep the last accepted moving factor. For a TOTP token: a time step, or {@link Totp#NO_STEP} before the first
 *     accepted code. For a HOTP token: a counter, or the counter before the first one, from -1. No code up to this moving
 *     factor is accepted again
 * @param drift the clock drift of a TOTP token in time steps, positive if its clock is fast, at most
 *     {@link TotpWindow#MAX_DRIFT} in either direction; 0 for a HOTP token
 */
public record CodeState(long lastStep, int drift) {
    /** The state of a TOTP token before its first accepted code, without drift. */
    public static final CodeState NEW = new CodeState(Totp.NO_STEP, 0);

    /**
     * Creates a state from stored values.
     *
     * @throws IllegalArgumentException if the drift is out of range
     */
    public CodeState {
        if (Math.abs((long) drift) > TotpWindow.MAX_DRIFT) {
            throw new IllegalArgumentException(
                    "drift must be " + -TotpWindow.MAX_DRIFT + " to " + TotpWindow.MAX_DRIFT + ", not " + drift);
        }
    }

    /**
     * Returns the state of a HOTP token before its first accepted code.
     *
     * @param counter the counter of its next code, from 0
     * @return the state
     * @throws IllegalArgumentException if the counter is negative
     */
    public static CodeState ofNextCounter(long counter) {
        if (counter < 0) {
            throw new IllegalArgumentException("counter must be 0 or more, not " + counter);
        }
        return new CodeState(counter - 1, 0);
    }

    /**
     * Checks that a token with a given profile can have this state.
     *
     * @param profile the parameters of the token's codes
     * @throws IllegalArgumentException if the profile is HOTP and this state has a drift or a counter below -1
     */
    public void requireFits(OtpProfile profile) {
        if (profile instanceof HotpProfile && (drift != 0 || lastStep < -1)) {
            throw new IllegalArgumentException("A HOTP token must have drift 0 and counters from 0, not " + this);
        }
    }
}
