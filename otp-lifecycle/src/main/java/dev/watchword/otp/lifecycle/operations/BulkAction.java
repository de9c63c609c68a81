package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.SuspensionReason;

/** The action of a bulk job on each selected token (R12.3). Immutable. */
public sealed interface BulkAction {
    /**
     * Suspends the tokens of holders. Skips tokens that are already suspended.
     *
     * @param why the kind of reason, one {@linkplain SuspensionReason#isForTokens for tokens}
     * @return the action
     * @throws IllegalArgumentException if the kind of reason is not one for tokens
     */
    static BulkAction suspend(SuspensionReason why) {
        return new Suspend(why);
    }

    /**
     * Revokes the tokens of holders, so that their secrets are deleted. The revocation of a token in use also ends a pending
     * successor. Login then does not ask these holders for a code.
     *
     * @return the action
     */
    static BulkAction revoke() {
        return new Revoke();
    }

    /**
     * Withdraws the tokens in stock (R5.5). Does not change tokens of holders.
     *
     * @return the action
     */
    static BulkAction withdraw() {
        return new Withdraw();
    }

    /**
     * Records the lapse of overdue tokens and orders, so that their secrets are deleted. Only for {@link Selection#overdue}.
     *
     * @return the action
     */
    static BulkAction lapse() {
        return new Lapse();
    }

    /**
     * Suspends.
     *
     * @param why the kind of reason
     */
    record Suspend(SuspensionReason why) implements BulkAction {
        /**
         * Creates the value.
         *
         * @throws IllegalArgumentException if the kind of reason is not one for tokens
         */
        public Suspend {
            if (!why.isForTokens()) {
                throw new IllegalArgumentException("why must be LOST, STOLEN, BROKEN or OTHER for a token, not " + why);
            }
        }
    }

    /** Revokes. */
    record Revoke() implements BulkAction {}

    /** Withdraws. */
    record Withdraw() implements BulkAction {}

    /** Records lapses. */
    record Lapse() implements BulkAction {}
}
