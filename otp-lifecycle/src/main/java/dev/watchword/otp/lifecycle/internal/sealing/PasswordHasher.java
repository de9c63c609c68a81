package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106) and encrypts the hashes, because a hash of a few digits alone is found in minutes.
 * A hash contains its parameters, so hashes stay valid after a change of the policy.
 *
 * <p>At most {@link #MOST_AT_ONCE} hashes are computed at once in this JVM, one processor less than it has. A hash occupies a
 * processor, and under a virtual thread also a carrier. Other operations therefore always have one left. Callers wait in the
 * order of their arrival, at most for {@link HashingPolicy#longestWait}. Then they get an {@link OverloadedException}. So does
 * an interrupted thread, at once; its interrupt flag stays set.
 *
 * <p>Every caller MUST hash before it commits anything. Only then does the exception mean that nothing was done.
 */
public final class PasswordHasher {
    private static final byte FORMAT = 1;
    static final int SALT_LENGTH = 16;
    static final int HASH_LENGTH = 32;
    private static final int HEADER_LENGTH = 1 + 2 * Integer.BYTES;
    private static final int LENGTH = HEADER_LENGTH + SALT_LENGTH + HASH_LENGTH;

    /** The number of hashes that are computed at once: one less than the processors, and at least one. */
    public static final int MOST_AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private static final Semaphore PERMITS = new Semaphore(MOST_AT_ONCE, true);

    private final SecretSealer sealer;
    private final HashingPolicy policy;
    private final SecureRandom random;
    private final Runnable hashing;

    /**
     * Creates a hasher.
     *
     * @param hashing runs at the beginning of each hash, while it has its permit, for tests
     */
    public PasswordHasher(SecretSealer sealer, HashingPolicy policy, SecureRandom random, Runnable hashing) {
        this.sealer = sealer;
        this.policy = policy;
        this.random = random;
        this.hashing = hashing;
    }

    /**
     * Returns the encrypted hash of a password.
     *
     * @throws OverloadedException if no permit is free in time, or the thread is interrupted
     */
    public SealedSecret hash(Holder holder, String what, String password) {
        byte[] salt = newSalt();
        byte[] hash = argon2(password, policy.memoryKib(), policy.passes(), salt);
        byte[] record = ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .putInt(policy.memoryKib())
                .putInt(policy.passes())
                .put(salt)
                .put(hash)
                .array();
        try {
            return sealer.sealHash(holder, what, record);
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(record, (byte) 0);
        }
    }

    /**
     * Returns whether a password has this hash.
     *
     * @throws OverloadedException if no permit is free in time, or the thread is interrupted
     */
    public boolean matches(Holder holder, String what, SealedSecret sealed, String password) {
        byte[] record = sealer.openHash(holder, what, sealed);
        try {
            return matches(holder, what, record, password);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }

    private boolean matches(Holder holder, String what, byte[] record, String password) {
        if (record.length != LENGTH || record[0] != FORMAT) {
            throw new IntegrityException(
                    "The " + what + " of holder " + holder + " has an unknown format; restore it", null);
        }
        ByteBuffer fields = ByteBuffer.wrap(record, 1, LENGTH - 1);
        int memoryKib = fields.getInt();
        int passes = fields.getInt();
        byte[] salt = new byte[SALT_LENGTH];
        byte[] expected = new byte[HASH_LENGTH];
        fields.get(salt).get(expected);
        byte[] hash = new byte[0];
        try {
            hash = argon2(password, memoryKib, passes, salt);
            return MessageDigest.isEqual(hash, expected);
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(expected, (byte) 0);
        }
    }

    /**
     * Costs as much as a comparison, so timing does not reveal a missing hash.
     *
     * @throws OverloadedException if no permit is free in time, or the thread is interrupted
     */
    public void pretend(String password) {
        argon2(password, policy.memoryKib(), policy.passes(), new byte[SALT_LENGTH]);
    }

    /** The cost of new hashes. */
    HashingPolicy policy() {
        return policy;
    }

    byte[] newSalt() {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        return salt;
    }

    SecretSealer sealer() {
        return sealer;
    }

    /** Computes a hash under the bound. */
    byte[] argon2(String password, int memoryKib, int passes, byte[] salt) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        try {
            acquire();
            try {
                hashing.run();
                return argon2(bytes, memoryKib, passes, salt);
            } finally {
                PERMITS.release();
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void acquire() {
        try {
            if (!PERMITS.tryAcquire(policy.longestWait().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new OverloadedException(
                        "Too many password hashes are computed at once; nothing was done, so refuse the request and repeat"
                                + " it later",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadedException(
                    "The thread is interrupted, so no password hash was computed; nothing was done, so refuse the request"
                            + " and repeat it later",
                    e);
        }
    }

    private static byte[] argon2(byte[] password, int memoryKib, int passes, byte[] salt) {
        byte[] hash = new byte[HASH_LENGTH];
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        generator.generateBytes(password, hash);
        return hash;
    }
}
