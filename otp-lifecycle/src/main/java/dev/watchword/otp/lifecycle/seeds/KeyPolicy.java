package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.util.List;
import java.util.Set;

/**
 * The policy of a key: its permitted usages and its period of validity (RFC 6030 §5).
 *
 * <p>A key MUST NOT be used if its policy contains an unknown element or attribute. The same applies to a restriction that
 * Watchword does not enforce.
 */
final class KeyPolicy {
    private static final Set<String> USAGES = Set.of(
            "OTP",
            "CR",
            "Encrypt",
            "Integrity",
            "Verify",
            "Unlock",
            "Decrypt",
            "KeyWrap",
            "Unwrap",
            "Derive",
            "Generate");

    private static final Set<String> PIN_ATTRIBUTES =
            Set.of("PINKeyId", "PINUsageMode", "MaxFailedAttempts", "MinLength", "MaxLength", "PINEncoding");

    private KeyPolicy() {}

    /**
     * Returns the period in which the key may be used. A policy that excludes the usage is a problem: {@code OTP} for
     * one-time passwords, {@code CR} for challenge-response.
     */
    static Validity validity(XmlElement policy, String usage) throws Problem {
        for (XmlElement child : policy.children()) {
            if (!Pskc.isOwn(child.namespace()) || child.name().equals("Extensions")) {
                throw mustNotUse(child, "the unknown element " + child.name());
            }
            if (!child.attributes().isEmpty() && !child.name().equals("PINPolicy")) {
                throw mustNotUse(child, "an unknown attribute");
            }
        }
        if (!policy.attributes().isEmpty()) {
            throw mustNotUse(policy, "an unknown attribute");
        }
        Fields fields = Fields.of(policy, "StartDate", "ExpiryDate", "PINPolicy", "KeyUsage*", "NumberOfTransactions");
        XmlElement limit = fields.get("NumberOfTransactions");
        if (limit != null) {
            throw mustNotUse(limit, "NumberOfTransactions, which Watchword does not enforce");
        }
        XmlElement pin = fields.get("PINPolicy");
        if (pin != null) {
            requireLocal(pin);
        }
        requireUsage(usage, fields.all("KeyUsage"));
        return Validity.of(fields);
    }

    /** The device checks a local PIN before it shows a code, so that the server has nothing to enforce. */
    private static void requireLocal(XmlElement pin) throws Problem {
        if (!"Local".equals(pin.attribute("PINUsageMode"))) {
            throw mustNotUse(pin, "PINPolicy, which Watchword does not enforce");
        }
        if (!pin.children().isEmpty()
                || !PIN_ATTRIBUTES.containsAll(pin.attributes().keySet())) {
            throw mustNotUse(pin, "an unknown part of PINPolicy");
        }
    }

    private static void requireUsage(String needed, List<XmlElement> usages) throws Problem {
        boolean allowed = usages.isEmpty();
        for (XmlElement usage : usages) {
            if (!USAGES.contains(usage.leaf())) {
                throw mustNotUse(usage, "an unknown KeyUsage");
            }
            allowed |= usage.leaf().equals(needed);
        }
        if (!allowed) {
            String what = needed.equals("OTP") ? "one-time passwords" : "challenge-response";
            throw Problem.at(
                    RecordProblem.RESTRICTED,
                    usages.get(0),
                    "The policy does not allow " + what + ": KeyUsage must include " + needed);
        }
    }

    private static Problem mustNotUse(XmlElement at, String restriction) {
        return Problem.at(
                RecordProblem.RESTRICTED,
                at,
                "The policy has " + restriction
                        + ", so the key must not be used (RFC 6030 §5); ask the maker for a key without it");
    }
}
