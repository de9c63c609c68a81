package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The consequences of wrong codes. Immutable. */
public final class LockPolicy {
    /** The greatest number of wrong codes without an accepted one (NIST SP 800-63B-4 §3.2.2). */
    public static final int MAX_FAILURES = 100;

    private static final Duration HOUR = Duration.ofHours(1);

    /** Five consecutive wrong codes suspend a token, the ceiling is 100, and there is no delay. */
    public static final LockPolicy STANDARD =
            builder().failureLimit(5).failureCeiling(MAX_FAILURES).build();

    private final int failureLimit;
    private final int failureCeiling;
    private final Duration firstDelay;
    private final Duration greatestDelay;

    private LockPolicy(Builder builder) {
        failureLimit = builder.failureLimit;
        failureCeiling = builder.failureCeiling;
        firstDelay = requireNonNull(builder.firstDelay, "firstDelay");
        greatestDelay = requireNonNull(builder.greatestDelay, "greatestDelay");
        Require.range(failureLimit, "failureLimit", 1, MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        Require.range(failureCeiling, "failureCeiling", failureLimit, MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        Require.duration(firstDelay, "firstDelay", Duration.ZERO, HOUR);
        Require.duration(greatestDelay, "greatestDelay", firstDelay, HOUR);
    }

    /**
     * Begins to build a policy. Without other values, it has no delay.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build a copy that differs in some values.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.failureLimit = failureLimit;
        builder.failureCeiling = failureCeiling;
        builder.firstDelay = firstDelay;
        builder.greatestDelay = greatestDelay;
        return builder;
    }

    /**
     * {@return the number of consecutive wrong codes that suspends a token, 1 to {@value LockPolicy#MAX_FAILURES}}
     */
    public int failureLimit() {
        return failureLimit;
    }

    /**
     * {@return the number of wrong codes without an accepted one after which a token can only be replaced, from
     * the limit to {@value LockPolicy#MAX_FAILURES}}
     */
    public int failureCeiling() {
        return failureCeiling;
    }

    /**
     * {@return the delay after the first wrong code, during which no code is evaluated; zero for no delay. It
     * doubles with each further wrong code (RFC 4226 §7.3)}
     */
    public Duration firstDelay() {
        return firstDelay;
    }

    /** {@return the greatest delay, from the first delay to one hour} */
    public Duration greatestDelay() {
        return greatestDelay;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof LockPolicy that
                        && failureLimit == that.failureLimit
                        && failureCeiling == that.failureCeiling
                        && firstDelay.equals(that.firstDelay)
                        && greatestDelay.equals(that.greatestDelay));
    }

    @Override
    public int hashCode() {
        return Objects.hash(failureLimit, failureCeiling, firstDelay, greatestDelay);
    }

    @Override
    public String toString() {
        return "LockPolicy[failureLimit=" + failureLimit + ", failureCeiling=" + failureCeiling + ", firstDelay="
                + firstDelay + ", greatestDelay=" + greatestDelay + "]";
    }

    /** Builds a {@link LockPolicy}. Not thread-safe. */
    public static final class Builder {
        private int failureLimit;
        private int failureCeiling;
        private Duration firstDelay = Duration.ZERO;
        private Duration greatestDelay = Duration.ZERO;

        private Builder() {}

        /**
         * Sets the number of consecutive wrong codes that suspends a token, 1 to {@value LockPolicy#MAX_FAILURES}.
         *
         * @param newFailureLimit the number of consecutive wrong codes that suspends a token, 1 to {@value
         *     LockPolicy#MAX_FAILURES}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failureLimit(int newFailureLimit) {
            failureLimit = newFailureLimit;
            return this;
        }

        /**
         * Sets the number of wrong codes without an accepted one after which a token can only be replaced, from
         * the limit to {@value LockPolicy#MAX_FAILURES}.
         *
         * @param newFailureCeiling the number of wrong codes without an accepted one after which a token can only
         *     be replaced, from the limit to {@value LockPolicy#MAX_FAILURES}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder failureCeiling(int newFailureCeiling) {
            failureCeiling = newFailureCeiling;
            return this;
        }

        /**
         * Sets the delay after the first wrong code, during which no code is evaluated; zero for no delay. It
         * doubles with each further wrong code (RFC 4226 §7.3).
         *
         * @param newFirstDelay the delay after the first wrong code, during which no code is evaluated; zero for
         *     no delay. It doubles with each further wrong code (RFC 4226 §7.3)
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder firstDelay(Duration newFirstDelay) {
            firstDelay = newFirstDelay;
            return this;
        }

        /**
         * Sets the greatest delay, from the first delay to one hour.
         *
         * @param newGreatestDelay the greatest delay, from the first delay to one hour
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder greatestDelay(Duration newGreatestDelay) {
            greatestDelay = newGreatestDelay;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public LockPolicy build() {
            return new LockPolicy(this);
        }
    }
}
