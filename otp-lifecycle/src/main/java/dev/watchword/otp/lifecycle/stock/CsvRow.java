package dev.watchword.otp.lifecycle.stock;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.MailAddress;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a seed or a token from a record of a CSV. */
final class CsvRow {
    private final Map<CsvColumn, Integer> columns;
    private final List<String> fields;
    private final long line;

    CsvRow(Map<CsvColumn, Integer> columns, List<String> fields, long line) {
        this.columns = columns;
        this.fields = fields;
        this.line = line;
    }

    /** The serial number that the record states, if it can be shown. */
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
            throw wrong(CsvColumn.EXPIRY, "must be after start");
        }
        Map<SeedLabel, String> labels = new EnumMap<>(SeedLabel.class);
        label(labels, SeedLabel.MANUFACTURER, CsvColumn.MANUFACTURER);
        label(labels, SeedLabel.MODEL, CsvColumn.MODEL);
        return new Seed(serial, secret(), profile, start, expiry, labels);
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
            throw wrong(CsvColumn.KIND, "a software token counts time, and must be TOTP");
        }
        UserId userId = valueOrNull(CsvColumn.USER_ID, UserId::new);
        MailAddress mailAddress = valueOrNull(CsvColumn.MAIL_ADDRESS, MailAddress::new);
        CodeState codes = codes(profile);
        Instant expiry = value(CsvColumn.EXPIRY, SeedText::instant).truncatedTo(ChronoUnit.MICROS);
        SuspensionReason suspended = valueOrNull(CsvColumn.SUSPENDED, CsvRow::suspended);
        return new ForeignToken(
                holder,
                userId,
                mailAddress,
                kind,
                serial,
                secret(),
                profile instanceof SeedProfile.ForTotp totp
                        ? totp.profile()
                        : ((SeedProfile.ForHotp) profile).profile(),
                codes,
                expiry,
                suspended);
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
            throw wrong(column, "must have at most " + SeedLabel.MAX_LENGTH + " characters, none of them control");
        }
        if (!text.isEmpty()) {
            labels.put(label, text);
        }
    }

    private void mustBeEmpty(CsvColumn column, String kind) throws Problem {
        if (!text(column).isEmpty()) {
            throw wrong(column, "has no meaning for " + kind + ", and must be empty");
        }
    }

    private <T> @Nullable T valueOrNull(CsvColumn column, Parser<T> parser) throws Problem {
        return text(column).isEmpty() ? null : value(column, parser);
    }

    private <T> T value(CsvColumn column, Parser<T> parser) throws Problem {
        String text = text(column);
        if (text.isEmpty()) {
            throw wrong(column, "is missing");
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

    /** What makes a value from text, or throws what is wrong with it. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(String text);
    }
}
