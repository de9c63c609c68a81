package dev.watchword.otp.jdbc;

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
        return required(column, valueOrNull(column, type));
    }

    <T> @Nullable T valueOrNull(String column, Function<String, T> type) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new SQLException("Column " + column + " holds what this version cannot read", e);
        }
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
        return required(column, instantOrNull(column));
    }

    @Nullable
    Instant instantOrNull(String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static <T> T required(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("Column " + column + " is null");
        }
        return value;
    }
}
