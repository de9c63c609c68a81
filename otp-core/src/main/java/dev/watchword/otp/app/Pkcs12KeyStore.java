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
 * A key store in a PKCS#12 file under a password, for tests and where a platform has none: the key is in memory while this
 * is, and the file is as strong as its password. Safe for use by several threads and processes.
 */
public final class Pkcs12KeyStore implements PlatformKeyStore {
    private static final String ALIAS = "watchword-vault";
    private static final int KEY_LENGTH = 32;

    private final SecretKey key;

    private Pkcs12KeyStore(SecretKey key) {
        this.key = key;
    }

    /**
     * Opens the file; on first use draws the key and makes the file, readable by its owner alone where the platform knows
     * owners.
     *
     * @param file the file, in a directory that exists
     * @param password the password, at least one character; used in this call only, and for the caller to wipe
     * @param random the source of the key
     * @return the key store
     * @throws IllegalArgumentException if the password is empty
     * @throws VaultException if the password is wrong, or the file cannot be read or made, or is another; the message says
     *     which
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
                    "This platform cannot make a PKCS#12 file with a secret key; use its own store", e);
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
        throw new VaultException(file + " is a PKCS#12 file without the key of a vault; name the right one", null);
    }

    private static VaultException wrongPassword(GuardedFile file, Exception cause) {
        return new VaultException(
                "The password of " + file + " is wrong, or the file was changed; enter it again", cause);
    }

    private static VaultException damaged(GuardedFile file, Exception cause) {
        return new VaultException(file + " is no PKCS#12 file, or was damaged; restore it from a copy", cause);
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
