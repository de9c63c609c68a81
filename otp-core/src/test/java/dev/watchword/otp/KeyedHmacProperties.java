package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Properties of {@link KeyedHmac} for random secrets and moving factors. */
@Tag("R1.1")
class KeyedHmacProperties {

    /**
     * The secrets are shorter than, as long as, and longer than a block. Each is used three times. The reference is the
     * platform's HMAC.
     */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void agreesWithThePlatformsHmac(
            @ForAll HmacAlgorithm algorithm,
            @ForAll @Size(min = OtpSecret.MIN_LENGTH, max = OtpSecret.MAX_LENGTH) byte[] secret,
            @ForAll long movingFactor)
            throws Exception {
        Mac reference = reference(algorithm, secret);
        KeyedHmac byDigest = assertInstanceOf(DigestHmac.class, KeyedHmac.of(algorithm, OtpSecret.copyOf(secret)));
        KeyedHmac byMac =
                KeyedHmac.of(algorithm, new SecretKeySpec(secret, algorithm.macName()), reference.getProvider());

        for (int use = 1; use <= 3; use++) {
            try (Evaluation digest = byDigest.begin(2);
                    Evaluation mac = byMac.begin(2)) {
                for (long factor = movingFactor; factor != movingFactor + 2; factor++) {
                    byte[] expected = expected(reference, factor);
                    assertArrayEquals(expected, HashReader.hash(digest, factor));
                    assertArrayEquals(expected, HashReader.hash(mac, factor));
                }
            }
        }
    }

    /** Single factors and pairs follow in any order, with any number of announced evaluations. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void hashesAPairLikeTwoSingleFactors(
            @ForAll HmacAlgorithm algorithm,
            @ForAll @Size(min = OtpSecret.MIN_LENGTH, max = OtpSecret.MAX_LENGTH) byte[] secret,
            @ForAll long movingFactor,
            @ForAll @IntRange(max = 6) int announced,
            @ForAll @Size(max = 4) List<Boolean> both)
            throws Exception {
        Mac reference = reference(algorithm, secret);
        KeyedHmac byDigest = KeyedHmac.of(algorithm, OtpSecret.copyOf(secret));
        KeyedHmac byMac =
                KeyedHmac.of(algorithm, new SecretKeySpec(secret, algorithm.macName()), reference.getProvider());

        for (KeyedHmac hmac : List.of(byDigest, byDigest, byMac)) {
            try (Evaluation evaluation = hmac.begin(announced)) {
                long factor = movingFactor;
                for (boolean two : both) {
                    if (two) {
                        List<byte[]> hashes = HashReader.hashPair(evaluation, factor, ++factor);
                        assertArrayEquals(expected(reference, factor - 1), hashes.get(0));
                        assertArrayEquals(expected(reference, factor), hashes.get(1));
                    } else {
                        assertArrayEquals(expected(reference, factor), HashReader.hash(evaluation, factor));
                    }
                    factor++;
                }
            }
        }
    }

    /** A message takes any length, and follows any other evaluation of the same secret. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Tag("R13.1")
    void hashesMessagesOfAnyLength(
            @ForAll HmacAlgorithm algorithm,
            @ForAll @Size(min = OtpSecret.MIN_LENGTH, max = OtpSecret.MAX_LENGTH) byte[] secret,
            @ForAll @Size(max = 300) byte[] message,
            @ForAll @IntRange(max = 4) int announced,
            @ForAll @Size(max = 3) List<Boolean> factorFirst)
            throws Exception {
        Mac reference = reference(algorithm, secret);
        byte[] expected = reference.doFinal(message);
        KeyedHmac byDigest = KeyedHmac.of(algorithm, OtpSecret.copyOf(secret));
        KeyedHmac byMac =
                KeyedHmac.of(algorithm, new SecretKeySpec(secret, algorithm.macName()), reference.getProvider());

        for (KeyedHmac hmac : List.of(byDigest, byDigest, byMac)) {
            try (Evaluation evaluation = hmac.begin(announced)) {
                for (boolean factor : factorFirst) {
                    if (factor) {
                        assertArrayEquals(expected(reference, 7), HashReader.hash(evaluation, 7));
                    }
                    assertArrayEquals(expected, HashReader.hash(evaluation, message));
                }
            }
        }
    }

    private static Mac reference(HmacAlgorithm algorithm, byte[] secret) throws Exception {
        Mac reference = Mac.getInstance(algorithm.macName());
        reference.init(new SecretKeySpec(secret, algorithm.macName()));
        return reference;
    }

    private static byte[] expected(Mac reference, long factor) {
        return reference.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(factor).array());
    }
}
