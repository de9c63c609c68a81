package dev.watchword.guide.picture;

/**
 * A hash function with which Watchword is measured.
 *
 * @param name the usual name
 * @param algorithm its name as a parameter of the benchmark
 * @param library the name of Watchword with this function
 * @param blockBytes the length of a block
 */
record Hash(String name, String algorithm, String library, int blockBytes) {
    static final Hash SHA_1 = new Hash("SHA-1", "SHA1", "WATCHWORD", 64);
    static final Hash SHA_256 = new Hash("SHA-256", "SHA256", "WATCHWORD_SHA256", 64);
    static final Hash SHA_512 = new Hash("SHA-512", "SHA512", "WATCHWORD_SHA512", 128);
}
