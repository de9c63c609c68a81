package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Hotp;

/**
 * How many codes a token that counts events may have shown without their having been entered (RFC 4226 §7.4). Immutable.
 *
 * @param atLogin how many at every code, 0 to {@link Hotp#MAX_LOOK_AHEAD}
 * @param atActivation how many at the first code, when it comes from a drawer; at least as many
 * @param toResynchronise how many when two codes in a row are given, 1 to {@link Hotp#MAX_RESYNCHRONISATION}
 */
public record LookAhead(int atLogin, int atActivation, int toResynchronise) {
    /** Ten, fifty at the first code, two hundred to resynchronise. */
    public static final LookAhead STANDARD = new LookAhead(10, 50, 200);

    /**
     * Creates a look-ahead.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public LookAhead {
        Require.range(atLogin, "atLogin", 0, Hotp.MAX_LOOK_AHEAD, "RFC 4226 §7.4");
        Require.range(atActivation, "atActivation", atLogin, Hotp.MAX_LOOK_AHEAD, "at least atLogin");
        Require.range(toResynchronise, "toResynchronise", 1, Hotp.MAX_RESYNCHRONISATION, "RFC 4226 §7.4");
    }
}
