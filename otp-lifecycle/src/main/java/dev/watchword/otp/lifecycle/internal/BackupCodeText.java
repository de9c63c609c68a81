package dev.watchword.otp.lifecycle.internal;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of an emergency code or a recovery code: a symbol for its slot, random symbols, and a check symbol. Each symbol has five
 * bits. Immutable.
 *
 * <p>The symbols are elements of GF(32). The sum of all symbols, each weighted with another power of a primitive element, is a
 * constant of the kind of code. The check therefore finds every wrong symbol, and every two symbols that are exchanged. A code of
 * one kind is no code of the other kind.
 */
public final class BackupCodeText {
    /** The greatest number of codes in a set. */
    public static final int MAX_SLOTS = 16;

    /** The random symbols of the long form: 65 bits. */
    public static final int LONG = 13;

    /** The random symbols of the short form: 30 bits. */
    public static final int SHORT = 6;

    /** Crockford's Base32: without I, L, O and U, which look like other characters. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** The spaces and hyphens that {@link dev.watchword.otp.TypedCode} knows. */
    private static final String SEPARATORS =
            " \u00a0\u2007\u2009\u202f\u3000" + "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u30fc\uff70";

    private static final int MAX_TYPED = 64;
    private static final int FULL_WIDTH = '\uff01' - '!';
    private static final int LONG_GROUP = 5;
    private static final int SHORT_GROUP = 4;

    /** The primitive polynomial x^5 + x^2 + 1. */
    private static final int POLYNOMIAL = 0x25;

    private static final int SYMBOLS = 32;

    /** The kind of a code. */
    public enum Kind {
        RECOVERY(0),
        EMERGENCY(1);

        /** The weighted sum of every code of this kind. */
        private final int sum;

        Kind(int sum) {
            this.sum = sum;
        }
    }

    private final String symbols;

    private BackupCodeText(String symbols) {
        this.symbols = symbols;
    }

    /**
     * Draws a code.
     *
     * @param slot the number of the code in its set, from 0
     * @param randomSymbols {@link #LONG} or {@link #SHORT}
     */
    public static BackupCodeText draw(Kind kind, int slot, int randomSymbols, SecureRandom random) {
        StringBuilder text = new StringBuilder(randomSymbols + 2).append(ALPHABET.charAt(slot));
        for (int i = 0; i < randomSymbols; i++) {
            text.append(ALPHABET.charAt(random.nextInt(SYMBOLS)));
        }
        text.append(ALPHABET.charAt(times(sum(text)) ^ kind.sum));
        return new BackupCodeText(text.toString());
    }

    /**
     * Reads a code that a person typed. Lower case and full-width characters are read as the symbols that they stand for, I and L
     * as 1, and O as 0. Spaces and hyphens are ignored.
     *
     * @return the code; empty for a text that is no code of this kind
     */
    public static Optional<BackupCodeText> parse(Kind kind, @Nullable String typed) {
        if (typed == null || typed.length() > MAX_TYPED) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(LONG + 2);
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (SEPARATORS.indexOf(c) < 0) {
                text.append(symbol(c));
            }
        }
        return isCode(kind, text) ? Optional.of(new BackupCodeText(text.toString())) : Optional.empty();
    }

    private static char symbol(char typed) {
        char narrow = typed >= '\uff01' && typed <= '\uff5e' ? (char) (typed - FULL_WIDTH) : typed;
        char upper = narrow >= 'a' && narrow <= 'z' ? (char) (narrow - 'a' + 'A') : narrow;
        return switch (upper) {
            case 'I', 'L' -> '1';
            case 'O' -> '0';
            default -> upper;
        };
    }

    private static boolean isCode(Kind kind, CharSequence text) {
        boolean hasLength = text.length() == LONG + 2 || (kind == Kind.EMERGENCY && text.length() == SHORT + 2);
        return hasLength
                && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && ALPHABET.indexOf(text.charAt(0)) < MAX_SLOTS
                && sum(text) == kind.sum;
    }

    /** The weighted sum of symbols. The last one has the weight 1. */
    private static int sum(CharSequence text) {
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum = times(sum) ^ ALPHABET.indexOf(text.charAt(i));
        }
        return sum;
    }

    /** Multiplies by the primitive element x. */
    private static int times(int value) {
        int doubled = value << 1;
        return doubled >= SYMBOLS ? doubled ^ POLYNOMIAL : doubled;
    }

    /** The number of the code in its set, from 0. */
    public int slot() {
        return ALPHABET.indexOf(symbols.charAt(0));
    }

    /** The symbols alone, which are hashed. */
    public String exposeSymbols() {
        return symbols;
    }

    /** Returns the code in groups, with hyphens between them, for paper. */
    public String exposeGroups() {
        int group = symbols.length() == LONG + 2 ? LONG_GROUP : SHORT_GROUP;
        StringBuilder groups = new StringBuilder(symbols);
        for (int i = symbols.length() - group; i > 0; i -= group) {
            groups.insert(i, '-');
        }
        return groups.toString();
    }

    /** {@return a text that is the same for all codes} */
    @Override
    public String toString() {
        return "BackupCodeText[redacted]";
    }
}
