package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row by their names. */
final class Columns {
    private final ResultSet row;

    Columns(ResultSet row) {
        this.row = row;
    }

    <T> T value(String column, Function<String, T> type) throws SQLException {
        return requireNonNull(valueOrNull(column, type), column);
    }

    <T> @Nullable T valueOrNull(String column, Function<String, T> type) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : type.apply(text);
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return row.getString(column);
    }

    long number(String column) throws SQLException {
        return row.getLong(column);
    }

    long numberOr(String column, long instead) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? instead : number;
    }

    byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return row.getBytes(column);
    }

    Instant instant(String column) throws SQLException {
        return requireNonNull(instantOrNull(column), column);
    }

    @Nullable
    Instant instantOrNull(String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
