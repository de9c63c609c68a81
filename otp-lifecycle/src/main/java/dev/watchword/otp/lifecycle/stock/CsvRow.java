package dev.watchword.otp.lifecycle.stock;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a seed from a record of a CSV. */
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
        SeedProfile profile = switch (text(CsvColumn.KIND)) {
            case "TOTP" -> totp();
            case "HOTP" -> hotp();
            default -> throw wrong(CsvColumn.KIND, "must be TOTP or HOTP");
        };
        Instant start = valueOrNull(CsvColumn.START, SeedText::instant);
        Instant expiry = valueOrNull(CsvColumn.EXPIRY, SeedText::instant);
        if (start != null && expiry != null && !start.isBefore(expiry)) {
            throw wrong(CsvColumn.EXPIRY, "must be after start");
        }
        Map<SeedLabel, String> labels = new EnumMap<>(SeedLabel.class);
        label(labels, SeedLabel.MANUFACTURER, CsvColumn.MANUFACTURER);
        label(labels, SeedLabel.MODEL, CsvColumn.MODEL);
        OtpSecret secret = columns.containsKey(CsvColumn.SECRET_HEX)
                ? value(CsvColumn.SECRET_HEX, OtpSecret::fromHex)
                : value(CsvColumn.SECRET_BASE32, OtpSecret::fromTypedBase32);
        return new Seed(serial, secret, profile, start, expiry, labels);
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
