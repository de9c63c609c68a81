package dev.watchword.otp.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The rows in the tables of a store as plain SQL for every product, and the time of the dump. */
record Dump(Instant at, List<String> inserts) {
    /** Each table comes after the tables that it refers to. */
    private static final List<String> TABLES = List.of(
            "enrolment",
            "user_id",
            "batch",
            "serial",
            "token",
            "event",
            "reason",
            "anchor",
            "consumer",
            "feed",
            "feed_decision",
            "key_check");

    private static final Set<String> GENERATED = Set.of("unfed", "stock_state");

    static Dump of(DataSource database, Instant at) throws SQLException {
        List<String> inserts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM otp_" + table + " ORDER BY 1, 2")) {
                    while (rows.next()) {
                        inserts.add(insert(table, rows));
                    }
                }
            }
        }
        return new Dump(at, inserts);
    }

    private static String insert(String table, ResultSet row) throws SQLException {
        ResultSetMetaData metaData = row.getMetaData();
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            String column = metaData.getColumnName(i).toLowerCase(Locale.ROOT);
            String value = literal(metaData.getColumnType(i), row, i);
            if (!GENERATED.contains(column) && !value.equals("NULL")) {
                columns.add(column);
                values.add(value);
            }
        }
        return "INSERT INTO ${prefix}" + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", values) + ");";
    }

    private static String literal(int type, ResultSet row, int i) throws SQLException {
        if (row.getObject(i) == null) {
            return "NULL";
        }
        return switch (type) {
            case Types.BINARY, Types.VARBINARY -> "X'" + HexFormat.of().formatHex(row.getBytes(i)) + "'";
            case Types.BOOLEAN, Types.BIGINT, Types.INTEGER -> row.getString(i);
            default -> "'" + row.getString(i).replace("'", "''") + "'";
        };
    }

    static Dump read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return new Dump(Instant.parse(lines.get(0).substring("-- ".length())), lines.subList(1, lines.size()));
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                inserts.stream().collect(Collectors.joining("\n", "-- " + at + "\n", "\n")),
                StandardCharsets.UTF_8);
    }

    void load(DataSource database, Product product, TablePrefix prefix) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String insert : inserts) {
                String sql = prefix.inScript(insert);
                statement.execute(product == Product.POSTGRESQL ? sql.replaceAll("X'([0-9a-f]*)'", "'\\\\x$1'") : sql);
            }
        }
    }
}
