package dev.watchword.otp.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key store in a PKCS#12 file that is protected by a password. It is for tests, and for platforms without a key
 * store. The key stays in memory as long as this object. The file is only as strong as its password. Safe for use by
 * several threads and processes.
 */
public final class Pkcs12KeyStore implements PlatformKeyStore {
    private static final String ALIAS = "watchword-vault";
    private static final int KEY_LENGTH = 32;

    private final SecretKey key;

    private Pkcs12KeyStore(SecretKey key) {
        this.key = key;
    }

    /**
     * Opens the key store. On first use, generates the key and creates the file. On platforms with file owners, only
     * the owner can read the file.
     *
     * @param file the file, in a directory that exists
     * @param password the password, at least one character. It is used during this call only, and the caller should
     *     wipe it
     * @param random the source of the key's randomness
     * @return the key store
     * @throws IllegalArgumentException if the password is empty
     * @throws VaultException if the password is wrong, if the file cannot be read or created, or if it is another kind
     *     of file. The message names the reason
     */
    public static Pkcs12KeyStore open(Path file, char[] password, SecureRandom random) {
        if (password.length == 0) {
            throw new IllegalArgumentException("The password of a key store must have at least one character");
        }
        GuardedFile guarded = new GuardedFile(file);
        return guarded.locked(() -> {
            Optional<byte[]> stored = guarded.read();
            return new Pkcs12KeyStore(
                    stored.isPresent() ? load(guarded, stored.get(), password) : create(guarded, password, random));
        });
    }

    private static SecretKey create(GuardedFile file, char[] password, SecureRandom random) {
        byte[] drawn = new byte[KEY_LENGTH];
        random.nextBytes(drawn);
        try {
            SecretKey key = new SecretKeySpec(drawn, "AES");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password, null);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            file.write(out.toByteArray());
            return key;
        } catch (IOException | GeneralSecurityException e) {
            throw new VaultException(
                    "This platform cannot store a secret key in a PKCS#12 file; use the platform's key store", e);
        } finally {
            Arrays.fill(drawn, (byte) 0);
        }
    }

    private static SecretKey load(GuardedFile file, byte[] stored, char[] password) {
        Key key;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(stored), password);
            key = store.getKey(ALIAS, password);
        } catch (UnrecoverableKeyException e) {
            throw wrongPassword(file, e);
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException ? wrongPassword(file, e) : damaged(file, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw damaged(file, e);
        }
        if (key instanceof SecretKey secret) {
            return secret;
        }
        throw new VaultException(file + " is a PKCS#12 file without the key of a vault; pass the right file", null);
    }

    private static VaultException wrongPassword(GuardedFile file, Exception cause) {
        return new VaultException(
                "The password of " + file
                        + " is wrong, or the file was changed; enter the password again or restore the file",
                cause);
    }

    private static VaultException damaged(GuardedFile file, Exception cause) {
        return new VaultException(file + " is not a PKCS#12 file or was damaged; restore it from a copy", cause);
    }

    @Override
    public SecretKey vaultKey() {
        return key;
    }

    @Override
    public String toString() {
        return "Pkcs12KeyStore[redacted]";
    }
}
