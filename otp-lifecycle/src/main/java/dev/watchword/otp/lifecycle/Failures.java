package dev.watchword.otp.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The wrong codes that were charged to a token. Immutable.
 *
 * @param inARow how many since the last accepted code or resumption
 * @param sinceAccepted how many since the last accepted code, whatever was resumed in between
 * @param lastAt when the last one was; {@code null} if there is none since the last accepted code
 */
public record Failures(
        int inARow, int sinceAccepted, @Nullable Instant lastAt) {
    /** No wrong code. */
    public static final Failures NONE = new Failures(0, 0, null);

    /**
     * Creates failures from what a store kept.
     *
     * @throws IllegalArgumentException if the numbers contradict each other
     */
    public Failures {
        if (inARow < 0 || inARow > sinceAccepted || (sinceAccepted == 0) != (lastAt == null)) {
            throw new IllegalArgumentException("Failures: " + inARow + " in a row of " + sinceAccepted
                    + " since the last accepted code, the last one " + lastAt);
        }
    }

    Failures oneMore(Instant at) {
        return new Failures(inARow + 1, sinceAccepted + 1, at);
    }

    Failures resumed() {
        return new Failures(0, sinceAccepted, lastAt);
    }
}
