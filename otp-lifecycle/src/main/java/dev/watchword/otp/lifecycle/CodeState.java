package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;

/**
 * How far the codes of a token have been accepted. Immutable.
 *
 * @param lastStep the last time step that was accepted, or {@link Totp#NO_STEP}; no step up to it is ever accepted again
 * @param drift by how many time steps its clock was found to be off, positive if it is fast; at most
 *     {@link TotpWindow#MAX_DRIFT} either way
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
}
