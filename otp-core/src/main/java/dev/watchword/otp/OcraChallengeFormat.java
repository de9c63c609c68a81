package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The characters of an OCRA challenge (RFC 6287 §6.3). */
public enum OcraChallengeFormat {
    /** Digits. A device with a numeric keypad needs this format. The suite has {@code QN}. */
    NUMERIC('N', "0123456789"),
    /** Letters of either case and digits. The case counts. The suite has {@code QA}. */
    ALPHANUMERIC('A', "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    /** Hexadecimal digits. The case does not count. The suite has {@code QH}. */
    HEXADECIMAL('H', "0123456789abcdefABCDEF");

    /** The number of digits that always fit into a {@code long}. */
    private static final int MAX_DIGITS_OF_LONG = 18;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final char letter;
    private final String characters;

    OcraChallengeFormat(char letter, String characters) {
        this.letter = letter;
        this.characters = characters;
    }

    /** Returns the letter of this format in a suite: N, A or H. */
    char letter() {
        return letter;
    }

    /** Returns whether a text has 1 to {@code max} characters, all of this format. */
    boolean accepts(String challenge, int max) {
        if (challenge.isEmpty() || challenge.length() > max) {
            return false;
        }
        for (int i = 0; i < challenge.length(); i++) {
            if (characters.indexOf(challenge.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a challenge, without its padding, from an index on. Follows the reference implementation of RFC 6287,
     * which converts a decimal number to hexadecimal digits. The first of these digits, or the first digit of a
     * hexadecimal challenge, is the high half of the first byte.
     */
    void write(String challenge, byte[] message, int at) {
        switch (this) {
            case NUMERIC -> {
                if (challenge.length() <= MAX_DIGITS_OF_LONG) {
                    long number = Long.parseLong(challenge);
                    LONG.set(message, at, number << (Long.numberOfLeadingZeros(number) & -4));
                } else {
                    writeHex(new BigInteger(challenge).toString(16), message, at);
                }
            }
            case ALPHANUMERIC -> put(challenge.getBytes(StandardCharsets.US_ASCII), message, at);
            case HEXADECIMAL -> writeHex(challenge, message, at);
        }
    }

    private static void writeHex(String digits, byte[] message, int at) {
        put(HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : digits + "0"), message, at);
    }

    private static void put(byte[] bytes, byte[] message, int at) {
        System.arraycopy(bytes, 0, message, at, bytes.length);
    }

    /**
     * Returns a random challenge of full length. A numeric one does not begin with 0. Two different challenges from
     * this method therefore never have the same bytes.
     */
    String random(int length, SecureRandom random) {
        int distinct = this == HEXADECIMAL ? 16 : characters.length();
        StringBuilder challenge = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int smallest = this == NUMERIC && i == 0 ? 1 : 0;
            challenge.append(characters.charAt(smallest + random.nextInt(distinct - smallest)));
        }
        return challenge.toString();
    }

    /** Returns the challenge of full length that {@link OcraSuite#digestChallenge} defines for a digest. */
    String derive(int length, byte[] digest) {
        return switch (this) {
            case NUMERIC -> numeric(length, new BigInteger(1, digest));
            case ALPHANUMERIC -> alphanumeric(length, digest);
            case HEXADECIMAL -> HexFormat.of().formatHex(digest).substring(0, length);
        };
    }

    private static String numeric(int length, BigInteger digest) {
        BigInteger smallest = BigInteger.TEN.pow(length - 1);
        return smallest.add(digest.mod(smallest.multiply(BigInteger.valueOf(9))))
                .toString();
    }

    /** Skips the bytes that would make the first characters more probable than the others. */
    private String alphanumeric(int length, byte[] digest) {
        int unbiased = 256 - 256 % characters.length();
        StringBuilder challenge = new StringBuilder(length);
        for (int block = 0; challenge.length() < length; block++) {
            for (byte signed : block(digest, block)) {
                int value = Byte.toUnsignedInt(signed);
                if (value < unbiased && challenge.length() < length) {
                    challenge.append(characters.charAt(value % characters.length()));
                }
            }
        }
        return challenge.toString();
    }

    private static byte[] block(byte[] digest, int number) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance(HmacAlgorithm.SHA256.digestName());
            sha256.update(digest);
            return sha256.digest(
                    ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The platform must have SHA-256; use a standard Java platform", e);
        }
    }
}
