package dev.watchword.otp.lifecycle.policy;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.signing.TransactionDetails;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The detail of a transaction that a holder types into a token with a keypad, such as the payee's account number. The token
 * signs this detail and no other.
 *
 * <p>The holder types the digit 1 and then the digits of the detail. Without the leading 1, a number and the same number with a zero
 * in front would give the same response (RFC 6287 §5.1 pads the challenge).
 *
 * @param name the name of the detail
 * @param digits the exact number of digits of its value, 1 to 63; other characters between the digits are ignored
 */
public record TypedDetail(String name, int digits) {
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the name or the number is malformed
     */
    public TypedDetail {
        if (!TransactionDetails.isName(name)) {
            throw new IllegalArgumentException("name must have the form of a detail's name");
        }
        Require.range(digits, "digits", 1, OcraSuite.MAX_CHALLENGE - 1, "a challenge has at most 64 characters");
    }

    /** {@return the number of characters that the holder types} */
    public int length() {
        return digits + 1;
    }

    /**
     * Returns the text that the holder types for the details of a transaction.
     *
     * @param details the details
     * @return the digit 1 and the digits of the detail; empty if the detail is missing or has another number of digits
     */
    public Optional<String> challenge(TransactionDetails details) {
        return challenge(details, name).filter(typed -> typed.length() == length());
    }

    /**
     * Returns the text that the holder types for a detail, with any number of digits.
     *
     * @param details the details
     * @param name the name of the detail
     * @return the digit 1 and the digits of the detail; empty if the detail is missing
     */
    public static Optional<String> challenge(TransactionDetails details, String name) {
        return details.value(name).map(value -> "1" + NO_DIGIT.matcher(value).replaceAll(""));
    }
}
