package dev.watchword.otp.jdbc;

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

/** A PostgreSQL server with its port and its data, primary or standby. Used by one thread at a time. */
final class PostgresqlNode {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration READY = Duration.ofMinutes(1);

    private final Workplace workplace;
    private final String name;
    private final Path data;
    private final int port;

    private @Nullable Process process;

    PostgresqlNode(Workplace workplace, String name, int port) {
        this.workplace = workplace;
        this.name = name;
        this.data = workplace.folder().resolve(name);
        this.port = port;
    }

    static void requirePackages() {
        Workplace.require("postgresql", VERSIONS);
        Workplace.require("postgresql", Path.of(program("postgres")), Path.of(program("pg_basebackup")));
    }

    /** A program of the newest version. */
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

    int port() {
        return port;
    }

    /** The URL of a database at this server, whether it is primary or standby. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database
                + "?user=postgres&connectTimeout=2&socketTimeout=5";
    }

    /** Makes the data of a primary. */
    void create() {
        workplace.run(
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

    /** Makes the data of a standby of a primary, in place of what was there. */
    void copy(PostgresqlNode primary) {
        Workplace.delete(data);
        workplace.run(
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

    /** Starts it, and waits until it answers. */
    void start() {
        process = workplace.start(
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
                () -> workplace.lastOf(name + ".log"));
    }

    /** Ends it with SIGKILL. */
    void kill() {
        if (process != null) {
            Workplace.kill(process);
        }
    }

    /** Makes a standby a primary, which does not wait for a standby. */
    void promote() {
        workplace.run(name + ".log", List.of(program("pg_ctl"), "promote", "--wait", "--pgdata=" + data));
        waitFor(null);
    }

    /** Acknowledges commits from now on after a standby has them, and returns when it has all that came before; or waits for none. */
    void waitFor(@Nullable PostgresqlNode standby) {
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

    /** Carries out a statement. */
    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(name + " did not carry out " + sql, e);
        }
    }

    /** The first value that a query finds, as text; or nothing. */
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
