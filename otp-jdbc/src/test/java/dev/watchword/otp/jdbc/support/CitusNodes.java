package dev.watchword.otp.jdbc.support;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The servers of a Citus cluster on this machine that runs already. The tests kill and restart them.
 *
 * <ul>
 *   <li>{@code -Dcitus.url=jdbc:postgresql://127.0.0.1:…/…?user=…} is the coordinator, without {@code currentSchema}.
 *   <li>{@code -Dcitus.nodes=folder,folder,…} are the data directories of all servers, the coordinator first. Each
 *       {@code postgresql.conf} has the port of its server. The user is a superuser.
 * </ul>
 *
 * <p>Each cluster of this class is a new schema. For use by one thread, except {@link #kill} and {@link #restart}.
 */
public final class CitusNodes implements AutoCloseable {
    /** The property that enables the tests. */
    public static final String URL = "citus.url";

    /** The number of the coordinator among the servers. Its workers follow. */
    public static final int COORDINATOR = 0;

    private static final Duration READY = Duration.ofMinutes(1);

    /** A prepared transaction keeps its locks, and no process has them. */
    private static final String PREPARED = """
            SELECT 1 FROM pg_prepared_xacts p
            JOIN pg_locks x ON x.transactionid = p.transaction AND x.pid IS NULL
            JOIN pg_locks l ON l.virtualtransaction = x.virtualtransaction AND l.pid IS NULL
            JOIN pg_class c ON c.oid = l.relation
            WHERE c.relnamespace = current_schema()::regnamespace""";

    private static final String PATIENT = "&socketTimeout=60";

    private final ServerFolder serverFolder;
    private final String url;
    private final String schema;
    private final List<Path> folders;
    private final List<Integer> ports = new ArrayList<>();

    private CitusNodes(ServerFolder serverFolder, String url, String schema, List<Path> folders) {
        this.serverFolder = serverFolder;
        this.url = url;
        this.schema = schema;
        this.folders = folders;
        for (Path folder : folders) {
            ports.add(Integer.parseInt(pidFile(folder).get(3)));
        }
    }

    /** Creates a new schema. Throws an exception if a server is missing. */
    public static CitusNodes open() {
        String url = requireNonNull(System.getProperty(URL), "-Dcitus.url is missing");
        List<Path> folders = Stream.of(requireNonNull(System.getProperty("citus.nodes"), "-Dcitus.nodes is missing")
                        .split(",", -1))
                .map(Path::of)
                .toList();
        try {
            ServerFolder serverFolder = new ServerFolder(
                    Files.getOwner(folders.get(COORDINATOR)).getName(),
                    String.valueOf(Files.getAttribute(folders.get(COORDINATOR), "posix:group")));
            String schema = "watchword" + ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
            CitusNodes nodes = new CitusNodes(serverFolder, url, schema, folders);
            for (int i = 0; i < folders.size(); i++) {
                nodes.execute(i, "SELECT citus_version()");
            }
            nodes.execute(COORDINATOR, "CREATE SCHEMA " + schema);
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException("The folders of -Dcitus.nodes cannot be read", e);
        }
    }

    /** Returns the lines of {@code postmaster.pid}: the process comes first, and the port is the fourth line. */
    private static List<String> pidFile(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException("No server runs in " + folder, e);
        }
    }

    /** Returns the URL of the schema at the coordinator. Its connections have a name that no other test uses. */
    public String url() {
        return url(COORDINATOR);
    }

    /** Returns the URL of the schema at a server. */
    private String url(int node) {
        String server = node == COORDINATOR ? url : url.replaceFirst(":\\d+/", ":" + ports.get(node) + "/");
        return server + "&currentSchema=" + schema + "&ApplicationName=" + schema + "&connectTimeout=2";
    }

    public String schema() {
        return schema;
    }

    /** Returns the numbers of the workers. */
    public List<Integer> workers() {
        return IntStream.range(1, folders.size()).boxed().toList();
    }

    /** Returns the worker that has the rows of a table with a value of its distribution column. */
    public int workerOf(String table, String value) {
        int port = Integer.parseInt(query(
                COORDINATOR,
                "SELECT nodeport FROM citus_shards WHERE shardid = get_shard_id_for_distribution_column('" + table
                        + "', '" + value + "')"));
        return ports.indexOf(port);
    }

    /** Ends a server and its sessions with SIGKILL. */
    public void kill(int node) {
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(pidFile(folders.get(node)).get(0)))
                .orElseThrow(() -> new IllegalStateException("No server runs in " + folders.get(node)));
        List<ProcessHandle> sessions = postmaster.children().toList();
        postmaster.destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
    }

    /** Starts a killed server, and waits until it answers. */
    public void restart(int node) {
        Path folder = folders.get(node);
        Path control = Path.of("/usr/lib/postgresql", version(folder), "bin", "pg_ctl");
        ServerFolder.require("postgresql", control);
        List<String> start = List.of(
                control.toString(),
                "start",
                "--wait",
                "--pgdata=" + folder,
                "--log=" + folder.resolve("watchword.log"));
        Await.until(folder + " starts", READY, () -> {
            // The process may be a zombie, which the server would take for another server.
            Files.deleteIfExists(folder.resolve("postmaster.pid"));
            String unused = serverFolder.run("control.log", start);
            return true;
        });
        Await.until(
                folder + " answers", READY, () -> query(node, "SELECT 'here'").equals("here"));
    }

    private static String version(Path folder) {
        try {
            return Files.readString(folder.resolve("PG_VERSION")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Commits or rolls back what a killed server left prepared, until nothing is left. The maintenance daemon of Citus does
     * the same once a minute.
     */
    public void recover() {
        Await.until("no transaction stays prepared", READY, () -> {
            String unused = query(COORDINATOR, "SELECT recover_prepared_transactions()");
            for (int node = 0; node < folders.size(); node++) {
                if (prepared(node) > 0) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Returns the number of the transactions that are prepared at a server, for a second or longer after a recovery. */
    private int prepared(int node) {
        return Integer.parseInt(
                query(node, "SELECT COUNT(*) FROM pg_prepared_xacts WHERE prepared < now() - INTERVAL '1 second'"));
    }

    /** Waits until a server has prepared a transaction that wrote to this schema. Returns false if it has not in time. */
    public boolean awaitPrepared(int node, Duration limit) {
        try (Connection connection = DriverManager.getConnection(url(node) + PATIENT);
                Statement statement = connection.createStatement()) {
            statement.execute("SET citus.override_table_visibility TO off"); // it hides the shards
            long deadline = System.nanoTime() + limit.toNanos();
            do {
                try (ResultSet row = statement.executeQuery(PREPARED)) {
                    if (row.next()) {
                        return true;
                    }
                }
            } while (System.nanoTime() - deadline < 0);
            return false;
        } catch (SQLException e) {
            throw new IllegalStateException(folders.get(node) + " does not tell what it prepared", e);
        }
    }

    /** Executes a statement at a server, in the schema. */
    public void execute(int node, String sql) {
        try (Connection connection = DriverManager.getConnection(url(node) + PATIENT);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(folders.get(node) + " did not execute " + sql, e);
        }
    }

    /** Returns the first value of a query as text, or empty text. */
    public String query(int node, String sql) {
        try (Connection connection = DriverManager.getConnection(url(node) + PATIENT);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(folders.get(node) + " did not answer " + sql, e);
        }
    }

    /** Drops the schema. */
    @Override
    public void close() {
        recover();
        execute(COORDINATOR, "DROP SCHEMA " + schema + " CASCADE");
        serverFolder.close();
    }
}
