package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Operation;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The factors with which a holder confirms each operation. Immutable. */
public final class ConfirmationPolicy {
    private static final Set<Operation> WITH_CODE = Collections.unmodifiableSet(
            EnumSet.of(Operation.ACTIVATE, Operation.RENEW, Operation.REVOKE, Operation.RECOVERY_CODES));

    /** The policy of a bank: the confirmation password for nearly every operation, and a mail code to issue a software token. */
    public static final ConfirmationPolicy BANK = builder()
            .factors(Map.of(
                    Operation.ISSUE, Set.of(Factor.PASSWORD, Factor.MAIL_CODE),
                    Operation.ORDER, Set.of(Factor.PASSWORD),
                    Operation.RENEW, Set.of(Factor.PASSWORD, Factor.TOKEN_CODE),
                    Operation.ACTIVATE, Set.of(Factor.TOKEN_CODE),
                    Operation.CANCEL, Set.of(Factor.PASSWORD),
                    Operation.REVOKE, Set.of(Factor.PASSWORD, Factor.TOKEN_CODE),
                    Operation.RECOVERY_CODES, Set.of(Factor.PASSWORD, Factor.TOKEN_CODE)))
            .passwordKeeper(PasswordKeeper.LIBRARY)
            .passwordTries(5)
            .mailCodeTries(5)
            .mailCodeLifetime(Duration.ofMinutes(10))
            .build();

    /** Only the token's own codes, for applications that confirm operations in their own way before they call. */
    public static final ConfirmationPolicy BY_APPLICATION = builder()
            .factors(Map.of(
                    Operation.ACTIVATE, Set.of(Factor.TOKEN_CODE),
                    Operation.RENEW, Set.of(Factor.TOKEN_CODE),
                    Operation.REVOKE, Set.of(Factor.TOKEN_CODE),
                    Operation.RECOVERY_CODES, Set.of(Factor.TOKEN_CODE)))
            .passwordKeeper(PasswordKeeper.APPLICATION)
            .passwordTries(5)
            .mailCodeTries(5)
            .mailCodeLifetime(Duration.ofMinutes(10))
            .build();

    private final Map<Operation, Set<Factor>> factors;
    private final PasswordKeeper passwordKeeper;
    private final int passwordTries;
    private final int mailCodeTries;
    private final Duration mailCodeLifetime;
    private final Duration proofLifetime;

    private ConfirmationPolicy(Builder builder) {
        factors = copy(requireNonNull(builder.factors, "factors"));
        passwordKeeper = requireNonNull(builder.passwordKeeper, "passwordKeeper");
        passwordTries = builder.passwordTries;
        mailCodeTries = builder.mailCodeTries;
        mailCodeLifetime = requireNonNull(builder.mailCodeLifetime, "mailCodeLifetime");
        proofLifetime = builder.proofLifetime;
        Require.range(passwordTries, "passwordTries", 1, LockPolicy.MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        Require.range(mailCodeTries, "mailCodeTries", 1, LockPolicy.MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        Require.duration(mailCodeLifetime, "mailCodeLifetime", Duration.ofSeconds(1), Duration.ofMinutes(10));
        Require.duration(proofLifetime, "proofLifetime", Duration.ofSeconds(1), Duration.ofHours(1));
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
        builder.factors = factors;
        builder.passwordKeeper = passwordKeeper;
        builder.passwordTries = passwordTries;
        builder.mailCodeTries = mailCodeTries;
        builder.mailCodeLifetime = mailCodeLifetime;
        builder.proofLifetime = proofLifetime;
        return builder;
    }

    /**
     * {@return the factors of each operation. An operation that is missing needs none. Activation, renewal,
     * revocation and the creation of recovery codes MUST have {@link Factor#TOKEN_CODE}, and the other operations MUST NOT}
     */
    public Map<Operation, Set<Factor>> factors() {
        return factors;
    }

    /** {@return the party that stores the confirmation passwords} */
    public PasswordKeeper passwordKeeper() {
        return passwordKeeper;
    }

    /** {@return the number of consecutive wrong confirmation passwords that locks the password, 1 to 100} */
    public int passwordTries() {
        return passwordTries;
    }

    /** {@return the number of consecutive wrong mail codes that locks mail codes, 1 to 100} */
    public int mailCodeTries() {
        return mailCodeTries;
    }

    /** {@return the lifetime of a mail code, 1 second to ten minutes (NIST SP 800-63B-4 §3.1.3.2)} */
    public Duration mailCodeLifetime() {
        return mailCodeLifetime;
    }

    /**
     * {@return the time within which an operation in a transaction of the application can use the holder's proof, 1 second to
     * one hour; by default 5 minutes}
     */
    public Duration proofLifetime() {
        return proofLifetime;
    }

    private static Map<Operation, Set<Factor>> copy(Map<Operation, Set<Factor>> factors) {
        Map<Operation, Set<Factor>> copy = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            Set<Factor> needed = Set.copyOf(factors.getOrDefault(operation, Set.of()));
            if (needed.contains(Factor.TOKEN_CODE) != WITH_CODE.contains(operation)) {
                throw new IllegalArgumentException("The factors of " + operation + " must "
                        + (WITH_CODE.contains(operation) ? "" : "not ")
                        + "have TOKEN_CODE: exactly activation, renewal, revocation and the creation of recovery codes prove possession of"
                        + " the token");
            }
            copy.put(operation, needed);
        }
        return Collections.unmodifiableMap(copy);
    }

    /**
     * Returns the factors of an operation.
     *
     * @param operation the operation
     * @return its factors, empty if it needs none
     */
    public Set<Factor> factorsOf(Operation operation) {
        return requireNonNull(factors.get(operation));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ConfirmationPolicy that
                        && factors.equals(that.factors)
                        && passwordKeeper.equals(that.passwordKeeper)
                        && passwordTries == that.passwordTries
                        && mailCodeTries == that.mailCodeTries
                        && mailCodeLifetime.equals(that.mailCodeLifetime)
                        && proofLifetime.equals(that.proofLifetime));
    }

    @Override
    public int hashCode() {
        return Objects.hash(factors, passwordKeeper, passwordTries, mailCodeTries, mailCodeLifetime, proofLifetime);
    }

    @Override
    public String toString() {
        return "ConfirmationPolicy[factors=" + factors + ", passwordKeeper=" + passwordKeeper + ", passwordTries="
                + passwordTries + ", mailCodeTries=" + mailCodeTries + ", mailCodeLifetime=" + mailCodeLifetime
                + ", proofLifetime=" + proofLifetime + "]";
    }

    /** Builds a {@link ConfirmationPolicy}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Map<Operation, Set<Factor>> factors;
        private @Nullable PasswordKeeper passwordKeeper;
        private int passwordTries;
        private int mailCodeTries;
        private @Nullable Duration mailCodeLifetime;
        private Duration proofLifetime = Duration.ofMinutes(5);

        private Builder() {}

        /**
         * Sets the factors of each operation. An operation that is missing needs none. Activation, renewal,
         * revocation and the creation of recovery codes MUST have {@link Factor#TOKEN_CODE}, and the other operations MUST NOT.
         *
         * @param newFactors the factors of each operation. An operation that is missing needs none. Activation,
         *     renewal, revocation and the creation of recovery codes MUST have {@link Factor#TOKEN_CODE}, and the other operations MUST NOT
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder factors(Map<Operation, Set<Factor>> newFactors) {
            factors = newFactors;
            return this;
        }

        /**
         * Sets the party that stores the confirmation passwords.
         *
         * @param newPasswordKeeper the party that stores the confirmation passwords
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder passwordKeeper(PasswordKeeper newPasswordKeeper) {
            passwordKeeper = newPasswordKeeper;
            return this;
        }

        /**
         * Sets the number of consecutive wrong confirmation passwords that locks the password, 1 to 100.
         *
         * @param newPasswordTries the number of consecutive wrong confirmation passwords that locks the password,
         *     1 to 100
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder passwordTries(int newPasswordTries) {
            passwordTries = newPasswordTries;
            return this;
        }

        /**
         * Sets the number of consecutive wrong mail codes that locks mail codes, 1 to 100.
         *
         * @param newMailCodeTries the number of consecutive wrong mail codes that locks mail codes, 1 to 100
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder mailCodeTries(int newMailCodeTries) {
            mailCodeTries = newMailCodeTries;
            return this;
        }

        /**
         * Sets the lifetime of a mail code, 1 second to ten minutes (NIST SP 800-63B-4 §3.1.3.2).
         *
         * @param newMailCodeLifetime the lifetime of a mail code, 1 second to ten minutes (NIST SP 800-63B-4
         *     §3.1.3.2)
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder mailCodeLifetime(Duration newMailCodeLifetime) {
            mailCodeLifetime = newMailCodeLifetime;
            return this;
        }

        /**
         * Sets the time within which an operation in a transaction of the application can use the holder's proof.
         *
         * @param newProofLifetime the time, 1 second to one hour; 5 minutes by default
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder proofLifetime(Duration newProofLifetime) {
            proofLifetime = requireNonNull(newProofLifetime, "proofLifetime");
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public ConfirmationPolicy build() {
            return new ConfirmationPolicy(this);
        }
    }
}
