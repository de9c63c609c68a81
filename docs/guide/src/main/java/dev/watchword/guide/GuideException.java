package dev.watchword.guide;

/** Thrown when the documents cannot become a guide without an error. The message lists every problem. */
final class GuideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GuideException(String message) {
        super(message);
    }
}
