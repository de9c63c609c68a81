package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import java.time.Instant;

/**
 * Which codes an institution accepts. Immutable.
 *
 * @param profile the parameters of the software tokens that it issues; a hardware token brings its own
 * @param window how far from the expected time step a code may lie; its own drift must be 0, since each token's is learned; unless the drift cap is 0
 *     it reaches as far ahead as back
 * @param activationWindow the same for the first code of a hardware token, which may have lain in a drawer; at least as
 *     wide, and its own drift must be 0 too
 * @param driftCap beyond how many time steps no clock is followed, 0 to {@link TotpWindow#MAX_DRIFT}
 * @param resynchronisationRange how many time steps either way two codes in a row are looked for, 1 to the drift cap, or
 *     0 where nobody may resynchronise
 * @param lookAhead how many codes a fob that counts events may have shown that were not entered
 */
public record CodePolicy(
        TotpProfile profile,
        TotpWindow window,
        TotpWindow activationWindow,
        int driftCap,
        int resynchronisationRange,
        LookAhead lookAhead) {
    /** A bank's: 8 digits, 60 seconds, one step either side, ten at a fob's first code, twenty to resynchronise. */
    public static final CodePolicy BANK =
            new CodePolicy(TotpProfile.BANK, TotpWindow.ONE_STEP, new TotpWindow(10, 10), 20, 20, LookAhead.STANDARD);

    /** For authenticator apps: 6 digits, 30 seconds, one step either side, no resynchronisation. */
    public static final CodePolicy AUTHENTICATOR_APP = new CodePolicy(
            TotpProfile.AUTHENTICATOR_APP, TotpWindow.ONE_STEP, TotpWindow.ONE_STEP, 2, 0, LookAhead.STANDARD);

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public CodePolicy {
        requireNonNull(profile, "profile");
        if (window.drift() != 0 || activationWindow.drift() != 0) {
            throw new IllegalArgumentException(
                    "window and activationWindow must have drift 0: the drift of each token is learned (RFC 6238 §6)");
        }
        if (activationWindow.past() < window.past() || activationWindow.future() < window.future()) {
            throw new IllegalArgumentException("activationWindow must be at least as wide as window");
        }
        if (window.future() < window.past() && driftCap > 0) {
            throw new IllegalArgumentException(
                    "window must reach as far ahead as back, or driftCap be 0: a code that is"
                            + " entered late is taken for a slow clock (RFC 6238 §6)");
        }
        Require.range(driftCap, "driftCap", 0, TotpWindow.MAX_DRIFT, "RFC 6238 §6");
        Require.range(resynchronisationRange, "resynchronisationRange", 0, driftCap, "at most the driftCap");
        requireNonNull(lookAhead, "lookAhead");
    }

    /**
     * Returns this policy for other codes.
     *
     * @param newProfile the parameters of the software tokens to be issued
     * @return a policy that is otherwise the same
     */
    public CodePolicy withProfile(TotpProfile newProfile) {
        return new CodePolicy(newProfile, window, activationWindow, driftCap, resynchronisationRange, lookAhead);
    }

    /** The same, with no more drift than may be learned. */
    CodeState capped(CodeState codes) {
        return new CodeState(codes.lastStep(), capped(codes.drift()));
    }

    /** The last step that a token can have shown, and had accepted, before an instant. */
    long lastStepShown(Token token, TotpProfile shown, Instant before) {
        TotpWindow reach = token.state() == TokenState.ACTIVE ? window : activationWindow;
        return shown.stepAt(before) + capped(token.codes().drift()) + reach.future();
    }

    /** How far a drift may be learned. */
    int capped(int drift) {
        return Math.max(-driftCap, Math.min(driftCap, drift));
    }
}
