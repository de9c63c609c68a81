package dev.watchword.otp;

/**
 * The result of comparing a code. The comparison spends, stores and counts nothing. Immutable.
 *
 * <p>Only {@link Matched} means that the code is right. The caller MUST then record its step as spent. Until the caller
 * has done so, the same code can match again.
 */
public sealed interface Verification {

    /** The code belongs to no step that was compared. */
    Verification WRONG = new Wrong();

    /** The text is not a code. The secret was not used. */
    Verification MALFORMED = new Malformed();

    /**
     * The code is right and its step is not spent.
     *
     * @param step the moving factor of the code: a time step (TOTP) or a counter (HOTP). The caller MUST record it as
     *     spent
     * @param drift the number of steps after the step of the instant (TOTP) or after the next counter (HOTP). Negative
     *     if the step is earlier
     */
    record Matched(long step, int drift) implements Verification {}

    /**
     * The code belongs to a step that is already spent (RFC 6238 §5.2). In a resynchronisation, at least one of the
     * consecutive codes does.
     *
     * @param step the spent step. If several codes are spent, the step of the last one
     */
    record Replayed(long step) implements Verification {}

    /** The code belongs to no step that was compared. Use {@link #WRONG}. */
    record Wrong() implements Verification {}

    /** The text is not exactly as many ASCII digits as the profile says. Use {@link #MALFORMED}. */
    record Malformed() implements Verification {}
}
