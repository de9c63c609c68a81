package dev.watchword.otp;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/**
 * HMAC computed by the {@code Mac} of a security provider. Serves keys that stay in their device, and providers that
 * the caller chooses. Also serves platforms whose digests cannot be copied.
 */
final class MacHmac extends KeyedHmac {
    private final HmacAlgorithm algorithm;
    private final Supplier<SecretKey> key;
    private final @Nullable Provider provider;

    MacHmac(HmacAlgorithm algorithm, Supplier<SecretKey> key, @Nullable Provider provider) {
        this.algorithm = algorithm;
        this.key = key;
        this.provider = provider;
    }

    @Override
    Evaluation begin(int evaluations) {
        String name = algorithm.macName();
        try {
            Mac mac = provider == null ? Mac.getInstance(name) : Mac.getInstance(name, provider);
            mac.init(key.get());
            return new MacEvaluation(mac, algorithm.hashLength());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(
                    provider == null
                            ? "No installed security provider supports " + name
                                    + " with this key; install one that does, or pass it as an argument"
                            : "The security provider " + provider.getName() + " does not support " + name
                                    + " with this key; pass the provider that created the key",
                    e);
        }
    }

    private static final class MacEvaluation extends Evaluation {
        private final Mac mac;

        MacEvaluation(Mac mac, int hashLength) {
            super(new byte[2 * hashLength], 0, hashLength, hashLength);
            this.mac = mac;
        }

        @Override
        void hash(long movingFactor) {
            put(movingFactor, hashOffset);
        }

        @Override
        void hashPair(long movingFactor, long otherFactor) {
            put(movingFactor, hashOffset);
            put(otherFactor, otherHashOffset);
        }

        @Override
        void hash(byte[] message) {
            mac.update(message);
            finish(hashOffset);
        }

        private void put(long movingFactor, int at) {
            writeMessage(movingFactor, at);
            mac.update(bytes, at, Long.BYTES);
            finish(at);
        }

        private void finish(int at) {
            try {
                mac.doFinal(bytes, at);
            } catch (ShortBufferException e) {
                throw new IllegalStateException(
                        "The hash of " + mac.getAlgorithm() + " must have " + hashLength
                                + " bytes; use another security provider",
                        e);
            }
        }
    }
}
