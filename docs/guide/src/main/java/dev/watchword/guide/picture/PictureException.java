package dev.watchword.guide.picture;

/** Thrown when a picture cannot show its whole source. */
public final class PictureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PictureException(String message) {
        super(message);
    }
}
