package dev.watchword.otp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Parses the text of an OCRA suite from left to right (RFC 6287 §6). An error names the part, its position and the rule.
 */
final class OcraSuiteParser {
    /** The maximum number of digits of a number in a suite. */
    private static final int MAX_WIDTH = 3;

    final String text;
    final HmacAlgorithm algorithm;
    final int digits;
    final boolean counter;
    final OcraChallengeFormat challengeFormat;
    final int challengeLength;
    final @Nullable HmacAlgorithm pinHash;
    final int sessionLength;
    final @Nullable Duration timeStep;

    /** The index of the next character. */
    private int next;

    OcraSuiteParser(String text) {
        this.text = text;
        require("OCRA-1:", "the suite must begin with OCRA-1: (RFC 6287 §6.1)");
        require("HOTP-", "the crypto function must begin with HOTP- (RFC 6287 §6.2)");
        algorithm = hash("the crypto function");
        require("-", "a hyphen and the number of digits must follow the hash function (RFC 6287 §6.2)");
        digits = digits();
        require(":", "a colon and the data input must follow the number of digits (RFC 6287 §6)");
        counter = skip("C-");
        challengeFormat = challengeFormat();
        challengeLength = number(
                1, 2, 4, OcraSuite.MAX_CHALLENGE, "the length of the challenge must be 04 to 64 (RFC 6287 §6.3)");
        pinHash = skip("-P") ? hash("the PIN") : null;
        sessionLength = skip("-S")
                ? number(3, 3, 64, 512, "the length of the session information must be 064 to 512 (RFC 6287 §6.3)")
                : 0;
        timeStep = skip("-T") ? timeStep() : null;
        if (next < text.length()) {
            throw malformed(
                    next,
                    "only the parts -P, -S and -T may follow the challenge, each at most once and in this order"
                            + " (RFC 6287 §6.3)");
        }
    }

    private HmacAlgorithm hash(String part) {
        for (HmacAlgorithm hash : HmacAlgorithm.values()) {
            if (skip(hash.name())) {
                return hash;
            }
        }
        throw malformed(next, "the hash function of " + part + " must be SHA1, SHA256 or SHA512 (RFC 6287 §6)");
    }

    private int digits() {
        String rule = "the number of digits must be 0 or 4 to 10, without leading zeros (RFC 6287 §5.2)";
        int begin = next;
        int number = plainNumber(10, rule);
        if (number > 0 && number < 4) {
            throw malformed(begin, rule);
        }
        return number;
    }

    private OcraChallengeFormat challengeFormat() {
        for (OcraChallengeFormat format : OcraChallengeFormat.values()) {
            if (skip("Q" + format.letter())) {
                return format;
            }
        }
        throw malformed(next, "the challenge must be QN, QA or QH, after C- if there is a counter (RFC 6287 §6.3)");
    }

    private Duration timeStep() {
        String rule = "the time step must be 1 to 59 followed by S or M, or 1 to 48 followed by H (RFC 6287 §6.3)";
        int begin = next;
        int number = plainNumber(59, rule);
        Duration step;
        if (skip("S")) {
            step = Duration.ofSeconds(number);
        } else if (skip("M")) {
            step = Duration.ofMinutes(number);
        } else if (skip("H") && number <= 48) {
            step = Duration.ofHours(number);
        } else {
            throw malformed(begin, rule);
        }
        if (number == 0) {
            throw malformed(begin, rule);
        }
        return step;
    }

    /** Reads a number from 0 to the maximum. It has no leading zeros. */
    private int plainNumber(int max, String rule) {
        int begin = next;
        int number = number(1, 2, 0, max, rule);
        if (text.charAt(begin) == '0' && next > begin + 1) {
            throw malformed(begin, rule);
        }
        return number;
    }

    /**
     * Reads a number of the given range. All digits that follow belong to the number, and their count MUST be in range
     * too.
     */
    private int number(int minWidth, int maxWidth, int min, int max, String rule) {
        int begin = next;
        int number = 0;
        while (next < text.length() && isDigit(text.charAt(next)) && next - begin <= MAX_WIDTH) {
            number = number * 10 + text.charAt(next) - '0';
            next++;
        }
        int width = next - begin;
        if (width < minWidth || width > maxWidth || number < min || number > max) {
            throw malformed(begin, rule);
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void require(String part, String rule) {
        if (!skip(part)) {
            throw malformed(next, rule);
        }
    }

    /** Skips a part if the rest of the text begins with it. Returns whether the part was skipped. */
    private boolean skip(String part) {
        if (!text.startsWith(part, next)) {
            return false;
        }
        next += part.length();
        return true;
    }

    private static IllegalArgumentException malformed(int index, String rule) {
        return new IllegalArgumentException("The OCRA suite is malformed at character " + (index + 1) + ": " + rule);
    }
}
