package dev.watchword.otp.app;

import javax.crypto.SecretKey;

/**
 * The platform's key store, which provides the key that encrypts a vault. Implementations MUST be safe for use by
 * several threads.
 *
 * <p>The key may stay in its hardware. The vault uses it with the {@code Cipher} {@code AES/GCM/NoPadding} of the first
 * provider that accepts it. The provider draws the nonces, because hardware key stores reject nonces of the caller.
 * {@link Pkcs12KeyStore} is an implementation that uses a file.
 */
@FunctionalInterface
public interface PlatformKeyStore {

    /**
     * Returns the vault's key. The key store creates the key on first use. It MUST return the same key afterwards.
     *
     * @return an AES key of 256 bits, for encryption and decryption with GCM
     * @throws VaultException if the key store cannot provide the key, for instance while the device is locked
     */
    SecretKey vaultKey();
}
