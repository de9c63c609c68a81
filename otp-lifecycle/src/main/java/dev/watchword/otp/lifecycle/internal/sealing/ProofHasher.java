package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a proof: an HMAC-SHA-256 over the institution, the holder, the operation and its entries, with the random nonce of
 * the proof as the key. The store holds the hash alone. Without the nonce, the hash tells nothing of the entries, although an
 * activation password among them is short.
 */
public final class ProofHasher {
    private static final String ALGORITHM = "HmacSHA256";

    private ProofHasher() {}

    /**
     * Computes the hash.
     *
     * @param nonce the nonce, 32 random bytes
     * @param entries the operation and its entries; the MAC covers each with its length
     * @return 64 hexadecimal digits in lower case
     */
    public static String hash(byte[] nonce, ServiceId serviceId, Holder holder, @Nullable String... entries) {
        StringBuilder text = new StringBuilder();
        append(text, "proof");
        append(text, serviceId.value());
        append(text, holder.value());
        for (String entry : entries) {
            append(text, entry);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(nonce, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** Compares two hashes in constant time. */
    public static boolean same(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static void append(StringBuilder text, @Nullable String entry) {
        if (entry == null) {
            text.append('-');
        } else {
            text.append(entry.length()).append(':').append(entry);
        }
    }
}
