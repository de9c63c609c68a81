package dev.watchword.otp.lifecycle.seeds;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A reader that returns the records of a file one at a time. It holds the current one, and {@link PskcReader} one key package
 * more.
 *
 * <p>A bad record is an ordinary result and does not end the reading. These conditions end it:
 *
 * <ul>
 *   <li>The file is malformed or exceeds a limit.
 *   <li>Its signature is not valid.
 *   <li>The key or password is wrong.
 *   <li>The stream fails.
 * </ul>
 *
 * <p>Then {@link #hasNext()} and {@link #next()} throw a {@link SeedFileException}, and every later call throws the same
 * one. The reader has read the whole file only after {@code hasNext} has returned {@code false}. Not safe for use by
 * several threads.
 *
 * @param <R> the result for one record, good or bad
 */
public abstract sealed class RecordReader<R> implements Iterator<R>, AutoCloseable permits SeedReader, TokenReader {
    private @Nullable R upcoming;
    private @Nullable SeedFileException failure;
    private boolean finished;
    private boolean begun;

    RecordReader() {}

    /** Reads the next record. Returns {@code null} after the last. */
    abstract @Nullable R read();

    /**
     * Returns whether the file has another record, and reads that record if it has not been read yet.
     *
     * @return {@code false} after the last record of a complete file
     * @throws SeedFileException if reading the file has failed
     */
    @Override
    public final boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        if (upcoming == null && !finished) {
            try {
                upcoming = read();
            } catch (SeedFileException e) {
                failure = e;
                throw e;
            }
            finished = upcoming == null;
        }
        return upcoming != null;
    }

    /**
     * Returns the next record.
     *
     * @return a good or a bad record
     * @throws SeedFileException if reading the file has failed
     * @throws NoSuchElementException if the file has no further record
     */
    @Override
    public final R next() {
        R record = hasNext() ? upcoming : null;
        if (record == null) {
            throw new NoSuchElementException("The file has no further record; call hasNext first");
        }
        upcoming = null;
        begun = true;
        return record;
    }

    /** {@return whether {@link #next()} has returned a record, so that the rest is not the whole file} */
    public final boolean hasBegun() {
        return begun;
    }

    /**
     * Closes the stream of the file. Reading after this call is not supported.
     *
     * @throws SeedFileException if the stream fails to close
     */
    @Override
    public abstract void close();
}
