package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

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
        requireNonNull(name, "name");
        byte[] encoded = key.getEncoded();
        if (!key.getAlgorithm().equals("AES") || (encoded != null && encoded.length != 32)) {
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
}
