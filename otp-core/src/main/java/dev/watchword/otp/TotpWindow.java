package dev.watchword.otp;

/**
 * The time steps that a verifier accepts (RFC 6238 §5.2). The window surrounds two steps: the step of the verifier's
 * clock, and the expected step, which is that step plus the known drift of the token's clock (RFC 6238 §6). A drift can
 * be learned wrongly, from codes that were typed late or from codes that were verified while the verifier's clock was
 * wrong. The steps around the verifier's step therefore stay accepted, and a learned drift never locks out a token whose
 * clock is right. Immutable.
 *
 * @param past the number of accepted steps before each of the two steps, 0 to {@value #MAX}. They allow for typing and
 *     network delay
 * @param future the number of accepted steps after each of the two steps, 0 to {@value #MAX}. They allow for a fast
 *     clock of the token
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
     * @return the window around the verifier's step and around the step that the token's clock shows
     * @throws IllegalArgumentException if the drift is out of range
     */
    public TotpWindow withDrift(int newDrift) {
        return new TotpWindow(past, future, newDrift);
    }

    /**
     * Returns the number of distinct steps that a code is compared with. A wrong code costs one HMAC for each of these
     * steps. A guess of {@code d} digits is right with a probability of about {@code steps() / 10^d}.
     *
     * @return {@code past + future + 1} without a drift, and at most twice as many with one
     */
    public int steps() {
        if (drift == 0) {
            return past + future + 1;
        }
        int earliest = Math.max(drift - past, -MAX_DRIFT);
        int latest = Math.min(drift + future, MAX_DRIFT);
        return latest - earliest + 1 + remainingSteps();
    }

    /**
     * Returns the number of steps around the verifier's step that are not around the expected step. They have no gap.
     */
    int remainingSteps() {
        return Math.min(past + future + 1, Math.abs(drift));
    }

    /** Returns the earliest of the {@link #remainingSteps}, relative to the verifier's step. */
    int firstRemaining() {
        return drift > 0 ? -past : future - remainingSteps() + 1;
    }

    /**
     * Returns the {@link #steps} that are compared, relative to the verifier's step. The expected step comes first. Its
     * neighbours follow, the earlier one of each distance first. The steps around the verifier's step come last.
     */
    int[] order() {
        int[] order = new int[steps()];
        int next = 0;
        for (int distance = 0; distance <= Math.max(past, future); distance++) {
            if (distance <= past && drift - distance >= -MAX_DRIFT) {
                order[next++] = drift - distance;
            }
            if (distance > 0 && distance <= future && drift + distance <= MAX_DRIFT) {
                order[next++] = drift + distance;
            }
        }
        for (int step = firstRemaining(); next < order.length; step++) {
            order[next++] = step;
        }
        return order;
    }
}
