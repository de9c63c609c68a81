package dev.watchword.otp.lifecycle.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail address in ASCII. Addresses are compared exactly.
 *
 * <p>The address is personal data. {@link #value} returns it, and a serialiser of records writes it. {@link #toString}
 * returns a text that no mail system accepts as an address. If a caller forgets {@code value()}, sending fails.
 *
 * @param value the address, of the form {@code name@domain}, at most {@value #MAX_LENGTH} characters
 */
public record MailAddress(String value) {
    /** The greatest length of an address (RFC 5321 §4.5.3.1.3, without its angle brackets). */
    public static final int MAX_LENGTH = 254;

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the text is malformed
     */
    public MailAddress {
        if (!isForm(value)) {
            throw new IllegalArgumentException(
                    "A mail address must be ASCII, of the form name@domain, and at most " + MAX_LENGTH + " characters");
        }
    }

    /**
     * Reads a mail address that a person typed.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the value, or empty if the text is malformed
     */
    public static Optional<MailAddress> parse(@Nullable String text) {
        return text != null && isForm(text) ? Optional.of(new MailAddress(text)) : Optional.empty();
    }

    private static boolean isForm(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    /**
     * Returns a text without the address.
     *
     * @return a text that is the same for every address and is not a valid address
     */
    @Override
    public String toString() {
        return "<mail address; call value()>";
    }
}
