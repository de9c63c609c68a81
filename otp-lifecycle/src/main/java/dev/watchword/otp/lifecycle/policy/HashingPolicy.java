package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a password hash, which is Argon2id (RFC 9106), and the longest wait for it. Hashes that were made at another cost
 * stay valid. Immutable.
 */
public final class HashingPolicy {
    /** 19 MiB and two passes, as OWASP recommends, and a wait of at most ten seconds. */
    public static final HashingPolicy STANDARD =
            builder().memoryKib(19 * 1024).passes(2).build();

    private final int memoryKib;
    private final int passes;
    private final Duration longestWait;

    private HashingPolicy(Builder builder) {
        memoryKib = builder.memoryKib;
        passes = builder.passes;
        longestWait = requireNonNull(builder.longestWait, "longestWait");
        Require.range(memoryKib, "memoryKib", 8, 1 << 20, "RFC 9106 §3.1");
        Require.range(passes, "passes", 1, 100, "RFC 9106 §3.1");
        Require.duration(longestWait, "longestWait", Duration.ZERO, Duration.ofMinutes(1));
    }

    /**
     * Begins to build a policy.
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
        builder.memoryKib = memoryKib;
        builder.passes = passes;
        builder.longestWait = longestWait;
        return builder;
    }

    /** {@return the memory in KiB, 8 to 1,048,576} */
    public int memoryKib() {
        return memoryKib;
    }

    /** {@return the number of passes over the memory, 1 to 100} */
    public int passes() {
        return passes;
    }

    /**
     * {@return the longest wait of a request for its hash, 0 to 1 minute; afterwards the request fails with an
     * {@link OverloadedException}}
     */
    public Duration longestWait() {
        return longestWait;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof HashingPolicy that
                        && memoryKib == that.memoryKib
                        && passes == that.passes
                        && longestWait.equals(that.longestWait));
    }

    @Override
    public int hashCode() {
        return Objects.hash(memoryKib, passes, longestWait);
    }

    @Override
    public String toString() {
        return "HashingPolicy[memoryKib=" + memoryKib + ", passes=" + passes + ", longestWait=" + longestWait + "]";
    }

    /** Builds a {@link HashingPolicy}. Not thread-safe. */
    public static final class Builder {
        private int memoryKib;
        private int passes;
        private Duration longestWait = Duration.ofSeconds(10);

        private Builder() {}

        /**
         * Sets the memory in KiB, 8 to 1,048,576.
         *
         * @param newMemoryKib the memory in KiB, 8 to 1,048,576
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder memoryKib(int newMemoryKib) {
            memoryKib = newMemoryKib;
            return this;
        }

        /**
         * Sets the number of passes over the memory, 1 to 100.
         *
         * @param newPasses the number of passes over the memory, 1 to 100
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder passes(int newPasses) {
            passes = newPasses;
            return this;
        }

        /**
         * Sets the longest wait of a request for its hash, 0 to 1 minute. The default is ten seconds. With 0 a request that
         * would have to wait fails at once.
         *
         * @param newLongestWait the longest wait, 0 to 1 minute; afterwards the request fails with an
         *     {@link OverloadedException}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder longestWait(Duration newLongestWait) {
            longestWait = newLongestWait;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a value is out of range; the message names it
         * @throws NullPointerException if a required value is missing; the message names it
         */
        public HashingPolicy build() {
            return new HashingPolicy(this);
        }
    }
}
