package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link OcraSuite#digestChallenge}: the challenges of chosen digests in each format. */
@Tag("R13.2")
class OcraDigestChallengeTest {
    private static OcraSuite suite(String challenge) {
        return OcraSuite.parse("OCRA-1:HOTP-SHA256-8:" + challenge);
    }

    private static byte[] digest(String number) {
        byte[] digest = new byte[32];
        byte[] bytes = new BigInteger(number).toByteArray();
        System.arraycopy(bytes, 0, digest, 32 - bytes.length, bytes.length);
        return digest;
    }

    @ParameterizedTest
    @CsvSource({
        "QN04,0,1000",
        "QN04,8999,9999",
        "QN04,9000,1000",
        "QN08,0,10000000",
        "QN08,12345678,22345678",
        "QN08,90000000,10000000",
        "QN08,89999999,99999999",
    })
    void aNumericChallengeIsTheRemainderAfterTheSmallestNumber(String challenge, String number, String expected) {
        assertEquals(expected, suite(challenge).digestChallenge(digest(number)));
    }

    /** A digest is unsigned, so its first bit is not a sign. */
    @Test
    void theLongestNumericChallengeHas64Digits() {
        byte[] digest = new byte[32];
        Arrays.fill(digest, (byte) 0xff);
        BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        BigInteger smallest = BigInteger.TEN.pow(63);

        assertEquals(
                smallest.add(largest.mod(smallest.multiply(BigInteger.valueOf(9))))
                        .toString(),
                suite("QN64").digestChallenge(digest));
    }

    @Test
    void aHexadecimalChallengeIsTheBeginningOfTheDigest() {
        byte[] digest = HexFormat.of().parseHex("00ab".repeat(16));

        assertEquals("00ab", suite("QH04").digestChallenge(digest));
        assertEquals("00ab0", suite("QH05").digestChallenge(digest));
        assertEquals("00ab".repeat(16), suite("QH64").digestChallenge(digest));
    }

    /** The test computes the characters with another method than the library. */
    @ParameterizedTest
    @ValueSource(strings = {"QA04", "QA10", "QA43", "QA64"})
    void anAlphanumericChallengeComesFromHashedBlocks(String challenge) throws Exception {
        String characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        for (int number = 0; number < 50; number++) {
            byte[] digest = digest(Integer.toString(number));
            StringBuilder stream = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                byte[] input = Arrays.copyOf(digest, 36);
                input[35] = (byte) i;
                for (byte value : MessageDigest.getInstance("SHA-256").digest(input)) {
                    int unsigned = value & 0xff;
                    stream.append(unsigned < 248 ? "" + characters.charAt(unsigned % 62) : "");
                }
            }
            int length = Integer.parseInt(challenge.substring(2));
            assertEquals(stream.substring(0, length), suite(challenge).digestChallenge(digest));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 31, 33, 64})
    void rejectsADigestOfAnotherLength(int length) {
        var e = assertThrows(IllegalArgumentException.class, () -> suite("QH08").digestChallenge(new byte[length]));

        assertEquals("The digest of a challenge must have 32 bytes, not " + length, e.getMessage());
    }
}
