package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An OCRA suite (RFC 6287 §6), such as {@code OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1}. It states the hash function, the
 * length of a response, and the inputs of a response. The device and its verifier MUST use the same suite. Immutable.
 *
 * <p>The text of the suite is part of the message that is authenticated. Two suites are therefore equal only if their
 * texts are equal, and a response of one suite does not verify under another.
 */
public final class OcraSuite {
    /** The maximum length of a challenge, in characters. */
    public static final int MAX_CHALLENGE = 64;

    /**
     * The length of a digest from which a challenge is derived, in bytes. It fills a hexadecimal challenge of maximum
     * length.
     */
    static final int DIGEST_BYTES = MAX_CHALLENGE / 2;

    /** The length of the challenge in the message, in bytes. Two challenges of maximum length fit. */
    static final int CHALLENGE_BYTES = 2 * MAX_CHALLENGE;

    private final String text;
    private final HmacAlgorithm algorithm;
    private final int digits;
    private final boolean counter;
    private final OcraChallengeFormat challengeFormat;
    private final int challengeLength;
    private final @Nullable HmacAlgorithm pinHash;
    private final int sessionLength;
    private final @Nullable Duration timeStep;

    /** The message of an input without any part: the text, a zero byte, and the zero bytes of the parts. */
    private final byte[] emptyMessage;

    OcraSuite(OcraSuiteParser parsed) {
        this.text = parsed.text;
        this.algorithm = parsed.algorithm;
        this.digits = parsed.digits;
        this.counter = parsed.counter;
        this.challengeFormat = parsed.challengeFormat;
        this.challengeLength = parsed.challengeLength;
        this.pinHash = parsed.pinHash;
        this.sessionLength = parsed.sessionLength;
        this.timeStep = parsed.timeStep;
        this.emptyMessage = Arrays.copyOf(
                text.getBytes(StandardCharsets.US_ASCII),
                text.length()
                        + 1
                        + (counter ? Long.BYTES : 0)
                        + CHALLENGE_BYTES
                        + (pinHash == null ? 0 : pinHash.hashLength())
                        + sessionLength
                        + (timeStep == null ? 0 : Long.BYTES));
    }

    /**
     * Parses the text of a suite. The parts MUST have the order, the case and the number of digits that RFC 6287 §6
     * states. A challenge length of 4 to 9 may be written with one digit, because an example of §6.4 has {@code QH8}. A
     * time step in hours is 1 to 48 (erratum 3729). A response may have 10 digits, although erratum 3730, which is not
     * verified, excludes them.
     *
     * @param text the suite
     * @return the suite, whose {@link #text()} is equal to the argument
     * @throws IllegalArgumentException if the text is not a suite. The message names the part, its position and the
     *     rule
     */
    public static OcraSuite parse(String text) {
        return new OcraSuite(new OcraSuiteParser(requireNonNull(text, "text")));
    }

    /**
     * Returns the text of the suite.
     *
     * @return the text, exactly as it was parsed
     */
    public String text() {
        return text;
    }

    /**
     * Returns the hash function of the HMAC.
     *
     * @return the hash function
     */
    public HmacAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Returns the number of decimal digits of a response. The tenth digit of a response is always 0, 1 or 2.
     *
     * @return 4 to 10, or 0 for the full HMAC, whose response is hexadecimal
     */
    public int digits() {
        return digits;
    }

    /**
     * Returns the number of characters of a response.
     *
     * @return {@link #digits()}; for the full HMAC 40, 64 or 128
     */
    public int responseLength() {
        return digits == 0 ? 2 * algorithm.hashLength() : digits;
    }

    /**
     * Returns whether a text has the form of a response of this suite: exactly {@link #digits()} ASCII digits, or a full
     * HMAC in hexadecimal digits of either case. Does not use the secret.
     *
     * @param response any text
     * @return whether the text has this form; verification calls any other text malformed
     */
    public boolean isResponse(String response) {
        return OcraResponse.parse(response, this) != null;
    }

    /**
     * Returns whether a counter is an input.
     *
     * @return whether the suite has {@code C}
     */
    public boolean hasCounter() {
        return counter;
    }

    /**
     * Returns the characters of a challenge.
     *
     * @return the format
     */
    public OcraChallengeFormat challengeFormat() {
        return challengeFormat;
    }

    /**
     * Returns the maximum length of a challenge. In mutual modes each of the two challenges may have this length.
     *
     * @return 4 to {@value #MAX_CHALLENGE} characters
     */
    public int challengeLength() {
        return challengeLength;
    }

    /**
     * Returns whether a text is a challenge of this suite.
     *
     * @param challenge any text
     * @return whether the text has 1 to {@link #challengeLength()} characters of the {@link #challengeFormat()}
     */
    public boolean isChallenge(String challenge) {
        return challengeFormat.accepts(challenge, challengeLength);
    }

    /**
     * Generates a challenge of full length. A numeric challenge does not begin with 0. Different challenges from this
     * method always give different messages; see {@link OcraInput}.
     *
     * @param random the source of randomness
     * @return {@link #challengeLength()} characters of the {@link #challengeFormat()}
     */
    public String randomChallenge(SecureRandom random) {
        return challengeFormat.random(challengeLength, random);
    }

    /**
     * Derives a challenge of full length from a digest. A numeric challenge does not begin with 0, so different
     * challenges from this method always give different messages; see {@link OcraInput}. With {@code n} as the {@link
     * #challengeLength()}, the challenge is:
     * <ul>
     *   <li>numeric: the decimal digits of 10<sup>n-1</sup> + (d mod 9·10<sup>n-1</sup>), where d is the digest as an
     *       unsigned big-endian number
     *   <li>hexadecimal: the first n digits of the digest in lower-case hexadecimal
     *   <li>alphanumeric: one character for each byte of the blocks SHA-256(digest, i), where i = 0, 1, 2 … is a
     *       big-endian number of four bytes. A byte of 248 or more is skipped. Any other byte modulo 62 is the index
     *       into {@code 0} to {@code 9}, {@code A} to {@code Z}, {@code a} to {@code z}
     * </ul>
     *
     * @param digest a digest of 32 bytes, such as SHA-256 gives
     * @return {@link #challengeLength()} characters of the {@link #challengeFormat()}
     * @throws IllegalArgumentException if the digest does not have 32 bytes
     */
    public String digestChallenge(byte[] digest) {
        if (digest.length != DIGEST_BYTES) {
            throw new IllegalArgumentException(
                    "The digest of a challenge must have " + DIGEST_BYTES + " bytes, not " + digest.length);
        }
        return challengeFormat.derive(challengeLength, digest);
    }

    /**
     * Returns the hash function of the PIN.
     *
     * @return the hash function, or empty if a PIN is not an input
     */
    public Optional<HmacAlgorithm> pinHash() {
        return Optional.ofNullable(pinHash);
    }

    /**
     * Returns the length of the session information.
     *
     * @return 64 to 512 bytes, or 0 if session information is not an input
     */
    public int sessionLength() {
        return sessionLength;
    }

    /**
     * Returns the time step of the timestamp.
     *
     * @return 1 second to 48 hours, or empty if the time is not an input
     */
    public Optional<Duration> timeStep() {
        return Optional.ofNullable(timeStep);
    }

    /**
     * Returns the time step that contains an instant (T in RFC 6287 §5.1). The division rounds down, so an instant
     * before 1970 has a negative time step. The suite MUST have a timestamp.
     */
    long stepAt(Instant instant) {
        return Math.floorDiv(
                instant.getEpochSecond(), requireNonNull(timeStep, "timeStep").toSeconds());
    }

    /** Returns whether the time is an input. */
    boolean hasTime() {
        return timeStep != null;
    }

    /** Returns whether a PIN is an input. */
    boolean hasPin() {
        return pinHash != null;
    }

    /**
     * Returns a new message (DataInput in RFC 6287 §5.1) with the text of the suite, a zero byte, and zero bytes for the
     * parts.
     */
    byte[] newMessage() {
        return emptyMessage.clone();
    }

    /**
     * Compares two suites.
     *
     * @param other another object
     * @return whether the other object is a suite with the same text
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OcraSuite that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /**
     * Returns the text of the suite.
     *
     * @return {@link #text()}
     */
    @Override
    public String toString() {
        return text;
    }
}
