package dev.watchword.otp.lifecycle.stock;

import java.util.Set;

/**
 * What a maker's CSV is like, beyond its header.
 *
 * @param separator what stands between fields
 * @param ignored columns that the institution knows to say nothing; another unknown column is refused, since it might be
 *     a misspelt restriction
 */
public record CsvFormat(char separator, Set<String> ignored) {
    /** Commas, and no column ignored. */
    public static final CsvFormat DEFAULT = new CsvFormat(',', Set.of());

    /**
     * Creates a format.
     *
     * @throws IllegalArgumentException if the separator is not a comma, a semicolon, a tab or a vertical bar
     */
    public CsvFormat {
        if (",;\t|".indexOf(separator) < 0) {
            throw new IllegalArgumentException("separator must be a comma, a semicolon, a tab or a vertical bar");
        }
        ignored = Set.copyOf(ignored);
    }
}
