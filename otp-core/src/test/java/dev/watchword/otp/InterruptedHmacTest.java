package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.security.ProviderException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens in the middle of laying out a key, which is longer than a block here, so that a digest takes it in. */
@Tag("R10.2")
class InterruptedHmacTest {
    private final OtpSecret secret = OtpSecret.copyOf(new byte[65]);
    private Runnable interruption = () -> {};
    private final HashFunction hash = new HashFunction(HmacAlgorithm.SHA1, new InterruptedDigest());
    private final Workbench ofThisThread = hash.workbench();
    private final KeyedHmac hmac = new DigestHmac(hash, secret);

    /** What was read of it may be zeros by then, whose codes anyone can compute. */
    @Test
    void aSecretThatIsDestroyedMeanwhileIsAnError() {
        interruption = secret::destroy;

        assertThrows(IllegalStateException.class, () -> hmac.begin(1));

        assertIsClean();
    }

    @Test
    void aPreparedSecretThatIsDestroyedMeanwhileIsAnError() {
        hmac.begin(1).close();
        interruption = secret::destroy;

        assertThrows(IllegalStateException.class, () -> hmac.begin(1));

        assertIsClean();
    }

    @Test
    void aProviderThatFailsLeavesNothingBehind() {
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

    /** Hashes nothing, and lets something else happen meanwhile. */
    private final class InterruptedDigest extends MessageDigest implements Cloneable {
        InterruptedDigest() {
            super("SHA-1");
        }

        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            interruption.run();
        }

        @Override
        protected byte[] engineDigest() {
            return new byte[20];
        }

        @Override
        protected void engineReset() {}
    }
}
