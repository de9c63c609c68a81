package dev.watchword.otp.support;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * OCRA in the way of the RFC's appendix A: every input is a text of hexadecimal digits, which is padded to the length of
 * its field.
 */
public final class OcraReference {
    private OcraReference() {}

    /** Returns the hexadecimal digits of a challenge of the format N, A or H, without padding. */
    public static String challenge(char format, String challenge) {
        return switch (format) {
            case 'N' -> new BigInteger(challenge, 10).toString(16);
            case 'A' -> HexFormat.of().formatHex(challenge.getBytes(StandardCharsets.US_ASCII));
            default -> challenge;
        };
    }

    /** Returns a text of hexadecimal digits with zeros on the left. */
    public static String left(String digits, int length) {
        return "0".repeat(length - digits.length()) + digits;
    }

    /**
     * Returns a response.
     *
     * @param rest the digits of the counter, PIN, session information and time step, already padded; empty if absent
     */
    public static String response(
            String suite, byte[] secret, String counter, String challenge, String rest, int digits) {
        String question = challenge + "0".repeat(256 - challenge.length());
        byte[] message = HexFormat.of()
                .parseHex(HexFormat.of().formatHex(suite.getBytes(StandardCharsets.US_ASCII))
                        + "00"
                        + counter
                        + question
                        + rest);
        String algorithm = "Hmac" + suite.substring("OCRA-1:HOTP-".length(), suite.indexOf('-', 12));
        byte[] hash;
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            hash = mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        if (digits == 0) {
            return HexFormat.of().formatHex(hash);
        }
        int offset = hash[hash.length - 1] & 0xf;
        long binary = new BigInteger(1, Arrays.copyOfRange(hash, offset, offset + 4)).longValue() % (1L << 31);
        String text = "0".repeat(10) + binary;
        return text.substring(text.length() - digits);
    }
}
