package dev.watchword.otp.lifecycle.seeds;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A decrypted number of a PSKC file. Manufacturers encrypt either its decimal digits in ASCII, or the bytes of an integer in
 * big-endian order.
 *
 * <p>The same bytes can be valid in both forms. The digits then apply if they are in range, because they give the smaller number.
 * The look-ahead or a resynchronisation can correct a counter that is too low, if the difference is within their range. Nothing
 * corrects a counter that is too high.
 */
final class EncryptedNumber {
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+");

    private EncryptedNumber() {}

    /**
     * Returns the number. An integer of 4 or 8 bytes can be negative if the range allows it. For other lengths, programs do not
     * agree on the meaning of the highest bit.
     *
     * @throws IllegalArgumentException if the bytes are not a number, or if the number is out of range
     */
    static long of(byte[] open, long min, long max) {
        String text = new String(open, StandardCharsets.ISO_8859_1);
        boolean decimal = DECIMAL.matcher(text).matches();
        if (decimal && (open.length > Long.BYTES || isInRange(text, min, max))) {
            return SeedText.number(text, min, max);
        }
        if (open.length == 0 || open.length > Long.BYTES) {
            throw new IllegalArgumentException("must be encrypted as ASCII digits, or as an integer of 1 to 8 bytes");
        }
        boolean highest = min < 0 && open[0] < 0;
        if (highest && open.length != Integer.BYTES && open.length != Long.BYTES) {
            throw new IllegalArgumentException(
                    "must be encrypted as ASCII digits, or in 4 or 8 bytes, if it is negative");
        }
        long number = highest ? -1 : 0;
        for (byte each : open) {
            number = (number << Byte.SIZE) | (each & 0xFF);
        }
        return SeedText.inRange(number, min, max);
    }

    private static boolean isInRange(String text, long min, long max) {
        long number = Long.parseLong(text);
        return number >= min && number <= max;
    }
}
