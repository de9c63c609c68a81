package dev.watchword.otp;

/**
 * How far from the expected time step a code may lie, past and future apart (RFC 6238 §5.2), and how far the token's clock
 * is known to have drifted (§6): the expected step is the one that the token's clock shows.
 *
 * @param past how many earlier steps are accepted, 0 to {@value #MAX}: what typing and the network take
 * @param future how many later steps are accepted, 0 to {@value #MAX}: what a token's fast clock takes
 * @param drift how many steps the token's clock is ahead; negative if it is behind. -{@value #MAX_DRIFT} to
 *     {@value #MAX_DRIFT}
 */
public record TotpWindow(int past, int future, int drift) {
    /** The greatest number of steps on either side. */
    public static final int MAX = 10;

    /** The greatest drift in steps, either way. */
    public static final int MAX_DRIFT = 10_000;

    /** One step on either side, the most that RFC 6238 §5.2 recommends. */
    public static final TotpWindow ONE_STEP = new TotpWindow(1, 1);

    /**
     * Creates a window.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public TotpWindow {
        if (past < 0 || past > MAX || future < 0 || future > MAX) {
            throw new IllegalArgumentException(
                    "past and future must be 0 to " + MAX + " steps, not " + past + " and " + future);
        }
        if (drift < -MAX_DRIFT || drift > MAX_DRIFT) {
            throw new IllegalArgumentException(
                    "drift must be -" + MAX_DRIFT + " to " + MAX_DRIFT + " steps, not " + drift);
        }
    }

    /**
     * Creates a window for a token without a known drift.
     *
     * @param past how many earlier steps are accepted, 0 to {@value #MAX}
     * @param future how many later steps are accepted, 0 to {@value #MAX}
     * @throws IllegalArgumentException if a value is out of range
     */
    public TotpWindow(int past, int future) {
        this(past, future, 0);
    }

    /**
     * Returns the same window for a token whose clock has drifted.
     *
     * @param newDrift how many steps the token's clock is ahead; negative if it is behind
     * @return the window around the step that the token's clock shows
     * @throws IllegalArgumentException if the drift is out of range
     */
    public TotpWindow withDrift(int newDrift) {
        return new TotpWindow(past, future, newDrift);
    }
}
