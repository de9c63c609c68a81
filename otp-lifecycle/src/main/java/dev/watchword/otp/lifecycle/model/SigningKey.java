package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.Totp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key with which a token signs transactions (OCRA, RFC 6287), and its spent counters and time steps. It is separate from the
 * secret of the token's codes. Immutable.
 */
public final class SigningKey {
    /** The last step of a key without a spent time step. */
    public static final long NO_STEP = Totp.NO_STEP;

    private static final int MIN_DIGITS = 6;
    private static final int MIN_CHALLENGE = 8;

    private final OcraSuite suite;
    private final SealedSecret secret;
    private final long nextCounter;
    private final boolean counterUnknown;
    private final long lastStep;

    private SigningKey(Builder builder) {
        suite = requireNonNull(builder.suite, "suite");
        secret = requireNonNull(builder.secret, "secret");
        nextCounter = builder.nextCounter;
        counterUnknown = builder.counterUnknown;
        lastStep = builder.lastStep;
        requireUsable(suite);
        if (nextCounter < 0 || (!suite.hasCounter() && (nextCounter != 0 || counterUnknown))) {
            throw new IllegalArgumentException(
                    "nextCounter must be 0 or more, and only a suite with a counter has one");
        }
        if (suite.timeStep().isEmpty() && lastStep != NO_STEP) {
            throw new IllegalArgumentException("Only a suite with a time step has a last step");
        }
    }

    /**
     * Begins to build a signing key from stored values.
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
        builder.suite = suite;
        builder.secret = secret;
        builder.nextCounter = nextCounter;
        builder.counterUnknown = counterUnknown;
        builder.lastStep = lastStep;
        return builder;
    }

    /** {@return the suite of the responses} */
    public OcraSuite suite() {
        return suite;
    }

    /** {@return the encrypted key} */
    public SealedSecret secret() {
        return secret;
    }

    /** {@return the lowest counter that is not spent, from 0; 0 for a suite without a counter} */
    public long nextCounter() {
        return nextCounter;
    }

    /**
     * {@return whether the last spent counter is unknown, because the database was restored from a backup or the token was
     * resynchronised; {@code false} for a suite without a counter}
     */
    public boolean counterUnknown() {
        return counterUnknown;
    }

    /** {@return the last spent time step of the suite; {@link #NO_STEP} if no step is spent or the suite has no time} */
    public long lastStep() {
        return lastStep;
    }

    /**
     * Returns whether a token can have a suite. The library stores neither PINs nor session information of holders. A response needs
     * at least 6 digits, like a code. The response of a suite without a counter and without the time depends on the challenge alone,
     * so its challenges need at least 8 characters. Shorter ones would soon be repeated, with their responses.
     *
     * @param suite the suite
     * @return whether a token can have it
     */
    public static boolean isUsable(OcraSuite suite) {
        return suite.pinHash().isEmpty()
                && suite.sessionLength() == 0
                && (suite.digits() == 0 || suite.digits() >= MIN_DIGITS)
                && (varies(suite) || suite.challengeLength() >= MIN_CHALLENGE);
    }

    /**
     * Requires a suite that a token can have.
     *
     * @param suite the suite
     * @throws IllegalArgumentException if the suite is not {@linkplain #isUsable usable}. The message states the rules
     */
    public static void requireUsable(OcraSuite suite) {
        if (!isUsable(suite)) {
            throw new IllegalArgumentException("The suite of a token must have no PIN, no session information and"
                    + " responses of at least " + MIN_DIGITS + " digits, and without a counter or the time challenges"
                    + " of at least " + MIN_CHALLENGE + " characters");
        }
    }

    /**
     * Returns whether the suite gives different responses to the same challenge, because a counter or the time is an input.
     *
     * @return whether a response to a repeated challenge can be recognised as spent
     */
    public boolean varies() {
        return varies(suite);
    }

    private static boolean varies(OcraSuite suite) {
        return suite.hasCounter() || suite.timeStep().isPresent();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SigningKey that
                        && suite.equals(that.suite)
                        && secret.equals(that.secret)
                        && nextCounter == that.nextCounter
                        && counterUnknown == that.counterUnknown
                        && lastStep == that.lastStep);
    }

    @Override
    public int hashCode() {
        return Objects.hash(suite, secret, nextCounter, counterUnknown, lastStep);
    }

    @Override
    public String toString() {
        return "SigningKey[suite=" + suite + ", secret=" + secret + ", nextCounter=" + nextCounter + ", counterUnknown="
                + counterUnknown + ", lastStep=" + lastStep + "]";
    }

    /** Builds {@link SigningKey} values. Not thread-safe. */
    public static final class Builder {
        private @Nullable OcraSuite suite;
        private @Nullable SealedSecret secret;
        private long nextCounter;
        private boolean counterUnknown;
        private long lastStep = NO_STEP;

        private Builder() {}

        /**
         * Sets the suite of the responses.
         *
         * @param newSuite the suite, which MUST be {@linkplain SigningKey#isUsable usable}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder suite(OcraSuite newSuite) {
            suite = newSuite;
            return this;
        }

        /**
         * Sets the encrypted key.
         *
         * @param newSecret the key
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder secret(SealedSecret newSecret) {
            secret = newSecret;
            return this;
        }

        /**
         * Sets the lowest counter that is not spent, from 0.
         *
         * @param newNextCounter the counter, 0 or more; 0 for a suite without a counter
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder nextCounter(long newNextCounter) {
            nextCounter = newNextCounter;
            return this;
        }

        /**
         * Sets whether the last spent counter is unknown, because the database was restored from a backup or the token was
         * resynchronised.
         *
         * @param newCounterUnknown whether the counter is unknown; {@code false} for a suite without a counter
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder counterUnknown(boolean newCounterUnknown) {
            counterUnknown = newCounterUnknown;
            return this;
        }

        /**
         * Sets the last spent time step of the suite.
         *
         * @param newLastStep the time step; {@link #NO_STEP} if no step is spent or the suite has no time
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lastStep(long newLastStep) {
            lastStep = newLastStep;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the suite is not usable, or the counter or the step does not fit the suite
         */
        public SigningKey build() {
            return new SigningKey(this);
        }
    }
}
