package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
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
        Mac judge = Mac.getInstance(algorithm.macName());
        SecretKeySpec key = new SecretKeySpec(secret, algorithm.macName());
        judge.init(key);
        KeyedHmac byDigest = assertInstanceOf(DigestHmac.class, KeyedHmac.of(algorithm, OtpSecret.copyOf(secret)));
        KeyedHmac byMac = KeyedHmac.of(algorithm, key, judge.getProvider());

        for (int use = 1; use <= 3; use++) {
            try (Evaluation digest = byDigest.begin(2);
                    Evaluation mac = byMac.begin(2)) {
                for (long factor = movingFactor; factor != movingFactor + 2; factor++) {
                    byte[] expected = judge.doFinal(
                            ByteBuffer.allocate(Long.BYTES).putLong(factor).array());
                    assertArrayEquals(expected, Rfc.hash(digest, factor));
                    assertArrayEquals(expected, Rfc.hash(mac, factor));
                }
            }
        }
    }
}
