package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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
        } catch (IllegalArgumentException e) {
            throw new UnreadableRow(
                    "Column " + column + " has a value that this version cannot read; use the version that wrote it",
                    e);
        }
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return row.getString(place(column));
    }

    long number(String column) throws SQLException {
        return row.getLong(place(column));
    }

    long numberOr(String column, long instead) throws SQLException {
        long number = row.getLong(place(column));
        return row.wasNull() ? instead : number;
    }

    SealedSecret sealed(String keyName, String sealed) throws SQLException {
        return required(sealed, sealedOrNull(keyName, sealed));
    }

    @Nullable
    SealedSecret sealedOrNull(String keyName, String sealed) throws SQLException {
        byte[] bytes = row.getBytes(place(sealed));
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
        LocalDateTime utc = row.getObject(place(column), LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private <T> T required(String column, @Nullable T value) throws SQLException {
        if (value == null) {
            throw new UnreadableRow(
                    "Column " + column + " is missing or null, but must have a value; correct the row", null);
        }
        return value;
    }
}
