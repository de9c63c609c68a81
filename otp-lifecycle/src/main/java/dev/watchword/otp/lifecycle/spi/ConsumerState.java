package dev.watchword.otp.lifecycle.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state of a consumer of the event feed. Immutable. */
public final class ConsumerState {
    private final @Nullable Instant pausedUntil;

    private ConsumerState(@Nullable Instant pausedUntil) {
        this.pausedUntil = pausedUntil;
    }

    /**
     * Creates the value.
     *
     * @param pausedUntil the instant until which the consumer receives no events, possibly in the past; {@code null} without a
     *     pause
     * @return the value
     */
    public static ConsumerState of(@Nullable Instant pausedUntil) {
        return new ConsumerState(pausedUntil);
    }

    /** {@return the instant until which the consumer receives no events, possibly in the past; {@code null} without a pause} */
    public @Nullable Instant pausedUntil() {
        return pausedUntil;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ConsumerState that && Objects.equals(pausedUntil, that.pausedUntil));
    }

    @Override
    public int hashCode() {
        return Objects.hash(pausedUntil);
    }

    @Override
    public String toString() {
        return "ConsumerState[pausedUntil=" + pausedUntil + "]";
    }
}
