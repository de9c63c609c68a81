package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.security.MessageDigest;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R1.1")
class KeyedHmacTest {

    @Test
    void copiesTheDigestWhereItCan() {
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            assertInstanceOf(CloningHmac.class, KeyedHmac.of(algorithm, Rfc.secret(algorithm)));
        }
    }

    @Test
    void hashesOnlyKeysThatAreLongerThanABlock() throws Exception {
        byte[] message = new byte[8];
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            for (int length = algorithm.blockLength() - 1; length <= algorithm.blockLength() + 1; length++) {
                byte[] secret = new byte[length];
                secret[length - 1] = 1;
                MessageDigest digest = MessageDigest.getInstance(algorithm.digestName());

                assertArrayEquals(
                        new MacHmac(algorithm, secret).hash(message),
                        new CloningHmac(digest, algorithm, secret).hash(message));
            }
        }
    }

    @Test
    void isSharedByThreads() throws Exception {
        KeyedHmac hmac = KeyedHmac.of(HmacAlgorithm.SHA1, Rfc.secret(HmacAlgorithm.SHA1));
        int[] expected = IntStream.range(0, 1000).map(hmac::truncated).toArray();
        Callable<int[]> again =
                () -> IntStream.range(0, 1000).map(hmac::truncated).toArray();

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (var result : threads.invokeAll(java.util.Collections.nCopies(64, again))) {
                assertArrayEquals(expected, result.get());
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(1_284_755_224, expected[0]);
    }
}
