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
 * HMAC by the {@code Mac} of a security provider: for keys that do not leave their device, for a provider of the caller's
 * choice, and where digests cannot be copied.
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
            return new ByMac(mac, algorithm.hashLength());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(
                    provider == null
                            ? "No security provider computes " + name
                                    + " under this key; install one that does, or name it"
                            : "The provider " + provider.getName() + " does not compute " + name + " under this key",
                    e);
        }
    }

    private static final class ByMac extends Evaluation {
        private final Mac mac;

        ByMac(Mac mac, int hashLength) {
            super(new byte[2 * hashLength], 0, hashLength, hashLength);
            this.mac = mac;
        }

        @Override
        void hash(long movingFactor) {
            put(movingFactor, hash);
        }

        @Override
        void hash(long movingFactor, long otherFactor) {
            put(movingFactor, hash);
            put(otherFactor, otherHash);
        }

        private void put(long movingFactor, int at) {
            writeMessage(movingFactor, at);
            mac.update(bytes, at, Long.BYTES);
            try {
                mac.doFinal(bytes, at);
            } catch (ShortBufferException e) {
                throw new IllegalStateException(mac.getAlgorithm() + " makes too long a hash", e);
            }
        }
    }
}
