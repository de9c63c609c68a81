package dev.watchword.otp.lifecycle;

import java.util.Set;
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

    static final Purpose ISSUE = new Purpose("issue");
    static final Purpose ORDER = new Purpose("order");
    static final Purpose RENEWAL = new Purpose("renewal");
    static final Purpose ACTIVATION = new Purpose("activation");
    static final Purpose CANCELLATION = new Purpose("cancellation");
    static final Purpose REVOCATION = new Purpose("revocation");
    static final Purpose RESYNCHRONISATION = new Purpose("resynchronisation");

    private static final Set<Purpose> OF_THE_LIBRARY =
            Set.of(ISSUE, ORDER, RENEWAL, ACTIVATION, CANCELLATION, REVOCATION, RESYNCHRONISATION);

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

    /**
     * Tells whether the library records this purpose by itself: issue, order, renewal, activation, cancellation, revocation
     * and resynchronisation.
     *
     * @return whether no caller can verify a code for it
     */
    public boolean isOfTheLibrary() {
        return OF_THE_LIBRARY.contains(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
