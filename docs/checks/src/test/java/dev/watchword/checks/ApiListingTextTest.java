package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The listing of a type shows everything that its callers can compile against. */
class ApiListingTextTest {
    @Test
    void showsTypesAndMembersWithGenericsNullnessAndExceptions() {
        String listing = Stream.of(
                        ApiSamples.Shape.class,
                        ApiSamples.Open.class,
                        ApiSamples.Point.class,
                        ApiSamples.Colour.class,
                        ApiSamples.Source.class)
                .map(ApiListing::ofType)
                .collect(Collectors.joining("\n", "", "\n"));

        assertEquals("""

                abstract sealed class Shape<T extends Comparable<? super T>> extends Hidden implements Supplier<T> permits Open
                    static final int SIDES = 4
                    protected @Nullable T origin
                    protected Shape(byte @Nullable []) throws IOException
                    @Deprecated final void close() throws IOException
                    abstract T get()
                    abstract <K> Map<K, ? extends @Nullable List<T>> grouped(String, @Nullable String...)
                    long inherited()

                non-sealed class Open extends Shape<String>
                    Open()
                    String get()
                    <K> Map<K, List<String>> grouped(String, @Nullable String...)

                record Point(int x, @Nullable String label)
                    Point(int)
                    Point moved()

                enum Colour implements Supplier<String>
                    RED, GREEN
                    String get()

                interface Source<T>
                    static <T> Source<T> of(T)
                    T read()
                    default int size()
                """, listing.replace("ApiSamples.", ""));
    }
}
