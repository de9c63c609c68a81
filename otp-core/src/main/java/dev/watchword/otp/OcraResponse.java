package dev.watchword.otp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of the last computed OCRA response. Every response uses the same array. For one thread. Closing it wipes the
 * array.
 */
final class OcraResponse implements AutoCloseable {
    private static final String HEXADECIMAL = "0123456789abcdef";

    private final int digits;

    /** The text of the last response in ASCII. */
    private final byte[] text;

    OcraResponse(OcraSuite suite) {
        this.digits = suite.digits();
        this.text = new byte[suite.responseLength()];
    }

    /**
     * Returns the bytes of an entered response, in lower case. Returns {@code null} if the text is not a response of the
     * suite.
     */
    static byte @Nullable [] parse(String response, OcraSuite suite) {
        if (response.length() != suite.responseLength()) {
            return null;
        }
        byte[] entered = new byte[response.length()];
        for (int i = 0; i < entered.length; i++) {
            char c = response.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean lower = c >= 'a' && c <= 'f';
            boolean upper = c >= 'A' && c <= 'F';
            if (!digit && (suite.digits() > 0 || !(lower || upper))) {
                return null;
            }
            entered[i] = (byte) (upper ? c - 'A' + 'a' : c);
        }
        return entered;
    }

    /** Computes the response of a message. */
    void compute(Evaluation evaluation, OcraMessage message) {
        if (digits == 0) {
            evaluation.hash(message.bytes());
            writeHash(evaluation);
        } else {
            writeDigits(evaluation.truncated(message.bytes()));
        }
    }

    private void writeHash(Evaluation evaluation) {
        for (int i = 0; i < text.length; i += 2) {
            byte b = evaluation.bytes[evaluation.hashOffset + i / 2];
            text[i] = (byte) HEXADECIMAL.charAt(b >> 4 & 0xf);
            text[i + 1] = (byte) HEXADECIMAL.charAt(b & 0xf);
        }
    }

    /**
     * Writes the last digits of a truncated HMAC with leading zeros. The tenth digit of 31 bits is 0, 1 or 2.
     */
    private void writeDigits(int truncated) {
        int rest = truncated;
        for (int i = text.length - 1; i >= 0; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Compares the computed response with an entered one in constant time. */
    boolean isEqual(byte[] entered) {
        return MessageDigest.isEqual(text, entered);
    }

    @Override
    public String toString() {
        return new String(text, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        Arrays.fill(text, (byte) 0);
    }
}
