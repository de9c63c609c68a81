package dev.watchword.otp;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.RfcSecrets;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of {@link KeyedHmac}: long keys, several threads, several secrets at once, and wiping. */
@Tag("R1.1")
class KeyedHmacTest {

    @Test
    void hashesOnlyKeysThatAreLongerThanABlock() {
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            for (int length = algorithm.blockLength() - 1; length <= algorithm.blockLength() + 1; length++) {
                byte[] secret = new byte[length];
                secret[length - 1] = 1;
                KeyedHmac mac = KeyedHmac.of(algorithm, new SecretKeySpec(secret, algorithm.macName()), null);
                KeyedHmac digest = KeyedHmac.of(algorithm, OtpSecret.copyOf(secret));

                for (int use = 1; use <= 2; use++) {
                    assertEquals(truncated(mac, 1), truncated(digest, 1));
                }
            }
        }
    }

    @Test
    void isSafeForSeveralThreadsFromItsFirstUseOn() throws Exception {
        int[] expected = factors()
                .map(factor -> truncated(KeyedHmac.of(HmacAlgorithm.SHA1, RfcSecrets.of(HmacAlgorithm.SHA1)), factor))
                .toArray();
        assertEquals(1_284_755_224, expected[0]);

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                KeyedHmac shared = KeyedHmac.of(HmacAlgorithm.SHA1, RfcSecrets.of(HmacAlgorithm.SHA1));
                Callable<int[]> all =
                        () -> factors().map(factor -> truncated(shared, factor)).toArray();
                for (var result : threads.invokeAll(Collections.nCopies(16, all))) {
                    assertArrayEquals(expected, result.get());
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    @Tag("R10.2")
    void wipesAnEvaluationThatIsClosed() {
        KeyedHmac hmac = KeyedHmac.of(HmacAlgorithm.SHA1, RfcSecrets.of(HmacAlgorithm.SHA1));
        for (int use = 1; use <= 2; use++) {
            Evaluation evaluation = hmac.begin(3);
            evaluation.hash(0);
            evaluation.hash(new byte[100]);

            evaluation.close();

            assertArrayEquals(new byte[evaluation.bytes.length], evaluation.bytes);
        }
    }

    @Test
    void evaluatesMoreFactorsThanAnnounced() {
        int[] expected = factors()
                .map(factor -> truncated(KeyedHmac.of(HmacAlgorithm.SHA1, RfcSecrets.of(HmacAlgorithm.SHA1)), factor))
                .toArray();
        for (int announced = 0; announced <= 4; announced++) {
            KeyedHmac hmac = KeyedHmac.of(HmacAlgorithm.SHA1, RfcSecrets.of(HmacAlgorithm.SHA1));
            try (Evaluation evaluation = hmac.begin(announced)) {
                assertArrayEquals(expected, factors().map(evaluation::truncated).toArray());
            }
        }
    }

    @Test
    void evaluatesTwoSecretsAtOnce() {
        KeyedHmac rfc = KeyedHmac.of(HmacAlgorithm.SHA1, RfcSecrets.of(HmacAlgorithm.SHA1));
        KeyedHmac other = KeyedHmac.of(HmacAlgorithm.SHA1, OtpSecret.copyOf(new byte[20]));
        int expected = truncated(KeyedHmac.of(HmacAlgorithm.SHA1, OtpSecret.copyOf(new byte[20])), 0);

        try (Evaluation ofRfc = rfc.begin(3);
                Evaluation ofOther = other.begin(3)) {
            assertEquals(1_284_755_224, ofRfc.truncated(0));
            assertEquals(expected, ofOther.truncated(0));
            assertEquals(1_094_287_082, ofRfc.truncated(1));
        }
    }

    /** A workbench that is not closed is the state that an error in the middle of a verification could leave. */
    @Test
    void avoidsAWorkbenchThatAnErrorLeftOpen() {
        HashFunction sha1 = requireNonNull(HashFunction.of(HmacAlgorithm.SHA1));
        Workbench left = sha1.workbench().open(new byte[20], 1);
        assertTrue(left.isOpen());

        Workbench next = sha1.workbench().open(new byte[20], 1);
        next.close();
        left.close();

        assertNotSame(left, next);
        try (Workbench again = sha1.workbench().open(new byte[20], 1)) {
            assertSame(left, again);
        }
    }

    @Test
    void usesTheMacIfDigestsCannotBeCopied() {
        OtpSecret secret = RfcSecrets.of(HmacAlgorithm.SHA1);
        KeyedHmac mac = KeyedHmac.of(HmacAlgorithm.SHA1, secret, null);
        assertEquals(1_284_755_224, truncated(mac, 0));
        secret.destroy();

        assertThrows(IllegalStateException.class, () -> mac.begin(1));
    }

    private static IntStream factors() {
        return IntStream.range(0, 100);
    }

    private static int truncated(KeyedHmac hmac, long factor) {
        try (Evaluation evaluation = hmac.begin(3)) {
            return evaluation.truncated(factor);
        }
    }
}
