package dev.watchword.otp.lifecycle.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is computed at its first use and then kept. Not thread-safe. */
public final class Once<T> {
    private final Supplier<T> maker;
    private @Nullable T value;

    public Once(Supplier<T> maker) {
        this.maker = maker;
    }

    public T get() {
        T made = value == null ? maker.get() : value;
        value = made;
        return made;
    }
}
