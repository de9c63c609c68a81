package dev.watchword.otp.jdbc.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The sessions of a database. The server may still execute the request of a dead client. */
final class Sessions {
    private static final String OF_POSTGRESQL = """
            SELECT state || ' ' || query FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = current_setting('application_name')
                AND pid <> pg_backend_pid()""";

    private static final String OF_MARIADB = """
            SELECT CONCAT_WS(' ', COMMAND, TIME, STATE, INFO) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()""";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Sessions() {}

    /** Waits until no other session is connected. */
    static void awaitNone(String url) throws SQLException {
        if (url.startsWith("jdbc:sqlite:")) {
            return; // the sessions of SQLite end with their process
        }
        String sql = url.startsWith("jdbc:postgresql:") ? OF_POSTGRESQL : OF_MARIADB;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            List<String> others = others(statement, sql);
            while (!others.isEmpty()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("Somebody is still connected to " + url + ": " + others);
                }
                LockSupport.parkNanos(LOOK_NANOS);
                others = others(statement, sql);
            }
        }
    }

    private static List<String> others(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> others = new ArrayList<>();
            while (rows.next()) {
                others.add(String.valueOf(rows.getString(1)));
            }
            return others;
        }
    }
}
