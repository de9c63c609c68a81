package dev.watchword.otp;

import java.lang.ref.SoftReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The platform's hash function of an algorithm, at hand without a look at any provider. Safe for use by several threads. */
final class HashFunction {
    private static final Set<String> COPYABLE = Set.of("SUN", "BC", "BCFIPS");
    private static final Map<HmacAlgorithm, HashFunction> INSTALLED = installed();

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
        return INSTALLED.get(algorithm);
    }

    private static Map<HmacAlgorithm, HashFunction> installed() {
        Map<HmacAlgorithm, HashFunction> installed = new EnumMap<>(HmacAlgorithm.class);
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            MessageDigest digest = ofThePlatform(algorithm);
            if (digest != null && canBeCopied(digest)) {
                installed.put(algorithm, new HashFunction(algorithm, digest));
            }
        }
        return installed;
    }

    private static @Nullable MessageDigest ofThePlatform(HmacAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.digestName());
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
