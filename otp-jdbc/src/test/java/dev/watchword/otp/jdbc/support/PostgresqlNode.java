package dev.watchword.otp.jdbc.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server with its port and its data, primary or standby. For use by one thread. */
public final class PostgresqlNode {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration READY = Duration.ofMinutes(1);

    private final ServerFolder serverFolder;
    private final String name;
    private final Path data;
    private final int port;

    private @Nullable Process process;

    PostgresqlNode(ServerFolder serverFolder, String name, int port) {
        this.serverFolder = serverFolder;
        this.name = name;
        this.data = serverFolder.folder().resolve(name);
        this.port = port;
    }

    static void requirePackages() {
        ServerFolder.require("postgresql", VERSIONS);
        ServerFolder.require("postgresql", Path.of(program("postgres")), Path.of(program("pg_basebackup")));
    }

    /** Returns a program of the newest installed version. */
    private static String program(String name) {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .orElse(VERSIONS)
                    .resolve("bin")
                    .resolve(name)
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException(VERSIONS + " cannot be read", e);
        }
    }

    public int port() {
        return port;
    }

    /** Returns the URL of a database on this server, primary or standby. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database
                + "?user=postgres&connectTimeout=2&socketTimeout=5";
    }

    /** Creates the data of a primary. */
    public void create() {
        serverFolder.run(
                name + ".log",
                List.of(
                        program("initdb"),
                        "--no-sync",
                        "--pgdata=" + data,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C"));
    }

    /** Replaces the data with a copy of a primary's, so that this node can run as a standby. */
    void copy(PostgresqlNode primary) {
        ServerFolder.delete(data);
        serverFolder.run(
                name + ".log",
                List.of(
                        program("pg_basebackup"),
                        "--no-sync",
                        "--wal-method=stream",
                        "--checkpoint=fast",
                        "--write-recovery-conf",
                        "--pgdata=" + data,
                        "--dbname=host=127.0.0.1 port=" + primary.port + " user=postgres application_name=" + name));
    }

    /** Starts the server, and waits until it answers. */
    public void start() {
        process = serverFolder.start(
                name + ".log",
                List.of(
                        program("postgres"),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=300",
                        "-c",
                        "wal_keep_size=256MB",
                        "-c",
                        "fsync=off"));
        Await.until(
                name + " answers",
                READY,
                () -> query("SELECT 'here'").equals("here"),
                () -> serverFolder.lastOf(name + ".log"));
    }

    /** Ends the server with SIGKILL. */
    public void kill() {
        if (process != null) {
            ServerFolder.kill(process);
        }
    }

    /** Makes this standby a primary that does not wait for a standby. */
    public void promote() {
        serverFolder.run(name + ".log", List.of(program("pg_ctl"), "promote", "--wait", "--pgdata=" + data));
        waitFor(null);
    }

    /**
     * Makes commits wait for a standby, and waits until the standby has caught up. With null, commits wait for no
     * standby.
     */
    public void waitFor(@Nullable PostgresqlNode standby) {
        execute(
                standby == null
                        ? "ALTER SYSTEM RESET synchronous_standby_names"
                        : "ALTER SYSTEM SET synchronous_standby_names = '" + standby.name + "'");
        execute("SELECT pg_reload_conf()");
        if (standby != null) {
            Await.until(
                    standby.name + " is waited for",
                    READY,
                    () -> query("SELECT sync_state FROM pg_stat_replication WHERE application_name = '" + standby.name
                                    + "'")
                            .equals("sync"));
            String position = query("SELECT pg_current_wal_lsn()");
            Await.until(
                    standby.name + " has all",
                    READY,
                    () -> query("SELECT flush_lsn >= '" + position
                                    + "' FROM pg_stat_replication WHERE application_name = '" + standby.name + "'")
                            .equals("t"));
        }
    }

    /** Executes a statement. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(name + " did not carry out " + sql, e);
        }
    }

    /** Returns the first value of a query as text, or empty text. */
    private String query(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(name + " did not answer " + sql, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
