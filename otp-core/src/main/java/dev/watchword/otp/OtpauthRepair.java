package dev.watchword.otp;

/**
 * A deviation of an {@code otpauth} URI that {@link OtpauthUri#read(String)} repairs, because most authenticator apps read
 * such a URI. {@link OtpauthUri#parseStrict(String)} rejects each of them. {@code docs/uris.md} lists the decisions.
 */
public enum OtpauthRepair {
    /** The parameter {@code issuer} differs from the prefix of the label. The parameter applies. */
    ISSUER_DIFFERS("The issuer of the label and the parameter issuer must be the same"),
    /** The parameter {@code issuer} is empty, or the label begins with a colon. The issuer then counts as absent. */
    EMPTY_ISSUER("The parameter issuer and the prefix of the label must not be empty"),
    /** The parameter {@code issuer} or {@code secret} contains an unencoded plus sign. It counts as a space. */
    PLUS_AS_SPACE("A plus sign in the parameter issuer or secret must be percent-encoded as %2B, and a space as %20"),
    /** The label or a parameter contains a space or another character that must be percent-encoded. */
    UNENCODED_CHARACTERS("Every character of a label or parameter that RFC 3986 §2.2 reserves must be percent-encoded"),
    /** A name has white space at its ends, which is removed. */
    WHITE_SPACE("A name must not have white space at its ends"),
    /**
     * The name of a known parameter is not in lower case. Its value applies. A hash function, a number of digits or a time step
     * must then have the default value.
     */
    PARAMETER_CASE("The name of each parameter must be in lower case"),
    /** A parameter occurs more than once, each time with the same value. */
    REPEATED_PARAMETER("Each parameter must occur once"),
    /** The parameter {@code algorithm} has another spelling of SHA1, such as {@code HmacSHA1}. */
    ALGORITHM_SPELLING("The parameter algorithm must be SHA1, SHA256 or SHA512"),
    /** The secret has wrong padding, or its last character has unused bits that are not 0. Both are ignored. */
    SECRET_ENDING("The secret must have correct padding, if it has any, and unused bits of zero (RFC 4648 §3.5)"),
    /** An HOTP URI has no counter. The next counter is 0. */
    MISSING_COUNTER("An hotp URI must have the parameter counter");

    private final String rule;

    OtpauthRepair(String rule) {
        this.rule = rule;
    }

    /** Returns the rule that the deviation breaks, for the message of the strict reader. */
    String rule() {
        return rule;
    }
}
