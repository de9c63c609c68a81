package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reader of the columns of one row, by name. */
final class Columns {
    private final ResultSet row;
    private final @Nullable Map<String, Integer> places;

    /** Creates a reader that finds columns by name. The column names of the row must be distinct. */
    Columns(ResultSet row) {
        this(row, null);
    }

    /** Creates a reader of columns at known positions. If there are no positions, it finds the columns by name. */
    Columns(ResultSet row, @Nullable Map<String, Integer> places) {
        this.row = row;
        this.places = places;
    }

    /** Maps columns to their 1-based positions in a select list that begins with {@code before} other columns. */
    static Map<String, Integer> places(int before, List<String> columns) {
        Map<String, Integer> places = new HashMap<>();
        for (String column : columns) {
            places.put(column, before + places.size() + 1);
        }
        return Map.copyOf(places);
    }

    private int place(String column) throws SQLException {
        Integer place = places == null ? (Integer) row.findColumn(column) : places.get(column);
        return required(column, place);
    }

    <T> T value(String column, Function<String, T> type) throws SQLException {
        return required(column, valueOrNull(column, type));
    }

    <T> @Nullable T valueOrNull(String column, Function<String, T> type) throws SQLException {
        String text = row.getString(place(column));
        try {
            return text == null ? null : type.apply(text);
        } catch (IllegalArgumentException withTheValue) {
            throw new UnreadableRow(
                    "Column " + column + " has a value that this version cannot read; use the version that wrote it",
                    null);
        }
    }

    /**
     * Returns whether a column is null. Throws an {@link UnreadableRow} if it is and one of the others, which have a
     * value only together with it, is not.
     */
    boolean isNull(String column, String... others) throws SQLException {
        if (row.getString(place(column)) != null) {
            return false;
        }
        requireNull(column, others);
        return true;
    }

    /** Throws an {@link UnreadableRow} if a column has a value together with another one, which is null. */
    void requireNull(String column, String... others) throws SQLException {
        for (String other : others) {
            if (row.getString(place(other)) != null) {
                throw new UnreadableRow(
                        "Column " + column + " is null, but column " + other + " has a value; correct the row", null);
            }
        }
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return row.getString(place(column));
    }

    long number(String column) throws SQLException {
        return required(column, numberOrNull(column));
    }

    @Nullable
    Long numberOrNull(String column) throws SQLException {
        long number = row.getLong(place(column));
        return row.wasNull() ? null : (Long) number;
    }

    boolean truth(String column) throws SQLException {
        boolean truth = row.getBoolean(place(column));
        return required(column, row.wasNull() ? null : (Boolean) truth);
    }

    byte[] bytes(String column) throws SQLException {
        return required(column, row.getBytes(place(column)));
    }

    SealedSecret sealed(String keyName, String sealed) throws SQLException {
        return required(sealed, sealedOrNull(keyName, sealed));
    }

    @Nullable
    SealedSecret sealedOrNull(String keyName, String sealed) throws SQLException {
        byte[] bytes = row.getBytes(place(sealed));
        if (bytes == null) {
            requireNull(sealed, keyName);
            return null;
        }
        return new SealedSecret(value(keyName, name -> name), bytes);
    }

    byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return row.getBytes(place(column));
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
        long micros = row.getLong(place(column));
        return row.wasNull() ? null : Micros.at(micros);
    }

    @Nullable
    LocalDate dayOrNull(String column) throws SQLException {
        Long day = numberOrNull(column);
        if (day == null) {
            return null;
        }
        try {
            return LocalDate.ofEpochDay(day);
        } catch (DateTimeException withTheValue) {
            throw new UnreadableRow("Column " + column + " is not a day; correct the row", null);
        }
    }

    /** Returns the value of a column. Throws an {@link UnreadableRow} if it is null. */
    <T> T required(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new UnreadableRow(
                    "Column " + column + " is missing or null, but must have a value; correct the row", null);
        }
        return value;
    }
}
