package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of a CSV file: its field separator and the columns to ignore. Immutable and safe for use by several
 * threads.
 *
 * <p>A reader rejects an unknown column that is not listed, because it might be a misspelt restriction.
 */
public final class CsvFormat {
    /** The format of RFC 4180: the separator is a comma, and no column is ignored. */
    public static final CsvFormat DEFAULT = new CsvFormat(',', Set.of());

    private final char separator;
    private final Set<String> ignored;

    private CsvFormat(char separator, Set<String> ignored) {
        this.separator = separator;
        this.ignored = Set.copyOf(requireNonNull(ignored, "ignored"));
        if (",;\t|".indexOf(separator) < 0) {
            throw new IllegalArgumentException("separator must be a comma, a semicolon, a tab or a vertical bar");
        }
    }

    /** {@return the character between two fields: a comma, a semicolon, a tab or a vertical bar} */
    public char separator() {
        return separator;
    }

    /**
     * {@return the headings of columns that carry no meaning for the institution, exactly as the file writes them
     * but without surrounding white space}
     */
    public Set<String> ignored() {
        return ignored;
    }

    /**
     * Returns a copy with another separator.
     *
     * @param newSeparator the character between two fields: a comma, a semicolon, a tab or a vertical bar
     * @return a copy that is otherwise the same
     * @throws IllegalArgumentException if the separator is another character
     */
    public CsvFormat withSeparator(char newSeparator) {
        return new CsvFormat(newSeparator, ignored);
    }

    /**
     * Returns a copy with other ignored columns.
     *
     * @param newIgnored the headings of columns that carry no meaning for the institution, exactly as the file
     *     writes them but without surrounding white space
     * @return a copy that is otherwise the same
     */
    public CsvFormat withIgnored(Set<String> newIgnored) {
        return new CsvFormat(separator, newIgnored);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CsvFormat that && separator == that.separator && ignored.equals(that.ignored));
    }

    @Override
    public int hashCode() {
        return Objects.hash(separator, ignored);
    }

    @Override
    public String toString() {
        return "CsvFormat[separator=" + separator + ", ignored=" + ignored + "]";
    }
}
