package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts the one or two {@code KeyPackage} elements of a token to a seed (RFC 6030 §4). */
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
    private final PskcOptions options;
    private final Map<SeedLabel, String> labels = new EnumMap<>(SeedLabel.class);

    private KeyPackage(ValueOpener opener, PskcOptions options) {
        this.opener = opener;
        this.options = options;
    }

    /** Reads a package whose key is for codes. */
    static Seed seed(XmlElement keyPackage, ValueOpener opener, PskcOptions options) throws Problem {
        return new KeyPackage(opener, options).read(keyPackage);
    }

    /** Reads the package whose key is for the signatures of a token, and returns the token with this key. */
    static Seed withSigning(Seed codes, XmlElement keyPackage, ValueOpener opener, PskcOptions options) throws Problem {
        return new KeyPackage(opener, options).readSigning(codes, keyPackage);
    }

    private Seed read(XmlElement element) throws Problem {
        Fields parts = Fields.of(element, "DeviceInfo", "CryptoModuleInfo", "Key");
        Fields device = device(parts);
        XmlElement key = parts.need("Key");
        Fields keyFields = keyFields(key);
        requireOath(key);
        SerialNumber serial = serial(device, key);
        Validity validity = validity(Validity.of(device), keyFields.get("Policy"), key, "OTP");
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

    /** The labels of this package are checked, and the token has those of the key for its codes. */
    private Seed readSigning(Seed codes, XmlElement element) throws Problem {
        Fields parts = Fields.of(element, "DeviceInfo", "CryptoModuleInfo", "Key");
        Fields device = device(parts);
        XmlElement key = parts.need("Key");
        Fields keyFields = keyFields(key);
        String maker = labels.get(SeedLabel.MANUFACTURER);
        String makerOfCodes = codes.labels().get(SeedLabel.MANUFACTURER);
        if (maker != null && makerOfCodes != null && !maker.equals(makerOfCodes)) {
            throw Problem.at(
                    RecordProblem.SIGNING_KEY,
                    parts.need("DeviceInfo"),
                    "The two keys of the token must state one Manufacturer; correct one");
        }
        Validity both = new Validity(codes.startsAt(), codes.expiresAt()).and(Validity.of(device));
        Validity validity = validity(both, keyFields.get("Policy"), key, "CR");
        KeyData data = new KeyData(keyFields.need("Data"), opener);
        OcraSuite suite = OcraKey.suite(key, keyFields.get("AlgorithmParameters"));
        long counter = OcraKey.counter(suite, data, options.missingCounterIsZero());
        return codes.toBuilder()
                .signing(new SeedSigning(suite, data.secret(), counter))
                .startsAt(validity.startsAt())
                .expiresAt(validity.expiresAt())
                .build();
    }

    /** Reads the labels of a package outside its key. */
    private Fields device(Fields parts) throws Problem {
        Fields device = Fields.of(
                options.serial() == PskcSerial.DEVICE_OR_KEY_ID && parts.get("DeviceInfo") == null
                        ? XmlElement.EMPTY
                        : parts.need("DeviceInfo"),
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
        return device;
    }

    /** Reads the labels of a key. */
    private Fields keyFields(XmlElement key) throws Problem {
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
        return keyFields;
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

    private SerialNumber serial(Fields device, XmlElement key) throws Problem {
        XmlElement stated = device.get("SerialNo");
        if (options.serial() == PskcSerial.DEVICE_OR_KEY_ID && stated == null) {
            return serial(key, neededLabel(SeedLabel.KEY_ID, key, "the attribute Id"));
        }
        XmlElement element = device.need("SerialNo");
        String serial = element.leaf();
        return switch (options.serial()) {
            case DEVICE, DEVICE_OR_KEY_ID -> serial(element, serial);
            case DEVICE_AND_KEY_ID ->
                serial(key, serial + "-" + neededLabel(SeedLabel.KEY_ID, key, "the attribute Id"));
            case DEVICE_AND_SLOT ->
                serial(key, serial + "-" + neededLabel(SeedLabel.CRYPTO_MODULE_ID, key, "an Id of CryptoModuleInfo"));
        };
    }

    private static SerialNumber serial(XmlElement element, String text) throws Problem {
        try {
            return new SerialNumber(text);
        } catch (IllegalArgumentException e) {
            throw Problem.at(element, "The " + e.getMessage());
        }
    }

    /** Returns a label that is part of the serial number. */
    private String neededLabel(SeedLabel label, XmlElement key, String name) throws Problem {
        String text = labels.get(label);
        if (text == null) {
            throw Problem.at(
                    RecordProblem.MISSING,
                    key,
                    "The key must have " + name + ", because PskcOptions makes the serial number of it");
        }
        return text;
    }

    /** Rejects a key that is not for HOTP or TOTP, before its other values are read. */
    private static void requireOath(XmlElement key) throws Problem {
        String algorithm = String.valueOf(key.attribute("Algorithm"));
        if (algorithm.startsWith("http://www.yubico.com/")) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    key,
                    "The key is for Yubico's own one-time passwords with AES, not for HOTP or TOTP; program the device"
                            + " with an OATH credential");
        }
        if (algorithm.equals(Pskc.NAMESPACE + ":pin")) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    key,
                    "The key is a PIN, which generates no codes (RFC 6030 §10.2); remove its KeyPackage");
        }
        if (!HOTP.contains(algorithm) && !TOTP.contains(algorithm)) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED, key, "The attribute Algorithm of Key must be HOTP, TOTP or OCRA");
        }
    }

    private static Validity validity(Validity device, @Nullable XmlElement policy, XmlElement key, String usage)
            throws Problem {
        Validity both = policy == null ? device : device.and(KeyPolicy.validity(policy, usage));
        if (both.isEmpty()) {
            throw Problem.at(
                    RecordProblem.DATES,
                    policy == null ? key : policy,
                    "The hardware token would expire before it starts; correct StartDate or ExpiryDate");
        }
        return both;
    }

    private SeedProfile profile(XmlElement key, XmlElement parameters, KeyData data) throws Problem {
        String algorithm = String.valueOf(key.attribute("Algorithm"));
        Fields fields = Fields.of(parameters, "Suite", "ChallengeFormat", "ResponseFormat");
        XmlElement challenge = fields.get("ChallengeFormat");
        if (challenge != null) {
            throw Problem.at(
                    RecordProblem.UNEXPECTED,
                    challenge,
                    "ChallengeFormat must be absent: a key for HOTP or TOTP codes has no challenge");
        }
        HmacAlgorithm hash = hash(fields.get("Suite"));
        int digits = digits(fields.need("ResponseFormat"));
        if (HOTP.contains(algorithm)) {
            data.mustNotHave("Time");
            data.mustNotHave("TimeInterval");
            data.mustNotHave("TimeDrift");
            long counter = options.missingCounterIsZero()
                    ? data.numberOrZero("Counter", 0, MAX_NUMBER)
                    : data.number("Counter", 0, MAX_NUMBER);
            return new SeedProfile.ForHotp(new HotpProfile(hash, digits), counter);
        }
        Duration step = Duration.ofSeconds(data.number("TimeInterval", 1, MAX_TIME_STEP));
        return new SeedProfile.ForTotp(
                TotpProfile.of(hash, digits, step), data.numberOrZero("Time", 0, MAX_NUMBER), (int)
                        data.numberOrZero("TimeDrift", Integer.MIN_VALUE, Integer.MAX_VALUE));
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
                        throw Problem.at(
                                RecordProblem.UNSUPPORTED,
                                format,
                                name + " must be false: codes with check digits are not supported");
                    }
                }
                default ->
                    throw Problem.at(
                            RecordProblem.UNEXPECTED,
                            format,
                            "ResponseFormat has an unknown attribute; correct or remove it");
            }
        }
        if (!"DECIMAL".equals(format.attribute("Encoding"))) {
            throw Problem.at(RecordProblem.UNSUPPORTED, format, "Encoding must be DECIMAL (RFC 6030 §10.1)");
        }
        try {
            return (int) SeedText.number(String.valueOf(format.attribute("Length")), 6, 9);
        } catch (IllegalArgumentException e) {
            throw Problem.at(format, "Length " + e.getMessage());
        }
    }
}
