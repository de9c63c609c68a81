package dev.watchword.otp.lifecycle.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored credentials with which a holder confirms requests: the confirmation password and the current mail
 * code, with their failure counters. Immutable.
 */
public final class Credentials {
    /** No password and no mail code. */
    public static final Credentials NONE = builder().build();

    private final @Nullable SealedSecret password;
    private final int passwordFailures;
    private final @Nullable MailCode mailCode;
    private final int mailCodeFailures;

    private Credentials(Builder builder) {
        password = builder.password;
        passwordFailures = builder.passwordFailures;
        mailCode = builder.mailCode;
        mailCodeFailures = builder.mailCodeFailures;
        if (passwordFailures < 0 || mailCodeFailures < 0) {
            throw new IllegalArgumentException(
                    "Failure counters must be 0 or more, not " + passwordFailures + " and " + mailCodeFailures);
        }
    }

    /**
     * Begins to build credentials from stored values.
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
        builder.password = password;
        builder.passwordFailures = passwordFailures;
        builder.mailCode = mailCode;
        builder.mailCodeFailures = mailCodeFailures;
        return builder;
    }

    /**
     * {@return the encrypted hash of the confirmation password; {@code null} if the library stores none for this
     * holder}
     */
    public @Nullable SealedSecret password() {
        return password;
    }

    /** {@return the number of consecutive wrong confirmation passwords} */
    public int passwordFailures() {
        return passwordFailures;
    }

    /** {@return the mail code that can be used, or {@code null}} */
    public @Nullable MailCode mailCode() {
        return mailCode;
    }

    /** {@return the number of consecutive wrong mail codes; a new mail code does not reset it} */
    public int mailCodeFailures() {
        return mailCodeFailures;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Credentials that
                        && Objects.equals(password, that.password)
                        && passwordFailures == that.passwordFailures
                        && Objects.equals(mailCode, that.mailCode)
                        && mailCodeFailures == that.mailCodeFailures);
    }

    @Override
    public int hashCode() {
        return Objects.hash(password, passwordFailures, mailCode, mailCodeFailures);
    }

    @Override
    public String toString() {
        return "Credentials[password=" + password + ", passwordFailures=" + passwordFailures + ", mailCode=" + mailCode
                + ", mailCodeFailures=" + mailCodeFailures + "]";
    }

    /** Builds a {@link Credentials}. Not thread-safe. */
    public static final class Builder {
        private @Nullable SealedSecret password;
        private int passwordFailures;
        private @Nullable MailCode mailCode;
        private int mailCodeFailures;

        private Builder() {}

        /**
         * Sets the encrypted hash of the confirmation password.
         *
         * @param newPassword the encrypted hash of the confirmation password; {@code null} if the library stores
         *     none for this holder
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder password(@Nullable SealedSecret newPassword) {
            password = newPassword;
            return this;
        }

        /**
         * Sets the number of consecutive wrong confirmation passwords.
         *
         * @param newPasswordFailures the number of consecutive wrong confirmation passwords
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder passwordFailures(int newPasswordFailures) {
            passwordFailures = newPasswordFailures;
            return this;
        }

        /**
         * Sets the mail code that can be used.
         *
         * @param newMailCode the mail code that can be used, or {@code null}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder mailCode(@Nullable MailCode newMailCode) {
            mailCode = newMailCode;
            return this;
        }

        /**
         * Sets the number of consecutive wrong mail codes; a new mail code does not reset it.
         *
         * @param newMailCodeFailures the number of consecutive wrong mail codes; a new mail code does not reset it
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder mailCodeFailures(int newMailCodeFailures) {
            mailCodeFailures = newMailCodeFailures;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws IllegalArgumentException if a counter is negative
         */
        public Credentials build() {
            return new Credentials(this);
        }
    }
}
