package dev.watchword.otp.lifecycle;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first needed, and then kept. Used by one thread. */
final class Once<T> {
    private final Supplier<T> maker;
    private @Nullable T value;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T made = value == null ? maker.get() : value;
        value = made;
        return made;
    }
}
