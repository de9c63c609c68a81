package dev.watchword.otp.lifecycle.stock;

import java.util.List;
import java.util.Set;

/**
 * What a key may be used for (RFC 6030 §5). A key is refused if its policy has anything that is not understood, or that
 * nobody here would enforce.
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

    private KeyPolicy() {}

    /** The time in which the key may be used, if it may be used for one-time passwords at all. */
    static Validity validity(XmlElement policy) throws Problem {
        for (XmlElement child : policy.children()) {
            if (!Pskc.isOwn(child.namespace()) || child.name().equals("Extensions")) {
                throw Problem.at(
                        child,
                        "The policy has the element " + child.name()
                                + ", which is unknown, so the key must not be used (RFC 6030 §5)");
            }
            if (!child.attributes().isEmpty() && !child.name().equals("PINPolicy")) {
                throw Problem.at(
                        child,
                        "The policy has an attribute, which is unknown, so the key must not be used"
                                + " (RFC 6030 §5)");
            }
        }
        if (!policy.attributes().isEmpty()) {
            throw Problem.at(
                    policy,
                    "The policy has an attribute, which is unknown, so the key must not be used" + " (RFC 6030 §5)");
        }
        Fields fields = Fields.of(policy, "StartDate", "ExpiryDate", "PINPolicy", "KeyUsage*", "NumberOfTransactions");
        for (String name : List.of("PINPolicy", "NumberOfTransactions")) {
            XmlElement limit = fields.get(name);
            if (limit != null) {
                throw Problem.at(
                        limit,
                        "The policy has " + name + ", which is not enforced here, so the key must not"
                                + " be used (RFC 6030 §5)");
            }
        }
        requireOtp(fields.all("KeyUsage"));
        return Validity.of(fields);
    }

    private static void requireOtp(List<XmlElement> usages) throws Problem {
        boolean otp = usages.isEmpty();
        for (XmlElement usage : usages) {
            if (!USAGES.contains(usage.leaf())) {
                throw Problem.at(
                        usage,
                        "The policy has a key usage that is unknown, so the key must not be used" + " (RFC 6030 §5)");
            }
            otp |= usage.leaf().equals("OTP");
        }
        if (!otp) {
            throw Problem.at(usages.get(0), "The policy does not allow the key to be used for one-time passwords");
        }
    }
}
