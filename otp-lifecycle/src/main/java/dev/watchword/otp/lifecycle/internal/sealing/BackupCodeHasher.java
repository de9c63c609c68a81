package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.internal.BackupCodeText;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * Hashes sets of emergency codes and recovery codes with Argon2id, and encrypts the hashes. All codes of a set have the same
 * parameters and the same salt. Their texts begin with different slots, so a guess still costs one hash for each code. The slot in a
 * typed text selects the hash that it is compared with.
 */
public final class BackupCodeHasher {
    private static final byte FORMAT = 1;
    private static final int HEADER_LENGTH = 1 + 2 * Integer.BYTES + PasswordHasher.SALT_LENGTH;

    private final PasswordHasher hasher;

    public BackupCodeHasher(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    /**
     * Returns the encrypted hashes of codes, in the order of their slots.
     *
     * @throws OverloadedException if no permit is free in time, or the thread is interrupted
     */
    public SealedSecret hash(Holder holder, String what, List<BackupCodeText> codes) {
        int memoryKib = hasher.policy().memoryKib();
        int passes = hasher.policy().passes();
        byte[] salt = hasher.newSalt();
        byte[] record = new byte[HEADER_LENGTH + codes.size() * PasswordHasher.HASH_LENGTH];
        try {
            ByteBuffer fields = ByteBuffer.wrap(record)
                    .put(FORMAT)
                    .putInt(memoryKib)
                    .putInt(passes)
                    .put(salt);
            for (BackupCodeText code : codes) {
                byte[] hash = hasher.argon2(code.exposeSymbols(), memoryKib, passes, salt);
                fields.put(hash);
                Arrays.fill(hash, (byte) 0);
            }
            return hasher.sealer().sealHash(holder, what, record);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }

    /**
     * Returns whether a code has the hash of its slot. Computes one hash.
     *
     * @throws OverloadedException if no permit is free in time, or the thread is interrupted
     */
    public boolean matches(Holder holder, String what, SealedSecret sealed, BackupCodeText code) {
        byte[] record = hasher.sealer().openHash(holder, what, sealed);
        try {
            return matches(holder, what, record, code);
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }

    private boolean matches(Holder holder, String what, byte[] record, BackupCodeText code) {
        int begin = HEADER_LENGTH + code.slot() * PasswordHasher.HASH_LENGTH;
        int end = begin + PasswordHasher.HASH_LENGTH;
        boolean whole = (record.length - HEADER_LENGTH) % PasswordHasher.HASH_LENGTH == 0;
        if (record.length < end || !whole || record[0] != FORMAT) {
            throw new IntegrityException(
                    "The " + what + " of holder " + holder + " have an unknown format; restore them", null);
        }
        ByteBuffer fields = ByteBuffer.wrap(record, 1, HEADER_LENGTH - 1);
        int memoryKib = fields.getInt();
        int passes = fields.getInt();
        byte[] salt = new byte[PasswordHasher.SALT_LENGTH];
        fields.get(salt);
        byte[] expected = Arrays.copyOfRange(record, begin, end);
        byte[] hash = new byte[0];
        try {
            hash = hasher.argon2(code.exposeSymbols(), memoryKib, passes, salt);
            return MessageDigest.isEqual(hash, expected);
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(expected, (byte) 0);
        }
    }

    /**
     * Costs as much as a comparison, so timing does not reveal missing codes.
     *
     * @throws OverloadedException if no permit is free in time, or the thread is interrupted
     */
    public void pretend(BackupCodeText code) {
        hasher.pretend(code.exposeSymbols());
    }
}
