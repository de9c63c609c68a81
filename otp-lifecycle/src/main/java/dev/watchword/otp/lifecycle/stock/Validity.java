package dev.watchword.otp.lifecycle.stock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something may be used.
 *
 * @param startsAt from when on; {@code null} if always until then
 * @param expiresAt until when; {@code null} if for ever after
 */
record Validity(@Nullable Instant startsAt, @Nullable Instant expiresAt) {
    static final Validity ALWAYS = new Validity(null, null);

    static Validity of(Fields fields) throws Problem {
        XmlElement start = fields.get("StartDate");
        XmlElement expiry = fields.get("ExpiryDate");
        return new Validity(
                start == null ? null : Values.instant(start), expiry == null ? null : Values.instant(expiry));
    }

    /** What both allow. */
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

    boolean isEmpty() {
        return startsAt != null && expiresAt != null && !startsAt.isBefore(expiresAt);
    }
}
