package dev.watchword.otp.app;

import javax.crypto.SecretKey;

/**
 * Where the key comes from under which a vault is kept: the key store of the platform. Must be safe for use by several
 * threads.
 *
 * <p>The key need not leave its hardware. It is used by the {@code Cipher} {@code AES/GCM/NoPadding} of the first provider
 * that takes it, which draws the nonces itself, as hardware stores insist. {@link Pkcs12KeyStore} is one on a file.
 */
@FunctionalInterface
public interface PlatformKeyStore {

    /**
     * Returns the vault's key: always the same one, made by the store on first use.
     *
     * @return an AES key of 256 bits, for encryption and decryption with GCM
     * @throws VaultException if the store cannot give it, for instance while the device is locked
     */
    SecretKey vaultKey();
}
