package dev.watchword.otp.jdbc;

import java.util.regex.Pattern;

/**
 * What the names of the store's tables, indexes and constraints begin with, so that several stores can share one database.
 *
 * @param text 1 to 30 of {@code a-z}, {@code 0-9} and {@code _}, the first a letter: no database folds such a name into another
 *     one, and with what follows it none is too long
 */
public record TablePrefix(String text) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    /** What stands in the scripts of the schema. */
    private static final String PLACEHOLDER = "${prefix}";

    /** What stands in the store's own statements: {@code otp_}. */
    public static final TablePrefix DEFAULT = new TablePrefix("otp_");

    /**
     * Creates a prefix.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public TablePrefix {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("A table prefix must be 1 to 30 of a-z, 0-9 and _, the first a letter");
        }
    }

    /** A statement of the store with the names of these tables. */
    String in(String statement) {
        return text.equals(DEFAULT.text) ? statement : statement.replace(DEFAULT.text, text);
    }

    /** A script with the names of these tables. */
    String inScript(String script) {
        return script.replace(PLACEHOLDER, text);
    }

    @Override
    public String toString() {
        return text;
    }
}
