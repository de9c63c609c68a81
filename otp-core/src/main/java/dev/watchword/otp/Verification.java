package dev.watchword.otp;

/**
 * What comparing a code found. A value: nothing was spent, stored or counted by it.
 *
 * <p>Only {@link Matched} means that the code is right; and it is spent only when the caller has recorded its step so
 * that it can never match again.
 */
public sealed interface Verification {

    /** The code is none that the window holds. */
    Verification WRONG = new Wrong();

    /** The text is not a code at all; the secret was not touched. */
    Verification MALFORMED = new Malformed();

    /**
     * The code is right and its step is not spent.
     *
     * @param step the moving factor that made the code: TOTP's time step, HOTP's counter. To be recorded as spent
     * @param drift how many steps it lies after the expected one; negative before it
     */
    record Matched(long step, int drift) implements Verification {}

    /**
     * The code belongs to a step that is already spent (RFC 6238 §5.2).
     *
     * @param step the spent step
     */
    record Replayed(long step) implements Verification {}

    /** The code is none that the window holds. Use {@link #WRONG}. */
    record Wrong() implements Verification {}

    /** The text is not exactly the profile's number of ASCII digits. Use {@link #MALFORMED}. */
    record Malformed() implements Verification {}
}
