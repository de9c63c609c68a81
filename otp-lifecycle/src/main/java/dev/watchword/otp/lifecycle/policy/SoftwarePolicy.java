package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules for software tokens: their lifetime, their activation password and their provisioning. Immutable.
 */
public final class SoftwarePolicy {
    /**
     * The policy of a bank: five years; an activation password of 4 to 8 digits with five attempts within three days; ten
     * minutes of grace with three repeats; provisioning from the day after the end of a token.
     */
    public static final SoftwarePolicy BANK = builder()
            .lifetime(Duration.ofDays(5 * 365))
            .passwordTries(5)
            .passwordLifetime(Duration.ofDays(3))
            .grace(Duration.ofMinutes(10))
            .repeats(3)
            .provisioningWait(ProvisioningWait.NEXT_DAY)
            .build();

    /**
     * A policy as strict as NIST SP 800-63B-4: five years; a generated activation password with five attempts within ten
     * minutes; two minutes of grace with three repeats; no wait before provisioning.
     */
    public static final SoftwarePolicy GENERATED = builder()
            .lifetime(Duration.ofDays(5 * 365))
            .generatedPassword(true)
            .passwordTries(5)
            .passwordLifetime(Duration.ofMinutes(10))
            .grace(Duration.ofMinutes(2))
            .repeats(3)
            .build();

    private final Duration lifetime;
    private final boolean generatedPassword;
    private final int passwordTries;
    private final Duration passwordLifetime;
    private final Duration grace;
    private final int repeats;
    private final ProvisioningWait provisioningWait;

    private SoftwarePolicy(Builder builder) {
        lifetime = requireNonNull(builder.lifetime, "lifetime");
        generatedPassword = builder.generatedPassword;
        passwordTries = builder.passwordTries;
        passwordLifetime = requireNonNull(builder.passwordLifetime, "passwordLifetime");
        grace = requireNonNull(builder.grace, "grace");
        repeats = builder.repeats;
        provisioningWait = requireNonNull(builder.provisioningWait, "provisioningWait");
        Require.duration(lifetime, "lifetime", Duration.ofNanos(1000), Require.CENTURY);
        Require.range(passwordTries, "passwordTries", 1, 20, "a password of 4 digits can be guessed in many tries");
        Require.duration(passwordLifetime, "passwordLifetime", Duration.ofSeconds(1), Duration.ofDays(30));
        Require.duration(grace, "grace", Duration.ZERO, Duration.ofDays(1));
        Require.range(repeats, "repeats", 0, 10, "each repeat sends the secret again");
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
        builder.lifetime = lifetime;
        builder.generatedPassword = generatedPassword;
        builder.passwordTries = passwordTries;
        builder.passwordLifetime = passwordLifetime;
        builder.grace = grace;
        builder.repeats = repeats;
        builder.provisioningWait = provisioningWait;
        return builder;
    }

    /** {@return the lifetime of a token from its issue, more than zero and at most 100 years} */
    public Duration lifetime() {
        return lifetime;
    }

    /**
     * {@return whether the library generates the activation password, with at least 40 bits, instead of the holder
     * choosing 4 to 8 digits (NIST SP 800-63B-4 §4.1)}
     */
    public boolean generatedPassword() {
        return generatedPassword;
    }

    /** {@return the number of wrong activation passwords after which the password is invalid, 1 to 20} */
    public int passwordTries() {
        return passwordTries;
    }

    /**
     * {@return the lifetime of the activation password from the instant at which the app may be provisioned, 1
     * second to 30 days}
     */
    public Duration passwordLifetime() {
        return passwordLifetime;
    }

    /**
     * {@return the time during which the provisioned device may request a lost answer again, zero to one day}
     */
    public Duration grace() {
        return grace;
    }

    /** {@return how often the provisioned device can receive its answer again within the grace time, 0 to 10} */
    public int repeats() {
        return repeats;
    }

    /** {@return how long provisioning waits after a provisioned software token of the holder has ended} */
    public ProvisioningWait provisioningWait() {
        return provisioningWait;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SoftwarePolicy that
                        && lifetime.equals(that.lifetime)
                        && generatedPassword == that.generatedPassword
                        && passwordTries == that.passwordTries
                        && passwordLifetime.equals(that.passwordLifetime)
                        && grace.equals(that.grace)
                        && repeats == that.repeats
                        && provisioningWait.equals(that.provisioningWait));
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                lifetime, generatedPassword, passwordTries, passwordLifetime, grace, repeats, provisioningWait);
    }

    @Override
    public String toString() {
        return "SoftwarePolicy[lifetime=" + lifetime + ", generatedPassword=" + generatedPassword + ", passwordTries="
                + passwordTries + ", passwordLifetime=" + passwordLifetime + ", grace=" + grace + ", repeats=" + repeats
                + ", provisioningWait=" + provisioningWait + "]";
    }

    /** Builds a {@link SoftwarePolicy}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Duration lifetime;
        private boolean generatedPassword;
        private int passwordTries;
        private @Nullable Duration passwordLifetime;
        private @Nullable Duration grace;
        private int repeats;
        private ProvisioningWait provisioningWait = ProvisioningWait.NONE;

        private Builder() {}

        /**
         * Sets the lifetime of a token from its issue, more than zero and at most 100 years.
         *
         * @param newLifetime the lifetime of a token from its issue, more than zero and at most 100 years
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lifetime(Duration newLifetime) {
            lifetime = newLifetime;
            return this;
        }

        /**
         * Sets whether the library generates the activation password, with at least 40 bits, instead of the holder
         * choosing 4 to 8 digits (NIST SP 800-63B-4 §4.1).
         *
         * @param newGeneratedPassword whether the library generates the activation password, with at least 40
         *     bits, instead of the holder choosing 4 to 8 digits (NIST SP 800-63B-4 §4.1)
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder generatedPassword(boolean newGeneratedPassword) {
            generatedPassword = newGeneratedPassword;
            return this;
        }

        /**
         * Sets the number of wrong activation passwords after which the password is invalid, 1 to 20.
         *
         * @param newPasswordTries the number of wrong activation passwords after which the password is invalid, 1 to 20
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder passwordTries(int newPasswordTries) {
            passwordTries = newPasswordTries;
            return this;
        }

        /**
         * Sets the lifetime of the activation password from the instant at which the app may be provisioned, 1
         * second to 30 days.
         *
         * @param newPasswordLifetime the lifetime of the activation password from the instant at which the app may
         *     be provisioned, 1 second to 30 days
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder passwordLifetime(Duration newPasswordLifetime) {
            passwordLifetime = newPasswordLifetime;
            return this;
        }

        /**
         * Sets the time during which the provisioned device may request a lost answer again, zero to one day.
         *
         * @param newGrace the time during which the provisioned device may request a lost answer again, zero to one day
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder grace(Duration newGrace) {
            grace = newGrace;
            return this;
        }

        /**
         * Sets how often the provisioned device can receive its answer again within the grace time.
         *
         * @param newRepeats how often, 0 to 10
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder repeats(int newRepeats) {
            repeats = newRepeats;
            return this;
        }

        /**
         * Sets how long provisioning waits after a provisioned software token of the holder has ended. The default is
         * no wait.
         *
         * @param newWait the wait
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder provisioningWait(ProvisioningWait newWait) {
            provisioningWait = newWait;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public SoftwarePolicy build() {
            return new SoftwarePolicy(this);
        }
    }
}
