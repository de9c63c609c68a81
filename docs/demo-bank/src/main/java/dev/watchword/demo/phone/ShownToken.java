package dev.watchword.demo.phone;

import dev.watchword.otp.app.SoftwareToken;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as the app shows it at one instant.
 *
 * @param institution the name of the institution
 * @param serviceId the service ID
 * @param userId the user ID
 * @param serial the serial number
 * @param start the instant of the setup
 * @param expiry the first instant without a code
 * @param code the code; {@code null} once the token has expired
 * @param step the time for which a code is shown
 * @param left the time for which the code is still shown
 */
record ShownToken(
        String institution,
        String serviceId,
        String userId,
        String serial,
        Instant start,
        Instant expiry,
        @Nullable String code,
        Duration step,
        Duration left) {
    static ShownToken of(SoftwareToken token, Instant now) {
        return new ShownToken(
                token.institution(),
                token.serviceId(),
                token.userId(),
                token.serial(),
                token.start(),
                token.expiry(),
                token.code(now).orElse(null),
                token.profile().timeStep(),
                token.timeLeft(now));
    }

    /** Returns the full seconds left, rounded up, so that the next code is there when they have passed. */
    public long secondsLeft() {
        return left.plusMillis(999).toSeconds();
    }

    /** Returns how much of the code's time has passed, in percent. The ring of the countdown begins there. */
    public long percentPassed() {
        return 100 - 100 * left.toMillis() / step.toMillis();
    }

    @Override
    public String toString() {
        return "ShownToken[serial=" + serial + ", redacted]";
    }
}
