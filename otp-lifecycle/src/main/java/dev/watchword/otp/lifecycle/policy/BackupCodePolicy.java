package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules for emergency codes and recovery codes (R14.1, R14.2). An operator issues emergency codes to a holder whose token is
 * lost. A holder creates recovery codes in advance. The {@linkplain LockPolicy#failureCeiling ceiling} of wrong codes also
 * applies to the sum of the wrong codes of both kinds. Immutable.
 */
public final class BackupCodePolicy {
    /** The maximum number of consecutive wrong emergency codes. It is safe for the short form. */
    public static final int MAX_EMERGENCY_TRIES = 5;

    /** The maximum number of consecutive wrong recovery codes. */
    public static final int MAX_RECOVERY_TRIES = 10;

    /** One long emergency code for a day, ten recovery codes, and five tries of each kind. */
    public static final BackupCodePolicy STANDARD = builder().build();

    private final Duration emergencyLifetime;
    private final int emergencyCount;
    private final EmergencyCodeForm emergencyForm;
    private final int emergencyTries;
    private final int recoveryCount;
    private final int recoveryTries;
    private final boolean diesWithAcceptedCode;

    private BackupCodePolicy(Builder builder) {
        emergencyLifetime = builder.emergencyLifetime;
        emergencyCount = builder.emergencyCount;
        emergencyForm = builder.emergencyForm;
        emergencyTries = builder.emergencyTries;
        recoveryCount = builder.recoveryCount;
        recoveryTries = builder.recoveryTries;
        diesWithAcceptedCode = builder.diesWithAcceptedCode;
        Require.duration(emergencyLifetime, "emergencyLifetime", Duration.ofHours(1), Duration.ofDays(7));
        Require.range(emergencyCount, "emergencyCount", 1, BackupCodeSet.MAX_CODES, "a slot is one symbol");
        Require.range(emergencyTries, "emergencyTries", 1, MAX_EMERGENCY_TRIES, "a short code has 30 random bits");
        Require.range(recoveryCount, "recoveryCount", 1, BackupCodeSet.MAX_CODES, "a slot is one symbol");
        Require.range(recoveryTries, "recoveryTries", 1, MAX_RECOVERY_TRIES, "NIST SP 800-63B-4 §3.2.2");
    }

    /**
     * Begins to build a policy.
     *
     * @return a builder with the values of {@link #STANDARD}
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
        builder.emergencyLifetime = emergencyLifetime;
        builder.emergencyCount = emergencyCount;
        builder.emergencyForm = emergencyForm;
        builder.emergencyTries = emergencyTries;
        builder.recoveryCount = recoveryCount;
        builder.recoveryTries = recoveryTries;
        builder.diesWithAcceptedCode = diesWithAcceptedCode;
        return builder;
    }

    /** {@return the lifetime of emergency codes, 1 hour to 7 days; by default 1 day} */
    public Duration emergencyLifetime() {
        return emergencyLifetime;
    }

    /** {@return the number of emergency codes that an operator issues at once, 1 to 16; by default 1} */
    public int emergencyCount() {
        return emergencyCount;
    }

    /** {@return the form of new emergency codes; by default the long one} */
    public EmergencyCodeForm emergencyForm() {
        return emergencyForm;
    }

    /** {@return the number of consecutive wrong emergency codes that locks the set, 1 to 5; by default 5} */
    public int emergencyTries() {
        return emergencyTries;
    }

    /** {@return the number of recovery codes that a holder gets at once, 1 to 16; by default 10} */
    public int recoveryCount() {
        return recoveryCount;
    }

    /** {@return the number of consecutive wrong recovery codes that locks the set, 1 to 10; by default 5} */
    public int recoveryTries() {
        return recoveryTries;
    }

    /**
     * {@return whether the emergency codes end with the next accepted code of a token, because the token was found again; by
     * default they do}
     */
    public boolean diesWithAcceptedCode() {
        return diesWithAcceptedCode;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof BackupCodePolicy that
                        && emergencyLifetime.equals(that.emergencyLifetime)
                        && emergencyCount == that.emergencyCount
                        && emergencyForm == that.emergencyForm
                        && emergencyTries == that.emergencyTries
                        && recoveryCount == that.recoveryCount
                        && recoveryTries == that.recoveryTries
                        && diesWithAcceptedCode == that.diesWithAcceptedCode);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                emergencyLifetime,
                emergencyCount,
                emergencyForm,
                emergencyTries,
                recoveryCount,
                recoveryTries,
                diesWithAcceptedCode);
    }

    @Override
    public String toString() {
        return "BackupCodePolicy[emergencyLifetime=" + emergencyLifetime + ", emergencyCount=" + emergencyCount
                + ", emergencyForm=" + emergencyForm + ", emergencyTries=" + emergencyTries + ", recoveryCount="
                + recoveryCount + ", recoveryTries=" + recoveryTries + ", diesWithAcceptedCode="
                + diesWithAcceptedCode + "]";
    }

    /** Builds a {@link BackupCodePolicy}. Not thread-safe. */
    public static final class Builder {
        private Duration emergencyLifetime = Duration.ofDays(1);
        private int emergencyCount = 1;
        private EmergencyCodeForm emergencyForm = EmergencyCodeForm.LONG;
        private int emergencyTries = 5;
        private int recoveryCount = 10;
        private int recoveryTries = 5;
        private boolean diesWithAcceptedCode = true;

        private Builder() {}

        /**
         * Sets the lifetime of emergency codes.
         *
         * @param newEmergencyLifetime the lifetime, 1 hour to 7 days
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder emergencyLifetime(Duration newEmergencyLifetime) {
            emergencyLifetime = requireNonNull(newEmergencyLifetime, "emergencyLifetime");
            return this;
        }

        /**
         * Sets the number of emergency codes that an operator issues at once.
         *
         * @param newEmergencyCount the number, 1 to 16
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder emergencyCount(int newEmergencyCount) {
            emergencyCount = newEmergencyCount;
            return this;
        }

        /**
         * Sets the form of new emergency codes.
         *
         * @param newEmergencyForm the form
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder emergencyForm(EmergencyCodeForm newEmergencyForm) {
            emergencyForm = requireNonNull(newEmergencyForm, "emergencyForm");
            return this;
        }

        /**
         * Sets the number of consecutive wrong emergency codes that locks the set.
         *
         * @param newEmergencyTries the number, 1 to 5 for both forms, because codes of the short form can remain in use after a
         *     change of the form
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder emergencyTries(int newEmergencyTries) {
            emergencyTries = newEmergencyTries;
            return this;
        }

        /**
         * Sets the number of recovery codes that a holder gets at once.
         *
         * @param newRecoveryCount the number, 1 to 16
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder recoveryCount(int newRecoveryCount) {
            recoveryCount = newRecoveryCount;
            return this;
        }

        /**
         * Sets the number of consecutive wrong recovery codes that locks the set.
         *
         * @param newRecoveryTries the number, 1 to 10
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder recoveryTries(int newRecoveryTries) {
            recoveryTries = newRecoveryTries;
            return this;
        }

        /**
         * Sets whether the emergency codes end with the next accepted code of a token.
         *
         * @param newDiesWithAcceptedCode whether they do
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder diesWithAcceptedCode(boolean newDiesWithAcceptedCode) {
            diesWithAcceptedCode = newDiesWithAcceptedCode;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public BackupCodePolicy build() {
            return new BackupCodePolicy(this);
        }
    }
}
