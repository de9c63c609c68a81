package dev.watchword.otp.lifecycle;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;

/**
 * How far the codes of a token have been accepted. Immutable.
 *
 * @param lastStep the last moving factor that was accepted: a time step, or {@link Totp#NO_STEP}; of a token that counts
 *     events, the counter, or the one before its first, from -1. None up to it is ever accepted again
 * @param drift by how many time steps its clock was found to be off, positive if it is fast; at most
 *     {@link TotpWindow#MAX_DRIFT} either way, and 0 for a token that counts events
 */
public record CodeState(long lastStep, int drift) {
    /** No code was accepted yet. */
    public static final CodeState NEW = new CodeState(Totp.NO_STEP, 0);

    /**
     * Creates a state from what a store kept.
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
     * Returns the state of a token that counts events and whose codes were not accepted yet.
     *
     * @param counter the counter of its next code, from 0
     * @return the state
     * @throws IllegalArgumentException if the counter is negative
     */
    public static CodeState ofNextCounter(long counter) {
        if (counter < 0) {
            throw new IllegalArgumentException("counter must not be negative, but is " + counter);
        }
        return new CodeState(counter - 1, 0);
    }

    /**
     * Refuses what a token of a profile cannot have.
     *
     * @param profile the parameters of the token's codes
     * @throws IllegalArgumentException if it counts events, and this is a drift, or a counter below -1
     */
    public void requireFits(OtpProfile profile) {
        if (profile instanceof HotpProfile && (drift != 0 || lastStep < -1)) {
            throw new IllegalArgumentException(
                    "A token that counts events has no drift, and counters from 0, not " + this);
        }
    }
}
