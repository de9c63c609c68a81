package dev.watchword.otp.lifecycle.seeds;

/**
 * A descriptive text in a seed file that does not affect the codes of the hardware token (RFC 6030 §4). Watchword makes no
 * decision from a label.
 */
public enum SeedLabel {
    /** The manufacturer of the token ({@code Manufacturer}). */
    MANUFACTURER,
    /** The model of the token ({@code Model}). */
    MODEL,
    /** The issue number that distinguishes tokens with the same serial number ({@code IssueNo}). */
    ISSUE_NO,
    /** The device to which the key is bound ({@code DeviceBinding}). */
    DEVICE_BINDING,
    /** The distinguished name of the user of the device ({@code UserId} of {@code DeviceInfo}). */
    DEVICE_USER_ID,
    /** The ID of the cryptographic module in the device ({@code CryptoModuleInfo}). */
    CRYPTO_MODULE_ID,
    /** The identifier of the key (the attribute {@code Id} of {@code Key}). */
    KEY_ID,
    /** The issuer of the key ({@code Issuer}). */
    ISSUER,
    /** The ID of a key profile that the manufacturer and the institution agreed on ({@code KeyProfileId}). */
    KEY_PROFILE_ID,
    /** The name of a key outside the file ({@code KeyReference}). */
    KEY_REFERENCE,
    /** The distinguished name of the user of the key ({@code UserId} of {@code Key}). */
    KEY_USER_ID;

    /** The greatest length of a label, in {@code char} values. */
    public static final int MAX_LENGTH = 256;

    /** The mask and the value of the noncharacters U+FFFE and U+FFFF, in every plane of Unicode. */
    private static final int NONCHARACTER = 0xFFFE;

    /** Returns whether a text can be a label. Such a text survives a round trip through XML and through a database. */
    static boolean isLabel(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.equals(text.strip())
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE
                                || (c & NONCHARACTER) == NONCHARACTER);
    }
}
