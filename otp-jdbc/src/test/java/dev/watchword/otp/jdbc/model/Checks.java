package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks that are made in order, up to the first refusal. */
final class Checks {
    private Checks() {}

    /** A check. It returns its refusal, or null. */
    @FunctionalInterface
    interface Check {
        @Nullable
        Refusal refusal();
    }

    /** Returns the first refusal, or null. The checks after it are not made, because they may count a failure. */
    static @Nullable Refusal firstOf(Check... checks) {
        for (Check check : checks) {
            Refusal refusal = check.refusal();
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** Returns a refusal if its condition is met, and otherwise null. */
    static @Nullable Refusal refuseIf(boolean condition, Refusal refusal) {
        return condition ? refusal : null;
    }
}
