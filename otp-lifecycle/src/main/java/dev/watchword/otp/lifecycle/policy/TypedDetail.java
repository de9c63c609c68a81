package dev.watchword.otp.lifecycle.policy;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.signing.TransactionDetails;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The detail of a transaction that a holder types into a token with a keypad, such as the payee's account number. The token
 * signs this detail and no other. Immutable.
 *
 * <p>The holder types the digit 1 and then the digits of the detail. Without the leading 1, two numbers with leading zeros could
 * give the same response, because RFC 6287 §5.1 pads a challenge.
 */
public final class TypedDetail {
    private static final Pattern NUMBER = Pattern.compile("[0-9 -]*");
    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

    private final String name;
    private final int digits;

    private TypedDetail(String name, int digits) {
        if (!TransactionDetails.isName(name)) {
            throw new IllegalArgumentException("name must have the form of a detail's name");
        }
        Require.range(digits, "digits", 1, OcraSuite.MAX_CHALLENGE - 1, "a challenge has at most 64 characters");
        this.name = name;
        this.digits = digits;
    }

    /**
     * Creates the value.
     *
     * @param name the name of the detail
     * @param digits the exact number of digits of its value, 1 to 63; spaces and hyphens between the digits are ignored
     * @return the value
     * @throws IllegalArgumentException if the name or the number is malformed
     */
    public static TypedDetail of(String name, int digits) {
        return new TypedDetail(name, digits);
    }

    /** {@return the name of the detail} */
    public String name() {
        return name;
    }

    /** {@return the exact number of digits of its value} */
    public int digits() {
        return digits;
    }

    /** {@return the number of characters that the holder types} */
    public int length() {
        return digits + 1;
    }

    /**
     * Returns the text that the holder types for the details of a transaction.
     *
     * @param details the details
     * @return the digit 1 and the digits of the detail; empty if the detail is missing, has another number of digits, or has characters
     *     other than digits, spaces and hyphens
     */
    public Optional<String> challenge(TransactionDetails details) {
        return challenge(details, name).filter(typed -> typed.length() == length());
    }

    /**
     * Returns the text that the holder types for a detail. The detail may have any number of digits.
     *
     * @param details the details
     * @param name the name of the detail
     * @return the digit 1 and the digits of the detail; empty if the detail is missing or has characters other than digits, spaces and
     *     hyphens
     */
    public static Optional<String> challenge(TransactionDetails details, String name) {
        return details.value(name)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(value -> "1" + NO_DIGIT.matcher(value).replaceAll(""));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TypedDetail that && name.equals(that.name) && digits == that.digits;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, digits);
    }

    @Override
    public String toString() {
        return "TypedDetail[name=" + name + ", digits=" + digits + "]";
    }
}
