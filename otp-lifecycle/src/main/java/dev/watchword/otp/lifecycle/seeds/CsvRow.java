package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts one record of a CSV file to a seed or a token. */
final class CsvRow {
    private final Map<CsvColumn, Integer> columns;
    private final List<String> fields;
    private final long line;

    CsvRow(Map<CsvColumn, Integer> columns, List<String> fields, long line) {
        this.columns = columns;
        this.fields = fields;
        this.line = line;
    }

    /** Returns the serial number as the record states it, or {@code null} if it is not safe to show. */
    @Nullable
    String statedSerial() {
        return Stated.serial(text(CsvColumn.SERIAL));
    }

    Seed seed() throws Problem {
        SerialNumber serial = value(CsvColumn.SERIAL, SerialNumber::new);
        SeedProfile profile = profile();
        Instant start = valueOrNull(CsvColumn.START, SeedText::instant);
        Instant expiry = valueOrNull(CsvColumn.EXPIRY, SeedText::instant);
        if (start != null && expiry != null && !start.isBefore(expiry)) {
            throw wrong(CsvColumn.EXPIRY, "must be later than start; correct one of the two dates");
        }
        Map<SeedLabel, String> labels = new EnumMap<>(SeedLabel.class);
        label(labels, SeedLabel.MANUFACTURER, CsvColumn.MANUFACTURER);
        label(labels, SeedLabel.MODEL, CsvColumn.MODEL);
        return Seed.builder()
                .serial(serial)
                .secret(secret())
                .profile(profile)
                .startsAt(start)
                .expiresAt(expiry)
                .labels(labels)
                .build();
    }

    ForeignToken foreignToken() throws Problem {
        Holder holder = value(CsvColumn.HOLDER, Holder::new);
        TokenKind kind = switch (text(CsvColumn.TOKEN)) {
            case "SOFTWARE" -> TokenKind.SOFTWARE;
            case "HARDWARE" -> TokenKind.HARDWARE;
            default -> throw wrong(CsvColumn.TOKEN, "must be SOFTWARE or HARDWARE");
        };
        SerialNumber serial = value(CsvColumn.SERIAL, SerialNumber::new);
        SeedProfile profile = profile();
        if (kind == TokenKind.SOFTWARE && profile instanceof SeedProfile.ForHotp) {
            throw wrong(CsvColumn.KIND, "must be TOTP for a software token");
        }
        UserId userId = valueOrNull(CsvColumn.USER_ID, UserId::new);
        MailAddress mailAddress = valueOrNull(CsvColumn.MAIL_ADDRESS, MailAddress::new);
        CodeState codes = codes(profile);
        Instant expiry = value(CsvColumn.EXPIRY, SeedText::instant).truncatedTo(ChronoUnit.MICROS);
        SuspensionReason suspended = valueOrNull(CsvColumn.SUSPENDED, CsvRow::suspended);
        return ForeignToken.builder()
                .holder(holder)
                .userId(userId)
                .mailAddress(mailAddress)
                .kind(kind)
                .serial(serial)
                .secret(secret())
                .profile(
                        profile instanceof SeedProfile.ForTotp totp
                                ? totp.profile()
                                : ((SeedProfile.ForHotp) profile).profile())
                .codes(codes)
                .expiresAt(expiry)
                .suspended(suspended)
                .build();
    }

    private CodeState codes(SeedProfile profile) throws Problem {
        if (profile instanceof SeedProfile.ForHotp hotp) {
            mustBeEmpty(CsvColumn.LAST_STEP, "HOTP");
            mustBeEmpty(CsvColumn.DRIFT, "HOTP");
            return CodeState.ofNextCounter(hotp.counter());
        }
        Long lastStep = valueOrNull(CsvColumn.LAST_STEP, text -> SeedText.number(text, 0, KeyPackage.MAX_NUMBER));
        Long drift = valueOrNull(
                CsvColumn.DRIFT, text -> SeedText.number(text, -TotpWindow.MAX_DRIFT, TotpWindow.MAX_DRIFT));
        return new CodeState(lastStep == null ? Totp.NO_STEP : lastStep, drift == null ? 0 : drift.intValue());
    }

    private static SuspensionReason suspended(String text) {
        for (SuspensionReason reason : SuspensionReason.values()) {
            if (reason.name().equals(text)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("must be one of " + List.of(SuspensionReason.values()));
    }

    private SeedProfile profile() throws Problem {
        return switch (text(CsvColumn.KIND)) {
            case "TOTP" -> totp();
            case "HOTP" -> hotp();
            default -> throw wrong(CsvColumn.KIND, "must be TOTP or HOTP");
        };
    }

    private OtpSecret secret() throws Problem {
        return columns.containsKey(CsvColumn.SECRET_HEX)
                ? value(CsvColumn.SECRET_HEX, OtpSecret::fromHex)
                : value(CsvColumn.SECRET_BASE32, OtpSecret::fromTypedBase32);
    }

    private SeedProfile totp() throws Problem {
        mustBeEmpty(CsvColumn.COUNTER, "TOTP");
        long step = value(CsvColumn.STEP, text -> SeedText.number(text, 1, KeyPackage.MAX_TIME_STEP));
        return new SeedProfile.ForTotp(TotpProfile.of(algorithm(), digits(), Duration.ofSeconds(step)), 0, 0);
    }

    private SeedProfile hotp() throws Problem {
        mustBeEmpty(CsvColumn.STEP, "HOTP");
        long counter = value(CsvColumn.COUNTER, text -> SeedText.number(text, 0, KeyPackage.MAX_NUMBER));
        return new SeedProfile.ForHotp(new HotpProfile(algorithm(), digits()), counter);
    }

    private HmacAlgorithm algorithm() throws Problem {
        HmacAlgorithm algorithm = valueOrNull(CsvColumn.ALGORITHM, SeedText::algorithm);
        return algorithm == null ? HmacAlgorithm.SHA1 : algorithm;
    }

    private int digits() throws Problem {
        long digits = value(CsvColumn.DIGITS, text -> SeedText.number(text, 6, 9));
        return (int) digits;
    }

    private void label(Map<SeedLabel, String> labels, SeedLabel label, CsvColumn column) throws Problem {
        String text = text(column);
        if (!text.isEmpty() && !SeedLabel.isLabel(text)) {
            throw wrong(column, "must have at most " + SeedLabel.MAX_LENGTH + " characters and no control characters");
        }
        if (!text.isEmpty()) {
            labels.put(label, text);
        }
    }

    private void mustBeEmpty(CsvColumn column, String kind) throws Problem {
        if (!text(column).isEmpty()) {
            throw wrong(column, "must be empty, because it has no meaning for " + kind);
        }
    }

    private <T> @Nullable T valueOrNull(CsvColumn column, Parser<T> parser) throws Problem {
        return text(column).isEmpty() ? null : value(column, parser);
    }

    private <T> T value(CsvColumn column, Parser<T> parser) throws Problem {
        String text = text(column);
        if (text.isEmpty()) {
            throw wrong(column, "is missing; the record must have a value here");
        }
        try {
            return parser.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(column, String.valueOf(e.getMessage()));
        }
    }

    private Problem wrong(CsvColumn column, String what) {
        return Problem.at(line, columns.getOrDefault(column, -1) + 1, column.heading(), column.heading() + ": " + what);
    }

    private String text(CsvColumn column) {
        Integer index = columns.get(column);
        return index == null ? "" : fields.get(index).strip();
    }

    /** Converts text to a value. Throws an {@link IllegalArgumentException} that names the violated rule. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(String text);
    }
}
