package dev.watchword.otp.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a token accepts no code until the institution resumes it. It never ends by itself.
 *
 * @param reason why
 * @param since since when
 * @param operator by whom; {@code null} where the library did it, after too many wrong codes
 */
public record Suspension(
        SuspensionReason reason, Instant since, @Nullable Operator operator) {}
