package dev.watchword.otp.support;

import java.util.Optional;
import java.util.function.Supplier;

/** Calls a reader as a fuzzer does: the input yields either a value or one clear error. */
public final class Reader {
    private Reader() {}

    /** Returns the value, or empty if the reader rejects the input with an {@link IllegalArgumentException} itself. */
    public static <T> Optional<T> valueOf(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (IllegalArgumentException e) {
            if (e.getClass() != IllegalArgumentException.class) {
                throw new AssertionError("a reader must reject its input with its own exception", e);
            }
            return Optional.empty();
        }
    }
}
