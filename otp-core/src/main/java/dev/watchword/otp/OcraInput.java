package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of an OCRA response (RFC 6287 §5.1): a challenge, and the counter, PIN, session information and instant
 * that the suite requires. {@link Ocra} rejects an input that does not fit its suite. Immutable. {@code toString} shows
 * no input.
 *
 * <p>RFC 6287 §7 defines four modes:
 * <ul>
 *   <li>One-way challenge-response (§7.1) and plain signature (§7.3.1) use {@link #of}.
 *   <li>Mutual challenge-response (§7.2) and signature with server authentication (§7.3.2) use {@link #ofServer} for the
 *     response of the server, and {@link #ofClient} for the response or signature of the client.
 * </ul>
 *
 * <p>The RFC pads a challenge with zeros on the right. Some different challenges therefore give the same response: a
 * number and 16 times this number, a number with and without leading zeros, and a hexadecimal challenge with and
 * without trailing zeros. Challenges of full length do not have this problem, provided that a numeric one does not
 * begin with 0. {@link OcraSuite#randomChallenge} generates such challenges.
 */
public final class OcraInput {
    /** The challenges in the order of the message. */
    private final List<String> challenges;

    private final boolean ofServer;
    private final @Nullable Long counter;
    private final @Nullable OcraPin pin;
    private final byte @Nullable [] session;
    private final @Nullable Instant time;

    private OcraInput(
            List<String> challenges,
            boolean ofServer,
            @Nullable Long counter,
            @Nullable OcraPin pin,
            byte @Nullable [] session,
            @Nullable Instant time) {
        this.challenges = challenges;
        this.ofServer = ofServer;
        this.counter = counter;
        this.pin = pin;
        this.session = session;
        this.time = time;
    }

    /**
     * Creates the input of a response to one challenge (RFC 6287 §7.1), or of a plain signature (§7.3.1).
     *
     * @param challenge the challenge, or the data to sign, in the format of the suite. The server MUST use it only once
     * @return the input, without a counter, a PIN, session information or an instant
     */
    public static OcraInput of(String challenge) {
        return new OcraInput(List.of(challenge), false, null, null, null, null);
    }

    /**
     * Creates the input of a client's response in a mutual mode (RFC 6287 §7.2), or of a client's signature with server
     * authentication (§7.3.2). The server's challenge precedes the client's in the message.
     *
     * @param clientChallenge the challenge that the client generated
     * @param serverChallenge the challenge that the server generated, or the data to sign. The server MUST use it only
     *     once
     * @return the input, without a counter, a PIN, session information or an instant
     */
    public static OcraInput ofClient(String clientChallenge, String serverChallenge) {
        return new OcraInput(List.of(serverChallenge, clientChallenge), false, null, null, null, null);
    }

    /**
     * Creates the input of a server's response in a mutual mode (RFC 6287 §7.2 and §7.3.2). The client's challenge
     * precedes the server's in the message. The server's suite MUST NOT have a PIN. If the client's suite has one, the
     * two suites differ.
     *
     * @param clientChallenge the challenge that the client generated
     * @param serverChallenge the challenge that the server generated, or the data to sign
     * @return the input, without a counter, session information or an instant
     */
    public static OcraInput ofServer(String clientChallenge, String serverChallenge) {
        return new OcraInput(List.of(clientChallenge, serverChallenge), true, null, null, null, null);
    }

    /**
     * Returns an input with a counter.
     *
     * @param newCounter the counter C, 0 or greater. For a verification, the next counter that is not spent
     * @return the input
     * @throws IllegalArgumentException if the counter is negative
     */
    public OcraInput withCounter(long newCounter) {
        if (newCounter < 0) {
            throw new IllegalArgumentException("counter must be 0 or greater, not " + newCounter);
        }
        return new OcraInput(challenges, ofServer, newCounter, pin, session, time);
    }

    /**
     * Returns an input with a PIN. The suite's hash function hashes the PIN in UTF-8.
     *
     * @param newPin the PIN, at least one character
     * @return the input
     * @throws IllegalArgumentException if the PIN is empty or has lone surrogates
     */
    public OcraInput withPin(String newPin) {
        return new OcraInput(challenges, ofServer, counter, new OcraPin.Plain(newPin), session, time);
    }

    /**
     * Returns an input with the hash of a PIN. An attacker can find a short PIN from its hash by trial, so store the
     * hash encrypted.
     *
     * @param newHash the hash P by the suite's hash function: 20, 32 or 64 bytes. The array is copied
     * @return the input
     */
    public OcraInput withPinHash(byte[] newHash) {
        return new OcraInput(challenges, ofServer, counter, new OcraPin.Hashed(newHash), session, time);
    }

    /**
     * Returns an input with session information. Information that is shorter than the suite's length is padded with
     * zero bytes on the left, as in the reference implementation of the RFC.
     *
     * @param newSession the session information S, usually text in UTF-8: at most as many bytes as the suite states.
     *     Shorter information MUST NOT begin with a zero byte. The array is copied
     * @return the input
     */
    public OcraInput withSession(byte[] newSession) {
        return new OcraInput(challenges, ofServer, counter, pin, newSession.clone(), time);
    }

    /**
     * Returns an input with an instant. The timestamp is the time step of the suite that contains the instant.
     *
     * @param newTime the instant of the response. For a verification, the instant at which the response was entered
     * @return the input
     */
    public OcraInput withTime(Instant newTime) {
        return new OcraInput(challenges, ofServer, counter, pin, session, requireNonNull(newTime, "newTime"));
    }

    /** Returns the challenges in the order of the message. */
    List<String> challenges() {
        return challenges;
    }

    /** Returns whether this is the input of a server's response. */
    boolean isOfServer() {
        return ofServer;
    }

    @Nullable
    Long counter() {
        return counter;
    }

    @Nullable
    OcraPin pin() {
        return pin;
    }

    /** Returns the session information. The caller MUST NOT change it. */
    byte @Nullable [] session() {
        return session;
    }

    @Nullable
    Instant time() {
        return time;
    }

    @Override
    public String toString() {
        return "OcraInput[redacted]";
    }
}
