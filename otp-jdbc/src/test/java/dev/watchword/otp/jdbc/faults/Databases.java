package dev.watchword.otp.jdbc.faults;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.Server;

/** Databases with the schema, as URLs. */
final class Databases {
    private Databases() {}

    /** A new one on a server. */
    static String of(Server server) {
        try (HikariDataSource database = server.database("")) {
            JdbcSchema.apply(database);
            return database.getJdbcUrl();
        }
    }

    /** One that is there already. */
    static void applySchema(String url) {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(url);
            JdbcSchema.apply(database);
        }
    }
}
