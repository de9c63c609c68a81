package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Key derivation from a password with PBKDF2 (RFC 6030 §6.2, RFC 8018 §5.2). */
final class Pbkdf2 {
    /** The URI in the text of RFC 6030, the URI in its figure 7, and the URI of XML Encryption 1.1. */
    private static final Set<String> URIS = Set.of(
            "http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5#pbkdf2",
            Pskc.PKCS5 + "pbkdf2",
            Pskc.XENC11 + "pbkdf2");

    /** The bounds on the salt are in bytes. RFC 8018 §4.1 recommends at least 8. */
    private static final int MIN_SALT = 8;

    private static final int MAX_SALT = 256;
    private static final int MIN_ITERATIONS = 1000;

    private Pbkdf2() {}

    /** Derives the key that a {@code KeyDerivationMethod} describes. Its iteration count MUST NOT exceed the limit. */
    static SecretKey derive(XmlElement method, char[] password, int maxIterations) throws Problem {
        if (!URIS.contains(String.valueOf(method.attribute("Algorithm")))) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    method,
                    "KeyDerivationMethod must be PBKDF2; ask the maker for such a file");
        }
        XmlElement parameters = only(method, "PBKDF2-params");
        byte[] salt = Values.base64(only(only(parameters, "Salt"), "Specified"));
        if (salt.length < MIN_SALT || salt.length > MAX_SALT) {
            throw Problem.at(parameters, "Salt must have " + MIN_SALT + " to " + MAX_SALT + " bytes");
        }
        int iterations = (int) Values.number(only(parameters, "IterationCount"), MIN_ITERATIONS, maxIterations);
        XmlElement keyLength = only(parameters, "KeyLength");
        int length = (int) Values.number(keyLength, 16, 32);
        if (length % 8 != 0) {
            throw Problem.at(keyLength, "KeyLength must be 16, 24 or 32 bytes");
        }
        try {
            return derive(hash(parameters), password, salt, iterations, length);
        } catch (GeneralSecurityException e) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    method,
                    "The Java runtime has no PBKDF2 with this PRF; install a security provider that has it");
        }
    }

    static SecretKey derive(String hash, char[] password, byte[] salt, int iterations, int length)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, length * Byte.SIZE);
        byte[] key = {};
        try {
            key = SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
                    .generateSecret(spec)
                    .getEncoded();
            return new SecretKeySpec(key, "AES");
        } finally {
            spec.clearPassword();
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Returns the hash function of the pseudorandom function. The default is HMAC-SHA1 (RFC 8018 §A.2). */
    private static String hash(XmlElement parameters) throws Problem {
        XmlElement prf = find(parameters, "PRF");
        if (prf == null || (prf.attribute("Algorithm") == null && prf.children().isEmpty())) {
            return "SHA1";
        }
        String hash = ValueMac.hashOf(prf.attribute("Algorithm"));
        if (hash == null || !prf.children().isEmpty()) {
            throw Problem.at(
                    RecordProblem.UNSUPPORTED,
                    prf,
                    "PRF must be HMAC-SHA1, -SHA224, -SHA256, -SHA384 or -SHA512, by its URI of XML Signature");
        }
        return hash;
    }

    private static XmlElement only(XmlElement parent, String name) throws Problem {
        XmlElement found = find(parent, name);
        if (found == null) {
            throw Problem.at(RecordProblem.MISSING, parent, parent.name() + " must contain the element " + name);
        }
        return found;
    }

    /** Returns the child of this name, or {@code null}. Ignores the namespace of the element, because manufacturers use different ones. */
    private static @Nullable XmlElement find(XmlElement parent, String name) throws Problem {
        XmlElement found = null;
        for (XmlElement child : parent.children()) {
            if (child.name().equals(name)) {
                if (found != null) {
                    throw Problem.at(RecordProblem.UNEXPECTED, child, name + " must occur once; remove the repetition");
                }
                found = child;
            }
        }
        return found;
    }
}
