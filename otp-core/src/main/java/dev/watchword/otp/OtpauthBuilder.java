package dev.watchword.otp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one {@code otpauth} URI. For one thread. */
final class OtpauthBuilder {
    private final StringBuilder uri = new StringBuilder(200);

    OtpauthBuilder(String type, OtpauthUri value, HmacAlgorithm algorithm, int digits) {
        uri.append("otpauth://").append(type).append('/');
        if (value.issuer() != null && value.issuer().indexOf(':') < 0) {
            uri.append(PercentEncoding.encode(value.issuer())).append(':');
        }
        byte[] secret = value.secret().exposeBytes();
        uri.append(PercentEncoding.encode(value.account()))
                .append("?secret=")
                .append(Base32Text.encodeUnpadded(secret));
        Arrays.fill(secret, (byte) 0);
        if (value.issuer() != null) {
            parameter("issuer", PercentEncoding.encode(value.issuer()));
        }
        parameter("algorithm", algorithm.name());
        parameter("digits", Integer.toString(digits));
    }

    /** Appends a parameter. Its value MUST already be percent-encoded. */
    OtpauthBuilder parameter(String name, String encoded) {
        uri.append('&').append(name).append('=').append(encoded);
        return this;
    }

    String build() {
        return uri.toString();
    }

    /** Rejects an issuer or an account that the URI cannot represent. A URI without an issuer is valid. */
    static void requireNames(@Nullable String issuer, String account) {
        if (issuer != null) {
            requireName(issuer, "issuer");
        }
        requireName(account, "account");
        if (account.indexOf(':') >= 0 && (issuer == null || issuer.indexOf(':') >= 0)) {
            throw new IllegalArgumentException(
                    "account must not have a colon, unless the URI has an issuer without a colon");
        }
    }

    private static void requireName(String name, String field) {
        boolean writable = name.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (name.isEmpty() || name.length() > OtpauthUri.MAX_NAME_LENGTH || !name.equals(name.strip()) || !writable) {
            throw new IllegalArgumentException(field + " must be 1 to " + OtpauthUri.MAX_NAME_LENGTH
                    + " characters, without white space at its ends, control characters or lone surrogates");
        }
    }
}
