package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The expiry of a hardware token whose file states none. Immutable. */
public final class MissingExpiry {
    /** A token without expiry is a bad record. */
    public static final MissingExpiry REFUSED = new MissingExpiry(null, null);

    private final @Nullable Instant instant;
    private final @Nullable Duration lifetime;

    private MissingExpiry(@Nullable Instant instant, @Nullable Duration lifetime) {
        this.instant = instant;
        this.lifetime = lifetime;
    }

    /**
     * Returns an expiry that is the same for all tokens.
     *
     * @param instant the first instant at which the tokens may no longer be used, truncated to microseconds
     * @return the expiry
     */
    public static MissingExpiry at(Instant instant) {
        return new MissingExpiry(instant.truncatedTo(ChronoUnit.MICROS), null);
    }

    /**
     * Returns a lifetime. It begins with the start of the token if the file states one, otherwise with the import.
     *
     * @param lifetime a whole number of microseconds, at most 100 years
     * @return the expiry
     * @throws IllegalArgumentException if the lifetime is out of range
     */
    public static MissingExpiry after(Duration lifetime) {
        Require.duration(lifetime, "lifetime", Duration.ofNanos(1000), Require.CENTURY);
        return new MissingExpiry(null, lifetime);
    }

    /**
     * Returns the expiry of a token.
     *
     * @param startsAt the start of the token; {@code null} if the file states none
     * @param now the instant of the import
     * @return the expiry, or {@code null} if such a token is refused
     */
    public @Nullable Instant of(@Nullable Instant startsAt, Instant now) {
        return lifetime == null ? instant : (startsAt == null ? now : startsAt).plus(lifetime);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MissingExpiry that
                        && Objects.equals(instant, that.instant)
                        && Objects.equals(lifetime, that.lifetime));
    }

    @Override
    public int hashCode() {
        return Objects.hash(instant, lifetime);
    }

    @Override
    public String toString() {
        if (instant == null && lifetime == null) {
            return "MissingExpiry[refused]";
        }
        return "MissingExpiry[" + (lifetime == null ? "at " + instant : "after " + lifetime) + "]";
    }
}
