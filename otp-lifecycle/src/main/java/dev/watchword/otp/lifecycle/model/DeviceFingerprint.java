package dev.watchword.otp.lifecycle.model;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.internal.Require;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 fingerprint of a device's public key.
 *
 * @param value 64 hexadecimal digits in lower case
 */
public record DeviceFingerprint(String value) {
    /**
     * Creates the value.
     *
     * @throws IllegalArgumentException if the value is malformed
     */
    public DeviceFingerprint {
        if (!Require.isSha256(value)) {
            throw new IllegalArgumentException("A device fingerprint must be 64 hexadecimal digits in lower case");
        }
    }

    /**
     * Computes the fingerprint of a public key.
     *
     * @param key the public key of the device
     * @return its fingerprint
     */
    public static DeviceFingerprint of(DevicePublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.toBytes());
            return new DeviceFingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
