package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place where the next page of a list begins: the instant or day and the serial number or holder of the last entry. The lists take
 * that whole entry, but {@link dev.watchword.otp.lifecycle.spi.ListStore} uses these two parts only. So the address of the next page
 * needs no more, and the entry is built again with the other parts blank.
 *
 * @param at the instant, or the start of the day in UTC
 * @param key the serial number or the holder
 */
record Cursor(Instant at, String key) {
    private static final Operator NOBODY = new Operator("-");
    private static final UserId NO_USER_ID = new UserId("000000000000");

    static Cursor of(ListRow last, @Nullable String key) {
        Instant at = last.day() == null
                ? last.at()
                : last.day().atStartOfDay(ZoneOffset.UTC).toInstant();
        if (at == null || key == null) {
            throw new IllegalArgumentException("The last row of a page must have its order");
        }
        return new Cursor(at, key);
    }

    static Optional<Cursor> parse(String text) {
        String[] parts = text.split(" ", 2);
        try {
            return parts.length == 2 ? Optional.of(new Cursor(Instant.parse(parts[0]), parts[1])) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return at + " " + key;
    }

    ListedToken token() {
        return ListedToken.of(
                new Holder("-"),
                NO_USER_ID,
                null,
                TokenInfo.builder()
                        .kind(TokenKind.HARDWARE)
                        .serial(new SerialNumber(key))
                        .issuedAt(at)
                        .expiresAt(at)
                        .lastAcceptedOn(LocalDate.ofInstant(at, ZoneOffset.UTC))
                        .suspension(Suspension.of(SuspensionReason.OTHER, at, null))
                        .build());
    }

    ListedHolder holder() {
        return ListedHolder.of(
                new Holder(key),
                null,
                HolderSuspension.builder()
                        .reason(SuspensionReason.OTHER)
                        .since(at)
                        .operator(NOBODY)
                        .build());
    }

    ListedPending pending() {
        return ListedPending.of(
                new Holder(key),
                NO_USER_ID,
                null,
                PendingInfo.builder().kind(TokenKind.HARDWARE).lapsesAt(at).build());
    }
}
