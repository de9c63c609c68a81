package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.StorageException;
import java.util.Optional;

/**
 * A turn at changing one enrolment: its reading and one commit. Where the storage has a lock that holds, others wait from the
 * reading to the end of the turn, so that nobody is faster; where it has none, the turn is a try like any other. Nothing
 * rests on the lock: whether the version still holds is decided by the commit.
 *
 * <p>Used by one thread, and closed at once by whoever began it: others may wait.
 */
public interface Turn extends AutoCloseable {
    /**
     * Reads the enrolment with its tokens; to be called first, and once.
     *
     * @return the enrolment as it was last committed, or empty if it never was
     * @throws StorageException if the storage fails
     */
    Optional<Enrolment> find();

    /**
     * Stores a change of the enrolment, exactly as {@link TokenStore#commit} does, and ends the turn.
     *
     * @param change what is to be stored
     * @return committed, or why nothing was stored
     * @throws StorageException if the storage fails, or if it is unknown whether the change was stored
     */
    CommitResult commit(EnrolmentChange change);

    /** Ends the turn, if no commit has. Throws nothing. */
    @Override
    void close();
}
