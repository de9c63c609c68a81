package dev.watchword.otp.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A holder's device that responds to challenges (OCRA, RFC 6287). It counts its responses if its suite has a counter. Its
 * internal clock may drift from the given clock. Safe for use by several threads.
 */
public final class FakeOcraDevice {
    /** The number of steps before and after now whose responses are never returned as wrong ones. */
    private static final int FAR = 25;

    private final OcraSuite suite;
    private final Ocra ocra;
    private final Clock clock;
    private long counter;
    private @Nullable String pin;
    private byte @Nullable [] session;
    private int drift;

    /**
     * Creates a device with the counter 0, without a PIN, and whose clock has no drift.
     *
     * @param suite the device's suite
     * @param secret the device's secret. It is copied, so the caller may destroy it afterwards
     * @param clock the clock that gives the time
     */
    public FakeOcraDevice(OcraSuite suite, OtpSecret secret, Clock clock) {
        this.suite = suite;
        this.ocra = Ocra.of(suite, OtpSecret.weakLegacyCopyOf(secret.exposeBytes()));
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Sets the counter of the next response.
     *
     * @param next the counter, 0 or greater. A device whose suite has no counter ignores it
     */
    public synchronized void counter(long next) {
        counter = next;
    }

    /**
     * Sets the PIN that the holder enters with each challenge.
     *
     * @param entered the PIN
     */
    public synchronized void pin(String entered) {
        pin = entered;
    }

    /**
     * Sets the session information of the following responses.
     *
     * @param information the session information. The array is copied
     */
    public synchronized void session(byte[] information) {
        session = information.clone();
    }

    /**
     * Sets the drift of the device's internal clock.
     *
     * @param steps the number of time steps that the internal clock is ahead. Negative if it is behind
     */
    public synchronized void drift(int steps) {
        drift = steps;
    }

    /**
     * Returns the response to a challenge, or the signature of it, and advances the counter.
     *
     * @param challenge the challenge that the holder enters
     * @return the response
     * @throws IllegalArgumentException if the challenge does not fit the suite, or the suite requires a PIN or session
     *     information that was not set
     */
    public synchronized String respond(String challenge) {
        return next(OcraInput.of(challenge));
    }

    /**
     * Returns the device's response in a mutual mode, and advances the counter.
     *
     * @param clientChallenge the challenge that the device showed
     * @param serverChallenge the challenge that the holder enters
     * @return the response
     * @throws IllegalArgumentException if a challenge does not fit the suite, or the suite requires a PIN or session
     *     information that was not set
     */
    public synchronized String respond(String clientChallenge, String serverChallenge) {
        return next(OcraInput.ofClient(clientChallenge, serverChallenge));
    }

    /**
     * Returns a well-formed response that is wrong for a challenge. The device does not give it at the next counter or at
     * one of the 100 counters after it, within 25 steps of now. The counter does not advance.
     *
     * @param challenge the challenge
     * @return a wrong response
     */
    public synchronized String wrongResponse(String challenge) {
        int ahead = suite.hasCounter() ? Hotp.MAX_LOOK_AHEAD : 0;
        int far = suite.timeStep().isPresent() ? FAR : 0;
        Set<String> near = new HashSet<>();
        for (int i = 0; i <= ahead; i++) {
            for (int step = drift - far; step <= drift + far; step++) {
                near.add(ocra.generate(complete(OcraInput.of(challenge), counter + i, step)));
            }
        }
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(Integer::toString)
                .map(text -> "0".repeat(suite.responseLength() - text.length()) + text)
                .filter(response -> !near.contains(response))
                .findFirst()
                .orElseThrow();
    }

    private String next(OcraInput input) {
        String response = ocra.generate(complete(input, counter, drift));
        counter++;
        return response;
    }

    private OcraInput complete(OcraInput input, long atCounter, int atStep) {
        OcraInput complete = suite.hasCounter() ? input.withCounter(atCounter) : input;
        if (pin != null) {
            complete = complete.withPin(pin);
        }
        if (session != null) {
            complete = complete.withSession(session);
        }
        Duration step = suite.timeStep().orElse(Duration.ZERO);
        return step.isZero() ? complete : complete.withTime(clock.instant().plus(step.multipliedBy(atStep)));
    }
}
