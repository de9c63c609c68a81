package dev.watchword.otp.jdbc.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.servers.LocalServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Real servers. Each starts once for all tests and has any number of databases. */
public enum Server {
    POSTGRESQL {
        @Override
        String start() throws Exception {
            int port = LocalServers.postgresql(Map.of("synchronous_commit", "on", "max_connections", "200"));
            return "jdbc:postgresql://127.0.0.1:" + port + "/%s?user=postgres%s";
        }

        @Override
        String home() {
            return "postgres";
        }

        @Override
        String create(String name) {
            return "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'";
        }

        @Override
        public String inZone(ZoneId zone) {
            return "&options=-c%20TimeZone=" + zone;
        }
    },
    MARIADB {
        @Override
        String start() throws Exception {
            int port = LocalServers.mariadb(List.of("--max-connections=200", "--innodb-flush-method=nosync"));
            String url = "jdbc:mariadb://127.0.0.1:" + port + "/%s?user=root&sslMode=disable%s";
            checkAccess(String.format(url, home(), ""));
            return url;
        }

        /** The server starts without access checks. Afterwards it checks them. */
        private void checkAccess(String url) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("FLUSH PRIVILEGES");
                statement.execute("ALTER USER root@localhost IDENTIFIED BY ''");
                statement.execute("DROP USER IF EXISTS ''@localhost");
            }
        }

        @Override
        String home() {
            return "mysql";
        }

        @Override
        String create(String name) {
            return "CREATE DATABASE " + name;
        }

        @Override
        public String inZone(ZoneId zone) {
            return "&sessionVariables=time_zone='" + zone.getRules().getOffset(Instant.EPOCH) + "'";
        }
    };

    /** The size of a pool. The races use more threads than connections. */
    private static final int CONNECTIONS = 40;

    private static final Map<Server, String> URLS = new HashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /**
     * Starts the server for the life of this process. Returns its URL, with place holders for a database and
     * parameters.
     */
    abstract String start() throws Exception;

    /** Returns a database that always exists. */
    abstract String home();

    abstract String create(String name);

    /** Returns the URL parameters for sessions in a time zone. */
    public abstract String inZone(ZoneId zone);

    private synchronized String url(String database, String parameters) {
        synchronized (URLS) {
            String url = URLS.computeIfAbsent(this, server -> {
                try {
                    return server.start();
                } catch (Exception e) {
                    throw new IllegalStateException(server + " does not start", e);
                }
            });
            return String.format(url, database, parameters);
        }
    }

    /** Returns a new, empty database. */
    public HikariDataSource database(String parameters) {
        String name = "watchword" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(home(), ""));
                Statement statement = connection.createStatement()) {
            statement.execute(create(name));
        } catch (SQLException e) {
            throw new IllegalStateException(this + " has no new database", e);
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url(name, parameters));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    /** Returns a new database with the schema. */
    public DataSource databaseWithSchema() {
        DataSource database = database("");
        JdbcSchema.apply(database);
        return database;
    }
}
