package dev.watchword.otp.lifecycle.seeds;

import java.time.Instant;

/** Parsers for the values of elements. A malformed value becomes a {@link Problem} at the position of its element. */
final class Values {
    private Values() {}

    static byte[] base64(XmlElement element) throws Problem {
        try {
            return SeedText.base64(element.leaf());
        } catch (IllegalArgumentException e) {
            throw wrong(element, e);
        }
    }

    static long number(XmlElement element, long min, long max) throws Problem {
        try {
            return SeedText.number(element.leaf(), min, max);
        } catch (IllegalArgumentException e) {
            throw wrong(element, e);
        }
    }

    static Instant instant(XmlElement element) throws Problem {
        try {
            return SeedText.instant(element.leaf());
        } catch (IllegalArgumentException e) {
            throw wrong(element, e);
        }
    }

    /** Converts an exception of {@link SeedText} to a problem. The name of the element becomes the subject of its message. */
    static Problem wrong(XmlElement element, IllegalArgumentException e) {
        return Problem.at(element, element.name() + " " + e.getMessage());
    }
}
