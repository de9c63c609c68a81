package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts one {@code KeyPackage} to a seed (RFC 6030 §4). */
final class KeyPackage {
    /** The algorithm URIs for HOTP: that of RFC 6030, and those of its drafts, which manufacturers still write. */
    private static final Set<String> HOTP =
            Set.of(Pskc.HOTP, Pskc.NAMESPACE + "#hotp", "http://www.ietf.org/keyprov/pskc#hotp");

    /** The algorithm URIs for TOTP: that of RFC 6030, and those of its drafts, which manufacturers still write. */
    private static final Set<String> TOTP =
            Set.of(Pskc.TOTP, Pskc.NAMESPACE + "#totp", "http://www.ietf.org/keyprov/pskc#totp");

    /** The longest time step, in seconds. */
    static final long MAX_TIME_STEP = 3600;

    /** The greatest time step number and the greatest counter: 18 digits, which a {@code long} always holds. */
    static final long MAX_NUMBER = 999_999_999_999_999_999L;

    private final ValueOpener opener;
    private final Map<SeedLabel, String> labels = new EnumMap<>(SeedLabel.class);

    private KeyPackage(ValueOpener opener) {
        this.opener = opener;
    }

    static Seed seed(XmlElement keyPackage, ValueOpener opener) throws Problem {
        return new KeyPackage(opener).read(keyPackage);
    }

    private Seed read(XmlElement element) throws Problem {
        Fields parts = Fields.of(element, "DeviceInfo", "CryptoModuleInfo", "Key");
        Fields device = Fields.of(
                parts.need("DeviceInfo"),
                "Manufacturer",
                "SerialNo",
                "Model",
                "IssueNo",
                "DeviceBinding",
                "StartDate",
                "ExpiryDate",
                "UserId");
        label(SeedLabel.MANUFACTURER, device.get("Manufacturer"));
        label(SeedLabel.MODEL, device.get("Model"));
        label(SeedLabel.ISSUE_NO, device.get("IssueNo"));
        label(SeedLabel.DEVICE_BINDING, device.get("DeviceBinding"));
        label(SeedLabel.DEVICE_USER_ID, device.get("UserId"));
        XmlElement module = parts.get("CryptoModuleInfo");
        if (module != null) {
            label(SeedLabel.CRYPTO_MODULE_ID, Fields.of(module, "Id").get("Id"));
        }
        XmlElement key = parts.need("Key");
        Fields keyFields = Fields.of(
                key,
                "Issuer",
                "AlgorithmParameters",
                "KeyProfileId",
                "KeyReference",
                "FriendlyName*",
                "Data",
                "UserId",
                "Policy");
        label(SeedLabel.ISSUER, keyFields.get("Issuer"));
        label(SeedLabel.KEY_PROFILE_ID, keyFields.get("KeyProfileId"));
        label(SeedLabel.KEY_REFERENCE, keyFields.get("KeyReference"));
        label(SeedLabel.KEY_USER_ID, keyFields.get("UserId"));
        String id = key.attribute("Id");
        if (id != null) {
            label(SeedLabel.KEY_ID, key, id.strip());
        }
        SerialNumber serial = serial(device.need("SerialNo"));
        Validity validity = validity(Validity.of(device), keyFields.get("Policy"), key);
        KeyData data = new KeyData(keyFields.need("Data"), opener);
        SeedProfile profile = profile(key, keyFields.need("AlgorithmParameters"), data);
        OtpSecret secret = data.secret();
        return Seed.builder()
                .serial(serial)
                .secret(secret)
                .profile(profile)
                .startsAt(validity.startsAt())
                .expiresAt(validity.expiresAt())
                .labels(labels)
                .build();
    }

    private void label(SeedLabel label, @Nullable XmlElement element) throws Problem {
        if (element != null) {
            label(label, element, element.leaf());
        }
    }

    private void label(SeedLabel label, XmlElement element, String text) throws Problem {
        if (text.isEmpty()) {
            return;
        }
        if (!SeedLabel.isLabel(text)) {
            throw Problem.at(
                    element,
                    label + " must have at most " + SeedLabel.MAX_LENGTH + " characters and no control characters");
        }
        labels.put(label, text);
    }

    private static SerialNumber serial(XmlElement element) throws Problem {
        try {
            return new SerialNumber(element.leaf());
        } catch (IllegalArgumentException e) {
            throw Problem.at(element, "The " + e.getMessage());
        }
    }

    private static Validity validity(Validity device, @Nullable XmlElement policy, XmlElement key) throws Problem {
        Validity both = policy == null ? device : device.and(KeyPolicy.validity(policy));
        if (both.isEmpty()) {
            throw Problem.at(
                    policy == null ? key : policy,
                    "The hardware token would expire before it starts; correct StartDate or ExpiryDate");
        }
        return both;
    }

    private static SeedProfile profile(XmlElement key, XmlElement parameters, KeyData data) throws Problem {
        String algorithm = String.valueOf(key.attribute("Algorithm"));
        Fields fields = Fields.of(parameters, "Suite", "ChallengeFormat", "ResponseFormat");
        XmlElement challenge = fields.get("ChallengeFormat");
        if (challenge != null) {
            throw Problem.at(
                    challenge, "ChallengeFormat must be absent: a key for challenge-response is not supported");
        }
        HmacAlgorithm hash = hash(fields.get("Suite"));
        int digits = digits(fields.need("ResponseFormat"));
        if (HOTP.contains(algorithm)) {
            data.mustNotHave("Time");
            data.mustNotHave("TimeInterval");
            data.mustNotHave("TimeDrift");
            return new SeedProfile.ForHotp(new HotpProfile(hash, digits), data.number("Counter", 0, MAX_NUMBER));
        }
        if (TOTP.contains(algorithm)) {
            Duration step = Duration.ofSeconds(data.number("TimeInterval", 1, MAX_TIME_STEP));
            return new SeedProfile.ForTotp(
                    TotpProfile.of(hash, digits, step), data.numberOrZero("Time", 0, MAX_NUMBER), (int)
                            data.numberOrZero("TimeDrift", Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        throw Problem.at(key, "The attribute Algorithm of Key must be HOTP or TOTP (RFC 6030 §10.1)");
    }

    private static HmacAlgorithm hash(@Nullable XmlElement suite) throws Problem {
        try {
            return suite == null ? HmacAlgorithm.SHA1 : SeedText.algorithm(suite.leaf());
        } catch (IllegalArgumentException e) {
            throw Values.wrong(suite, e);
        }
    }

    private static int digits(XmlElement format) throws Problem {
        for (String name : format.attributes().keySet()) {
            switch (name) {
                case "Length", "Encoding" -> {}
                case "CheckDigits", "CheckDigit" -> {
                    if (!Set.of("false", "0").contains(String.valueOf(format.attribute(name)))) {
                        throw Problem.at(format, name + " must be false: codes with check digits are not supported");
                    }
                }
                default -> throw Problem.at(format, "ResponseFormat has an unknown attribute; correct or remove it");
            }
        }
        if (!"DECIMAL".equals(format.attribute("Encoding"))) {
            throw Problem.at(format, "Encoding must be DECIMAL (RFC 6030 §10.1)");
        }
        try {
            return (int) SeedText.number(String.valueOf(format.attribute("Length")), 6, 9);
        } catch (IllegalArgumentException e) {
            throw Problem.at(format, "Length " + e.getMessage());
        }
    }
}
