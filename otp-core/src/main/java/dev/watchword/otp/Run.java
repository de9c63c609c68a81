package dev.watchword.otp;

import java.util.Arrays;
import java.util.List;

/** Codes that a token showed one after the other, looked for in a stream of codes. Used once, by one thread. */
final class Run {
    private final int[] entered;
    private final int[] last;

    private Run(int[] entered) {
        this.entered = entered;
        this.last = new int[entered.length];
        Arrays.fill(last, Digits.MALFORMED);
    }

    static Run of(List<String> codes, int range, int maxRange, int digits) {
        if (codes.size() < 2 || codes.size() > 3) {
            throw new IllegalArgumentException("It takes 2 or 3 codes to resynchronise, not " + codes.size());
        }
        if (range < 1 || range > maxRange) {
            throw new IllegalArgumentException(
                    "The range of a resynchronisation must be 1 to " + maxRange + ", not " + range);
        }
        return new Run(
                codes.stream().mapToInt(code -> Digits.parse(code, digits)).toArray());
    }

    boolean isMalformed() {
        for (int code : entered) {
            if (code == Digits.MALFORMED) {
                return true;
            }
        }
        return false;
    }

    /** Takes in the next code of the stream, and tells whether the last ones are those that were entered. */
    boolean endsWith(int code) {
        System.arraycopy(last, 1, last, 0, last.length - 1);
        last[last.length - 1] = code;
        int difference = 0;
        for (int i = 0; i < last.length; i++) {
            difference |= last[i] ^ entered[i];
        }
        return difference == 0;
    }
}
