package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA-256 under a history key. */
final class HistoryMac {
    private static final String ALGORITHM = "HmacSHA256";

    private HistoryMac() {}

    /**
     * Computes the HMAC of a text.
     *
     * @throws KeyUnavailableException if the key is missing or not fit for its use; the message names the key
     */
    static byte[] compute(KeySource keys, String keyName, byte[] text) {
        SecretKey key = keys.historyKey(keyName)
                .orElseThrow(() -> new KeyUnavailableException(
                        "History key " + keyName + " is not in the key source; restore it", null));
        if (!KeySource.isHistoryKey(key)) {
            throw new KeyUnavailableException(
                    "History key " + keyName + " must be an HmacSHA256 key of at least 256 bits", null);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new KeyUnavailableException("History key " + keyName + " cannot compute an HMAC", e);
        }
    }
}
