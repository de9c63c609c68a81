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
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts one record of a CSV file to a seed or a token. */
final class CsvRow {
    private final TextLayout layout;
    private final Map<TextColumn, Integer> columns;
    private final List<String> fields;
    private final long line;

    CsvRow(TextLayout layout, Map<TextColumn, Integer> columns, List<String> fields, long line) {
        this.layout = layout;
        this.columns = columns;
        this.fields = fields;
        this.line = line;
    }

    /** Returns the serial number as the record states it, or {@code null} if it is not safe to show. */
    @Nullable
    String statedSerial() {
        return Stated.serial(text(TextColumn.SERIAL));
    }

    /** Rejects a record that is not of the kind that the layout describes. */
    void requireExpected() throws Problem {
        for (Map.Entry<Integer, String> expected : layout.expected().entrySet()) {
            int number = expected.getKey();
            String text = number > fields.size() ? "" : fields.get(number - 1).strip();
            if (!text.equalsIgnoreCase(expected.getValue())) {
                String required = expected.getValue().isEmpty() ? "empty" : expected.getValue();
                throw Problem.at(
                        RecordProblem.UNSUPPORTED,
                        line,
                        number,
                        "",
                        "Field " + number + " must be " + required + " in this layout: the record is of another kind");
            }
        }
    }

    Seed seed() throws Problem {
        SerialNumber serial = value(TextColumn.SERIAL, SerialNumber::new);
        SeedProfile profile = profile();
        Instant start = valueOrNull(TextColumn.START, SeedText::instant);
        Instant expiry = valueOrNull(TextColumn.EXPIRY, SeedText::instant);
        if (start != null && expiry != null && !start.isBefore(expiry)) {
            throw wrong(
                    RecordProblem.DATES, TextColumn.EXPIRY, "must be later than start; correct one of the two dates");
        }
        Map<SeedLabel, String> labels = new EnumMap<>(SeedLabel.class);
        label(labels, SeedLabel.MANUFACTURER, TextColumn.MANUFACTURER);
        label(labels, SeedLabel.MODEL, TextColumn.MODEL);
        return Seed.builder()
                .serial(serial)
                .secret(CsvSecret.of(columns).read(this))
                .profile(profile)
                .startsAt(start)
                .expiresAt(expiry)
                .labels(labels)
                .build();
    }

    /** Returns the token of another system. A software token can lack the serial number and the expiry. */
    ForeignToken foreignToken(boolean weakSecrets) throws Problem {
        Holder holder = value(TextColumn.HOLDER, Holder::new);
        TokenKind kind = switch (text(TextColumn.TOKEN)) {
            case "SOFTWARE" -> TokenKind.SOFTWARE;
            case "HARDWARE" -> TokenKind.HARDWARE;
            default -> throw wrong(TextColumn.TOKEN, "must be SOFTWARE or HARDWARE");
        };
        boolean hardware = kind == TokenKind.HARDWARE;
        SerialNumber serial = hardware
                ? value(TextColumn.SERIAL, SerialNumber::new)
                : valueOrNull(TextColumn.SERIAL, SerialNumber::new);
        SeedProfile profile = profile();
        if (kind == TokenKind.SOFTWARE && profile instanceof SeedProfile.ForHotp) {
            throw wrong(RecordProblem.UNSUPPORTED, TextColumn.KIND, "must be TOTP for a software token");
        }
        UserId userId = valueOrNull(TextColumn.USER_ID, UserId::new);
        MailAddress mailAddress = valueOrNull(TextColumn.MAIL_ADDRESS, MailAddress::new);
        CodeState codes = codes(profile);
        Instant expiry = hardware
                ? value(TextColumn.EXPIRY, SeedText::instant)
                : valueOrNull(TextColumn.EXPIRY, SeedText::instant);
        SuspensionReason suspended = valueOrNull(TextColumn.SUSPENDED, CsvRow::suspended);
        return ForeignToken.builder()
                .holder(holder)
                .userId(userId)
                .mailAddress(mailAddress)
                .kind(kind)
                .serial(serial)
                .secret(
                        weakSecrets
                                ? CsvSecret.of(columns).readWeak(this)
                                : CsvSecret.of(columns).readOfToken(this))
                .profile(
                        profile instanceof SeedProfile.ForTotp totp
                                ? totp.profile()
                                : ((SeedProfile.ForHotp) profile).profile())
                .codes(codes)
                .expiresAt(expiry == null ? null : expiry.truncatedTo(ChronoUnit.MICROS))
                .suspended(suspended)
                .build();
    }

    private CodeState codes(SeedProfile profile) throws Problem {
        if (profile instanceof SeedProfile.ForHotp hotp) {
            mustBeEmpty(TextColumn.LAST_STEP, "HOTP");
            mustBeEmpty(TextColumn.DRIFT, "HOTP");
            return CodeState.ofNextCounter(hotp.counter());
        }
        Long lastStep = valueOrNull(TextColumn.LAST_STEP, text -> SeedText.number(text, 0, KeyPackage.MAX_NUMBER));
        Long drift = valueOrNull(
                TextColumn.DRIFT, text -> SeedText.number(text, -TotpWindow.MAX_DRIFT, TotpWindow.MAX_DRIFT));
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
        return switch (text(TextColumn.KIND).toUpperCase(Locale.ROOT)) {
            case "TOTP" -> totp();
            case "HOTP" -> hotp();
            default -> throw wrong(RecordProblem.UNSUPPORTED, TextColumn.KIND, "must be TOTP or HOTP");
        };
    }

    private SeedProfile totp() throws Problem {
        mustBeEmpty(TextColumn.COUNTER, "TOTP");
        long step = value(factor(TextColumn.STEP), text -> SeedText.number(text, 1, KeyPackage.MAX_TIME_STEP));
        return new SeedProfile.ForTotp(TotpProfile.of(algorithm(), digits(), Duration.ofSeconds(step)), 0, 0);
    }

    private SeedProfile hotp() throws Problem {
        mustBeEmpty(TextColumn.STEP, "HOTP");
        long counter = value(factor(TextColumn.COUNTER), text -> SeedText.number(text, 0, KeyPackage.MAX_NUMBER));
        return new SeedProfile.ForHotp(new HotpProfile(algorithm(), digits()), counter);
    }

    /** Returns the column of the moving factor: the shared one if it has a value, otherwise the one for the kind. */
    private TextColumn factor(TextColumn ofKind) {
        return stated(TextColumn.STEP_OR_COUNTER).isEmpty() ? ofKind : TextColumn.STEP_OR_COUNTER;
    }

    private HmacAlgorithm algorithm() throws Problem {
        HmacAlgorithm algorithm = valueOrNull(TextColumn.ALGORITHM, SeedText::algorithm);
        return algorithm == null ? HmacAlgorithm.SHA1 : algorithm;
    }

    private int digits() throws Problem {
        long digits = value(TextColumn.DIGITS, text -> SeedText.number(text, 6, 9));
        return (int) digits;
    }

    private void label(Map<SeedLabel, String> labels, SeedLabel label, TextColumn column) throws Problem {
        String text = text(column);
        if (!text.isEmpty() && !SeedLabel.isLabel(text)) {
            throw wrong(column, "must have at most " + SeedLabel.MAX_LENGTH + " characters and no control characters");
        }
        if (!text.isEmpty()) {
            labels.put(label, text);
        }
    }

    private void mustBeEmpty(TextColumn column, String kind) throws Problem {
        if (!stated(column).isEmpty()) {
            throw wrong(RecordProblem.UNEXPECTED, column, "must be empty, because it has no meaning for " + kind);
        }
    }

    private <T> @Nullable T valueOrNull(TextColumn column, Parser<T> parser) throws Problem {
        return text(column).isEmpty() ? null : value(column, parser);
    }

    /** Parses the value of a required column. */
    <T> T value(TextColumn column, Parser<T> parser) throws Problem {
        String text = text(column);
        if (text.isEmpty()) {
            throw wrong(RecordProblem.MISSING, column, "is missing; the record must have a value here");
        }
        try {
            return parser.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(column, String.valueOf(e.getMessage()));
        }
    }

    /** Returns a problem of a column whose value is malformed. */
    private Problem wrong(TextColumn column, String what) {
        return wrong(RecordProblem.MALFORMED, column, what);
    }

    /** Returns a problem of a column. */
    Problem wrong(RecordProblem kind, TextColumn column, String what) {
        String name = layout.nameOf(column);
        return Problem.at(kind, line, columns.getOrDefault(column, -1) + 1, name, name + ": " + what);
    }

    /** Returns the value of a column: the field, or the constant of the layout if the field is empty or absent. */
    private String text(TextColumn column) {
        String stated = stated(column);
        return stated.isEmpty() ? layout.constants().getOrDefault(column, "") : stated;
    }

    /** Returns the field of a column, or an empty text if the record does not have it. */
    String stated(TextColumn column) {
        Integer index = columns.get(column);
        return index == null || index >= fields.size() ? "" : fields.get(index).strip();
    }

    /** Converts text to a value. Throws an {@link IllegalArgumentException} that names the violated rule. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text);
    }

    /** Creates a secret from bytes. The caller wipes the bytes afterwards. */
    @FunctionalInterface
    interface Maker {
        OtpSecret secret(byte[] bytes);
    }
}
