package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for successors of tokens. Immutable. */
public final class RenewalPolicy {
    /** The policy of a bank: hardware tokens, from 90 days before their expiry. */
    public static final RenewalPolicy BANK = builder()
            .kinds(Set.of(TokenKind.HARDWARE))
            .lead(Duration.ofDays(90))
            .build();

    /** Tokens of both kinds, from 90 days before their expiry. */
    public static final RenewalPolicy ALL_KINDS = builder()
            .kinds(Set.of(TokenKind.HARDWARE, TokenKind.SOFTWARE))
            .lead(Duration.ofDays(90))
            .build();

    /** Tokens of both kinds can be renewed at any time. The successor may be of either kind. */
    public static final RenewalPolicy ANY_TIME = builder()
            .kinds(Set.of(TokenKind.HARDWARE, TokenKind.SOFTWARE))
            .lead(Require.CENTURY)
            .toOtherKind(true)
            .build();

    private final Set<TokenKind> kinds;
    private final Duration lead;
    private final boolean toOtherKind;

    private RenewalPolicy(Builder builder) {
        kinds = Set.copyOf(requireNonNull(builder.kinds, "kinds"));
        lead = requireNonNull(builder.lead, "lead");
        toOtherKind = builder.toOtherKind;
        Require.duration(lead, "lead", Duration.ZERO, Require.CENTURY);
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
        builder.kinds = kinds;
        builder.lead = lead;
        builder.toOtherKind = toOtherKind;
        return builder;
    }

    /** {@return the kinds of token in use that can be renewed} */
    public Set<TokenKind> kinds() {
        return kinds;
    }

    /** {@return the time before its expiry from which a token can be renewed, zero to 100 years} */
    public Duration lead() {
        return lead;
    }

    /** {@return whether the successor may be of the other kind (R6.4)} */
    public boolean toOtherKind() {
        return toOtherKind;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RenewalPolicy that
                        && kinds.equals(that.kinds)
                        && lead.equals(that.lead)
                        && toOtherKind == that.toOtherKind);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kinds, lead, toOtherKind);
    }

    @Override
    public String toString() {
        return "RenewalPolicy[kinds=" + kinds + ", lead=" + lead + ", toOtherKind=" + toOtherKind + "]";
    }

    /** Builds a {@link RenewalPolicy}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Set<TokenKind> kinds;
        private @Nullable Duration lead;
        private boolean toOtherKind;

        private Builder() {}

        /**
         * Sets the kinds of token in use that can be renewed.
         *
         * @param newKinds the kinds of token in use that can be renewed
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder kinds(Set<TokenKind> newKinds) {
            kinds = newKinds;
            return this;
        }

        /**
         * Sets the time before its expiry from which a token can be renewed, zero to 100 years.
         *
         * @param newLead the time before its expiry from which a token can be renewed, zero to 100 years
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lead(Duration newLead) {
            lead = newLead;
            return this;
        }

        /**
         * Sets whether the successor may be of the other kind.
         *
         * @param newToOtherKind whether it may; {@code false} if this method is not called
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder toOtherKind(boolean newToOtherKind) {
            toOtherKind = newToOtherKind;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the lead is out of range
         */
        public RenewalPolicy build() {
            return new RenewalPolicy(this);
        }
    }
}
