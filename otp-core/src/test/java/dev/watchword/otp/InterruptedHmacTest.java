package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.support.InterruptedDigest;
import java.security.ProviderException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests interruptions while a workbench pads a key. The key is longer than a block, so a digest hashes it at that
 * moment.
 */
@Tag("R10.2")
class InterruptedHmacTest {
    private final OtpSecret secret = OtpSecret.copyOf(new byte[65]);
    private Runnable interruption = () -> {};
    private final HashFunction hash =
            new HashFunction(HmacAlgorithm.SHA1, new InterruptedDigest(() -> interruption.run()));
    private final Workbench ofThisThread = hash.workbench();
    private final KeyedHmac hmac = new DigestHmac(hash, secret);

    /** Without this check, the bytes that were read could be zeros, and anyone can compute the codes of zeros. */
    @Test
    void failsIfTheSecretIsDestroyedMeanwhile() {
        interruption = secret::destroy;

        assertThrows(IllegalStateException.class, () -> hmac.begin(1));

        assertIsClean();
    }

    @Test
    void failsIfAPreparedSecretIsDestroyedMeanwhile() {
        hmac.begin(1).close();
        interruption = secret::destroy;

        assertThrows(IllegalStateException.class, () -> hmac.begin(1));

        assertIsClean();
    }

    @Test
    void leavesNothingBehindIfTheProviderFails() {
        interruption = () -> {
            throw new ProviderException("the device was unplugged");
        };

        assertThrows(ProviderException.class, () -> hmac.begin(1));

        assertIsClean();
        interruption = () -> {};
        hmac.begin(1).close();
    }

    private void assertIsClean() {
        assertSame(ofThisThread, hash.workbench());
        assertArrayEquals(new byte[ofThisThread.bytes.length], ofThisThread.bytes);
    }
}
