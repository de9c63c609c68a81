package dev.watchword.otp;

import java.lang.ref.SoftReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The platform's hash function of one algorithm. The providers are searched once, when this class is initialized. Safe
 * for use by several threads.
 */
final class HashFunction {
    /** The providers whose digests are plain objects of the JVM: the JDK's and Bouncy Castle's. */
    private static final Set<String> COPYABLE = Set.of("SUN", "BC", "BCFIPS");

    private static final @Nullable HashFunction SHA1 = installed(HmacAlgorithm.SHA1);
    private static final @Nullable HashFunction SHA256 = installed(HmacAlgorithm.SHA256);
    private static final @Nullable HashFunction SHA512 = installed(HmacAlgorithm.SHA512);

    private final HmacAlgorithm algorithm;

    /** A digest without input. Every new digest is a copy of it. */
    private final MessageDigest neverFed;

    /**
     * The workbench of each thread. The reference is soft, so that a pooled thread does not keep the class loader of an
     * undeployed application.
     */
    private final ThreadLocal<SoftReference<Workbench>> workbench =
            ThreadLocal.withInitial(() -> new SoftReference<>(null));

    HashFunction(HmacAlgorithm algorithm, MessageDigest cloneable) {
        this.algorithm = algorithm;
        this.neverFed = cloneable;
    }

    /**
     * Returns the hash function. Returns {@code null} if the platform has no digest of this algorithm that can be
     * copied.
     */
    static @Nullable HashFunction of(HmacAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA1 -> SHA1;
            case SHA256 -> SHA256;
            case SHA512 -> SHA512;
        };
    }

    private static @Nullable HashFunction installed(HmacAlgorithm algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.digestName());
            return canBeCopied(digest) ? new HashFunction(algorithm, digest) : null;
        } catch (NoSuchAlgorithmException e) {
            return null; // KeyedHmac then uses the Mac, which reports an error if the platform has no Mac either
        }
    }

    /**
     * Returns whether a digest can be copied, also by several threads at once. Accepts only digests that are known to
     * be plain objects of the JVM. A copy of a digest from a device or a native library might share state with its
     * original.
     */
    static boolean canBeCopied(MessageDigest digest) {
        return digest instanceof Cloneable
                && COPYABLE.contains(digest.getProvider().getName());
    }

    HmacAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Returns the workbench of this thread, or a new one while that workbench is in use. The caller MUST open it, and
     * MUST close it after use.
     */
    Workbench workbench() {
        Workbench ofThisThread = workbench.get().get();
        if (ofThisThread == null) {
            ofThisThread = new Workbench(this);
            workbench.set(new SoftReference<>(ofThisThread));
        }
        return ofThisThread.isOpen() ? new Workbench(this) : ofThisThread;
    }

    /** Returns a new digest without input. */
    MessageDigest newDigest() {
        return copyOf(neverFed);
    }

    /** Returns a copy of a digest with all input that the digest has absorbed. */
    static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(
                    "The digest " + digest.getAlgorithm() + " must be cloneable; use another security provider", e);
        }
    }
}
