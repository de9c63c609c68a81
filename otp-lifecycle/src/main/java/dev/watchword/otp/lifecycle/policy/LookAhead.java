package dev.watchword.otp.lifecycle.policy;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The look-ahead for HOTP tokens: how many codes a token may have displayed that were never entered (RFC 4226
 * §7.4). Immutable.
 */
public final class LookAhead {
    /** 10 counters, 50 at the first code, 200 for resynchronisation. */
    public static final LookAhead STANDARD =
            builder().atLogin(10).atActivation(50).toResynchronise(200).build();

    private final int atLogin;
    private final int atActivation;
    private final int toResynchronise;

    private LookAhead(Builder builder) {
        atLogin = builder.atLogin;
        atActivation = builder.atActivation;
        toResynchronise = builder.toResynchronise;
        Require.range(atLogin, "atLogin", 0, Hotp.MAX_LOOK_AHEAD, "RFC 4226 §7.4");
        Require.range(atActivation, "atActivation", atLogin, Hotp.MAX_LOOK_AHEAD, "at least atLogin");
        Require.range(toResynchronise, "toResynchronise", 1, Hotp.MAX_RESYNCHRONISATION, "RFC 4226 §7.4");
    }

    /**
     * Begins to build a look-ahead.
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
        builder.atLogin = atLogin;
        builder.atActivation = atActivation;
        builder.toResynchronise = toResynchronise;
        return builder;
    }

    /** {@return the look-ahead of every code, 0 to {@link Hotp#MAX_LOOK_AHEAD} counters} */
    public int atLogin() {
        return atLogin;
    }

    /**
     * {@return the look-ahead of the first code, from {@link #atLogin} to {@link Hotp#MAX_LOOK_AHEAD} counters}
     */
    public int atActivation() {
        return atActivation;
    }

    /**
     * {@return the look-ahead for two consecutive codes, 1 to {@link Hotp#MAX_RESYNCHRONISATION} counters}
     */
    public int toResynchronise() {
        return toResynchronise;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof LookAhead that
                        && atLogin == that.atLogin
                        && atActivation == that.atActivation
                        && toResynchronise == that.toResynchronise);
    }

    @Override
    public int hashCode() {
        return Objects.hash(atLogin, atActivation, toResynchronise);
    }

    @Override
    public String toString() {
        return "LookAhead[atLogin=" + atLogin + ", atActivation=" + atActivation + ", toResynchronise="
                + toResynchronise + "]";
    }

    /** Builds a {@link LookAhead}. Not thread-safe. */
    public static final class Builder {
        private int atLogin;
        private int atActivation;
        private int toResynchronise;

        private Builder() {}

        /**
         * Sets the look-ahead of every code, 0 to {@link Hotp#MAX_LOOK_AHEAD} counters.
         *
         * @param newAtLogin the look-ahead of every code, 0 to {@link Hotp#MAX_LOOK_AHEAD} counters
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder atLogin(int newAtLogin) {
            atLogin = newAtLogin;
            return this;
        }

        /**
         * Sets the look-ahead of the first code, from {@link #atLogin} to {@link Hotp#MAX_LOOK_AHEAD} counters.
         *
         * @param newAtActivation the look-ahead of the first code, from {@link #atLogin} to {@link
         *     Hotp#MAX_LOOK_AHEAD} counters
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder atActivation(int newAtActivation) {
            atActivation = newAtActivation;
            return this;
        }

        /**
         * Sets the look-ahead for two consecutive codes, 1 to {@link Hotp#MAX_RESYNCHRONISATION} counters.
         *
         * @param newToResynchronise the look-ahead for two consecutive codes, 1 to {@link
         *     Hotp#MAX_RESYNCHRONISATION} counters
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder toResynchronise(int newToResynchronise) {
            toResynchronise = newToResynchronise;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public LookAhead build() {
            return new LookAhead(this);
        }
    }
}
