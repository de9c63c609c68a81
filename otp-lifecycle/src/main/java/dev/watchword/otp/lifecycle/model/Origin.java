package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a request, as far as the application knows it (R9.6). Every event of the request records it. The erasure of the
 * holder's personal data removes it. The library does not interpret it. Immutable.
 */
@CheckReturnValue
public final class Origin {
    /** The greatest length of a source and of a reference, in UTF-16 units. */
    public static final int MAX_LENGTH = 100;

    /** The origin without a source and without a reference. */
    public static final Origin NONE = new Origin(null, null);

    private final @Nullable String source;
    private final @Nullable String reference;

    private Origin(@Nullable String source, @Nullable String reference) {
        this.source = source;
        this.reference = reference;
    }

    /**
     * Returns this origin with a source.
     *
     * @param newSource the place that the request came from, such as a network address, a device or a branch; 1 to {@value
     *     #MAX_LENGTH} characters, without control characters and without white space at either end
     * @return the origin
     * @throws IllegalArgumentException if the text is malformed
     */
    public Origin source(String newSource) {
        return new Origin(Require.text(requireNonNull(newSource, "source"), "source", MAX_LENGTH), reference);
    }

    /**
     * Returns this origin with a reference.
     *
     * @param newReference the application's number of the request or of its transaction; 1 to {@value #MAX_LENGTH} characters,
     *     without control characters and without white space at either end
     * @return the origin
     * @throws IllegalArgumentException if the text is malformed
     */
    public Origin reference(String newReference) {
        return new Origin(source, Require.text(requireNonNull(newReference, "reference"), "reference", MAX_LENGTH));
    }

    /** {@return the place that the request came from; {@code null} if unknown} */
    public @Nullable String source() {
        return source;
    }

    /** {@return the application's number of the request; {@code null} if there is no number} */
    public @Nullable String reference() {
        return reference;
    }

    /** {@return whether both the source and the reference are unknown} */
    public boolean isNone() {
        return source == null && reference == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Origin that
                        && Objects.equals(source, that.source)
                        && Objects.equals(reference, that.reference));
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, reference);
    }

    @Override
    public String toString() {
        return "Origin[source=" + source + ", reference=" + reference + "]";
    }
}
