package dev.watchword.otp.jdbc.support;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads and changes rows by plain SQL, as a forger does. */
public final class Rows {
    private static final Set<String> GENERATED = Set.of("unfed", "stock_state");

    private final DataSource database;

    public Rows(DataSource database) {
        this.database = database;
    }

    /** A row: its table, its key and its values in the order of the columns. */
    public record Row(String table, String condition, Map<String, @Nullable Object> values) {
        public @Nullable Object value(String column) {
            return values.get(column);
        }
    }

    /** Reads one row. */
    public Row read(String table, String condition) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table + " WHERE " + condition)) {
            if (!row.next()) {
                throw new IllegalStateException("There is no row of " + table + " with " + condition);
            }
            ResultSetMetaData columns = row.getMetaData();
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String name = columns.getColumnName(i).toLowerCase(Locale.ROOT);
                Object value = row.getObject(i);
                values.put(name, value);
            }
            return new Row(table, condition, values);
        }
    }

    /** Sets one column of a row. */
    public void set(Row row, String column, @Nullable Object value) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(column, value);
        update(row.table(), row.condition(), values);
    }

    /** Writes the values of a row into the row of a condition, without columns that the database generates. */
    public void put(Row row, String condition, Set<String> without) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        values.keySet().removeAll(GENERATED);
        values.keySet().removeAll(without);
        update(row.table(), condition, values);
    }

    /** Inserts a copy of a row with some other values. */
    public void insert(Row row, Map<String, String> others) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        values.keySet().removeAll(GENERATED);
        values.putAll(others);
        String sql = "INSERT INTO " + row.table() + " (" + String.join(", ", values.keySet()) + ") VALUES ("
                + "?, ".repeat(values.size() - 1) + "?)";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int place = 0;
            for (Object value : values.values()) {
                statement.setObject(++place, value);
            }
            statement.executeUpdate();
        }
    }

    /** Returns whether the database computes a column, so that no statement can set it. */
    public static boolean isGenerated(String column) {
        return GENERATED.contains(column);
    }

    /** Writes some values of a row back, in one statement. */
    public void putOnly(Row row, Set<String> columns) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        values.keySet().retainAll(columns);
        update(row.table(), row.condition(), values);
    }

    private void update(String table, String condition, Map<String, @Nullable Object> values) throws SQLException {
        String assignments =
                values.keySet().stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
        List<@Nullable Object> all = new ArrayList<>(values.values());
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "UPDATE " + table + " SET " + assignments + " WHERE " + condition)) {
            for (int i = 0; i < all.size(); i++) {
                statement.setObject(i + 1, all.get(i));
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("One row of " + table + " must have " + condition);
            }
        }
    }

    /** Executes statements. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
