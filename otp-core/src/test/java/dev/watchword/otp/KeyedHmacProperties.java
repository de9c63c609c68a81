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

@Tag("R1.1")
class KeyedHmacProperties {

    /** Secrets below, at and above the block's length, used once and again; the platform's own HMAC is the judge. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void agreesWithThePlatformsHmac(
            @ForAll HmacAlgorithm algorithm,
            @ForAll @Size(min = OtpSecret.MIN_LENGTH, max = OtpSecret.MAX_LENGTH) byte[] secret,
            @ForAll long movingFactor)
            throws Exception {
        Mac judge = judge(algorithm, secret);
        KeyedHmac byDigest = assertInstanceOf(DigestHmac.class, KeyedHmac.of(algorithm, OtpSecret.copyOf(secret)));
        KeyedHmac byMac = KeyedHmac.of(algorithm, new SecretKeySpec(secret, algorithm.macName()), judge.getProvider());

        for (int use = 1; use <= 3; use++) {
            try (Evaluation digest = byDigest.begin(2);
                    Evaluation mac = byMac.begin(2)) {
                for (long factor = movingFactor; factor != movingFactor + 2; factor++) {
                    byte[] expected = judged(judge, factor);
                    assertArrayEquals(expected, Rfc.hash(digest, factor));
                    assertArrayEquals(expected, Rfc.hash(mac, factor));
                }
            }
        }
    }

    /** One by one and two at once, in any order, announced or not. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void hashesTwoAtOnceLikeOneAfterTheOther(
            @ForAll HmacAlgorithm algorithm,
            @ForAll @Size(min = OtpSecret.MIN_LENGTH, max = OtpSecret.MAX_LENGTH) byte[] secret,
            @ForAll long movingFactor,
            @ForAll @IntRange(max = 6) int announced,
            @ForAll @Size(max = 4) List<Boolean> both)
            throws Exception {
        Mac judge = judge(algorithm, secret);
        KeyedHmac byDigest = KeyedHmac.of(algorithm, OtpSecret.copyOf(secret));
        KeyedHmac byMac = KeyedHmac.of(algorithm, new SecretKeySpec(secret, algorithm.macName()), judge.getProvider());

        for (KeyedHmac hmac : List.of(byDigest, byDigest, byMac)) {
            try (Evaluation evaluation = hmac.begin(announced)) {
                long factor = movingFactor;
                for (boolean two : both) {
                    if (two) {
                        List<byte[]> hashes = Rfc.hash(evaluation, factor, ++factor);
                        assertArrayEquals(judged(judge, factor - 1), hashes.get(0));
                        assertArrayEquals(judged(judge, factor), hashes.get(1));
                    } else {
                        assertArrayEquals(judged(judge, factor), Rfc.hash(evaluation, factor));
                    }
                    factor++;
                }
            }
        }
    }

    private static Mac judge(HmacAlgorithm algorithm, byte[] secret) throws Exception {
        Mac judge = Mac.getInstance(algorithm.macName());
        judge.init(new SecretKeySpec(secret, algorithm.macName()));
        return judge;
    }

    private static byte[] judged(Mac judge, long factor) {
        return judge.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(factor).array());
    }
}
