package dev.watchword.otp.lifecycle.stock;

import java.time.Instant;

/** Values of elements; what is wrong with one is a {@link Problem} at its place. */
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

    /** What is wrong with the value of an element, from a message that lacks the subject. */
    static Problem wrong(XmlElement element, IllegalArgumentException e) {
        return Problem.at(element, element.name() + " " + e.getMessage());
    }
}
