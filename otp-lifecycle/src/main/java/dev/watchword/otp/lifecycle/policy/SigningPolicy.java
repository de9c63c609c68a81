package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraChallengeFormat;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules for signing requests: how holders confirm a transaction, and within which time. Immutable.
 *
 * <p>A software token signs in its app if {@link #appSuite} is set. A hardware token with a keypad signs if its suite was
 * imported with it. Other tokens confirm with an ordinary code if {@link #plainCodes} allows it.
 */
public final class SigningPolicy {
    private static final int MAX_OPEN = 10;
    private static final OcraSuite DEFAULT_APP_SUITE = OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QH64");

    /** The policy of a bank. Apps sign. The holder of a token with a keypad types a challenge. Ordinary codes confirm nothing. */
    public static final SigningPolicy BANK =
            builder().appSuite(DEFAULT_APP_SUITE).build();

    /**
     * Apps sign nothing, and ordinary codes confirm nothing. A hardware token signs if its suite was imported with it. For a store
     * without a {@code DeviceStore}.
     */
    public static final SigningPolicy NONE = builder().build();

    private final @Nullable OcraSuite appSuite;
    private final Duration lifetime;
    private final int openRequests;
    private final @Nullable TypedDetail typedDetail;
    private final boolean plainCodes;

    private SigningPolicy(Builder builder) {
        appSuite = builder.appSuite;
        lifetime = requireNonNull(builder.lifetime, "lifetime");
        openRequests = builder.openRequests;
        typedDetail = builder.typedDetail;
        plainCodes = builder.plainCodes;
        Require.duration(lifetime, "lifetime", Duration.ofSeconds(10), Duration.ofDays(7));
        Require.range(openRequests, "openRequests", 1, MAX_OPEN, "each is a part of the enrolment");
        if (appSuite != null && !isForApps(appSuite)) {
            throw new IllegalArgumentException(
                    "appSuite must have a hexadecimal challenge of 64 characters and no other input, as "
                            + DEFAULT_APP_SUITE + " has, so that the app signs the whole digest");
        }
    }

    /**
     * Begins to build a policy. Apps sign nothing unless a suite is set.
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
        builder.appSuite = appSuite;
        builder.lifetime = lifetime;
        builder.openRequests = openRequests;
        builder.typedDetail = typedDetail;
        builder.plainCodes = plainCodes;
        return builder;
    }

    /**
     * {@return the suite of new software tokens, which has a hexadecimal challenge and no other input; {@code null} if apps sign
     * nothing}
     */
    public @Nullable OcraSuite appSuite() {
        return appSuite;
    }

    /** {@return the time within which a request can be confirmed, 10 seconds to 7 days} */
    public Duration lifetime() {
        return lifetime;
    }

    /** {@return the maximum number of open requests of a holder, 1 to 10} */
    public int openRequests() {
        return openRequests;
    }

    /**
     * {@return the detail that a holder types into a token with a keypad; {@code null} if the holder types a challenge that is
     * derived from all details instead}
     */
    public @Nullable TypedDetail typedDetail() {
        return typedDetail;
    }

    /** {@return whether a token that cannot sign confirms a request with an ordinary code (R13.3)} */
    public boolean plainCodes() {
        return plainCodes;
    }

    private static boolean isForApps(OcraSuite suite) {
        return suite.challengeFormat() == OcraChallengeFormat.HEXADECIMAL
                && suite.challengeLength() == OcraSuite.MAX_CHALLENGE
                && !suite.hasCounter()
                && suite.pinHash().isEmpty()
                && suite.sessionLength() == 0
                && suite.timeStep().isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SigningPolicy that
                        && Objects.equals(appSuite, that.appSuite)
                        && lifetime.equals(that.lifetime)
                        && openRequests == that.openRequests
                        && Objects.equals(typedDetail, that.typedDetail)
                        && plainCodes == that.plainCodes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(appSuite, lifetime, openRequests, typedDetail, plainCodes);
    }

    @Override
    public String toString() {
        return "SigningPolicy[appSuite=" + appSuite + ", lifetime=" + lifetime + ", openRequests=" + openRequests
                + ", typedDetail=" + typedDetail + ", plainCodes=" + plainCodes + "]";
    }

    /** Builds {@link SigningPolicy} values. Not thread-safe. */
    public static final class Builder {
        private @Nullable OcraSuite appSuite;
        private Duration lifetime = Duration.ofMinutes(10);
        private int openRequests = 3;
        private @Nullable TypedDetail typedDetail;
        private boolean plainCodes = false;

        private Builder() {}

        /**
         * Sets the suite of new software tokens.
         *
         * @param newAppSuite the suite, which MUST have a hexadecimal challenge of 64 characters and no other input; {@code null}
         *     if apps sign nothing
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder appSuite(@Nullable OcraSuite newAppSuite) {
            appSuite = newAppSuite;
            return this;
        }

        /**
         * Sets the time within which a request can be confirmed.
         *
         * @param newLifetime the time, 10 seconds to 7 days; by default 10 minutes
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lifetime(Duration newLifetime) {
            lifetime = newLifetime;
            return this;
        }

        /**
         * Sets the maximum number of open requests of a holder.
         *
         * @param newOpenRequests the number, 1 to 10; by default 3
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder openRequests(int newOpenRequests) {
            openRequests = newOpenRequests;
            return this;
        }

        /**
         * Sets the detail that a holder types into a token with a keypad.
         *
         * @param newTypedDetail the detail; {@code null} if the holder types a challenge that is derived from all details instead
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder typedDetail(@Nullable TypedDetail newTypedDetail) {
            typedDetail = newTypedDetail;
            return this;
        }

        /**
         * Sets whether a token that cannot sign confirms a request with an ordinary code (R13.3).
         *
         * @param newPlainCodes whether such a token confirms requests in this way; by default it does not
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder plainCodes(boolean newPlainCodes) {
            plainCodes = newPlainCodes;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public SigningPolicy build() {
            return new SigningPolicy(this);
        }
    }
}
