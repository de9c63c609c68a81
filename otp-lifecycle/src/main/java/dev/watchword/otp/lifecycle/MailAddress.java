package dev.watchword.otp.lifecycle;

import java.util.regex.Pattern;

/**
 * A mail address in ASCII. Compared exactly. It tells who somebody is, so its text is shown by {@link #text} alone.
 *
 * @param text the address, at most {@value #MAX_LENGTH} characters
 */
public record MailAddress(String text) {
    /** The greatest length of an address (RFC 5321 §4.5.3.1.3, without its angle brackets). */
    public static final int MAX_LENGTH = 254;

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    /**
     * Creates an address.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    public MailAddress {
        if (!isMailAddress(text)) {
            throw new IllegalArgumentException(
                    "A mail address must be ASCII, of the form name@domain, of at most " + MAX_LENGTH + " characters");
        }
    }

    static boolean isMailAddress(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    /**
     * Tells nothing of the address.
     *
     * @return a text that is the same for every address
     */
    @Override
    public String toString() {
        return "MailAddress[redacted]";
    }
}
