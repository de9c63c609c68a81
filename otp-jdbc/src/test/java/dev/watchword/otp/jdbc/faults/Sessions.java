package dev.watchword.otp.jdbc.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The sessions of a database: what a dead client had asked for may still be worked on. */
final class Sessions {
    private static final String OF_POSTGRESQL = """
            SELECT COUNT(*) FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()""";

    private static final String OF_MARIADB = """
            SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()""";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Sessions() {}

    /** Waits until nobody else is connected. */
    static void awaitNone(String url) throws SQLException {
        String sql = url.startsWith("jdbc:postgresql:") ? OF_POSTGRESQL : OF_MARIADB;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            while (count(statement, sql) > 0) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("Somebody is still connected to " + url);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static int count(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
