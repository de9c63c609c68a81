package dev.watchword.checks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Public types whose listing {@link ApiListingTextTest} compares with its text. */
public final class ApiSamples {
    private ApiSamples() {}

    /** A sealed type with every kind of member. */
    public abstract static sealed class Shape<T extends Comparable<? super T>> extends Hidden implements Supplier<T> {
        public static final int SIDES = 4;

        protected @Nullable T origin;

        protected Shape(byte @Nullable [] data) throws IOException {}

        Shape() {}

        public abstract <K> Map<K, ? extends @Nullable List<T>> grouped(String first, @Nullable String... others);

        @Deprecated
        public final void close() throws IOException {}

        @Override
        public abstract T get();
    }

    /** A super type that callers cannot see, while they can call its method. */
    abstract static class Hidden {
        public long inherited() {
            return 1;
        }
    }

    /** A subtype that anyone may extend. */
    public static non-sealed class Open extends Shape<String> {
        @Override
        public <K> Map<K, List<String>> grouped(String first, @Nullable String... others) {
            return Map.of();
        }

        @Override
        public String get() {
            return "";
        }
    }

    /** A record with one method beside its implied members. */
    public record Point(int x, @Nullable String label) {
        public Point(int x) {
            this(x, null);
        }

        public Point moved() {
            return this;
        }
    }

    /** An enum with a method. */
    public enum Colour implements Supplier<String> {
        RED,
        GREEN;

        @Override
        public String get() {
            return name();
        }
    }

    /** An interface with each kind of method. */
    public interface Source<T> {
        T read();

        default int size() {
            return 0;
        }

        static <T> Source<T> of(T value) {
            return () -> value;
        }
    }
}
