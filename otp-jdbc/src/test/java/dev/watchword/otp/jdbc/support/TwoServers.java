package dev.watchword.otp.jdbc.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.Distribution;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.TablePrefix;
import dev.watchword.otp.jdbc.servers.LocalServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of the schema by holder on two servers of PostgreSQL. Each distributed table has one partition on the first server
 * and one on the second, which {@code postgres_fdw} joins. The tables of which every node would have all rows are on the first
 * server, and the batches on both. The first server lists the extension Citus, so the store sends the statements for Citus.
 */
public final class TwoServers {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** No server finds a deadlock with locks on both. */
    private static final String LOCK_TIMEOUT = "&options=-c%20lock_timeout=3s";

    private static int port;

    private TwoServers() {}

    /** As on Citus, each server has every batch, so that the foreign key of the serial numbers holds there. */
    private static final String COPY_OF_BATCH = """
            CREATE FUNCTION copy_batch() RETURNS TRIGGER LANGUAGE plpgsql AS $$
            BEGIN
                CASE TG_OP
                    WHEN 'INSERT' THEN INSERT INTO there.otp_batch VALUES (NEW.*);
                    WHEN 'UPDATE' THEN UPDATE there.otp_batch SET published = NEW.published
                        WHERE service_id = NEW.service_id AND batch = NEW.batch;
                    WHEN 'DELETE' THEN DELETE FROM there.otp_batch WHERE service_id = OLD.service_id AND batch = OLD.batch;
                END CASE;
                RETURN NULL;
            END $$""";

    /** As on Citus, no row changes its distribution key. */
    private static final String FIXED_KEY = """
            CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''the key of the row is fixed'' USING ERRCODE = ''0A000''; END'""";

    /** Returns a pool on a new database. Its connections lead to the first server, which has all tables. */
    public static HikariDataSource pool() {
        HikariDataSource local = Server.POSTGRESQL.database("&currentSchema=own");
        try (local) {
            create(local, remote());
        } catch (SQLException e) {
            throw new IllegalStateException("Two servers cannot be joined", e);
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(local.getJdbcUrl().replace("currentSchema=own", "currentSchema=public,own") + LOCK_TIMEOUT);
        pool.setMaximumPoolSize(local.getMaximumPoolSize());
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    /** A task with a connection to one server. */
    public interface Task {
        void run(Connection connection) throws SQLException;
    }

    /** Runs a task on each server, with the tables of that server. */
    public static void onEach(HikariDataSource pool, Task task) throws SQLException {
        try (Connection first = DriverManager.getConnection(
                pool.getJdbcUrl().replace("currentSchema=public,own", "currentSchema=own"))) {
            task.run(first);
            String remote;
            try (Statement statement = first.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT option_value FROM information_schema.foreign_server_options
                            WHERE option_name = 'dbname'""")) {
                row.next();
                remote = row.getString(1);
            }
            try (Connection second = DriverManager.getConnection(url(remote))) {
                task.run(second);
            }
        }
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    private static void create(HikariDataSource local, String remote) throws SQLException {
        execute(local, "CREATE SCHEMA own");
        FakeCitus.install(local);
        JdbcSchema.apply(local, TablePrefix.DEFAULT, Distribution.BY_HOLDER);
        execute(
                local,
                "CREATE EXTENSION postgres_fdw SCHEMA pg_catalog",
                "CREATE SERVER second FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + port
                        + "', dbname '" + remote + "', options '-c lock_timeout=3s')",
                "CREATE USER MAPPING FOR PUBLIC SERVER second OPTIONS (user 'postgres', password 'any')",
                "CREATE SCHEMA there",
                "IMPORT FOREIGN SCHEMA public LIMIT TO (otp_batch) FROM SERVER second INTO there",
                COPY_OF_BATCH,
                "CREATE TRIGGER copied AFTER INSERT OR UPDATE OR DELETE ON otp_batch FOR EACH ROW"
                        + " EXECUTE FUNCTION copy_batch()");
        for (Map.Entry<String, String> table : FakeCitus.layout(local).keys().entrySet()) {
            String name = table.getKey();
            execute(
                    local,
                    "CREATE TABLE public." + name + " (LIKE own." + name
                            + " INCLUDING DEFAULTS INCLUDING GENERATED) PARTITION BY HASH (" + table.getValue() + ")",
                    "ALTER TABLE public." + name + " ATTACH PARTITION own." + name
                            + " FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                    "CREATE FOREIGN TABLE there." + name + " PARTITION OF public." + name
                            + " FOR VALUES WITH (MODULUS 2, REMAINDER 1) SERVER second"
                            + " OPTIONS (schema_name 'public', table_name '" + name + "')");
        }
        fixKeys(local);
    }

    private static void fixKeys(HikariDataSource database) throws SQLException {
        execute(database, FIXED_KEY);
        for (Map.Entry<String, String> table : FakeCitus.layout(database).keys().entrySet()) {
            String key = table.getValue();
            execute(
                    database,
                    "CREATE TRIGGER fixed BEFORE UPDATE ON " + table.getKey() + " FOR EACH ROW WHEN (OLD." + key
                            + " IS DISTINCT FROM NEW." + key + ") EXECUTE FUNCTION refuse()");
        }
    }

    /** Creates the tables on the second server, and returns the name of their database. */
    private static synchronized String remote() throws SQLException {
        if (port == 0) {
            port = Ports.free(1).get(0);
            try {
                LocalServers.postgresql(port, Map.of("max_connections", "200"));
            } catch (IOException e) {
                throw new IllegalStateException("The second server does not start", e);
            }
        }
        String name = "second" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url(name));
        pool.setMaximumPoolSize(1);
        try (HikariDataSource database = new HikariDataSource(pool)) {
            FakeCitus.install(database);
            JdbcSchema.apply(database, TablePrefix.DEFAULT, Distribution.BY_HOLDER);
            fixKeys(database);
        }
        return name;
    }

    private static void execute(HikariDataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
