package dev.watchword.otp.bench.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.servers.LocalServers;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A database product, started with settings that keep each commit when its process dies. */
enum Product {
    POSTGRESQL {
        @Override
        String start() throws Exception {
            int port = LocalServers.postgresql(Map.of(
                    "synchronous_commit", "on",
                    "fsync", "on",
                    "max_connections", "200",
                    "shared_buffers", "512MB",
                    "max_wal_size", "4GB"));
            return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&socketTimeout=10";
        }
    },
    MARIADB {
        @Override
        String start() throws Exception {
            int port = LocalServers.mariadb(List.of("--max-connections=200", "--innodb-buffer-pool-size=512M"));
            return "jdbc:mariadb://127.0.0.1:" + port
                    + "/test?user=root&sslMode=disable&createDatabaseIfNotExist=true&socketTimeout=10000";
        }
    },
    SQLITE {
        @Override
        String start() throws Exception {
            return "jdbc:sqlite:" + Files.createTempDirectory("watchword").resolve("tokens")
                    + "?journal_mode=WAL&synchronous=FULL&foreign_keys=true&busy_timeout=10000";
        }
    };

    private static final int CONNECTIONS = 64;

    /** Starts the database and returns its URL. */
    abstract String start() throws Exception;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Creates a pool of connections to a new database with the schema. */
    HikariDataSource database() throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(start());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        HikariDataSource database = new HikariDataSource(pool);
        JdbcSchema.apply(database);
        return database;
    }
}
