package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

/**
 * The counters and the time steps that a verifier of OCRA responses accepts. Every verification computes one HMAC for
 * each pair of an accepted counter and an accepted time step. Immutable.
 *
 * @param lookAhead the number of counters that are accepted after the next one, 0 to {@value Hotp#MAX_LOOK_AHEAD}. MUST
 *     be 0 for a suite without a counter
 * @param steps the accepted time steps. MUST be those of {@link #EXACT} for a suite without a timestamp
 */
public record OcraWindow(int lookAhead, TotpWindow steps) {
    private static final TotpWindow ONE = new TotpWindow(0, 0);

    /** Exactly the counter and the time step of the input. A suite with neither accepts only this window. */
    public static final OcraWindow EXACT = new OcraWindow(0, ONE);

    /**
     * Creates a window.
     *
     * @throws IllegalArgumentException if the look-ahead is out of range
     */
    public OcraWindow {
        if (lookAhead < 0 || lookAhead > Hotp.MAX_LOOK_AHEAD) {
            throw new IllegalArgumentException("lookAhead must be 0 to " + Hotp.MAX_LOOK_AHEAD + ", not " + lookAhead);
        }
        requireNonNull(steps, "steps");
    }

    /**
     * Returns a window with another look-ahead.
     *
     * @param newLookAhead the number of counters that are accepted after the next one, 0 to {@value
     *     Hotp#MAX_LOOK_AHEAD}
     * @return the window
     * @throws IllegalArgumentException if the look-ahead is out of range
     */
    public OcraWindow withLookAhead(int newLookAhead) {
        return new OcraWindow(newLookAhead, steps);
    }

    /**
     * Returns a window with other time steps.
     *
     * @param newSteps the time steps, and the drift of the device's clock, counted in time steps of the suite
     * @return the window
     */
    public OcraWindow withSteps(TotpWindow newSteps) {
        return new OcraWindow(lookAhead, newSteps);
    }

    /** Rejects a tolerance for an input that the suite does not have. */
    void requireFor(OcraSuite suite) {
        if (lookAhead > 0 && !suite.hasCounter()) {
            throw new IllegalArgumentException("The suite " + suite + " has no counter; lookAhead must be 0");
        }
        if (!steps.equals(ONE) && !suite.hasTime()) {
            throw new IllegalArgumentException(
                    "The suite " + suite + " has no timestamp; the window must not have other steps or a drift");
        }
    }
}
