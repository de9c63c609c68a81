package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import java.util.Optional;

/**
 * An attempt to change one enrolment: one read and one commit. If the storage has reliable row locks, the attempt
 * holds the lock from its read to its end, and other attempts wait. Otherwise it can lose the race again. Correctness never depends
 * on the lock: the commit checks the version.
 *
 * <p>One thread uses an attempt and closes it soon, because other attempts may wait.
 */
public interface Attempt extends AutoCloseable {
    /**
     * Reads the enrolment with its tokens. The caller MUST call it first, and only once.
     *
     * @return the enrolment as it was last committed, or empty if it never was
     * @throws StorageException if the storage fails
     * @throws IntegrityException if a stored row contradicts itself
     * @throws LostRaceException if a transaction of the application lost a race and must be repeated
     */
    Optional<Enrolment> find();

    /**
     * Stores a change of the enrolment, as {@link TokenStore#commit} does, and ends the attempt.
     *
     * @param change the change
     * @return committed, or the reason why nothing was stored
     * @throws StorageException if the storage fails and nothing was stored
     * @throws UnknownOutcomeException if it is unknown whether the change was stored
     * @throws LostRaceException if a transaction of the application lost a race and must be repeated
     */
    CommitResult commit(EnrolmentChange change);

    /** Ends the attempt unless a commit has ended it already. Throws nothing. */
    @Override
    void close();
}
