package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Token;
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
     * Returns the learned drift of a token in the time steps of its signing suite, because one clock shows the codes and signs. It
     * depends on the instant, because the time steps of codes and of the suite can have different lengths. A HOTP token has no drift.
     */
    public static int inSteps(CodePolicy policy, Token token, Duration step, Instant now) {
        Duration ahead = inTime(
                token.profile(), capped(policy, token.profile(), token.codes().drift()));
        return Math.toIntExact(stepAt(now.plus(ahead), step) - stepAt(now, step));
    }

    private static Duration inTime(OtpProfile profile, int drift) {
        return profile instanceof TotpProfile totp ? totp.timeStep().multipliedBy(drift) : Duration.ZERO;
    }

    private static long stepAt(Instant instant, Duration step) {
        return Math.floorDiv(instant.getEpochSecond(), step.toSeconds());
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

    /** Returns the last time step of a signing suite that can have been accepted before an instant, with any learned drift. */
    static long lastStepAccepted(CodePolicy policy, OtpProfile profile, Duration step, Instant before) {
        Duration greatest = inTime(profile, cap(policy, profile));
        return stepAt(before.plus(greatest), step) + policy.window().future();
    }

    /** Returns the first instant at which a right token displays a code that a floor does not exclude. */
    public static Instant displaysAfter(CodePolicy policy, TotpProfile profile, Instant floor) {
        return profile.startOf(lastStepAccepted(policy, profile, floor) + 1);
    }
}
