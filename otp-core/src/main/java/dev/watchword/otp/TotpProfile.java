package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The parameters of a TOTP token (RFC 6238 §4.1), which both sides must share.
 *
 * @param algorithm the hash function
 * @param digits the length of a code, 6 to 9
 * @param timeStep the time step X: whole seconds, from one to those of a day
 * @param t0 the instant T0 from which steps are counted: a whole second
 */
public record TotpProfile(HmacAlgorithm algorithm, int digits, Duration timeStep, Instant t0) implements OtpProfile {
    /** The greatest time step: a code that lives longer than a day is a password. */
    public static final Duration MAX_TIME_STEP = Duration.ofDays(1);

    /** What authenticator apps assume: SHA-1, 6 digits, 30 seconds, T0 at the Unix epoch. */
    public static final TotpProfile AUTHENTICATOR_APP = of(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30));

    /** What the fobs and apps of a bank show: SHA-1, 8 digits, 60 seconds, T0 at the Unix epoch. */
    public static final TotpProfile BANK = of(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(60));

    /**
     * Creates a profile.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public TotpProfile {
        requireNonNull(algorithm, "algorithm");
        Digits.requireCount(digits);
        if (!timeStep.equals(timeStep.truncatedTo(ChronoUnit.SECONDS))
                || timeStep.toSeconds() < 1
                || timeStep.compareTo(MAX_TIME_STEP) > 0) {
            throw new IllegalArgumentException(
                    "timeStep must be whole seconds, from 1 second to 1 day, not " + timeStep + " (RFC 6238 §4.1)");
        }
        if (!t0.equals(t0.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("t0 must be a whole second, not " + t0 + " (RFC 6238 §4.1)");
        }
    }

    /**
     * Creates a profile with T0 at the Unix epoch, which is the RFC's default.
     *
     * @param algorithm the hash function
     * @param digits the length of a code, 6 to 9
     * @param timeStep the time step: whole seconds, from one to those of a day
     * @return the profile
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public static TotpProfile of(HmacAlgorithm algorithm, int digits, Duration timeStep) {
        return new TotpProfile(algorithm, digits, timeStep, Instant.EPOCH);
    }

    /**
     * Returns the time step that an instant lies in (T in RFC 6238 §4.2), counted by floor division: an instant before
     * T0 lies in a negative step.
     *
     * @param instant any instant
     * @return the number of whole time steps between T0 and the instant
     */
    public long stepAt(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond() - t0.getEpochSecond(), timeStep.toSeconds());
    }

    /**
     * Returns the first instant of a time step.
     *
     * @param step a time step, as {@link #stepAt} counts them
     * @return the instant at which the codes of the step begin
     * @throws ArithmeticException if the step begins outside of what seconds in a {@code long} can count
     * @throws java.time.DateTimeException if the step begins outside of what an {@link Instant} can hold
     */
    public Instant startOf(long step) {
        return t0.plusSeconds(Math.multiplyExact(step, timeStep.toSeconds()));
    }

    /**
     * Returns how long the code of an instant is still shown.
     *
     * @param at any instant
     * @return more than zero, and at most the time step
     */
    public Duration timeLeft(Instant at) {
        long seconds = timeStep.toSeconds();
        long gone = Math.floorMod(at.getEpochSecond() - t0.getEpochSecond(), seconds);
        return Duration.ofSeconds(seconds - gone).minusNanos(at.getNano());
    }
}
