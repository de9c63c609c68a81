package dev.watchword.otp;

import java.util.Arrays;
import java.util.List;

/**
 * The codes that a token showed in a row, to be found in a sequence of generated codes. For one search and one thread.
 */
final class CodeSequence {
    /** The entered codes, in the order in which the token showed them. */
    private final int[] entered;

    /** The last generated codes, the oldest one first. */
    private final int[] last;

    private CodeSequence(int[] entered) {
        this.entered = entered;
        this.last = new int[entered.length];
        Arrays.fill(last, Digits.MALFORMED);
    }

    /** Creates the search for two or three codes. The range MUST be 1 to the maximum range. */
    static CodeSequence of(List<String> codes, int range, int maxRange, int digits) {
        if (codes.size() < 2 || codes.size() > 3) {
            throw new IllegalArgumentException("A resynchronisation requires 2 or 3 codes, not " + codes.size());
        }
        if (range < 1 || range > maxRange) {
            throw new IllegalArgumentException(
                    "The range of a resynchronisation must be 1 to " + maxRange + ", not " + range);
        }
        return new CodeSequence(
                codes.stream().mapToInt(code -> Digits.parse(code, digits)).toArray());
    }

    /** Returns whether one of the entered codes is malformed. */
    boolean isMalformed() {
        for (int code : entered) {
            if (code == Digits.MALFORMED) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds the next generated code. Returns whether the last generated codes are the entered ones. The comparison has
     * no early exit.
     */
    boolean completesWith(int code) {
        System.arraycopy(last, 1, last, 0, last.length - 1);
        last[last.length - 1] = code;
        int difference = 0;
        for (int i = 0; i < last.length; i++) {
            difference |= last[i] ^ entered[i];
        }
        return difference == 0;
    }
}
