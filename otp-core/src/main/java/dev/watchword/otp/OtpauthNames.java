package dev.watchword.otp;

import org.jspecify.annotations.Nullable;

/**
 * The issuer and the account that a label and the parameter {@code issuer} state. The parameter applies if both state
 * an issuer.
 *
 * @param issuer the issuer; {@code null} if there is no issuer
 * @param account the account, possibly empty
 */
record OtpauthNames(@Nullable String issuer, String account) {
    /** Reads a decoded label: an account, or an issuer, a colon and an account that may contain colons. */
    static OtpauthNames of(String label, @Nullable String parameter, OtpauthRepairs repairs) {
        int colon = label.indexOf(':');
        String prefix = present(colon < 0 ? null : label.substring(0, colon), repairs);
        String stated = present(parameter, repairs);
        String account = stripped(label.substring(colon + 1).stripLeading(), repairs);
        if (prefix == null || stated == null) {
            return new OtpauthNames(stated == null ? prefix : stated, account);
        }
        repairs.addIf(!prefix.equals(stated), OtpauthRepair.ISSUER_DIFFERS);
        return new OtpauthNames(stated, account);
    }

    /** Returns a name without white space at its ends, or {@code null} if it is empty. */
    private static @Nullable String present(@Nullable String name, OtpauthRepairs repairs) {
        if (name == null) {
            return null;
        }
        String stripped = stripped(name, repairs);
        repairs.addIf(stripped.isEmpty(), OtpauthRepair.EMPTY_ISSUER);
        return stripped.isEmpty() ? null : stripped;
    }

    private static String stripped(String name, OtpauthRepairs repairs) {
        String stripped = name.strip();
        repairs.addIf(!stripped.equals(name), OtpauthRepair.WHITE_SPACE);
        return stripped;
    }
}
