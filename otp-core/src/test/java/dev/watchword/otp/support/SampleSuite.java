package dev.watchword.otp.support;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OcraChallengeFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The parts of an OCRA suite, of which a property chooses any combination. An empty text is a part that the suite does
 * not have.
 */
public record SampleSuite(
        HmacAlgorithm algorithm,
        int digits,
        boolean counter,
        OcraChallengeFormat format,
        int length,
        String pin,
        int session,
        String step) {

    /** Returns the text of the suite. */
    public String text() {
        return "OCRA-1:HOTP-" + algorithm + "-" + digits + ":" + (counter ? "C-" : "") + "Q"
                + format.name().charAt(0) + (length < 10 ? "0" : "") + length
                + (pin.isEmpty() ? "" : "-P" + pin)
                + (session == 0 ? "" : "-S" + (session < 100 ? "0" : "") + session)
                + (step.isEmpty() ? "" : "-T" + step);
    }

    /** Returns the same suite with another number of digits. */
    public SampleSuite withDigits(int other) {
        return new SampleSuite(algorithm, other, counter, format, length, pin, session, step);
    }

    /** Returns all suites with two digits for the length of a challenge. */
    public static Arbitrary<SampleSuite> any() {
        Arbitrary<String> steps = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 59).map(n -> n + "S"),
                Arbitraries.integers().between(1, 59).map(n -> n + "M"),
                Arbitraries.integers().between(1, 48).map(n -> n + "H"));
        return Combinators.combine(
                        Arbitraries.of(HmacAlgorithm.class),
                        Arbitraries.of(0, 4, 5, 6, 7, 8, 9, 10),
                        Arbitraries.of(true, false),
                        Arbitraries.of(OcraChallengeFormat.class),
                        Arbitraries.integers().between(4, 64),
                        Arbitraries.of("", "SHA1", "SHA256", "SHA512"),
                        Arbitraries.oneOf(
                                Arbitraries.just(0), Arbitraries.integers().between(64, 512)),
                        Arbitraries.oneOf(Arbitraries.just(""), steps))
                .as(SampleSuite::new);
    }
}
