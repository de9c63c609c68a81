package dev.watchword.otp;

/**
 * The time steps that a verifier accepts (RFC 6238 §5.2). The window surrounds the expected step, which is the step
 * that the token's clock shows. The known drift of that clock (RFC 6238 §6) places the expected step. Immutable.
 *
 * @param past the number of accepted steps before the expected one, 0 to {@value #MAX}. They allow for typing and
 *     network delay
 * @param future the number of accepted steps after the expected one, 0 to {@value #MAX}. They allow for a fast clock of
 *     the token
 * @param drift the number of steps that the token's clock is ahead, -{@value #MAX_DRIFT} to {@value #MAX_DRIFT}. A slow
 *     clock has a negative drift
 */
public record TotpWindow(int past, int future, int drift) {
    /** The largest number of accepted steps on either side. */
    public static final int MAX = 10;

    /** The largest drift in steps, in either direction. */
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
     * @param past the number of accepted steps before the expected one, 0 to {@value #MAX}
     * @param future the number of accepted steps after the expected one, 0 to {@value #MAX}
     * @throws IllegalArgumentException if a value is out of range
     */
    public TotpWindow(int past, int future) {
        this(past, future, 0);
    }

    /**
     * Returns a window of the same width for a token with another drift.
     *
     * @param newDrift the number of steps that the token's clock is ahead, -{@value #MAX_DRIFT} to {@value #MAX_DRIFT}.
     *     A slow clock has a negative drift
     * @return the window around the step that the token's clock shows
     * @throws IllegalArgumentException if the drift is out of range
     */
    public TotpWindow withDrift(int newDrift) {
        return new TotpWindow(past, future, newDrift);
    }
}
