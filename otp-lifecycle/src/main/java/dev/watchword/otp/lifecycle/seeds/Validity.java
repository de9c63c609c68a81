package dev.watchword.otp.lifecycle.seeds;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A period of validity.
 *
 * @param startsAt the first instant of the period; {@code null} if it has no start
 * @param expiresAt the first instant after the period; {@code null} if it has no end
 */
record Validity(@Nullable Instant startsAt, @Nullable Instant expiresAt) {
    static final Validity ALWAYS = new Validity(null, null);

    static Validity of(Fields fields) throws Problem {
        XmlElement start = fields.get("StartDate");
        XmlElement expiry = fields.get("ExpiryDate");
        return new Validity(
                start == null ? null : Values.instant(start), expiry == null ? null : Values.instant(expiry));
    }

    /** Returns the intersection of this period with another. */
    Validity and(Validity that) {
        Instant start = startsAt;
        if (start == null || (that.startsAt != null && that.startsAt.isAfter(start))) {
            start = that.startsAt;
        }
        Instant end = expiresAt;
        if (end == null || (that.expiresAt != null && that.expiresAt.isBefore(end))) {
            end = that.expiresAt;
        }
        return new Validity(start, end);
    }

    /** Returns whether the period contains no instant. */
    boolean isEmpty() {
        return startsAt != null && expiresAt != null && !startsAt.isBefore(expiresAt);
    }
}
