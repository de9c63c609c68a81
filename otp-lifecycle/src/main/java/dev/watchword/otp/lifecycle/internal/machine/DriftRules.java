package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Duration;
import java.time.Instant;

/** The learned drift of a token, and the steps that it can have displayed (RFC 6238 §6). */
public final class DriftRules {
    /** The greatest drift that is learned, in time. */
    private static final Duration GREATEST = Duration.ofHours(1);

    private DriftRules() {}

    /** Limits a drift to the policy's cap and to one hour, in both directions. A HOTP token has no drift. */
    public static int capped(CodePolicy policy, OtpProfile profile, int drift) {
        int cap = cap(policy, profile);
        return Math.max(-cap, Math.min(cap, drift));
    }

    /** Limits the drift of a code state. */
    static CodeState capped(CodePolicy policy, OtpProfile profile, CodeState codes) {
        return new CodeState(codes.lastStep(), capped(policy, profile, codes.drift()));
    }

    private static int cap(CodePolicy policy, OtpProfile profile) {
        return profile instanceof TotpProfile totp
                ? (int) Math.min(
                        policy.driftCap(),
                        GREATEST.toSeconds() / totp.timeStep().toSeconds())
                : 0;
    }

    /**
     * Returns the last time step that a token with a known drift can have had accepted before an instant. The codes of a slow
     * clock are also accepted around the server's step.
     */
    static long lastStepAccepted(CodePolicy policy, TotpProfile profile, int drift, Instant before) {
        return profile.stepAt(before)
                + Math.max(0, capped(policy, profile, drift))
                + policy.window().future();
    }

    /**
     * Returns the last time step that can have been accepted before an instant, with any learned drift, also as the
     * token's first code.
     */
    static long lastStepAccepted(CodePolicy policy, TotpProfile profile, Instant before) {
        int future =
                Math.max(policy.window().future(), policy.activationWindow().future());
        return profile.stepAt(before) + cap(policy, profile) + future;
    }

    /** Returns the first instant at which a right token displays a code that a floor does not exclude. */
    public static Instant displaysAfter(CodePolicy policy, TotpProfile profile, Instant floor) {
        return profile.startOf(lastStepAccepted(policy, profile, floor) + 1);
    }
}
