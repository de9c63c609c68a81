package dev.watchword.otp;

import java.lang.ref.SoftReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The platform's hash function of an algorithm, at hand without a look at any provider. Safe for use by several threads. */
final class HashFunction {
    private static final Set<String> COPYABLE = Set.of("SUN", "BC", "BCFIPS");
    private static final @Nullable HashFunction SHA1 = installed(HmacAlgorithm.SHA1);
    private static final @Nullable HashFunction SHA256 = installed(HmacAlgorithm.SHA256);
    private static final @Nullable HashFunction SHA512 = installed(HmacAlgorithm.SHA512);

    private final HmacAlgorithm algorithm;
    private final MessageDigest neverFed;

    /** Softly, so that a thread of a pool does not hold on to the class loader of an application that is gone. */
    private final ThreadLocal<SoftReference<Workbench>> workbench =
            ThreadLocal.withInitial(() -> new SoftReference<>(null));

    HashFunction(HmacAlgorithm algorithm, MessageDigest cloneable) {
        this.algorithm = algorithm;
        this.neverFed = cloneable;
    }

    /** The hash function, or null if the platform has none whose digests can be copied. */
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
            return null; // the Mac takes its place, or is missing too and says so
        }
    }

    /**
     * Only digests that are known to be plain objects of the JVM are copied, also by several threads at once: what a device
     * or a native library keeps for a digest, its copies might share.
     */
    static boolean canBeCopied(MessageDigest digest) {
        return digest instanceof Cloneable
                && COPYABLE.contains(digest.getProvider().getName());
    }

    HmacAlgorithm algorithm() {
        return algorithm;
    }

    /** The place where this thread works, or another if it works there already. To be opened and closed. */
    Workbench workbench() {
        Workbench ofThisThread = workbench.get().get();
        if (ofThisThread == null) {
            ofThisThread = new Workbench(this);
            workbench.set(new SoftReference<>(ofThisThread));
        }
        return ofThisThread.isOpen() ? new Workbench(this) : ofThisThread;
    }

    /** A digest that was never fed. */
    MessageDigest newDigest() {
        return copyOf(neverFed);
    }

    static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " claims to be cloneable and is not", e);
        }
    }
}
