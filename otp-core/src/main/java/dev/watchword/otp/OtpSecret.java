package dev.watchword.otp;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a token and its verifier share (K in RFC 4226 §5.1). It has at least 128 bits, unless it is a legacy
 * secret.
 *
 * <p>Only methods whose names begin with {@code expose} return the secret in plain text. They are in this class, in
 * {@link OtpauthUri} and in {@link OtpauthQr}. {@code toString} is redacted. The comparison takes constant time. The
 * class is not serializable. Its field is transient, so that a JSON mapper that reads fields does not read the secret.
 *
 * <p>{@link #destroy()} wipes the bytes. Wiping is best effort, because the JVM may have copied the bytes when it moved
 * objects.
 *
 * <p>Safe for use by several threads. A thread that uses the secret while another thread destroys it gets either the
 * secret or an {@link IllegalStateException}.
 */
public final class OtpSecret implements Destroyable {
    /** The minimum length in bytes: 128 bits (RFC 4226 §4, R6). */
    public static final int MIN_LENGTH = 16;

    /** The minimum length of a legacy secret in bytes: 64 bits. */
    public static final int MIN_LEGACY_LENGTH = 8;

    /** The maximum length in bytes. A much shorter secret already gives an HMAC its full strength. */
    public static final int MAX_LENGTH = 256;

    /** The name of the method that reads weak secrets in Base32, for messages. */
    private static final String TYPED = "weakLegacyFromTypedBase32";

    private final transient byte[] bytes;
    private volatile boolean destroyed;

    private OtpSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Generates a secret of the length that RFC 6238 §5.1 recommends for the algorithm.
     *
     * @param algorithm the hash function that the secret is for
     * @param random the source of randomness
     * @return a secret of {@link HmacAlgorithm#hashLength()} bytes
     */
    public static OtpSecret random(HmacAlgorithm algorithm, SecureRandom random) {
        byte[] bytes = new byte[algorithm.hashLength()];
        random.nextBytes(bytes);
        return new OtpSecret(bytes);
    }

    /**
     * Creates a secret from bytes. The array is copied. The caller still owns the original and should wipe it.
     *
     * @param bytes the secret, {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes
     * @return the secret
     * @throws IllegalArgumentException if the length is out of range
     */
    public static OtpSecret copyOf(byte[] bytes) {
        return copyOf(bytes, MIN_LENGTH);
    }

    /**
     * Creates a legacy secret from bytes. A legacy secret may be shorter than RFC 4226 allows, because its token is in
     * use and cannot be replaced yet. New tokens MUST NOT use it. The array is copied.
     *
     * @param bytes the secret, {@value #MIN_LEGACY_LENGTH} to {@value #MAX_LENGTH} bytes
     * @return the secret
     * @throws IllegalArgumentException if the length is out of range
     */
    public static OtpSecret weakLegacyCopyOf(byte[] bytes) {
        return copyOf(bytes, MIN_LEGACY_LENGTH);
    }

    /**
     * Creates a secret from strict Base32 (RFC 4648 §6). The text MUST be in upper case and padded to whole groups of 8
     * characters.
     *
     * @param text the secret, {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes in Base32
     * @return the secret
     * @throws IllegalArgumentException if the text is not strict Base32 or the length is out of range. The message
     *     shows no part of the text
     */
    public static OtpSecret fromBase32(String text) {
        return wiping(Base32Text.decode(text), TYPED);
    }

    /**
     * Creates a secret from Base32 as people type it. The text may be in either case and may contain spaces and
     * hyphens. Padding is optional. The unused low bits of the last character are ignored, as in most authenticator
     * apps.
     *
     * @param text the secret, {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes in Base32
     * @return the secret
     * @throws IllegalArgumentException if the text is not Base32 or the length is out of range. The message shows no
     *     part of the text. For a shorter secret it names {@link #weakLegacyFromTypedBase32(String)}
     */
    public static OtpSecret fromTypedBase32(String text) {
        return wiping(Base32Text.decodeTyped(text), TYPED);
    }

    /**
     * Creates a secret like {@link #fromTypedBase32(String)}, but rejects wrong padding and unused bits that are not 0.
     */
    static OtpSecret fromExactBase32(String text) {
        return wiping(Base32Text.decode(Base32Text.tidied(text)), TYPED);
    }

    /**
     * Creates a secret from hexadecimal digits in either case.
     *
     * @param text the secret, {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes of two digits each
     * @return the secret
     * @throws IllegalArgumentException if the text is not hexadecimal or the length is out of range. The message shows
     *     no part of the text
     */
    public static OtpSecret fromHex(String text) {
        return wiping(decodeHex(text), "weakLegacyFromHex");
    }

    /**
     * Creates a legacy secret from Base32 as people type it. New tokens MUST NOT use it.
     *
     * @param text the secret, {@value #MIN_LEGACY_LENGTH} to {@value #MAX_LENGTH} bytes in Base32
     * @return the secret
     * @throws IllegalArgumentException if the text is not Base32 or the length is out of range. The message shows no
     *     part of the text
     */
    public static OtpSecret weakLegacyFromTypedBase32(String text) {
        return wipingWeak(Base32Text.decodeTyped(text));
    }

    /**
     * Creates a legacy secret from hexadecimal digits in either case. New tokens MUST NOT use it.
     *
     * @param text the secret, {@value #MIN_LEGACY_LENGTH} to {@value #MAX_LENGTH} bytes of two digits each
     * @return the secret
     * @throws IllegalArgumentException if the text is not hexadecimal or the length is out of range. The message shows
     *     no part of the text
     */
    public static OtpSecret weakLegacyFromHex(String text) {
        return wipingWeak(decodeHex(text));
    }

    private static byte[] decodeHex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A secret in hexadecimal has two digits of 0-9, a-f a byte, and nothing else");
        }
    }

    /**
     * Creates a secret and wipes the array. The message about a short secret names the method that reads weaker
     * secrets.
     */
    private static OtpSecret wiping(byte[] bytes, String legacyMethod) {
        try {
            if (bytes.length >= MIN_LEGACY_LENGTH && bytes.length < MIN_LENGTH) {
                throw new IllegalArgumentException("A secret has " + MIN_LENGTH + " to " + MAX_LENGTH + " bytes, not "
                        + bytes.length + " (RFC 4226 §4, R6); only OtpSecret." + legacyMethod
                        + " reads a weak secret that is already in use");
            }
            return copyOf(bytes, MIN_LENGTH);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static OtpSecret wipingWeak(byte[] bytes) {
        try {
            return copyOf(bytes, MIN_LEGACY_LENGTH);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static OtpSecret copyOf(byte[] bytes, int minLength) {
        if (bytes.length < minLength || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("A secret has " + minLength + " to " + MAX_LENGTH + " bytes, not "
                    + bytes.length + (minLength == MIN_LENGTH ? " (RFC 4226 §4, R6)" : ""));
        }
        return new OtpSecret(bytes.clone());
    }

    /**
     * Returns a copy of the secret bytes. The caller MUST wipe the copy after use.
     *
     * @return the bytes of the secret
     * @throws IllegalStateException if the secret is destroyed
     */
    public byte[] exposeBytes() {
        byte[] copy = bytes().clone();
        try {
            requireNotDestroyedMeanwhile();
        } catch (IllegalStateException e) {
            Arrays.fill(copy, (byte) 0);
            throw e;
        }
        return copy;
    }

    /**
     * Returns the secret in Base32, for a user who types it because the app cannot scan a QR code. A string cannot be
     * wiped, so the caller should not keep it.
     *
     * @return Base32 without padding, which {@link #fromTypedBase32(String)} accepts
     * @throws IllegalStateException if the secret is destroyed
     */
    public String exposeBase32() {
        byte[] copy = exposeBytes();
        try {
            return Base32Text.encodeUnpadded(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /**
     * Returns the internal array. Callers in this package MUST NOT keep or change it. After reading it, they MUST call
     * {@link #requireNotDestroyedMeanwhile()}.
     */
    byte[] bytes() {
        return requireNotDestroyed().bytes;
    }

    /**
     * Rejects a secret that was destroyed while a caller read its bytes. If this method returns, the bytes that were
     * read are the secret. The fence orders the read of the flag after the reads of the bytes.
     */
    void requireNotDestroyedMeanwhile() {
        VarHandle.acquireFence();
        requireNotDestroyed();
    }

    /** Returns this secret. Throws an {@link IllegalStateException} if the secret is destroyed. */
    OtpSecret requireNotDestroyed() {
        if (destroyed) {
            throw new IllegalStateException("This secret was destroyed; load it again before use");
        }
        return this;
    }

    /**
     * Wipes the secret. Every later use of its bytes throws an {@link IllegalStateException}. Destroying a secret twice
     * has no effect.
     */
    @Override
    public void destroy() {
        destroyed = true;
        VarHandle.storeStoreFence();
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /**
     * Compares two secrets in constant time. A destroyed secret equals only itself.
     *
     * @param other another object
     * @return whether the other object is a secret of the same bytes
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof OtpSecret that
                        && !destroyed
                        && !that.destroyed
                        && MessageDigest.isEqual(bytes, that.bytes));
    }

    /**
     * Returns a hash code that reveals no byte of the secret, even in a log or a heap dump.
     *
     * @return the same number for all secrets of one length
     */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "OtpSecret[redacted]";
    }
}
