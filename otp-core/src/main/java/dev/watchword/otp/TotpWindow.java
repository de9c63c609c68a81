package dev.watchword.otp;

/**
 * How far from the expected time step a code may lie, past and future apart (RFC 6238 §5.2).
 *
 * @param past how many earlier steps are accepted, 0 to {@value #MAX}: what typing and the network take
 * @param future how many later steps are accepted, 0 to {@value #MAX}: what a token's fast clock takes
 */
public record TotpWindow(int past, int future) {
    /** The greatest number of steps on either side. */
    public static final int MAX = 10;

    /** One step on either side, the most that RFC 6238 §5.2 recommends. */
    public static final TotpWindow ONE_STEP = new TotpWindow(1, 1);

    /**
     * Creates a window.
     *
     * @throws IllegalArgumentException if a side is negative or greater than {@value #MAX}
     */
    public TotpWindow {
        if (past < 0 || past > MAX || future < 0 || future > MAX) {
            throw new IllegalArgumentException(
                    "past and future must be 0 to " + MAX + " steps, not " + past + " and " + future);
        }
    }
}
