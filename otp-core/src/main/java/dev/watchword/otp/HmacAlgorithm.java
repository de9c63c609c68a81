package dev.watchword.otp;

/** The hash function of a code's HMAC (RFC 6238 §1.2). RFC 4226 defines SHA-1 only. */
public enum HmacAlgorithm {
    /** HMAC-SHA-1, with hashes of 20 bytes. RFC 4226 prescribes it, and nearly every authenticator app assumes it. */
    SHA1("SHA-1", "HmacSHA1", 20, 64),
    /** HMAC-SHA-256, with hashes of 32 bytes. */
    SHA256("SHA-256", "HmacSHA256", 32, 64),
    /** HMAC-SHA-512, with hashes of 64 bytes. */
    SHA512("SHA-512", "HmacSHA512", 64, 128);

    private final String digestName;
    private final String macName;
    private final int hashLength;
    private final int blockLength;

    HmacAlgorithm(String digestName, String macName, int hashLength, int blockLength) {
        this.digestName = digestName;
        this.macName = macName;
        this.hashLength = hashLength;
        this.blockLength = blockLength;
    }

    /**
     * Returns the length of a hash. RFC 6238 §5.1 recommends this length for the secret.
     *
     * @return the length in bytes: 20, 32 or 64
     */
    public int hashLength() {
        return hashLength;
    }

    /**
     * Returns the block length of the hash function in bytes: 64 or 128. HMAC pads the key to this length (RFC 2104
     * §2).
     */
    int blockLength() {
        return blockLength;
    }

    /** Returns the name of the {@code MessageDigest}, such as {@code SHA-1}. */
    String digestName() {
        return digestName;
    }

    /** Returns the name of the {@code Mac}, such as {@code HmacSHA1}. */
    String macName() {
        return macName;
    }
}
