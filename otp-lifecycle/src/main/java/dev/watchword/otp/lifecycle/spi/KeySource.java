package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.SealedSecret;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import javax.crypto.SecretKey;

/**
 * Where the keys come from: AES keys of 256 bits under which secrets are sealed, and HMAC keys by which the events of a
 * history are tied together. Each has a name that is stored beside what it did. Must be safe for use by several threads. What it throws reaches the caller of the service.
 */
public interface KeySource {

    /**
     * Returns the name of the key that seals from now on.
     *
     * @return the name, 1 to 64 characters
     */
    String sealingKeyName();

    /**
     * Returns a key.
     *
     * @param name the name of a key that seals, or once sealed
     * @return the key, or empty if there is none of that name
     */
    Optional<SecretKey> key(String name);

    /**
     * Returns the name of the key that ties the events of histories from now on.
     *
     * @return the name, 1 to 64 characters
     */
    String historyKeyName();

    /**
     * Returns a key of the history. Their names are apart from those of the keys that seal.
     *
     * @param name the name of a key that ties events, or once tied some
     * @return the key, or empty if there is none of that name
     */
    Optional<SecretKey> historyKey(String name);

    /**
     * Returns a source of one key that seals and one that ties events, of the same name.
     *
     * @param name their name, 1 to 64 characters
     * @param key an AES key of 256 bits
     * @param historyKey an HmacSHA256 key of at least 256 bits
     * @return the source
     * @throws IllegalArgumentException if a key shows that it is another
     */
    static KeySource of(String name, SecretKey key, SecretKey historyKey) {
        if (name.isBlank() || name.length() > SealedSecret.MAX_KEY_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "The name of a key must have 1 to " + SealedSecret.MAX_KEY_NAME_LENGTH + " characters");
        }
        if (!isAes256(key)) {
            throw new IllegalArgumentException("Key " + name + " must be an AES key of 256 bits");
        }
        if (!isHistoryKey(historyKey)) {
            throw new IllegalArgumentException(
                    "Key " + name + " of the history must be an HmacSHA256 key of at least 256 bits");
        }
        return new KeySource() {
            @Override
            public String historyKeyName() {
                return name;
            }

            @Override
            public Optional<SecretKey> historyKey(String wanted) {
                return wanted.equals(name) ? Optional.of(historyKey) : Optional.empty();
            }

            @Override
            public String sealingKeyName() {
                return name;
            }

            @Override
            public Optional<SecretKey> key(String wanted) {
                return wanted.equals(name) ? Optional.of(key) : Optional.empty();
            }
        };
    }

    /**
     * Tells whether a key is fit to seal: an AES key, of 256 bits as far as it shows them. One that does not leave its
     * HSM shows nothing, and is believed.
     *
     * @param key a key
     * @return whether it is an AES key of 256 bits, or may be one
     */
    static boolean isAes256(SecretKey key) {
        return key.getAlgorithm().equals("AES") && hasLength(key, length -> length == 32);
    }

    /**
     * Tells whether a key is fit to tie events: an HmacSHA256 key, of at least 256 bits as far as it shows them.
     *
     * @param key a key
     * @return whether it is such a key, or may be one
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
