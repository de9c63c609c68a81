package dev.watchword.otp.lifecycle.seeds;

import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * The key to the encrypted values of a PSKC file (RFC 6030 §6). It is a pre-shared key, a password, or a placeholder
 * for a file without encrypted values.
 *
 * <p>No public method returns the key or the password, and {@link #toString()} is redacted. The fields are transient, so that a
 * JSON mapper that reads fields does not read them. A password stays in memory until
 * {@link #destroy()}. Several threads may use a key, but a caller MUST NOT destroy it while another thread uses it.
 */
public final class PskcKey implements Destroyable {
    private static final PskcKey NONE = new PskcKey(null, null);

    private final transient @Nullable SecretKey shared;
    private final transient char @Nullable [] password;
    private boolean destroyed;

    private PskcKey(@Nullable SecretKey shared, char @Nullable [] password) {
        this.shared = shared;
        this.password = password;
    }

    /**
     * Returns the placeholder for a file without encrypted values. A reader with this placeholder rejects an encrypted file.
     *
     * @return the only instance of the placeholder
     */
    public static PskcKey none() {
        return NONE;
    }

    /**
     * Returns a key that the manufacturer and the institution share (RFC 6030 §6.1). A reader rejects a secret that is not
     * encrypted.
     *
     * @param key an AES key of 128, 192 or 256 bits; {@link PskcReader} also accepts a key in an HSM with a JCA provider,
     *     but {@link PskcWriter} requires a key that reveals its length
     * @return the key
     * @throws IllegalArgumentException if the key reveals another length
     */
    public static PskcKey preShared(SecretKey key) {
        int length = KeyBytes.lengthOf(key);
        if (length != KeyBytes.HIDDEN && length != 16 && length != 24 && length != 32) {
            throw new IllegalArgumentException("The pre-shared key must be an AES key of 128, 192 or 256 bits");
        }
        return new PskcKey(key, null);
    }

    /**
     * Returns a password from which the key is derived (RFC 6030 §6.2). A reader rejects a secret that is not encrypted.
     *
     * @param password at least one character; the array is copied, so that the caller can wipe it
     * @return the key
     * @throws IllegalArgumentException if the password is empty
     */
    public static PskcKey password(char[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException("The password must not be empty");
        }
        return new PskcKey(null, password.clone());
    }

    boolean isNone() {
        return shared == null && password == null;
    }

    @Nullable
    SecretKey shared() {
        return shared;
    }

    /** Returns the internal array. The caller MUST NOT change or keep it. */
    char @Nullable [] password() {
        if (destroyed) {
            throw new IllegalStateException("This password was destroyed; create a new PskcKey before using it");
        }
        return password;
    }

    /** Wipes the password. Any later use throws an {@link IllegalStateException}. Has no effect on other kinds of key. */
    @Override
    public void destroy() {
        if (password != null) {
            Arrays.fill(password, '\0');
            destroyed = true;
        }
    }

    /** Returns whether the password was wiped; always {@code false} for other kinds of key. */
    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "PskcKey[redacted]";
    }
}
