package dev.watchword.otp.lifecycle.stock;

import dev.watchword.otp.lifecycle.SeedFileException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file record by record, holding one of them at a time.
 *
 * <p>A bad record is a value and does not end the reading. What ends it (the file is malformed or beyond a limit, its
 * key is another, its stream fails) is a {@link SeedFileException} of {@link #hasNext()} and {@link #next()}, and stays
 * one: only a reader whose {@code hasNext} has returned {@code false} has read the whole file. Not safe for use by several
 * threads.
 *
 * @param <R> what a record can turn out to be
 */
public abstract sealed class RecordReader<R> implements Iterator<R>, AutoCloseable permits SeedReader, CsvTokenReader {
    private @Nullable R upcoming;
    private @Nullable SeedFileException failure;
    private boolean finished;

    RecordReader() {}

    /** Reads the next record, or {@code null} after the last. */
    abstract @Nullable R read();

    /**
     * Tells whether there is another record, and reads it.
     *
     * @return {@code false} if the file ended as it should
     * @throws SeedFileException if the file cannot be read any further
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
     * @throws SeedFileException if the file cannot be read any further
     * @throws NoSuchElementException if there is none
     */
    @Override
    public final R next() {
        R record = hasNext() ? upcoming : null;
        if (record == null) {
            throw new NoSuchElementException("The file has no more records");
        }
        upcoming = null;
        return record;
    }

    /**
     * Closes the stream of the file.
     *
     * @throws SeedFileException if the stream fails to close
     */
    @Override
    public abstract void close();
}
