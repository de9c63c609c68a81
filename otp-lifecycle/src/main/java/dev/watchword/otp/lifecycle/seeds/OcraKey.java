package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.SigningKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an OCRA key. No URI for OCRA is registered, so manufacturers write {@code pskc:ocra} by analogy with
 * HOTP, or a name of draft-hoyer-keyprov-pskc-algorithm-profiles. The draft appends the suite to its name.
 *
 * <p>The suite already states the formats of challenge and response. A format of RFC 6030 §4.3.4 is optional, and MUST agree
 * with the suite.
 */
final class OcraKey {
    private static final String DRAFT = Pskc.NAMESPACE + "#OCRA-1";
    private static final Set<String> ALGORITHMS =
            Set.of(Pskc.OCRA, Pskc.NAMESPACE + "#ocra", "http://www.ietf.org/keyprov/pskc#ocra", DRAFT);

    private OcraKey() {}

    /** Returns whether the attribute {@code Algorithm} of a key means OCRA. */
    static boolean isOcra(@Nullable String algorithm) {
        return algorithm != null && (ALGORITHMS.contains(algorithm) || algorithm.startsWith(DRAFT + ":"));
    }

    /** Reads the suite of a key. */
    static OcraSuite suite(XmlElement key, @Nullable XmlElement parameters) throws Problem {
        String algorithm = String.valueOf(key.attribute("Algorithm"));
        String named = algorithm.startsWith(DRAFT + ":") ? algorithm.substring(algorithm.indexOf('#') + 1) : null;
        if (parameters == null) {
            if (named == null) {
                throw Problem.at(RecordProblem.MISSING, key, "Key must contain the element AlgorithmParameters");
            }
            return parsed(key, named);
        }
        Fields fields = Fields.of(parameters, "Suite", "ChallengeFormat", "ResponseFormat");
        XmlElement stated = named == null ? fields.need("Suite") : fields.get("Suite");
        if (named != null && stated != null && !stated.leaf().equals(named)) {
            throw Problem.at(
                    RecordProblem.UNEXPECTED,
                    stated,
                    "Suite must be the suite that the attribute Algorithm of Key names");
        }
        OcraSuite suite = stated == null ? parsed(key, String.valueOf(named)) : parsed(stated, stated.leaf());
        requireChallenge(suite, fields.get("ChallengeFormat"));
        requireResponse(suite, fields.get("ResponseFormat"));
        return suite;
    }

    private static OcraSuite parsed(XmlElement element, String text) throws Problem {
        OcraSuite suite;
        try {
            suite = OcraSuite.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED, element, "Suite must be an OCRA suite (RFC 6287 §6): " + e.getMessage());
        }
        if (suite.pinHash().isPresent() || suite.sessionLength() > 0) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    element,
                    "The suite has a PIN or session information, and Watchword stores neither; ask the maker for tokens"
                            + " with another suite");
        }
        if (!SigningKey.isUsable(suite)) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    element,
                    "The suite has responses of fewer than 6 digits, or challenges of fewer than 8 characters and"
                            + " neither a counter nor the time; ask the maker for tokens with another suite");
        }
        return suite;
    }

    private static void requireChallenge(OcraSuite suite, @Nullable XmlElement format) throws Problem {
        if (format == null) {
            return;
        }
        requireKnown(format, Set.of("Encoding", "Min", "Max"));
        requireText(format, "Encoding", encoding(suite));
        int length = suite.challengeLength();
        requireNumber(format, "Max", length, length);
        requireNumber(format, "Min", 1, length);
    }

    /** Returns the encoding of a challenge as {@code ChallengeFormat} states it. */
    static String encoding(OcraSuite suite) {
        return switch (suite.challengeFormat()) {
            case NUMERIC -> "DECIMAL";
            case ALPHANUMERIC -> "ALPHANUMERIC";
            case HEXADECIMAL -> "HEXADECIMAL";
        };
    }

    private static void requireResponse(OcraSuite suite, @Nullable XmlElement format) throws Problem {
        if (format == null) {
            return;
        }
        requireKnown(format, Set.of("Encoding", "Length"));
        requireText(format, "Encoding", suite.digits() == 0 ? "HEXADECIMAL" : "DECIMAL");
        requireNumber(format, "Length", suite.responseLength(), suite.responseLength());
    }

    private static void requireKnown(XmlElement format, Set<String> known) throws Problem {
        for (String name : format.attributes().keySet()) {
            if (name.equals("CheckDigits") || name.equals("CheckDigit")) {
                if (!Set.of("false", "0").contains(String.valueOf(format.attribute(name)))) {
                    throw Problem.at(
                            RecordProblem.UNSUPPORTED,
                            format,
                            name + " must be false: challenges and responses with check digits are not supported");
                }
            } else if (!known.contains(name)) {
                throw Problem.at(
                        RecordProblem.UNEXPECTED,
                        format,
                        format.name() + " has an unknown attribute; correct or remove it");
            }
        }
    }

    private static void requireText(XmlElement format, String name, String expected) throws Problem {
        String stated = format.attribute(name);
        if (stated != null && !stated.equals(expected)) {
            throw Problem.at(RecordProblem.UNEXPECTED, format, name + " must be " + expected + ", as the suite states");
        }
    }

    private static void requireNumber(XmlElement format, String name, int min, int max) throws Problem {
        String stated = format.attribute(name);
        if (stated == null) {
            return;
        }
        long number;
        try {
            number = SeedText.number(stated);
        } catch (IllegalArgumentException e) {
            throw Problem.at(format, name + " " + e.getMessage());
        }
        if (number < min || number > max) {
            String range = min == max ? Integer.toString(max) : "from " + min + " to " + max;
            throw Problem.at(RecordProblem.UNEXPECTED, format, name + " must be " + range + ", as the suite states");
        }
    }

    /** Reads the counter, and compares the time step with the suite. */
    static long counter(OcraSuite suite, KeyData data, boolean missingIsZero) throws Problem {
        if (suite.timeStep().isPresent()) {
            long unused = data.numberOrZero("Time", 0, KeyPackage.MAX_NUMBER);
            data.mustBe("TimeInterval", suite.timeStep().get().toSeconds(), "as the suite states");
            data.mustBe("TimeDrift", 0, "because Watchword stores no drift of a key for signing");
        } else {
            data.mustNotHave("Time");
            data.mustNotHave("TimeInterval");
            data.mustNotHave("TimeDrift");
        }
        if (!suite.hasCounter()) {
            data.mustBe("Counter", 0, "because the suite has no counter");
            return 0;
        }
        return missingIsZero
                ? data.numberOrZero("Counter", 0, KeyPackage.MAX_NUMBER)
                : data.number("Counter", 0, KeyPackage.MAX_NUMBER);
    }
}
