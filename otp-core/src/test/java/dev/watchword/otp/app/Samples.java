package dev.watchword.otp.app;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** What many tests begin with: the manual's token. */
final class Samples {
    static final String SERVICE = "10112235";
    static final String USER = "999800000001";
    static final Instant START = Instant.parse("2015-08-26T01:30:00Z");
    static final Instant EXPIRY = Instant.parse("2020-10-31T00:00:00Z");
    static final SecureRandom RANDOM = new SecureRandom();

    private Samples() {}

    static byte[] secret() {
        return "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    }

    static TokenContents contents() {
        return contents(SERVICE, USER);
    }

    static TokenContents contents(String serviceId, String userId) {
        return new TokenContents(
                OtpSecret.copyOf(secret()), TotpProfile.BANK, "243725864", "とまと信用金庫", serviceId, userId, START, EXPIRY);
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A source that gives just some bytes, once, and sees what becomes of them. */
    static final class Giving extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;
        private byte[] given = {};

        Giving(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] into) {
            if (given.length > 0 || into.length != bytes.length) {
                throw new AssertionError("not the randomness that was asked for before: " + into.length);
            }
            given = into;
            System.arraycopy(bytes, 0, into, 0, bytes.length);
        }

        boolean isWiped() {
            return given.length > 0 && Arrays.equals(given, new byte[given.length]);
        }
    }

    /** Whether so many bytes that stand in a secret stand in others too. */
    static boolean shows(byte[] bytes, byte[] secret) {
        for (int i = 0; i + 8 <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + 8, secret, 0, 8)) {
                return true;
            }
        }
        return false;
    }
}
