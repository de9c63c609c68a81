package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106) and encrypts the hashes, because a hash of a few digits alone is found in minutes.
 * A hash carries its parameters, so the policy can change. At most one hash per processor is computed at a time.
 */
public final class PasswordHasher {
    private static final byte FORMAT = 1;
    private static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 32;
    private static final int HEADER_LENGTH = 1 + 2 * Integer.BYTES;
    private static final int LENGTH = HEADER_LENGTH + SALT_LENGTH + HASH_LENGTH;

    private static final Semaphore PROCESSORS =
            new Semaphore(Runtime.getRuntime().availableProcessors());

    private final SecretSealer sealer;
    private final HashingPolicy policy;
    private final SecureRandom random;

    public PasswordHasher(SecretSealer sealer, HashingPolicy policy, SecureRandom random) {
        this.sealer = sealer;
        this.policy = policy;
        this.random = random;
    }

    /** Returns the encrypted hash of a password. */
    public SealedSecret hash(Holder holder, String what, String password) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
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

    /** Returns whether a password has this hash. */
    public boolean matches(Holder holder, String what, SealedSecret sealed, String password) {
        byte[] record = sealer.openHash(holder, what, sealed);
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
        byte[] hash = argon2(password, memoryKib, passes, salt);
        try {
            return MessageDigest.isEqual(hash, expected);
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(expected, (byte) 0);
            Arrays.fill(record, (byte) 0);
        }
    }

    /** Costs as much as a comparison, so timing does not reveal a missing hash. */
    public void pretend(String password) {
        argon2(password, policy.memoryKib(), policy.passes(), new byte[SALT_LENGTH]);
    }

    private static byte[] argon2(String password, int memoryKib, int passes, byte[] salt) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[HASH_LENGTH];
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build();
        PROCESSORS.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            generator.generateBytes(bytes, hash);
            return hash;
        } finally {
            PROCESSORS.release();
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
