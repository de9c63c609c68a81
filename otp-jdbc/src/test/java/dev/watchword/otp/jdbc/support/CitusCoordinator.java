package dev.watchword.otp.jdbc.support;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The coordinator of a Citus cluster that runs already. The system property {@code citus.url} is its JDBC URL, with the user and
 * without {@code currentSchema}.
 */
public final class CitusCoordinator {
    private static final int CONNECTIONS = 40;

    private CitusCoordinator() {}

    public static String url() {
        return requireNonNull(System.getProperty("citus.url"), "-Dcitus.url");
    }

    /** Creates an empty schema, and returns a pool whose connections use it. */
    public static HikariDataSource schema() {
        String name = "watchword" + ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        execute("CREATE SCHEMA " + name);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url() + (url().contains("?") ? "&" : "?") + "currentSchema=" + name);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    /** Closes a pool, and drops its schema with all tables. */
    public static void drop(HikariDataSource schema) {
        schema.close();
        execute("DROP SCHEMA " + name(schema) + " CASCADE");
    }

    /** Returns the name of a schema. */
    public static String name(HikariDataSource schema) {
        return schema.getJdbcUrl().replaceFirst(".*currentSchema=", "");
    }

    private static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The coordinator at citus.url did not execute " + sql, e);
        }
    }
}
