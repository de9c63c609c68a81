package dev.watchword.otp.lifecycle;

import java.util.regex.Pattern;

/**
 * What ties an event to all that came before it: an HMAC-SHA-256 of the event and of the link before. Immutable.
 *
 * @param keyName the name of the key of the history that made it
 * @param mac 64 hexadecimal digits, lower-case
 */
public record ChainLink(String keyName, String mac) {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{64}");

    /**
     * Creates a link from what a store kept.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public ChainLink {
        Require.text(keyName, "key name", SealedSecret.MAX_KEY_NAME_LENGTH);
        requireMac(mac);
    }

    static String requireMac(String mac) {
        if (!MAC.matcher(mac).matches()) {
            throw new IllegalArgumentException("A MAC must be 64 hexadecimal digits, lower-case");
        }
        return mac;
    }
}
