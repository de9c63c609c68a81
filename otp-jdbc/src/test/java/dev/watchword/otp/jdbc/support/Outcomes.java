package dev.watchword.otp.jdbc.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import org.jspecify.annotations.Nullable;

/** Assertions on outcomes. */
public final class Outcomes {
    private Outcomes() {}

    /** Returns the reason of a refusal, or {@code null} for an accepted outcome. */
    public static @Nullable Refusal refusal(Outcome<?> outcome) {
        return outcome.fold(accepted -> null, Refused::refusal);
    }

    public static void assertAccepted(Outcome<?> outcome) {
        assertTrue(outcome.isAccepted(), outcome::toString);
    }

    public static void assertRefused(Refusal expected, Outcome<?> outcome) {
        assertEquals(expected, refusal(outcome), outcome::toString);
    }
}
