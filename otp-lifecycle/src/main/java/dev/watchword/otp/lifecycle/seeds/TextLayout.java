package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a text file with seeds or tokens, with one record on each line. Immutable and safe for use by several threads.
 *
 * <p>A layout finds its columns by the headings of the first line, or by their numbers in a file without headings. Case and
 * white space of a heading are ignored. A reader rejects an unknown heading that is not listed as ignored, because it might
 * be a misspelt restriction.
 *
 * <p>A constant is the value of a column that the file leaves out, and of each empty field of the column.
 *
 * <p>A reader skips a byte order mark, blank lines, and lines that have only separators. If the first line is {@code sep=}
 * with one character, as spreadsheets write it, the reader skips the line and uses that separator.
 *
 * <p>{@link TextLayouts} has the layouts of common files.
 */
public final class TextLayout {
    /**
     * The layout of RFC 4180 with every column under its own name: the separator is a comma, and no column is ignored.
     */
    public static final TextLayout DEFAULT = ownNames();

    /** The greatest number of a column. */
    static final int MAX_FIELDS = 64;

    private final Map<TextColumn, List<String>> headings;
    private final Map<TextColumn, Integer> numbers;
    private final Map<TextColumn, String> constants;
    private final Map<Integer, String> expected;
    private final Set<String> ignored;
    private final int minFields;
    private final int maxFields;
    private final char separator;
    private final @Nullable Character comment;
    private final Charset charset;

    private TextLayout(Builder builder) {
        headings = new EnumMap<>(TextColumn.class);
        builder.headings.forEach((column, names) -> headings.put(column, List.copyOf(names)));
        numbers = Collections.unmodifiableMap(new EnumMap<>(builder.numbers));
        constants = Collections.unmodifiableMap(new EnumMap<>(builder.constants));
        expected = Map.copyOf(builder.expected);
        ignored = Set.copyOf(builder.ignored);
        separator = builder.separator;
        comment = builder.comment;
        charset = builder.charset;
        int last = Math.max(
                numbers.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                expected.keySet().stream().mapToInt(Integer::intValue).max().orElse(0));
        maxFields = builder.maxFields == 0 ? last : builder.maxFields;
        minFields = builder.maxFields == 0 ? last : builder.minFields;
        boolean numbered = last > 0;
        if (numbered == !headings.isEmpty()) {
            throw new IllegalArgumentException("A layout must have columns, either all by heading or all by number");
        }
        if (maxFields < last || (!numbered && maxFields > 0)) {
            throw new IllegalArgumentException("fields must include every numbered column, and needs numbered columns");
        }
    }

    private static TextLayout ownNames() {
        Builder builder = builder();
        for (TextColumn column : TextColumn.values()) {
            builder.column(column, column.heading());
        }
        return builder.build();
    }

    /**
     * Begins to describe a layout. It has a comma as separator, UTF-8, and no comments.
     *
     * @return a builder without columns
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build a changed copy.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        headings.forEach((column, names) -> builder.headings.put(column, new ArrayList<>(names)));
        builder.numbers.putAll(numbers);
        builder.constants.putAll(constants);
        builder.expected.putAll(expected);
        builder.ignored.addAll(ignored);
        builder.separator = separator;
        builder.comment = comment;
        builder.charset = charset;
        builder.minFields = numbers.isEmpty() && expected.isEmpty() ? 0 : minFields;
        builder.maxFields = numbers.isEmpty() && expected.isEmpty() ? 0 : maxFields;
        return builder;
    }

    /**
     * Returns a copy with another separator.
     *
     * @param newSeparator the character between two fields, as in {@link Builder#separator(char)}
     * @return a copy that is otherwise the same
     * @throws IllegalArgumentException if the character cannot be a separator
     */
    public TextLayout withSeparator(char newSeparator) {
        return toBuilder().separator(newSeparator).build();
    }

    /**
     * Returns a copy that ignores other columns.
     *
     * @param newIgnored the headings of columns that have no meaning for the institution
     * @return a copy that is otherwise the same
     */
    public TextLayout withIgnored(Set<String> newIgnored) {
        Builder builder = toBuilder();
        builder.ignored.clear();
        return builder.ignored(newIgnored.toArray(String[]::new)).build();
    }

    /** {@return whether the first line of a file has headings} */
    public boolean hasHeadings() {
        return !headings.isEmpty();
    }

    /** {@return the character between two fields, unless the file states another one} */
    public char separator() {
        return separator;
    }

    /** {@return the character with which a comment line begins; {@code null} if a file has no comments} */
    public @Nullable Character comment() {
        return comment;
    }

    /** {@return the character encoding of the file} */
    public Charset charset() {
        return charset;
    }

    /** {@return the values of columns that the file leaves out, and of empty fields} */
    public Map<TextColumn, String> constants() {
        return constants;
    }

    /** Returns the column of a heading, or {@code null} if the layout has no such heading. */
    @Nullable
    TextColumn columnOf(String heading) {
        String name = normalised(heading);
        for (Map.Entry<TextColumn, List<String>> entry : headings.entrySet()) {
            if (entry.getValue().stream().anyMatch(each -> normalised(each).equals(name))) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Returns whether a heading is ignored. */
    boolean ignores(String heading) {
        return ignored.contains(normalised(heading));
    }

    /** Returns the name of a column in this layout, for messages. */
    String nameOf(TextColumn column) {
        List<String> names = headings.getOrDefault(column, List.of());
        return names.isEmpty() ? column.heading() : String.join(" or ", names);
    }

    /** Returns whether the layout has a place for a column. */
    boolean has(TextColumn column) {
        return headings.containsKey(column) || numbers.containsKey(column);
    }

    /** Returns the numbered columns, counted from 1. */
    Map<TextColumn, Integer> numbers() {
        return numbers;
    }

    /** Returns the texts that fields must have, by the number of the field. */
    Map<Integer, String> expected() {
        return expected;
    }

    int minFields() {
        return minFields;
    }

    int maxFields() {
        return maxFields;
    }

    private static String normalised(String heading) {
        StringBuilder dense = new StringBuilder(heading.length());
        heading.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(dense::appendCodePoint);
        return dense.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TextLayout that
                        && headings.equals(that.headings)
                        && numbers.equals(that.numbers)
                        && constants.equals(that.constants)
                        && expected.equals(that.expected)
                        && ignored.equals(that.ignored)
                        && minFields == that.minFields
                        && maxFields == that.maxFields
                        && separator == that.separator
                        && Objects.equals(comment, that.comment)
                        && charset.equals(that.charset));
    }

    @Override
    public int hashCode() {
        return Objects.hash(headings, numbers, constants, expected, ignored, separator, comment, charset);
    }

    @Override
    public String toString() {
        return "TextLayout[headings=" + headings + ", numbers=" + numbers + ", constants=" + constants + ", ignored="
                + ignored + ", separator=" + separator + ", charset=" + charset + "]";
    }

    /** Builds a {@link TextLayout}. Not thread-safe. */
    public static final class Builder {
        private static final Set<Charset> CHARSETS = Set.of(
                StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

        private static final Set<TextColumn> VARYING = Collections.unmodifiableSet(EnumSet.of(
                TextColumn.SERIAL,
                TextColumn.SECRET_HEX,
                TextColumn.SECRET_BASE32,
                TextColumn.SECRET_BASE64,
                TextColumn.HOLDER,
                TextColumn.USER_ID));

        private final Map<TextColumn, List<String>> headings = new EnumMap<>(TextColumn.class);
        private final Map<TextColumn, Integer> numbers = new EnumMap<>(TextColumn.class);
        private final Map<TextColumn, String> constants = new EnumMap<>(TextColumn.class);
        private final Map<Integer, String> expected = new HashMap<>();
        private final Set<String> ignored = new HashSet<>();
        private int minFields;
        private int maxFields;
        private char separator = ',';
        private @Nullable Character comment;
        private Charset charset = StandardCharsets.UTF_8;

        private Builder() {}

        /**
         * Adds headings of a column. A file has at most one of them.
         *
         * @param column the meaning of the column
         * @param names its headings; case and white space are ignored
         * @return this builder
         * @throws IllegalArgumentException if a heading is given twice
         */
        @CanIgnoreReturnValue
        public Builder column(TextColumn column, String... names) {
            headings.computeIfAbsent(requireNonNull(column, "column"), key -> new ArrayList<>())
                    .addAll(List.of(names));
            List<String> all = headings.values().stream()
                    .flatMap(List::stream)
                    .map(TextLayout::normalised)
                    .toList();
            if (all.size() > Set.copyOf(all).size()) {
                throw new IllegalArgumentException("Two columns must not have the same heading");
            }
            return this;
        }

        /**
         * Sets the number of a column of a file without headings.
         *
         * @param column the meaning of the column
         * @param number its number, 1 to 64
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        @CanIgnoreReturnValue
        public Builder column(TextColumn column, int number) {
            numbers.put(requireNonNull(column, "column"), requireNumber(number));
            return this;
        }

        /**
         * Requires a text in a field of a file without headings. A record with another text in that field is bad.
         *
         * @param number the number of the field, 1 to 64
         * @param text the required text; empty for an empty field
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        @CanIgnoreReturnValue
        public Builder expected(int number, String text) {
            expected.put(requireNumber(number), requireNonNull(text, "text"));
            return this;
        }

        /**
         * Sets how many fields a record of a file without headings has. Fields without a column are ignored. Without this
         * call, a record ends with its last column.
         *
         * @param min the smallest number of fields, from 1
         * @param max the greatest number of fields, {@code min} to 64
         * @return this builder
         * @throws IllegalArgumentException if a number is out of range
         */
        @CanIgnoreReturnValue
        public Builder fields(int min, int max) {
            minFields = requireNumber(min);
            maxFields = requireNumber(max);
            if (min > max) {
                throw new IllegalArgumentException("min must not be greater than max");
            }
            return this;
        }

        private static int requireNumber(int number) {
            if (number < 1 || number > MAX_FIELDS) {
                throw new IllegalArgumentException("The number of a field must be 1 to " + MAX_FIELDS);
            }
            return number;
        }

        /**
         * Sets the value of a column that the file leaves out, and of each empty field of the column.
         *
         * @param column the meaning of the column; neither a secret nor the serial number
         * @param value the value, as a field would have it
         * @return this builder
         * @throws IllegalArgumentException if the column must differ in each record
         */
        @CanIgnoreReturnValue
        public Builder constant(TextColumn column, String value) {
            if (VARYING.contains(column)) {
                throw new IllegalArgumentException(
                        column.heading() + " must not be a constant; state it in each record");
            }
            constants.put(column, requireNonNull(value, "value"));
            return this;
        }

        /**
         * Adds headings of columns that have no meaning for the institution.
         *
         * @param names the headings; case and white space are ignored
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder ignored(String... names) {
            for (String name : names) {
                ignored.add(normalised(name));
            }
            return this;
        }

        /**
         * Sets the separator.
         *
         * @param newSeparator the character between two fields; not a letter, digit, quotation mark or line end
         * @return this builder
         * @throws IllegalArgumentException if the character cannot be a separator
         */
        @CanIgnoreReturnValue
        public Builder separator(char newSeparator) {
            if (!isSeparator(newSeparator)) {
                throw new IllegalArgumentException(
                        "separator must be a tab, or an ASCII character other than a letter, digit, space or quotation"
                                + " mark");
            }
            separator = newSeparator;
            return this;
        }

        /**
         * Sets the character with which a comment line begins.
         *
         * @param newComment the character; {@code null} if the file has no comments
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder comment(@Nullable Character newComment) {
            if (newComment != null && !isSeparator(newComment)) {
                throw new IllegalArgumentException(
                        "comment must be an ASCII character other than a letter, digit, space or quotation mark");
            }
            comment = newComment;
            return this;
        }

        /**
         * Sets the character encoding.
         *
         * @param newCharset UTF-8 or UTF-16; a byte order mark is skipped
         * @return this builder
         * @throws IllegalArgumentException if the encoding is neither UTF-8 nor UTF-16
         */
        @CanIgnoreReturnValue
        public Builder charset(Charset newCharset) {
            if (!CHARSETS.contains(newCharset)) {
                throw new IllegalArgumentException("charset must be UTF-8, UTF-16, UTF-16LE or UTF-16BE");
            }
            charset = newCharset;
            return this;
        }

        /**
         * Builds the layout.
         *
         * @return the layout
         * @throws IllegalArgumentException if the layout has no columns, or both numbered columns and headings, or if the comment
         *     character is also the separator
         */
        public TextLayout build() {
            if (comment != null && comment == separator) {
                throw new IllegalArgumentException("comment and separator must be different characters");
            }
            return new TextLayout(this);
        }
    }

    /** Returns whether a character can separate fields. */
    static boolean isSeparator(char c) {
        return c == '\t' || (c > ' ' && c < 0x7F && c != '"' && !Character.isLetterOrDigit(c));
    }
}
