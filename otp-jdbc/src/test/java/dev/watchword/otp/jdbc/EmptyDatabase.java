package dev.watchword.otp.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Opens new, empty databases of each product, and runs plain SQL in them. */
final class EmptyDatabase {
    private EmptyDatabase() {}

    static HikariDataSource of(Product product) {
        return switch (product) {
            case H2 -> h2();
            case SQLITE -> sqlite();
            case POSTGRESQL -> Server.POSTGRESQL.database("");
            case MARIADB -> Server.MARIADB.database("");
        };
    }

    /** Returns a pool on a new file, which stays until this process ends. */
    private static HikariDataSource sqlite() {
        try {
            Path folder = Files.createTempDirectory("sqlite");
            folder.toFile().deleteOnExit();
            for (String suffix : List.of("", "-wal", "-shm")) {
                folder.resolve("tokens" + suffix).toFile().deleteOnExit();
            }
            return sqlite(folder.resolve("tokens"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a pool as an application configures it. */
    static HikariDataSource sqlite(Path file) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl("jdbc:sqlite:" + file);
        pool.addDataSourceProperty("journal_mode", "WAL");
        pool.addDataSourceProperty("synchronous", "FULL");
        pool.addDataSourceProperty("foreign_keys", "true");
        pool.addDataSourceProperty("busy_timeout", "10000");
        pool.setMaximumPoolSize(40);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    private static HikariDataSource h2() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        pool.setUsername("sa");
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the values of all rows, one after the other. */
    static List<String> query(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
            }
            return values;
        }
    }
}
