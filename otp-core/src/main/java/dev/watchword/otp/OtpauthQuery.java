package dev.watchword.otp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The known parameters of an {@code otpauth} URI. An error message names the parameter and shows no text of the URI. */
final class OtpauthQuery {
    /** The parameters that this class reads. It ignores all others. */
    private static final Set<String> KNOWN = Set.of("secret", "issuer", "algorithm", "digits", "period", "counter");

    /** The parameters in which a plus sign stands for a space. In every other parameter it is an error. */
    private static final Set<String> WITH_SPACES = Set.of("secret", "issuer");

    /**
     * The largest {@code long} in decimal. A comparison with this text rejects larger numbers before {@link
     * Long#parseLong} reads them.
     */
    private static final String GREATEST_NUMBER = Long.toString(Long.MAX_VALUE);

    private final OtpauthRepairs repairs;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> inOtherCase = new HashSet<>();

    private OtpauthQuery(OtpauthRepairs repairs) {
        this.repairs = repairs;
    }

    static OtpauthQuery of(String query, OtpauthRepairs repairs) {
        OtpauthQuery parsed = new OtpauthQuery(repairs);
        for (String parameter : query.split("&", -1)) {
            parsed.add(parameter);
        }
        return parsed;
    }

    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        String stated = equals < 0 ? parameter : parameter.substring(0, equals);
        String name = lowerCase(stated);
        if (!KNOWN.contains(name)) {
            repairs.addIf(!PercentEncoding.isEncoded(parameter), OtpauthRepair.UNENCODED_CHARACTERS);
            return;
        }
        if (!stated.equals(name)) {
            repairs.add(OtpauthRepair.PARAMETER_CASE);
            inOtherCase.add(name);
        }
        String value = value(name, parameter.substring(equals + 1));
        String earlier = values.put(name, value);
        if (equals < 0 || (earlier != null && !earlier.equals(value))) {
            throw new IllegalArgumentException("The parameter " + name + " must occur once, with a value");
        }
        repairs.addIf(earlier != null, OtpauthRepair.REPEATED_PARAMETER);
    }

    private String value(String name, String encoded) {
        String text = encoded;
        if (WITH_SPACES.contains(name) && encoded.indexOf('+') >= 0) {
            repairs.add(OtpauthRepair.PLUS_AS_SPACE);
            text = encoded.replace("+", "%20");
        }
        return PercentEncoding.decode(text, "The parameter " + name, repairs);
    }

    /** Converts ASCII letters to lower case. The method of the JDK would also convert other letters, such as the Kelvin sign. */
    private static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c - 'A' + 'a'));
            }
        }
        return lower.toString();
    }

    /** Returns the value of a parameter, or {@code null} if the URI does not have it. */
    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** Returns the hash function. The default is SHA-1. */
    HmacAlgorithm algorithm() {
        HmacAlgorithm algorithm = algorithm(values.getOrDefault("algorithm", "SHA1"));
        requireDefaultInOtherCase("algorithm", algorithm == HmacAlgorithm.SHA1);
        return algorithm;
    }

    private HmacAlgorithm algorithm(String name) {
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return algorithm;
            }
        }
        String bare = lowerCase(name).replace("-", "").replace("_", "");
        if (bare.equals("sha1") || bare.equals("hmacsha1")) {
            repairs.add(OtpauthRepair.ALGORITHM_SPELLING);
            return HmacAlgorithm.SHA1;
        }
        throw new IllegalArgumentException("The parameter algorithm must be SHA1, SHA256 or SHA512; authenticator apps"
                + " show different codes for other spellings");
    }

    /** Returns the value of a numeric parameter, or a default if the URI does not have it. */
    long number(String name, long otherwise, long min, long max) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!isNumber(value) || Long.parseLong(value) < min || Long.parseLong(value) > max) {
            throw new IllegalArgumentException("The parameter " + name + " must be a number from " + min + " to " + max
                    + " in ASCII digits, if it is present");
        }
        return Long.parseLong(value);
    }

    /** Returns the value of a numeric parameter like {@link #number}. If its name is not in lower case, requires the default. */
    long parameterOfCodes(String name, long otherwise, long min, long max) {
        long number = number(name, otherwise, min, max);
        requireDefaultInOtherCase(name, number == otherwise);
        return number;
    }

    /** Most apps ignore a parameter whose name is not in lower case, and show codes for the default value. */
    private void requireDefaultInOtherCase(String name, boolean isDefault) {
        if (inOtherCase.contains(name) && !isDefault) {
            throw new IllegalArgumentException("The name of the parameter " + name
                    + " must be in lower case, because most authenticator apps ignore it otherwise");
        }
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> c >= '0' && c <= '9')
                && (value.length() < GREATEST_NUMBER.length()
                        || (value.length() == GREATEST_NUMBER.length() && value.compareTo(GREATEST_NUMBER) <= 0));
    }
}
