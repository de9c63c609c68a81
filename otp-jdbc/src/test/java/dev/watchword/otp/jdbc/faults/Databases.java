package dev.watchword.otp.jdbc.faults;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.support.Server;

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

    /** Returns the URL of an existing database. */
    static void applySchema(String url) {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(url);
            JdbcSchema.apply(database);
        }
    }
}
