package dev.watchword.otp.jdbc.faults;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.Server;
import java.util.Locale;

/** Clients that are killed in the midst of what they do. */
final class ClientKills {
    private ClientKills() {}

    static void run(Server server, int count) throws Exception {
        String url = schema(server);
        try (Trial trial = new Trial(server.name().toLowerCase(Locale.ROOT) + " client-kills")) {
            for (int i = 0; i < count; i++) {
                trial.round(url, url, "kill", ClientProcess::kill);
            }
        }
    }

    /** The URL of a new database with the schema. */
    static String schema(Server server) {
        try (HikariDataSource database = server.database("")) {
            JdbcSchema.apply(database);
            return database.getJdbcUrl();
        }
    }
}
