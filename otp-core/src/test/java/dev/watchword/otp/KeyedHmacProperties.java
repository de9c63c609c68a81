package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

@Tag("R1.1")
class KeyedHmacProperties {

    /** Secrets below, at and above the block's length; the platform's own HMAC is the judge. */
    @Property
    void agreesWithThePlatformsHmac(
            @ForAll HmacAlgorithm algorithm,
            @ForAll @Size(min = OtpSecret.MIN_LENGTH, max = OtpSecret.MAX_LENGTH) byte[] secret,
            @ForAll @Size(8) byte[] message)
            throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance(algorithm.digestName());

        byte[] hash = new CloningHmac(digest, algorithm, secret).hash(message);

        assertArrayEquals(new MacHmac(algorithm, secret).hash(message), hash);
    }
}
