package dev.watchword.otp.lifecycle.stock;

import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * What opens the encrypted values of a PSKC file (RFC 6030 §6): nothing, a key that maker and institution share, or a
 * password. Shows neither. A password is held until {@link #destroy()}.
 */
public final class PskcKey implements Destroyable {
    private static final PskcKey NONE = new PskcKey(null, null);

    private final @Nullable SecretKey shared;
    private final char @Nullable [] password;
    private boolean destroyed;

    private PskcKey(@Nullable SecretKey shared, char @Nullable [] password) {
        this.shared = shared;
        this.password = password;
    }

    /**
     * Returns that values are in the open. A file that encrypts them is refused.
     *
     * @return no key
     */
    public static PskcKey none() {
        return NONE;
    }

    /**
     * Returns a key that maker and institution share (RFC 6030 §6.1). A file whose secrets are in the open is refused.
     *
     * @param key an AES key of 128, 192 or 256 bits; it may stay in an HSM that offers its algorithms to the JCA
     * @return the key
     * @throws IllegalArgumentException if the key shows that it is another
     */
    public static PskcKey preShared(SecretKey key) {
        int length = KeyBytes.lengthOf(key);
        if (length != KeyBytes.HIDDEN && length != 16 && length != 24 && length != 32) {
            throw new IllegalArgumentException("The pre-shared key must be an AES key of 128, 192 or 256 bits");
        }
        return new PskcKey(key, null);
    }

    /**
     * Returns a password from which the key is derived (RFC 6030 §6.2). A file whose secrets are in the open is refused.
     *
     * @param password at least one character; copied, so that the caller can wipe its own
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

    /** The password itself, to be read and never kept. */
    char @Nullable [] password() {
        if (destroyed) {
            throw new IllegalStateException("This password was destroyed; obtain it anew before using it");
        }
        return password;
    }

    /** Wipes the password; using it afterwards is an {@link IllegalStateException}. */
    @Override
    public void destroy() {
        if (password != null) {
            Arrays.fill(password, '\0');
            destroyed = true;
        }
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "PskcKey[redacted]";
    }
}
