package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import javax.crypto.SecretKey;

/**
 * A source of keys, such as a key file, a key management service or an HSM. Sealing keys are AES keys of 256 bits and encrypt
 * stored secrets. History keys are HMAC keys and compute the chain of the history. The library stores the name of the key with
 * everything that the key produced. A source MUST be thread-safe.
 *
 * <p>A source MAY throw {@link KeyUnavailableException} if a key service does not answer. The caller of the library receives
 * it.
 */
public interface KeySource {

    /**
     * Returns the name of the current sealing key, which encrypts new values.
     *
     * @return the name, 1 to 64 characters
     * @throws KeyUnavailableException if the source cannot determine it
     */
    String sealingKeyName();

    /**
     * Returns a sealing key, current or former.
     *
     * @param name the name of the key
     * @return the key, or empty for an unknown name
     * @throws KeyUnavailableException if the source cannot determine it
     */
    Optional<SecretKey> sealingKey(String name);

    /**
     * Returns the name of the current history key, which computes new links.
     *
     * @return the name, 1 to 64 characters
     * @throws KeyUnavailableException if the source cannot determine it
     */
    String historyKeyName();

    /**
     * Returns a history key, current or former. History keys and sealing keys have separate names.
     *
     * @param name the name of the key
     * @return the key, or empty for an unknown name
     * @throws KeyUnavailableException if the source cannot determine it
     */
    Optional<SecretKey> historyKey(String name);

    /**
     * Returns a source of one sealing key and one history key with the same name.
     *
     * @param name their name, 1 to 64 characters
     * @param sealingKey an AES key of 256 bits
     * @param historyKey an HmacSHA256 key of at least 256 bits
     * @return the source
     * @throws IllegalArgumentException if the name is malformed or a key is visibly of another kind
     */
    static KeySource of(String name, SecretKey sealingKey, SecretKey historyKey) {
        if (name.isBlank() || name.length() > SealedSecret.MAX_KEY_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "The name of a key must have 1 to " + SealedSecret.MAX_KEY_NAME_LENGTH + " characters");
        }
        if (!isSealingKey(sealingKey)) {
            throw new IllegalArgumentException("Sealing key " + name + " must be an AES key of 256 bits");
        }
        if (!isHistoryKey(historyKey)) {
            throw new IllegalArgumentException(
                    "History key " + name + " must be an HmacSHA256 key of at least 256 bits");
        }
        return new KeySource() {
            @Override
            public String sealingKeyName() {
                return name;
            }

            @Override
            public Optional<SecretKey> sealingKey(String wanted) {
                return wanted.equals(name) ? Optional.of(sealingKey) : Optional.empty();
            }

            @Override
            public String historyKeyName() {
                return name;
            }

            @Override
            public Optional<SecretKey> historyKey(String wanted) {
                return wanted.equals(name) ? Optional.of(historyKey) : Optional.empty();
            }
        };
    }

    /**
     * Returns whether a key can be a sealing key: an AES key of 256 bits. A key that does not leave its HSM hides its length and
     * is accepted.
     *
     * @param key a key
     * @return whether the key is fit, as far as its visible properties show
     */
    static boolean isSealingKey(SecretKey key) {
        return key.getAlgorithm().equals("AES") && hasLength(key, length -> length == 32);
    }

    /**
     * Returns whether a key can be a history key: an HmacSHA256 key of at least 256 bits. A key that does not leave its HSM hides
     * its length and is accepted.
     *
     * @param key a key
     * @return whether the key is fit, as far as its visible properties show
     */
    static boolean isHistoryKey(SecretKey key) {
        return key.getAlgorithm().equalsIgnoreCase("HmacSHA256") && hasLength(key, length -> length >= 32);
    }

    private static boolean hasLength(SecretKey key, IntPredicate fits) {
        byte[] encoded = key.getEncoded();
        try {
            return encoded == null || fits.test(encoded.length);
        } finally {
            if (encoded != null) {
                Arrays.fill(encoded, (byte) 0);
            }
        }
    }
}
