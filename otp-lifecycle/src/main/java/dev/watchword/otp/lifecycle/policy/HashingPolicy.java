package dev.watchword.otp.lifecycle.policy;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a password hash, which is Argon2id (RFC 9106). Hashes that were made at another cost stay valid.
 * Immutable.
 */
public final class HashingPolicy {
    /** 19 MiB and two passes, as OWASP recommends. */
    public static final HashingPolicy STANDARD =
            builder().memoryKib(19 * 1024).passes(2).build();

    private final int memoryKib;
    private final int passes;

    private HashingPolicy(Builder builder) {
        memoryKib = builder.memoryKib;
        passes = builder.passes;
        Require.range(memoryKib, "memoryKib", 8, 1 << 20, "RFC 9106 §3.1");
        Require.range(passes, "passes", 1, 100, "RFC 9106 §3.1");
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

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof HashingPolicy that && memoryKib == that.memoryKib && passes == that.passes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(memoryKib, passes);
    }

    @Override
    public String toString() {
        return "HashingPolicy[memoryKib=" + memoryKib + ", passes=" + passes + "]";
    }

    /** Builds a {@link HashingPolicy}. Not thread-safe. */
    public static final class Builder {
        private int memoryKib;
        private int passes;

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
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public HashingPolicy build() {
            return new HashingPolicy(this);
        }
    }
}
