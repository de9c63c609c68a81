package dev.watchword.guide;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size of a picture in PNG.
 *
 * @param width the width in pixels
 * @param height the height in pixels
 */
record Png(int width, int height) {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int LENGTH_OF_HEAD = 24;

    /** Reads the head of a file; an empty result means that it is no PNG. */
    static Optional<Png> read(byte[] file) {
        ByteBuffer head = ByteBuffer.wrap(file);
        if (file.length < LENGTH_OF_HEAD || head.getLong() != SIGNATURE) {
            return Optional.empty();
        }
        head.position(LENGTH_OF_HEAD - 2 * Integer.BYTES);
        return Optional.of(new Png(head.getInt(), head.getInt()));
    }
}
