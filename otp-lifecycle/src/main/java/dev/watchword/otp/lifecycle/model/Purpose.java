package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.signing.SigningRequest;
import java.util.Set;

/**
 * The purpose for which the application asks for a code or a signature. The event records it, and a signature covers it. A code that
 * is spent for one purpose is spent for all.
 *
 * @param value 1 to 32 of {@code a-z}, {@code 0-9} and {@code -}, beginning with a letter
 */
public record Purpose(String value) {
    /** Logging in. */
    public static final Purpose LOGIN = new Purpose("login");

    /** Moving money (資金移動). */
    public static final Purpose FUNDS_TRANSFER = new Purpose("funds-transfer");

    /** Changing the data that the institution holds about the customer (お客様登録情報の変更). */
    public static final Purpose CUSTOMER_DATA = new Purpose("customer-data");

    /** Issuing a software token. Reserved. */
    public static final Purpose ISSUE = new Purpose("issue");

    /** Ordering a hardware token. Reserved. */
    public static final Purpose ORDER = new Purpose("order");

    /** Renewing a token. Reserved. */
    public static final Purpose RENEWAL = new Purpose("renewal");

    /** Replacement of a token by an operator. Reserved. */
    public static final Purpose REPLACEMENT = new Purpose("replacement");

    /** Activating a token. Reserved. */
    public static final Purpose ACTIVATION = new Purpose("activation");

    /** Cancelling a pending token or order. Reserved. */
    public static final Purpose CANCELLATION = new Purpose("cancellation");

    /** Revoking a token. Reserved. */
    public static final Purpose REVOCATION = new Purpose("revocation");

    /** Resynchronising a token. Reserved. */
    public static final Purpose RESYNCHRONISATION = new Purpose("resynchronisation");

    /** Creating recovery codes. Reserved. */
    public static final Purpose RECOVERY_CODES = new Purpose("recovery-codes");

    private static final Set<Purpose> RESERVED = Set.of(
            ISSUE,
            ORDER,
            RENEWAL,
            REPLACEMENT,
            ACTIVATION,
            CANCELLATION,
            REVOCATION,
            RESYNCHRONISATION,
            RECOVERY_CODES);

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value is malformed
     */
    public Purpose {
        if (!SigningRequest.isPurpose(value)) {
            throw new IllegalArgumentException("A purpose must be 1 to 32 of a-z, 0-9 and -, beginning with a letter");
        }
    }

    /**
     * Returns whether the library itself records this purpose. No caller can verify a code for a reserved purpose.
     *
     * @return whether the purpose is reserved
     */
    public boolean isReserved() {
        return RESERVED.contains(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
