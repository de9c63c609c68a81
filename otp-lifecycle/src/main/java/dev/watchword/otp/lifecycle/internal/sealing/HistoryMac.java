package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA-256 under the history keys of a source. Thread-safe. */
final class HistoryMac {
    private static final String ALGORITHM = "HmacSHA256";

    private final KeySource keys;
    private final Instances<Keyed> idle = new Instances<>();

    HistoryMac(KeySource keys) {
        this.keys = keys;
    }

    /** A MAC that was initialised with a key, and room for the encoding of a text. */
    private record Keyed(SecretKey key, Mac mac, FieldEncoder text) {}

    /**
     * Computes the HMAC of a text.
     *
     * @param text appends the text to an empty encoder
     * @throws KeyUnavailableException if the key is missing or not fit for its use; the message names the key
     */
    byte[] compute(String keyName, Consumer<FieldEncoder> text) {
        SecretKey key = keys.historyKey(keyName)
                .orElseThrow(() -> new KeyUnavailableException(
                        "History key " + keyName + " is not in the key source; restore it", null));
        try {
            Keyed keyed = keyed(keyName, key, idle.take());
            text.accept(keyed.text().clear());
            keyed.text().feed(keyed.mac());
            byte[] mac = keyed.mac().doFinal();
            idle.putBack(keyed);
            return mac;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new KeyUnavailableException("History key " + keyName + " cannot compute an HMAC", e);
        }
    }

    private static Keyed keyed(String keyName, SecretKey key, @Nullable Keyed idle) throws GeneralSecurityException {
        if (idle != null && idle.key() == key) {
            return idle;
        }
        if (!KeySource.isHistoryKey(key)) {
            throw new KeyUnavailableException(
                    "History key " + keyName + " must be an HmacSHA256 key of at least 256 bits", null);
        }
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        return new Keyed(key, mac, new FieldEncoder());
    }
}
