package dev.watchword.otp.lifecycle.seeds;

/**
 * The source of the serial number of a key in a PSKC file. The serial number MUST be unique within the institution, but
 * some files have several keys for one device, and others describe no device.
 *
 * <p>An OCRA key belongs to the adjacent HOTP or TOTP key of the same device, and of the same slot with {@link
 * #DEVICE_AND_SLOT}. The token has the serial number of the HOTP or TOTP key. A key between two such keys belongs to the
 * first.
 */
public enum PskcSerial {
    /** {@code SerialNo} of the device, which each key package MUST have. */
    DEVICE,
    /** {@code SerialNo} of the device, or the attribute {@code Id} of the key if the file states no device. */
    DEVICE_OR_KEY_ID,
    /** {@code SerialNo} of the device, a hyphen, and the attribute {@code Id} of the key. */
    DEVICE_AND_KEY_ID,
    /**
     * {@code SerialNo} of the device, a hyphen, and the slot: {@code Id} of {@code CryptoModuleInfo}. A device with two
     * slots has two keys.
     */
    DEVICE_AND_SLOT
}
