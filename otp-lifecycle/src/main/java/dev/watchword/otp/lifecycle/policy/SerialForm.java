package dev.watchword.otp.lifecycle.policy;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of an institution's serial numbers (R5.6), of hardware and software tokens. Imports, takeovers and entries with a
 * serial number of another form are refused. Stored tokens do not change, so a later form SHOULD include the earlier one.
 * Immutable.
 */
public final class SerialForm {
    /** The form of the bank in the customer manual: 8 to 12 digits. */
    public static final SerialForm BANK = digits(8, 12);

    /**
     * The general form (RFC 6030 SerialNo): 1 to {@value SerialNumber#MAX_LENGTH} printable ASCII characters without spaces. A
     * secret in hexadecimal or Base32 can also have this form. The form therefore does not reveal a seed file whose columns are
     * exchanged.
     */
    public static final SerialForm GENERAL = new SerialForm(false, 1, SerialNumber.MAX_LENGTH);

    private final boolean digitsOnly;
    private final int minLength;
    private final int maxLength;

    private SerialForm(boolean digitsOnly, int minLength, int maxLength) {
        this.digitsOnly = digitsOnly;
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    /**
     * Returns the form of serial numbers that consist of ASCII digits. Leading zeros count: {@code 01} and {@code 1} are
     * different serial numbers.
     *
     * @param min the smallest number of digits, 1 to {@value SerialNumber#MAX_LENGTH}
     * @param max the greatest number of digits, from {@code min} to {@value SerialNumber#MAX_LENGTH}
     * @return the form
     * @throws IllegalArgumentException if a number is out of range
     */
    public static SerialForm digits(int min, int max) {
        Require.range(min, "min", 1, SerialNumber.MAX_LENGTH, "the length of a serial number");
        Require.range(max, "max", min, SerialNumber.MAX_LENGTH, "from min to the length of a serial number");
        return new SerialForm(true, min, max);
    }

    /** {@return whether only ASCII digits are allowed} */
    public boolean digitsOnly() {
        return digitsOnly;
    }

    /** {@return the smallest length, from 1} */
    public int minLength() {
        return minLength;
    }

    /** {@return the greatest length, at most {@value SerialNumber#MAX_LENGTH}} */
    public int maxLength() {
        return maxLength;
    }

    /**
     * Returns whether a serial number has this form.
     *
     * @param serial the serial number
     * @return whether it has this form
     */
    public boolean allows(SerialNumber serial) {
        String value = serial.value();
        return digitsOnly
                ? Require.isDigits(value, minLength, maxLength)
                : value.length() >= minLength && value.length() <= maxLength;
    }

    /**
     * Reads a serial number that a person typed.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the value, or empty if the text does not have this form
     */
    public Optional<SerialNumber> parse(@Nullable String text) {
        return SerialNumber.parse(text).filter(this::allows);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SerialForm that
                        && digitsOnly == that.digitsOnly
                        && minLength == that.minLength
                        && maxLength == that.maxLength);
    }

    @Override
    public int hashCode() {
        return Objects.hash(digitsOnly, minLength, maxLength);
    }

    /** {@return the form in words, for messages, such as {@code 8 to 12 ASCII digits}} */
    @Override
    public String toString() {
        return (minLength == maxLength ? "" : minLength + " to ")
                + maxLength
                + (digitsOnly ? " ASCII digits" : " printable ASCII characters without spaces");
    }
}
