package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The parameters of a TOTP token (RFC 6238 §4.1). The token and its verifier MUST use the same parameters. Immutable.
 *
 * @param algorithm the hash function
 * @param digits the number of digits of a code, 6 to 9
 * @param timeStep the time step X in whole seconds, 1 second to 1 day
 * @param t0 the instant T0 from which time steps are counted, a whole second
 */
public record TotpProfile(HmacAlgorithm algorithm, int digits, Duration timeStep, Instant t0) implements OtpProfile {
    /** The maximum time step: 1 day. A code that stays valid for longer than a day is in effect a password. */
    public static final Duration MAX_TIME_STEP = Duration.ofDays(1);

    /** The parameters that authenticator apps assume: SHA-1, 6 digits, 30 seconds, T0 at the Unix epoch. */
    public static final TotpProfile AUTHENTICATOR_APP = of(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30));

    /** The parameters of a bank's hardware tokens and apps: SHA-1, 8 digits, 60 seconds, T0 at the Unix epoch. */
    public static final TotpProfile BANK = of(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(60));

    /**
     * Creates a profile.
     *
     * @throws IllegalArgumentException if a value is out of range. The message names the value
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
     * Creates a profile with T0 at the Unix epoch, the default of RFC 6238.
     *
     * @param algorithm the hash function
     * @param digits the number of digits of a code, 6 to 9
     * @param timeStep the time step in whole seconds, 1 second to 1 day
     * @return the profile
     * @throws IllegalArgumentException if a value is out of range. The message names the value
     */
    public static TotpProfile of(HmacAlgorithm algorithm, int digits, Duration timeStep) {
        return new TotpProfile(algorithm, digits, timeStep, Instant.EPOCH);
    }

    /**
     * Returns the time step that contains an instant (T in RFC 6238 §4.2). The division rounds down, so an instant
     * before T0 has a negative time step.
     *
     * @param instant any instant
     * @return the number of whole time steps from T0 to the instant
     */
    public long stepAt(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond() - t0.getEpochSecond(), timeStep.toSeconds());
    }

    /**
     * Returns the first instant of a time step.
     *
     * @param step the number of a time step, as {@link #stepAt} returns it
     * @return the instant at which a token begins to show the code of the step
     * @throws ArithmeticException if the start of the step in seconds overflows a {@code long}
     * @throws java.time.DateTimeException if the start of the step is out of the range of an {@link Instant}
     */
    public Instant startOf(long step) {
        return t0.plusSeconds(Math.multiplyExact(step, timeStep.toSeconds()));
    }

    /**
     * Returns how long a token continues to show the code of an instant.
     *
     * @param at any instant
     * @return the remaining time, more than zero and at most the time step
     */
    public Duration timeLeft(Instant at) {
        long seconds = timeStep.toSeconds();
        long gone = Math.floorMod(at.getEpochSecond() - t0.getEpochSecond(), seconds);
        return Duration.ofSeconds(seconds - gone).minusNanos(at.getNano());
    }
}
