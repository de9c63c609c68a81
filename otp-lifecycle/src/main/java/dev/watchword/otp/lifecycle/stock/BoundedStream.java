package dev.watchword.otp.lifecycle.stock;

import dev.watchword.otp.lifecycle.SeedFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that ends in a {@link SeedFileException} if the file is too long, or if its parser reads too much without
 * giving anything: a tag, a comment or a name of any length would be held in memory.
 */
final class BoundedStream extends FilterInputStream {
    /** What a parser may read between two events, beyond what it reads ahead. */
    static final int MAX_PIECE = 1 << 18;

    private final long limit;
    private long total;
    private long piece;

    BoundedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** Says that the parser gave something. */
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
            throw new SeedFileException("The stream of the seed file failed; import the file anew", e);
        }
        if (count > 0) {
            total += count;
            piece += count;
        }
        if (total > limit) {
            throw new SeedFileException(
                    "The seed file is longer than " + limit + " bytes; raise the limit if it is"
                            + " the maker's, or ask the maker for smaller ones",
                    null);
        }
        if (piece > MAX_PIECE) {
            throw new SeedFileException(
                    "The seed file has a tag, a comment or a field of more than " + MAX_PIECE
                            + " bytes; it is not a seed file",
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
            throw new SeedFileException("The stream of the seed file failed to close", e);
        }
    }
}
