package dev.watchword.otp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The message of an OCRA response (DataInput in RFC 6287 §5.1): suite, zero byte, counter, challenge, hash of the PIN,
 * session information and time step. All messages of a suite have the same length. For one thread. Closing a message
 * wipes it.
 */
final class OcraMessage implements AutoCloseable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final OcraSuite suite;
    private final byte[] bytes;

    /** The index of the counter, if the suite has one. */
    private final int counterOffset;

    /** The index of the time step, if the suite has one. */
    private final int stepOffset;

    private OcraMessage(OcraSuite suite) {
        this.suite = suite;
        this.bytes = suite.newMessage();
        this.counterOffset = suite.text().length() + 1;
        this.stepOffset = bytes.length - Long.BYTES;
    }

    /**
     * Creates the message of an input. The caller MUST close it.
     *
     * @throws IllegalArgumentException if the input does not fit the suite
     */
    static OcraMessage of(OcraSuite suite, OcraInput input) {
        OcraMessage message = new OcraMessage(suite);
        try {
            message.write(input);
        } catch (RuntimeException e) {
            message.close();
            throw e;
        }
        return message;
    }

    private void write(OcraInput input) {
        requirePart(suite.hasCounter(), input.counter(), "counter", "withCounter");
        requirePart(suite.hasTime(), input.time(), "timestamp", "withTime");
        requirePart(suite.sessionLength() > 0, input.session(), "session information", "withSession");
        if (input.isOfServer() && suite.hasPin()) {
            throw new IllegalArgumentException("The response of a server has no PIN (RFC 6287 §7.2); use the suite "
                    + "of the server, and not " + suite + " of the client");
        }
        requirePart(suite.hasPin(), input.pin(), "PIN", "withPin");
        if (input.counter() != null) {
            setCounter(input.counter());
        }
        int next = counterOffset + (suite.hasCounter() ? Long.BYTES : 0);
        writeChallenge(input, next);
        next += OcraSuite.CHALLENGE_BYTES;
        if (input.pin() != null) {
            next += writePin(input.pin(), next);
        }
        if (input.session() != null) {
            writeSession(input.session(), next + suite.sessionLength());
        }
        Instant time = input.time();
        if (time != null) {
            setStep(suite.stepAt(time));
        }
    }

    private void requirePart(boolean required, @Nullable Object part, String name, String method) {
        if (required && part == null) {
            throw new IllegalArgumentException(
                    "The suite " + suite + " requires a " + name + "; add it with OcraInput." + method);
        }
        if (!required && part != null) {
            throw new IllegalArgumentException("The suite " + suite + " has no " + name + "; omit OcraInput." + method);
        }
    }

    /**
     * Writes the challenges from an index on. Two challenges are joined before the conversion, because they form one
     * challenge.
     */
    private void writeChallenge(OcraInput input, int begin) {
        for (String challenge : input.challenges()) {
            if (!suite.isChallenge(challenge)) {
                throw new IllegalArgumentException("A challenge of the suite " + suite + " must have 1 to "
                        + suite.challengeLength() + " characters of the format " + suite.challengeFormat());
            }
        }
        List<String> challenges = input.challenges();
        String challenge = challenges.size() == 1 ? challenges.get(0) : String.join("", challenges);
        suite.challengeFormat().write(challenge, bytes, begin);
    }

    private int writePin(OcraPin pin, int begin) {
        byte[] hash = pin.hash(suite.pinHash().orElseThrow());
        System.arraycopy(hash, 0, bytes, begin, hash.length);
        Arrays.fill(hash, (byte) 0);
        return hash.length;
    }

    /** Writes the session information up to an index. The zero bytes of its padding are already there. */
    private void writeSession(byte[] session, int end) {
        int length = suite.sessionLength();
        if (session.length == 0 || session.length > length || (session.length < length && session[0] == 0)) {
            throw new IllegalArgumentException("The session information of the suite " + suite + " must have 1 to "
                    + length + " bytes, and must not begin with a zero byte if it is shorter");
        }
        System.arraycopy(session, 0, bytes, end - session.length, session.length);
    }

    /** Replaces the counter. The suite MUST have one. */
    void setCounter(long counter) {
        LONG.set(bytes, counterOffset, counter);
    }

    /** Replaces the time step. The suite MUST have one. */
    void setStep(long step) {
        LONG.set(bytes, stepOffset, step);
    }

    /** Returns the message without copying it. The caller MUST NOT keep or change it. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
