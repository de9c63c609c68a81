package dev.watchword.otp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses an {@code otpauth} URI. An error message names the part that is wrong and shows no text of the URI. */
final class OtpauthParser {
    /**
     * The maximum length of a URI in characters. It leaves room for the longest names and the longest secret. One
     * {@code char} of a name takes up to nine characters when it is percent-encoded.
     */
    private static final int MAX_LENGTH = 8192;

    /**
     * The largest {@code long} in decimal. A comparison with this text rejects larger numbers before {@link
     * Long#parseLong} reads them.
     */
    private static final String GREATEST_NUMBER = Long.toString(Long.MAX_VALUE);

    private static final String SCHEME = "otpauth://";

    /** The parameters that this class reads. It ignores all others, provided that they are well-formed. */
    private static final Set<String> KNOWN = Set.of("secret", "issuer", "algorithm", "digits", "period", "counter");

    private final Map<String, String> parameters;

    private OtpauthParser(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static OtpauthUri parse(String uri, Function<String, OtpSecret> secretReader) {
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
        String type = uri.substring(SCHEME.length(), slash);
        OtpauthParser parser = new OtpauthParser(query(uri.substring(question + 1)));
        String label = PercentEncoding.decode(uri.substring(slash + 1, question), "The label");
        int colon = label.indexOf(':');
        String account = label.substring(colon + 1).stripLeading();
        String issuer = parser.issuer(colon < 0 ? null : label.substring(0, colon));
        boolean totp = type.equalsIgnoreCase("totp");
        if (totp || type.equalsIgnoreCase("hotp")) {
            HmacAlgorithm algorithm = parser.algorithm();
            int digits = (int) parser.number("digits", 6L, Digits.MIN, Digits.MAX);
            Duration step = Duration.ofSeconds(parser.number("period", 30L, 1, TotpProfile.MAX_TIME_STEP.toSeconds()));
            long counter = parser.number("counter", totp ? 0L : null, 0, Long.MAX_VALUE);
            OtpSecret secret = parser.secret(secretReader);
            return totp
                    ? new OtpauthUri.ForTotp(issuer, account, secret, TotpProfile.of(algorithm, digits, step))
                    : new OtpauthUri.ForHotp(issuer, account, secret, new HotpProfile(algorithm, digits), counter);
        }
        throw new IllegalArgumentException("The type of an otpauth URI must be totp or hotp");
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!KNOWN.contains(name)) {
                PercentEncoding.decode(parameter, "The query");
                continue;
            }
            String value = PercentEncoding.decode(parameter.substring(equals + 1), "The parameter " + name);
            if (equals < 0 || parameters.put(name, value) != null) {
                throw new IllegalArgumentException("The parameter " + name + " must occur once, with a value");
            }
        }
        return parameters;
    }

    private @Nullable String issuer(@Nullable String ofLabel) {
        String parameter = parameters.get("issuer");
        if (ofLabel != null && parameter != null && !ofLabel.equals(parameter)) {
            throw new IllegalArgumentException("The issuer of the label and the parameter issuer must be the same");
        }
        return parameter == null ? ofLabel : parameter;
    }

    private OtpSecret secret(Function<String, OtpSecret> reader) {
        String secret = parameters.get("secret");
        if (secret == null) {
            throw new IllegalArgumentException("An otpauth URI must have the parameter secret");
        }
        return reader.apply(secret);
    }

    private HmacAlgorithm algorithm() {
        String name = parameters.getOrDefault("algorithm", "SHA1");
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("The parameter algorithm must be SHA1, SHA256 or SHA512");
    }

    private long number(String name, @Nullable Long otherwise, long min, long max) {
        String value = parameters.get(name);
        if (value == null && otherwise != null) {
            return otherwise;
        }
        if (value == null || !isNumber(value) || Long.parseLong(value) < min || Long.parseLong(value) > max) {
            throw new IllegalArgumentException("The parameter " + name + " must be present, a number from " + min
                    + " to " + max + " in ASCII digits");
        }
        return Long.parseLong(value);
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> c >= '0' && c <= '9')
                && (value.length() < GREATEST_NUMBER.length()
                        || (value.length() == GREATEST_NUMBER.length() && value.compareTo(GREATEST_NUMBER) <= 0));
    }
}
