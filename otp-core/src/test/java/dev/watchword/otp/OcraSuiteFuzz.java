package dev.watchword.otp;

import dev.watchword.otp.support.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Fuzz target for the parser of OCRA suites. The parser accepts or clearly rejects any text. It reads an accepted suite
 * unchanged, and its parts are in the ranges of RFC 6287. Such a suite verifies its response.
 */
public final class OcraSuiteFuzz {
    private static final OtpSecret SECRET = OtpSecret.copyOf(new byte[20]);

    private OcraSuiteFuzz() {}

    /**
     * Runs one input.
     *
     * @param input the text in UTF-8, as the fuzzer chose it
     */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Reader.valueOf(() -> OcraSuite.parse(text)).ifPresent(suite -> {
            require(suite.text().equals(text), suite);
            require(suite.digits() == 0 || (suite.digits() >= 4 && suite.digits() <= 10), suite);
            require(suite.challengeLength() >= 4 && suite.challengeLength() <= 64, suite);
            require(suite.sessionLength() == 0 || (suite.sessionLength() >= 64 && suite.sessionLength() <= 512), suite);
            Duration step = suite.timeStep().orElse(Duration.ofSeconds(1));
            require(step.toSeconds() >= 1 && step.toHours() <= 48, suite);
            requireOwnResponse(suite);
        });
    }

    private static void requireOwnResponse(OcraSuite suite) {
        OcraInput input = OcraInput.of("9".repeat(suite.challengeLength()));
        input = suite.hasCounter() ? input.withCounter(1) : input;
        input = suite.pinHash().isPresent() ? input.withPin("1234") : input;
        input = suite.sessionLength() > 0 ? input.withSession(new byte[] {1}) : input;
        input = suite.timeStep().isPresent() ? input.withTime(Instant.EPOCH) : input;
        Ocra ocra = Ocra.of(suite, SECRET);
        OcraVerification expected = new OcraVerification.Matched(
                suite.hasCounter() ? OptionalLong.of(1) : OptionalLong.empty(),
                suite.timeStep().isPresent() ? OptionalLong.of(0) : OptionalLong.empty(),
                0);
        require(ocra.verify(ocra.generate(input), input).equals(expected), suite);
    }

    private static void require(boolean right, OcraSuite suite) {
        if (!right) {
            throw new AssertionError("the suite must be in range, and must verify its own response: " + suite);
        }
    }
}
