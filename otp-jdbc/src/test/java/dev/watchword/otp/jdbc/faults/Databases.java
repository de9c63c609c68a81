package dev.watchword.otp.jdbc.faults;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.support.Server;
import java.nio.file.Path;

/** Databases with the schema, as URLs. */
final class Databases {
    private Databases() {}

    /** Returns the URL of a new database on a server. */
    static String of(Server server) {
        try (HikariDataSource database = server.database("")) {
            JdbcSchema.apply(database);
            return database.getJdbcUrl();
        }
    }

    /** Returns the URL of an SQLite file, with the settings that the store needs. */
    static String of(Path file) {
        return "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&foreign_keys=true&busy_timeout=10000";
    }

    /** Returns the URL of an existing database. */
    static void applySchema(String url) {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(url);
            JdbcSchema.apply(database);
        }
    }
}
