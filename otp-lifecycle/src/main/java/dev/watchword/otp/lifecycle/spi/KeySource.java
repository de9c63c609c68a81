package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.SealedSecret;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Where the keys come from under which secrets are sealed: AES keys of 256 bits, each with a name that is stored beside
 * what it sealed. Must be safe for use by several threads. What it throws reaches the caller of the service.
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
     * Returns a source of one key.
     *
     * @param name its name, 1 to 64 characters
     * @param key an AES key of 256 bits
     * @return the source
     * @throws IllegalArgumentException if the key shows that it is another
     */
    static KeySource of(String name, SecretKey key) {
        if (name.isBlank() || name.length() > SealedSecret.MAX_KEY_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "The name of a key must have 1 to " + SealedSecret.MAX_KEY_NAME_LENGTH + " characters");
        }
        if (!isAes256(key)) {
            throw new IllegalArgumentException("Key " + name + " must be an AES key of 256 bits");
        }
        return new KeySource() {
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
        byte[] encoded = key.getEncoded();
        try {
            return key.getAlgorithm().equals("AES") && (encoded == null || encoded.length == 32);
        } finally {
            if (encoded != null) {
                Arrays.fill(encoded, (byte) 0);
            }
        }
    }
}
