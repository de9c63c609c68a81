package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of a key, plain or encrypted ({@code Data} in RFC 6030 §4.1). */
final class KeyData {
    private final Fields fields;
    private final ValueOpener opener;

    KeyData(XmlElement data, ValueOpener opener) throws Problem {
        this.fields = Fields.of(data, "Secret", "Counter", "Time", "TimeInterval", "TimeDrift");
        this.opener = opener;
    }

    OtpSecret secret() throws Problem {
        XmlElement secret = fields.need("Secret");
        byte[] bytes = bytes(secret);
        try {
            return OtpSecret.copyOf(bytes);
        } catch (IllegalArgumentException e) {
            throw Problem.at(secret, String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] bytes(XmlElement secret) throws Problem {
        Fields value = value(secret);
        XmlElement encrypted = value.get("EncryptedValue");
        if (encrypted != null) {
            return opener.open(secret, encrypted, value.get("ValueMAC"));
        }
        if (opener.expectsEncryption()) {
            throw Problem.at(
                    RecordProblem.NOT_PROTECTED,
                    secret,
                    "The secret is not encrypted, although a key or password was given;"
                            + " ask the maker for encrypted secrets");
        }
        return Values.base64(value.need("PlainValue"));
    }

    /** Returns the value of a required number. */
    long number(String name, long min, long max) throws Problem {
        return number(fields.need(name), min, max);
    }

    /** Returns the value of an optional number, or 0 if it is absent. */
    long numberOrZero(String name, long min, long max) throws Problem {
        XmlElement field = fields.get(name);
        return field == null ? 0 : number(field, min, max);
    }

    /** Rejects a value that has no meaning for the algorithm. */
    void mustNotHave(String name) throws Problem {
        XmlElement field = fields.get(name);
        if (field != null) {
            throw Problem.at(
                    RecordProblem.UNEXPECTED,
                    field,
                    name + " has no meaning for the algorithm of this key; remove it, or correct Algorithm");
        }
    }

    /** Rejects a number that is present and is not the expected one. */
    void mustBe(String name, long expected, String reason) throws Problem {
        XmlElement field = fields.get(name);
        if (field != null && number(field, Integer.MIN_VALUE, KeyPackage.MAX_NUMBER) != expected) {
            throw Problem.at(RecordProblem.UNEXPECTED, field, name + " must be " + expected + ", " + reason);
        }
    }

    private long number(XmlElement field, long min, long max) throws Problem {
        Fields value = value(field);
        XmlElement encrypted = value.get("EncryptedValue");
        try {
            if (encrypted == null) {
                return SeedText.number(value.need("PlainValue").leaf(), min, max);
            }
            return EncryptedNumber.of(opener.open(field, encrypted, value.get("ValueMAC")), min, max);
        } catch (IllegalArgumentException e) {
            throw Values.wrong(field, e);
        }
    }

    /** Returns the parts of one value. A value is plaintext, or ciphertext with an optional MAC. */
    private static Fields value(XmlElement field) throws Problem {
        Fields value = Fields.of(field, "PlainValue", "EncryptedValue", "ValueMAC");
        XmlElement plain = value.get("PlainValue");
        @Nullable XmlElement mac = value.get("ValueMAC");
        if (plain != null && value.get("EncryptedValue") != null) {
            throw Problem.at(
                    RecordProblem.UNEXPECTED, plain, "A value must have PlainValue or EncryptedValue, not both");
        }
        if (plain != null && mac != null) {
            throw Problem.at(
                    RecordProblem.UNEXPECTED,
                    mac,
                    "ValueMAC must not accompany PlainValue: only a MAC of an encrypted value can be verified");
        }
        return value;
    }
}
