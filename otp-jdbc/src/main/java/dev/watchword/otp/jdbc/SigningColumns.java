package dev.watchword.otp.jdbc;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.model.SigningKey;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a signing key in {@code otp_token} and {@code otp_serial}. A stocked key has spent nothing but counters. */
final class SigningColumns {
    /** The columns of a token's key, in the order of {@link #values}. */
    static final List<String> OF_TOKEN = List.of(
            "signing_suite",
            "signing_key_name",
            "signing_secret",
            "signing_counter",
            "signing_counter_unknown",
            "signing_last_step");

    private SigningColumns() {}

    static Parameters values(Parameters parameters, @Nullable SigningKey key) throws SQLException {
        return ofStock(parameters, key)
                .truth(key == null ? null : (Boolean) key.counterUnknown())
                .number(key == null || key.lastStep() == SigningKey.NO_STEP ? null : (Long) key.lastStep());
    }

    /** Sets the first four columns, which a stocked token has. */
    static Parameters ofStock(Parameters parameters, @Nullable SigningKey key) throws SQLException {
        return parameters
                .text(key == null ? null : key.suite().text())
                .sealed(key == null ? null : key.secret())
                .number(key == null ? null : (Long) key.nextCounter());
    }

    static @Nullable SigningKey read(Columns columns) throws SQLException {
        SigningKey key = fromStock(columns);
        if (key == null) {
            columns.requireNull("signing_suite", "signing_counter_unknown", "signing_last_step");
            return null;
        }
        Long lastStep = columns.numberOrNull("signing_last_step");
        return key.toBuilder()
                .counterUnknown(columns.truth("signing_counter_unknown"))
                .lastStep(lastStep == null ? SigningKey.NO_STEP : lastStep)
                .build();
    }

    static @Nullable SigningKey fromStock(Columns columns) throws SQLException {
        if (columns.isNull("signing_suite", "signing_key_name", "signing_secret", "signing_counter")) {
            return null;
        }
        return SigningKey.builder()
                .suite(columns.value("signing_suite", OcraSuite::parse))
                .secret(columns.sealed("signing_key_name", "signing_secret"))
                .nextCounter(columns.number("signing_counter"))
                .build();
    }
}
