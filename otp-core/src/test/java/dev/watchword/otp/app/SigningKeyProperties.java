package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.support.SampleRequest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Properties of the encoding of a {@link SigningKey} with random answers. */
@Tag("R13.4")
class SigningKeyProperties {
    private static final Owner OWNER = new Owner(SampleToken.SERVICE, SampleToken.USER);
    private static final DeviceKey DEVICE = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());

    /** Generates keys with an answer for each number. The answer to an even number is an approval. */
    @Provide
    Arbitrary<byte[]> keys() {
        return Arbitraries.integers()
                .between(100, 999)
                .list()
                .uniqueElements()
                .ofMaxSize(20)
                .map(SigningKeyProperties::encoded);
    }

    private static byte[] encoded(List<Integer> numbers) {
        SigningKey key = SigningKey.of(SampleToken.signingContents(), DEVICE).orElseThrow();
        for (int number : numbers) {
            ReceivedRequest request = new ReceivedRequest(
                    SampleRequest.request().toBuilder()
                            .id("f".repeat(29) + number)
                            .build(),
                    DEVICE.publicKey());
            key = key.answering(request, number % 2 == 0, SampleToken.START).orElseThrow();
        }
        return key.write();
    }

    @Property(tries = 100)
    void readsBackEachWrittenKey(@ForAll("keys") byte[] bytes) {
        assertArrayEquals(bytes, SigningKey.read(OWNER, bytes).write());
    }

    /** If one byte is changed, the reader rejects the bytes, or reads the only encoding of another key. */
    @Property(tries = 500)
    void eachKeyHasOneEncoding(
            @ForAll("keys") byte[] bytes, @ForAll @IntRange(max = 1500) int index, @ForAll byte value) {
        byte[] changed = bytes.clone();
        changed[index % bytes.length] = value;
        try {
            assertArrayEquals(changed, SigningKey.read(OWNER, changed).write());
        } catch (IllegalArgumentException e) {
            assertEquals(IllegalArgumentException.class, e.getClass());
        }
    }

    @Property(tries = 100)
    void rejectsBytesThatAreCutExtendedOrRandom(
            @ForAll("keys") byte[] bytes,
            @ForAll @IntRange(max = 1500) int cut,
            @ForAll @Size(max = 300) byte[] random) {
        int shorter = Math.max(0, bytes.length - 1 - cut);
        assertThrows(IllegalArgumentException.class, () -> SigningKey.read(OWNER, Arrays.copyOf(bytes, shorter)));
        assertThrows(
                IllegalArgumentException.class, () -> SigningKey.read(OWNER, Arrays.copyOf(bytes, bytes.length + 1)));
        assertThrows(IllegalArgumentException.class, () -> SigningKey.read(OWNER, random));
    }
}
