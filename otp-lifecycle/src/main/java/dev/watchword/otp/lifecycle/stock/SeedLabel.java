package dev.watchword.otp.lifecycle.stock;

/** What a seed file says of a fob besides what its codes need: text that informs and decides nothing (RFC 6030 §4). */
public enum SeedLabel {
    /** Who made the fob. */
    MANUFACTURER,
    /** Its model. */
    MODEL,
    /** The issue number that tells fobs of one serial number apart. */
    ISSUE_NO,
    /** What the device is bound to. */
    DEVICE_BINDING,
    /** Whose device it is, as a distinguished name. */
    DEVICE_USER_ID,
    /** The cryptographic module in the device. */
    CRYPTO_MODULE_ID,
    /** The key's own identity. */
    KEY_ID,
    /** Who issued the key. */
    ISSUER,
    /** The profile that maker and institution agreed upon. */
    KEY_PROFILE_ID,
    /** The name of a key outside of the file. */
    KEY_REFERENCE,
    /** Whose key it is, as a distinguished name. */
    KEY_USER_ID;

    /** The greatest number of characters of a label. */
    public static final int MAX_LENGTH = 256;

    private static final int NONCHARACTER = 0xFFFE;

    /** Tells whether a text can be a label, and survives being written to XML and to a database. */
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
