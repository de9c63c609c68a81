package dev.watchword.otp.lifecycle;

/**
 * The cost of a password's hash, which is Argon2id (RFC 9106). Immutable. Hashes that were made at another cost stay good.
 *
 * @param memoryKib the memory in KiB, 8 to 1,048,576
 * @param passes how often it is passed over, 1 to 100
 */
public record HashingPolicy(int memoryKib, int passes) {
    /** 19 MiB and two passes, as OWASP advises. */
    public static final HashingPolicy STANDARD = new HashingPolicy(19 * 1024, 2);

    /** 8 KiB and one pass: for tests, which need no protection. */
    public static final HashingPolicy FOR_TESTS = new HashingPolicy(8, 1);

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public HashingPolicy {
        Require.range(memoryKib, "memoryKib", 8, 1 << 20, "RFC 9106 §3.1");
        Require.range(passes, "passes", 1, 100, "RFC 9106 §3.1");
    }
}
