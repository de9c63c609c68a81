package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.lifecycle.internal.Require;

/**
 * A link of the history's chain: an HMAC-SHA-256 over an event and the previous link. Immutable.
 *
 * @param keyName the name of the history key that computed it, 1 to {@value SealedSecret#MAX_KEY_NAME_LENGTH} characters
 * @param mac 64 hexadecimal digits in lower case
 */
public record ChainLink(String keyName, String mac) {
    /**
     * Creates a link from stored values.
     *
     * @throws IllegalArgumentException if a value is malformed
     */
    public ChainLink {
        Require.text(keyName, "key name", SealedSecret.MAX_KEY_NAME_LENGTH);
        requireMac(mac);
    }

    static void requireMac(String mac) {
        if (!Require.isSha256(mac)) {
            throw new IllegalArgumentException("A MAC must be 64 hexadecimal digits in lower case");
        }
    }
}
