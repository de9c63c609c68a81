package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Instant;

/** The learned drift of a token, and the steps that it can have displayed (RFC 6238 §6). */
public final class DriftRules {
    private DriftRules() {}

    /** Limits a drift to the policy's cap, in both directions. */
    public static int capped(CodePolicy policy, int drift) {
        return Math.max(-policy.driftCap(), Math.min(policy.driftCap(), drift));
    }

    /** Limits the drift of a code state to the policy's cap. */
    static CodeState capped(CodePolicy policy, CodeState codes) {
        return new CodeState(codes.lastStep(), capped(policy, codes.drift()));
    }

    /** Returns the last time step that a token can have displayed, and had accepted, before an instant. */
    static long lastStepShown(CodePolicy policy, Token token, TotpProfile profile, Instant before) {
        TotpWindow reach = token.state() == TokenState.ACTIVE ? policy.window() : policy.activationWindow();
        return profile.stepAt(before) + capped(policy, token.codes().drift()) + reach.future();
    }
}
