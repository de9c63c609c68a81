package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R1.1")
class KeyedHmacTest {

    @Test
    void hashesOnlyKeysThatAreLongerThanABlock() throws Exception {
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            for (int length = algorithm.blockLength() - 1; length <= algorithm.blockLength() + 1; length++) {
                byte[] secret = new byte[length];
                secret[length - 1] = 1;
                KeyedHmac mac = new MacHmac(algorithm, new SecretKeySpec(secret, algorithm.macName()), null);
                MessageDigest digest = MessageDigest.getInstance(algorithm.digestName());

                assertEquals(truncated(mac, 1), truncated(new DigestHmac(digest, algorithm, secret), 1));
            }
        }
    }

    @Test
    void isSharedByThreadsFromItsFirstUseOn() throws Exception {
        int[] expected = factors()
                .map(factor -> truncated(KeyedHmac.of(HmacAlgorithm.SHA1, Rfc.secret(HmacAlgorithm.SHA1)), factor))
                .toArray();
        assertEquals(1_284_755_224, expected[0]);

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                KeyedHmac shared = KeyedHmac.of(HmacAlgorithm.SHA1, Rfc.secret(HmacAlgorithm.SHA1));
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
    void leavesNothingOfAnEvaluationBehind() {
        KeyedHmac hmac = KeyedHmac.of(HmacAlgorithm.SHA1, Rfc.secret(HmacAlgorithm.SHA1));
        Evaluation evaluation = hmac.begin();
        byte[] hash = evaluation.hash(0);

        evaluation.close();

        assertArrayEquals(new byte[20], hash);
    }

    private static IntStream factors() {
        return IntStream.range(0, 100);
    }

    private static int truncated(KeyedHmac hmac, long factor) {
        try (Evaluation evaluation = hmac.begin()) {
            return evaluation.truncated(factor);
        }
    }
}
