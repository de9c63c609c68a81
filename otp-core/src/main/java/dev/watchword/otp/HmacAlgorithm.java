package dev.watchword.otp;

/** A hash function under the HMAC of a code (RFC 6238 §1.2); RFC 4226 knows SHA-1 only. */
public enum HmacAlgorithm {
    /** HMAC-SHA-1, what RFC 4226 prescribes and nearly every authenticator app assumes. */
    SHA1("SHA-1", "HmacSHA1", 20, 64),
    /** HMAC-SHA-256. */
    SHA256("SHA-256", "HmacSHA256", 32, 64),
    /** HMAC-SHA-512. */
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
     * Returns the length of a hash, which RFC 6238 §5.1 recommends for the secret.
     *
     * @return the length in bytes: 20, 32 or 64
     */
    public int hashLength() {
        return hashLength;
    }

    int blockLength() {
        return blockLength;
    }

    String digestName() {
        return digestName;
    }

    String macName() {
        return macName;
    }
}
