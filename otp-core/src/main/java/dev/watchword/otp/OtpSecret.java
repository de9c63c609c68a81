package dev.watchword.otp;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a token and its verifier share (K in RFC 4226 §5.1): at least 128 bits.
 *
 * <p>It leaves by methods alone whose names begin with {@code expose}, here and in {@link OtpauthUri} and {@link OtpauthQr}:
 * {@code toString} is redacted, comparison takes constant time, and it is not serializable. {@link #destroy()} wipes the
 * bytes; copies that the JVM made while moving objects are out of reach, so this is best effort. Safe for use by several
 * threads: one that uses it while another destroys it has the secret or an {@link IllegalStateException}.
 */
public final class OtpSecret implements Destroyable {
    /** The least length in bytes: 128 bits (RFC 4226 §4, R6). */
    public static final int MIN_LENGTH = 16;

    /** The least length in bytes of a legacy secret: 64 bits. */
    public static final int MIN_LEGACY_LENGTH = 8;

    /** The greatest length in bytes, far beyond what an HMAC gains from. */
    public static final int MAX_LENGTH = 256;

    private final byte[] bytes;
    private volatile boolean destroyed;

    private OtpSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Draws a new secret of the algorithm's recommended length (RFC 6238 §5.1).
     *
     * @param algorithm the algorithm that the secret is for
     * @param random the source of randomness
     * @return a secret of {@link HmacAlgorithm#hashLength()} bytes
     */
    public static OtpSecret random(HmacAlgorithm algorithm, SecureRandom random) {
        byte[] bytes = new byte[algorithm.hashLength()];
        random.nextBytes(bytes);
        return new OtpSecret(bytes);
    }

    /**
     * Takes a secret from bytes. They are copied; the caller still owns, and should wipe, its own.
     *
     * @param bytes the secret, {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes
     * @return the secret
     * @throws IllegalArgumentException if there are too few or too many bytes
     */
    public static OtpSecret copyOf(byte[] bytes) {
        return copyOf(bytes, MIN_LENGTH);
    }

    /**
     * Takes a secret that is shorter than the RFC allows, because it is in use already and cannot be replaced yet. Never
     * for a new token.
     *
     * @param bytes the secret, {@value #MIN_LEGACY_LENGTH} to {@value #MAX_LENGTH} bytes; copied
     * @return the secret
     * @throws IllegalArgumentException if there are too few or too many bytes
     */
    public static OtpSecret weakLegacyCopyOf(byte[] bytes) {
        return copyOf(bytes, MIN_LEGACY_LENGTH);
    }

    /**
     * Takes a secret from Base32 (RFC 4648 §6), strictly: upper case, padded to whole groups, nothing else.
     *
     * @param text the secret of {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes
     * @return the secret
     * @throws IllegalArgumentException if it is not such Base32, or of another length; the message shows none of it
     */
    public static OtpSecret fromBase32(String text) {
        return wiping(Base32Text.decode(text), MIN_LENGTH);
    }

    /**
     * Takes a secret from Base32 as people type it: in either case, with spaces and hyphens, padded or not.
     *
     * @param text the secret of {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes
     * @return the secret
     * @throws IllegalArgumentException if it is not Base32 even so, or of another length; the message shows none of it
     */
    public static OtpSecret fromTypedBase32(String text) {
        return wiping(Base32Text.decode(Base32Text.tidied(text)), MIN_LENGTH);
    }

    /**
     * Takes a secret from hexadecimal digits, in either case.
     *
     * @param text the secret of {@value #MIN_LENGTH} to {@value #MAX_LENGTH} bytes, two digits each
     * @return the secret
     * @throws IllegalArgumentException if it is not hexadecimal, or of another length; the message shows none of it
     */
    public static OtpSecret fromHex(String text) {
        return wiping(decodeHex(text), MIN_LENGTH);
    }

    /**
     * Takes a secret that is shorter than the RFC allows from Base32 as people type it. Never for a new token.
     *
     * @param text the secret of {@value #MIN_LEGACY_LENGTH} to {@value #MAX_LENGTH} bytes
     * @return the secret
     * @throws IllegalArgumentException if it is not Base32 even so, or of another length; the message shows none of it
     */
    public static OtpSecret weakLegacyFromTypedBase32(String text) {
        return wiping(Base32Text.decode(Base32Text.tidied(text)), MIN_LEGACY_LENGTH);
    }

    /**
     * Takes a secret that is shorter than the RFC allows from hexadecimal digits. Never for a new token.
     *
     * @param text the secret of {@value #MIN_LEGACY_LENGTH} to {@value #MAX_LENGTH} bytes, two digits each
     * @return the secret
     * @throws IllegalArgumentException if it is not hexadecimal, or of another length; the message shows none of it
     */
    public static OtpSecret weakLegacyFromHex(String text) {
        return wiping(decodeHex(text), MIN_LEGACY_LENGTH);
    }

    private static byte[] decodeHex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A secret in hexadecimal has two digits of 0-9, a-f a byte, and nothing else");
        }
    }

    private static OtpSecret wiping(byte[] bytes, int minLength) {
        try {
            return copyOf(bytes, minLength);
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
     * Hands the secret out in the open, as a copy that the caller must wipe.
     *
     * @return the bytes of the secret
     * @throws IllegalStateException if the secret was destroyed
     */
    public byte[] exposeBytes() {
        byte[] copy = bytes().clone();
        try {
            requireUnchanged();
        } catch (IllegalStateException e) {
            Arrays.fill(copy, (byte) 0);
            throw e;
        }
        return copy;
    }

    /**
     * Hands the secret out in the open, as an app's user types it who cannot scan a QR code.
     *
     * @return Base32 without padding, which {@link #fromTypedBase32(String)} reads
     * @throws IllegalStateException if the secret was destroyed
     */
    public String exposeBase32() {
        byte[] copy = exposeBytes();
        try {
            return Base32Text.encodeUnpadded(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** The bytes themselves, to be read within this package and never kept or changed. */
    byte[] bytes() {
        return requireUsable().bytes;
    }

    /** To be called after the bytes were read: if it returns, they were the secret, and not wiped meanwhile. */
    void requireUnchanged() {
        VarHandle.acquireFence();
        requireUsable();
    }

    OtpSecret requireUsable() {
        if (destroyed) {
            throw new IllegalStateException("This secret was destroyed; obtain it anew before using it");
        }
        return this;
    }

    /** Wipes the secret; using it afterwards is an {@link IllegalStateException}. */
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
     * Compares in constant time. A destroyed secret equals only itself.
     *
     * @param other another object
     * @return whether the other is a secret of the same bytes
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
     * Tells nothing of the bytes, so that a hash in a log or a heap dump does not either.
     *
     * @return the same number for all secrets of a length
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
