package dev.watchword.otp.lifecycle.seeds;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that bounds the length of a seed file and of each piece of it. A piece is the input between two events of the
 * parser.
 *
 * <p>Exceeding a bound throws a {@link SeedFileException}. The parser holds a whole tag, comment or name in memory, so an
 * unbounded piece could exhaust the heap. An I/O error is also reported as a {@link SeedFileException}, with its cause.
 */
final class BoundedStream extends FilterInputStream {
    /**
     * The greatest number of bytes that the parser may read between two events. Bytes that it had already read ahead before
     * the first of them do not count.
     */
    static final int MAX_PIECE = 1 << 18;

    private final long limit;
    private long total;
    private long piece;

    BoundedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** Starts a new piece. The reader calls this before it requests the next event. */
    void nextPiece() {
        piece = 0;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int count;
        try {
            count = in.read(buffer, offset, length);
        } catch (IOException e) {
            throw new SeedFileException(
                    FileProblem.STORAGE,
                    "Reading the seed file failed with an I/O error; import the file again from its start",
                    e);
        }
        if (count > 0) {
            total += count;
            piece += count;
        }
        if (total > limit) {
            throw new SeedFileException(
                    FileProblem.TOO_LARGE,
                    "The seed file is longer than " + limit + " bytes; raise SeedLimits.maxBytes if"
                            + " the maker delivered it, or ask the maker for smaller files",
                    null);
        }
        if (piece > MAX_PIECE) {
            throw new SeedFileException(
                    FileProblem.TOO_LARGE,
                    "The seed file has a tag, a comment or a field of more than " + MAX_PIECE
                            + " bytes; no seed file needs one, so check that this is the right file",
                    null);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new SeedFileException(
                    FileProblem.STORAGE,
                    "Closing the seed file failed with an I/O error; check the storage of the file",
                    e);
        }
    }
}
