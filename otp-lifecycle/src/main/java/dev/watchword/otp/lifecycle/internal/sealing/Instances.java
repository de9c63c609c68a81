package dev.watchword.otp.lifecycle.internal.sealing;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few instances that are expensive to create, and that one caller uses at a time. A caller takes an instance and puts it back after
 * use, unless it failed. If none is there, the caller creates one; if there is no room, it drops the instance. No caller ever waits, so
 * the number of threads, also of virtual ones, does not matter. Thread-safe.
 */
final class Instances<T> {
    /** More instances would only serve more processors. */
    private static final int ROOM = 16;

    private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(ROOM);

    /** Returns an instance that nobody else uses, or {@code null} if there is none. */
    @Nullable
    T take() {
        for (int i = 0; i < ROOM; i++) {
            T instance = places.get(i);
            if (instance != null && places.compareAndSet(i, instance, null)) {
                return instance;
            }
        }
        return null;
    }

    void putBack(T instance) {
        for (int i = 0; i < ROOM; i++) {
            if (places.get(i) == null && places.compareAndSet(i, null, instance)) {
                return;
            }
        }
    }
}
