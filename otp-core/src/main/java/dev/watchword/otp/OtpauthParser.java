package dev.watchword.otp;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses an {@code otpauth} URI. An error message names the part that is wrong and shows no text of the URI. */
final class OtpauthParser {
    /**
     * The maximum length of a URI in characters. It leaves room for the longest names and the longest secret. One
     * {@code char} of a name takes up to nine characters when it is percent-encoded.
     */
    private static final int MAX_LENGTH = 8192;

    private static final String SCHEME = "otpauth://";

    private final OtpauthQuery query;
    private final OtpauthRepairs repairs;
    private final Function<String, OtpSecret> secretReader;

    private OtpauthParser(OtpauthQuery query, OtpauthRepairs repairs, Function<String, OtpSecret> secretReader) {
        this.query = query;
        this.repairs = repairs;
        this.secretReader = secretReader;
    }

    /** Reads a URI and repairs the deviations that most authenticator apps accept. */
    static OtpauthReading read(String uri, Function<String, OtpSecret> secretReader) {
        return read(uri, new OtpauthRepairs(false), secretReader);
    }

    /** Reads a URI and rejects every deviation. */
    static OtpauthUri parseStrict(String uri) {
        return read(uri, new OtpauthRepairs(true), OtpSecret::fromExactBase32).uri();
    }

    private static OtpauthReading read(String uri, OtpauthRepairs repairs, Function<String, OtpSecret> secretReader) {
        int slash = uri.indexOf('/', SCHEME.length());
        int question = uri.indexOf('?');
        if (uri.length() > MAX_LENGTH || !uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new IllegalArgumentException(
                    "An otpauth URI must begin with otpauth:// and have at most " + MAX_LENGTH + " characters");
        }
        if (slash < 0 || question < slash) {
            throw new IllegalArgumentException(
                    "An otpauth URI must have a label after its type and a query after its label");
        }
        if (uri.indexOf('#') >= 0) {
            throw new IllegalArgumentException("An otpauth URI must not have a fragment; encode a # as %23");
        }
        String type = uri.substring(SCHEME.length(), slash);
        OtpauthQuery query = OtpauthQuery.of(uri.substring(question + 1), repairs);
        String label = PercentEncoding.decode(uri.substring(slash + 1, question), "The label", repairs);
        OtpauthUri value = new OtpauthParser(query, repairs, secretReader).value(type, label);
        return new OtpauthReading(value, repairs.made());
    }

    private OtpauthUri value(String type, String label) {
        OtpauthNames names = OtpauthNames.of(label, query.get("issuer"), repairs);
        boolean totp = type.equalsIgnoreCase("totp");
        if (!totp && !type.equalsIgnoreCase("hotp")) {
            throw new IllegalArgumentException("The type of an otpauth URI must be totp or hotp");
        }
        HmacAlgorithm algorithm = query.algorithm();
        int digits = (int) query.parameterOfCodes("digits", 6, Digits.MIN, Digits.MAX);
        Duration step =
                Duration.ofSeconds(query.parameterOfCodes("period", 30, 1, TotpProfile.MAX_TIME_STEP.toSeconds()));
        repairs.addIf(!totp && query.get("counter") == null, OtpauthRepair.MISSING_COUNTER);
        long counter = query.number("counter", 0, 0, Long.MAX_VALUE);
        OtpauthBuilder.requireNames(names.issuer(), names.account());
        OtpSecret secret = secret(query.get("secret"));
        return totp
                ? new OtpauthUri.ForTotp(
                        names.issuer(), names.account(), secret, TotpProfile.of(algorithm, digits, step))
                : new OtpauthUri.ForHotp(
                        names.issuer(), names.account(), secret, new HotpProfile(algorithm, digits), counter);
    }

    private OtpSecret secret(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("An otpauth URI must have the parameter secret");
        }
        OtpSecret secret = secretReader.apply(text);
        repairs.addIf(!Base32Text.isExact(text), OtpauthRepair.SECRET_ENDING);
        return secret;
    }
}
