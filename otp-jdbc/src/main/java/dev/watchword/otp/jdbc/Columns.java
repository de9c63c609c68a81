package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.ChainLink;
import dev.watchword.otp.lifecycle.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row by their names. */
final class Columns {
    private final ResultSet row;
    private final String prefix;

    Columns(ResultSet row) {
        this(row, "");
    }

    private Columns(ResultSet row, String prefix) {
        this.row = row;
        this.prefix = prefix;
    }

    /** The columns of this row whose names begin with a prefix, to be read without it. */
    Columns of(String newPrefix) {
        return new Columns(row, newPrefix);
    }

    <T> T value(String column, Function<String, T> type) throws SQLException {
        return required(column, valueOrNull(column, type));
    }

    <T> @Nullable T valueOrNull(String column, Function<String, T> type) throws SQLException {
        String text = row.getString(prefix + column);
        try {
            return text == null ? null : type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new SQLException("Column " + prefix + column + " holds what this version cannot read", e);
        }
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return row.getString(prefix + column);
    }

    long number(String column) throws SQLException {
        return row.getLong(prefix + column);
    }

    long numberOr(String column, long instead) throws SQLException {
        long number = row.getLong(prefix + column);
        return row.wasNull() ? instead : number;
    }

    SealedSecret sealed(String keyName, String sealed) throws SQLException {
        return required(sealed, sealedOrNull(keyName, sealed));
    }

    @Nullable
    SealedSecret sealedOrNull(String keyName, String sealed) throws SQLException {
        byte[] bytes = row.getBytes(prefix + sealed);
        return bytes == null ? null : new SealedSecret(value(keyName, name -> name), bytes);
    }

    ChainLink link(String keyName, String mac) throws SQLException {
        String key = value(keyName, name -> name);
        return value(mac, text -> new ChainLink(key, text));
    }

    Instant instant(String column) throws SQLException {
        return required(column, instantOrNull(column));
    }

    @Nullable
    Instant instantOrNull(String column) throws SQLException {
        LocalDateTime utc = row.getObject(prefix + column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private <T> T required(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("Column " + prefix + column + " is null");
        }
        return value;
    }
}
