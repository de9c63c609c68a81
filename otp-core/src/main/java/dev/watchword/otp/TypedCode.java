package dev.watchword.otp;

import org.jspecify.annotations.Nullable;

/**
 * Codes as people type them. A verifier accepts ASCII digits only. An application calls {@link #normalise} with the text of its
 * form first. The holder can then type full-width digits and digits in groups. Stateless and thread-safe.
 */
public final class TypedCode {
    /** The space, the no-break space, the figure space, the thin space, the narrow no-break space, the ideographic space. */
    private static final String SPACES = " \u00a0\u2007\u2009\u202f\u3000";

    /**
     * The hyphen-minus, the dashes from U+2010 to U+2015, the minus sign, the small hyphen-minus, the full-width
     * hyphen-minus, and the two prolonged sound marks that Japanese input methods insert for the key of the hyphen.
     */
    private static final String HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u30fc\uff70";

    private static final char FULL_WIDTH_ZERO = '\uff10';
    private static final char FULL_WIDTH_NINE = '\uff19';

    private TypedCode() {}

    /**
     * Normalises a code that a person typed. Full-width digits become ASCII digits. Any number of spaces and hyphens between two
     * digits is removed. Spaces before the first digit and after the last digit are removed too. Every other character stays, and
     * the verifier refuses the text as malformed. Examples are a sign, a letter, a digit of another script, and a hyphen at
     * either end. The result does not depend on the default locale.
     *
     * @param text the text that was entered; may be {@code null}
     * @return the text for the verifier; {@code null} if the text is {@code null}
     */
    public static @Nullable String normalise(@Nullable String text) {
        if (text == null) {
            return null;
        }
        StringBuilder result = new StringBuilder(text.length());
        int end = text.length();
        int i = 0;
        while (i < end) {
            int next = endOfGap(text, i);
            if (next == i) {
                result.append(ascii(text.charAt(i)));
                i++;
            } else {
                if (!isRemovable(text, i, next)) {
                    result.append(text, i, next);
                }
                i = next;
            }
        }
        return result.toString();
    }

    /** Returns the index of the first character from an index on that is neither a space nor a hyphen. */
    private static int endOfGap(String text, int begin) {
        int i = begin;
        while (i < text.length() && (isSpace(text.charAt(i)) || HYPHENS.indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        return i;
    }

    /**
     * Returns whether a gap of spaces and hyphens is to be removed. It must be between two digits, or have only spaces and be
     * between a digit and an end of the text.
     */
    private static boolean isRemovable(String text, int begin, int end) {
        boolean first = begin == 0;
        boolean last = end == text.length();
        if ((!first && !isDigit(text.charAt(begin - 1))) || (!last && !isDigit(text.charAt(end))) || (first && last)) {
            return false;
        }
        return !(first || last) || isBlank(text, begin, end);
    }

    private static boolean isBlank(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (!isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(char c) {
        return SPACES.indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
        return ascii(c) >= '0' && ascii(c) <= '9';
    }

    private static char ascii(char c) {
        return c >= FULL_WIDTH_ZERO && c <= FULL_WIDTH_NINE ? (char) (c - FULL_WIDTH_ZERO + '0') : c;
    }
}
