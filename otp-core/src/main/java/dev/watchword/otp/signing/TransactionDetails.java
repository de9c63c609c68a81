package dev.watchword.otp.signing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.internal.ByteReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The details of a transaction that the holder approves, such as the payee's account and the amount: an ordered map of
 * names and values. Immutable. {@code toString} shows only their number, because they are personal data.
 *
 * <p>There are 1 to {@value #MAX_DETAILS} details. A name has 1 to {@value #MAX_NAME_LENGTH} {@code char}s and is
 * unique. A value has up to {@value #MAX_VALUE_LENGTH} {@code char}s. Neither contains control characters, lone
 * surrogates, line or paragraph separators, formatting characters other than the two joiners (U+200C, U+200D), or
 * invisible Hangul fillers. With such characters, a screen could show details that differ from those that the token
 * signs: some change the direction of the text (UAX #9), and others show nothing.
 *
 * <p>Texts are compared exactly and are not normalised. The order of the details is significant.
 */
public final class TransactionDetails {
    /** The maximum number of details. */
    public static final int MAX_DETAILS = 16;

    /** The maximum length of a name, in {@code char}s. */
    public static final int MAX_NAME_LENGTH = 64;

    /** The maximum length of a value, in {@code char}s. */
    public static final int MAX_VALUE_LENGTH = 256;

    /** The maximum length of an encoding in bytes. A {@code char} takes up to three bytes. */
    public static final int MAX_ENCODED_LENGTH =
            2 + MAX_DETAILS * (2 * Short.BYTES + 3 * (MAX_NAME_LENGTH + MAX_VALUE_LENGTH));

    private static final int FORMAT = 1;

    private final Map<String, String> values;

    private TransactionDetails(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Returns whether a text has the form of a detail's name.
     *
     * @param text any text
     * @return whether it has 1 to {@value #MAX_NAME_LENGTH} {@code char}s, all of which a detail may contain
     */
    public static boolean isName(String text) {
        return Builder.isText(text, 1, MAX_NAME_LENGTH);
    }

    /**
     * Begins to list details.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Creates the details of a transaction that has only one detail.
     *
     * @param name the name of the detail
     * @param value the value of the detail
     * @return the details
     * @throws IllegalArgumentException if the name or the value is out of range. The message names the rule
     */
    public static TransactionDetails of(String name, String value) {
        return builder().add(name, value).build();
    }

    /**
     * Decodes details. Accepts exactly the results of {@link #encode()}.
     *
     * @param bytes the encoding
     * @return the details
     * @throws IllegalArgumentException if the bytes are not an encoding of details. The message names the rule and shows
     *     none of the bytes
     */
    public static TransactionDetails decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "The encoded details of a transaction");
        in.format(FORMAT);
        Builder builder = builder();
        for (int left = in.octet(); left > 0; left--) {
            builder.add(in.text(), in.text());
        }
        in.end();
        return builder.build();
    }

    /**
     * Encodes the details. Different details have different encodings, and equal details have the same one. Each number
     * is unsigned and big-endian:
     * <ol>
     *   <li>one byte: the format, 1
     *   <li>one byte: the number of details
     *   <li>for each detail in its order:
     *       <ol>
     *         <li>two bytes: the length of the name in bytes
     *         <li>the name in UTF-8
     *         <li>two bytes: the length of the value in bytes
     *         <li>the value in UTF-8
     *       </ol>
     * </ol>
     *
     * @return at most {@value #MAX_ENCODED_LENGTH} bytes
     */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(FORMAT);
        out.write(values.size());
        values.forEach((name, value) -> {
            SigningRequest.put(out, name.getBytes(StandardCharsets.UTF_8));
            SigningRequest.put(out, value.getBytes(StandardCharsets.UTF_8));
        });
        return out.toByteArray();
    }

    /**
     * Returns the names.
     *
     * @return the names in their order, each once
     */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /**
     * Returns the value of a detail.
     *
     * @param name the name, exactly as it was added
     * @return the value; empty if no detail has this name
     */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(requireNonNull(name, "name")));
    }

    /**
     * Passes each detail to an action, in order.
     *
     * @param action receives the name and the value of each detail
     */
    public void forEach(BiConsumer<? super String, ? super String> action) {
        values.forEach(action);
    }

    /**
     * Returns the number of details.
     *
     * @return 1 to {@value #MAX_DETAILS}
     */
    public int size() {
        return values.size();
    }

    /**
     * Compares the names, the values and the order.
     *
     * @param other another object
     * @return whether the other object has the same details in the same order
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransactionDetails that && values.equals(that.values) && names().equals(that.names());
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "TransactionDetails[size=" + size() + "]";
    }

    /** Lists details in order. Not thread-safe. */
    public static final class Builder {
        /** They change the form of the letters beside them, as Persian and some symbols need. */
        private static final String JOINERS = "\u200c\u200d";

        /** Letters that a screen shows as nothing. */
        private static final String FILLERS = "\u115f\u1160\u3164\uffa0";

        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a detail at the end.
         *
         * @param name the name, 1 to {@value TransactionDetails#MAX_NAME_LENGTH} {@code char}s. It is unique
         * @param value the value, up to {@value TransactionDetails#MAX_VALUE_LENGTH} {@code char}s
         * @return this builder
         * @throws IllegalArgumentException if the name or the value is out of range, if the name was added before, or if
         *     there are {@value TransactionDetails#MAX_DETAILS} details already. The message names the rule and shows
         *     neither text
         */
        public Builder add(String name, String value) {
            require("name", name, 1, MAX_NAME_LENGTH);
            require("value", value, 0, MAX_VALUE_LENGTH);
            if (values.containsKey(name)) {
                throw new IllegalArgumentException("The name of a transaction's detail must occur once");
            }
            if (values.size() == MAX_DETAILS) {
                throw wrongNumber();
            }
            values.put(name, value);
            return this;
        }

        private static void require(String part, String text, int min, int max) {
            if (!isText(text, min, max)) {
                throw new IllegalArgumentException("The " + part + " of a transaction's detail must have " + min
                        + " to " + max + " characters, without control characters, lone surrogates, separators of"
                        + " lines, formatting characters other than joiners, and invisible letters");
            }
        }

        private static boolean isText(String text, int min, int max) {
            return text.length() >= min
                    && text.length() <= max
                    && text.codePoints().allMatch(Builder::isShowable);
        }

        private static boolean isShowable(int character) {
            return switch (Character.getType(character)) {
                case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    false;
                case Character.FORMAT -> JOINERS.indexOf(character) >= 0;
                default -> FILLERS.indexOf(character) < 0;
            };
        }

        /**
         * Builds the details.
         *
         * @return the details
         * @throws IllegalArgumentException if no detail was added
         */
        public TransactionDetails build() {
            if (values.isEmpty()) {
                throw wrongNumber();
            }
            return new TransactionDetails(new LinkedHashMap<>(values));
        }

        private static IllegalArgumentException wrongNumber() {
            return new IllegalArgumentException("A transaction must have 1 to " + MAX_DETAILS + " details");
        }
    }
}
