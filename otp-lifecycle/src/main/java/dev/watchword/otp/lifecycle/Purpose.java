package dev.watchword.otp.lifecycle;

import java.util.regex.Pattern;

/**
 * What a code is asked for. It is recorded with the code; a code spent for one purpose is spent for all.
 *
 * @param name 1 to 32 of {@code a-z}, {@code 0-9} and {@code -}, beginning with a letter
 */
public record Purpose(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Logging in. */
    public static final Purpose LOGIN = new Purpose("login");

    /** Moving money (資金移動). */
    public static final Purpose FUNDS_TRANSFER = new Purpose("funds-transfer");

    /** Changing what the institution knows of the customer (お客様登録情報の変更). */
    public static final Purpose CUSTOMER_DATA = new Purpose("customer-data");

    /** Activating the token; the library records it by itself. */
    public static final Purpose ACTIVATION = new Purpose("activation");

    /** Revoking the token; the library records it by itself. */
    public static final Purpose REVOCATION = new Purpose("revocation");

    /**
     * Creates a purpose of the caller's own.
     *
     * @throws IllegalArgumentException if the name has another form
     */
    public Purpose {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("purpose must be 1 to 32 of a-z, 0-9 and -, beginning with a letter");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
