package dev.watchword.otp.jdbc;

import java.util.regex.Pattern;

/**
 * The prefix of the names of a store's tables, indexes and constraints. Several stores with distinct prefixes can share
 * one database. Immutable.
 *
 * @param text 1 to 30 characters of {@code a-z}, {@code 0-9} and {@code _}, of which the first is a letter. Such names
 *     remain distinct on every product, and no name with the prefix exceeds the length limit of a product
 */
public record TablePrefix(String text) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    /** The placeholder for the prefix in the scripts of the schema. */
    private static final String PLACEHOLDER = "${prefix}";

    /** The prefix {@code otp_}, which the store's own statements contain. */
    public static final TablePrefix DEFAULT = new TablePrefix("otp_");

    /**
     * Creates a prefix.
     *
     * @throws IllegalArgumentException if the text is malformed
     */
    public TablePrefix {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A table prefix must have 1 to 30 characters of a-z, 0-9 and _, and begin with a letter");
        }
    }

    /** Returns a statement of the store with this prefix in the names of its tables. */
    String in(String statement) {
        return text.equals(DEFAULT.text) ? statement : statement.replace(DEFAULT.text, text);
    }

    /** Returns a script with this prefix in place of the placeholder. */
    String inScript(String script) {
        return script.replace(PLACEHOLDER, text);
    }

    @Override
    public String toString() {
        return text;
    }
}
