package dev.watchword.otp.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it.
 *
 * <p>Views of the clock in other time zones share its time. Each move is atomic, and all threads see it at once. Two
 * clocks are equal if they share their time and have the same time zone. Safe for use by several threads.
 */
public final class FakeClock extends Clock {
    private final Time time;
    private final ZoneId zone;

    private FakeClock(Time time, ZoneId zone) {
        this.time = time;
        this.zone = requireNonNull(zone, "zone");
    }

    /**
     * Creates a clock in UTC.
     *
     * @param now the instant that the clock shows until it is moved
     * @return the clock
     */
    public static FakeClock at(Instant now) {
        return new FakeClock(new Time(requireNonNull(now, "now")), ZoneOffset.UTC);
    }

    /**
     * Creates a clock in UTC.
     *
     * @param now the instant that the clock shows until it is moved, in ISO 8601, such as {@code 2026-11-23T09:00:00Z}
     * @return the clock
     * @throws java.time.format.DateTimeParseException if the text is not such an instant
     */
    public static FakeClock at(String now) {
        return at(Instant.parse(now));
    }

    /**
     * Moves the clock to an instant, later or earlier.
     *
     * @param instant the instant that the clock shows from now on
     */
    public void set(Instant instant) {
        requireNonNull(instant, "instant");
        time.move(before -> instant);
    }

    /**
     * Moves the clock by a duration.
     *
     * @param duration the duration. A negative one moves the clock back
     * @return the instant that the clock shows from now on
     */
    public Instant advance(Duration duration) {
        return time.move(instant -> instant.plus(duration));
    }

    /**
     * Moves the clock to the first instant of the next time step, at which a token shows another code.
     *
     * @param profile the profile that defines the time steps
     * @return the instant that the clock shows from now on
     */
    public Instant toNextStep(TotpProfile profile) {
        return time.move(instant -> profile.startOf(profile.stepAt(instant) + 1));
    }

    @Override
    public Instant instant() {
        return time.now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public FakeClock withZone(ZoneId otherZone) {
        return new FakeClock(time, otherZone);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FakeClock that && time == that.time && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(time) + zone.hashCode();
    }

    @Override
    public String toString() {
        return "FakeClock[" + instant() + ", " + zone + "]";
    }

    /** The time that all views of one clock share. */
    private static final class Time {
        private volatile Instant now;

        Time(Instant now) {
            this.now = now;
        }

        synchronized Instant move(UnaryOperator<Instant> how) {
            now = how.apply(now);
            return now;
        }
    }
}
