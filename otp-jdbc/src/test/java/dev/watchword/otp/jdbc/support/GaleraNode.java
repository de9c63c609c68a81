package dev.watchword.otp.jdbc.support;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node of a Galera cluster: a MariaDB server with its port and its data. For use by one thread. */
public final class GaleraNode {
    private static final Path PROGRAM = Path.of("/usr/sbin/mariadbd");
    private static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");
    private static final Pattern POSITION = Pattern.compile("Recovered position:? *([0-9a-f-]{36}:-?\\d+)");

    /** Long enough for the state transfer of a whole node. */
    private static final Duration READY = Duration.ofMinutes(2);

    private final ServerFolder serverFolder;
    private final String name;
    private final int port;
    private final Path settings;

    private @Nullable Process process;

    GaleraNode(ServerFolder serverFolder, String name, Path data, Addresses addresses, String cluster) {
        this.serverFolder = serverFolder;
        this.name = name;
        this.port = addresses.sql();
        this.settings = serverFolder.write(name + ".cnf", settings(data, addresses, cluster));
    }

    private String settings(Path data, Addresses addresses, String cluster) {
        List<String> provider = List.of(
                "base_port=" + addresses.group(),
                "gmcast.listen_addr=tcp://127.0.0.1:" + addresses.group(),
                "ist.recv_addr=127.0.0.1:" + addresses.missed(),
                "pc.recovery=no",
                "gcache.size=32M");
        return String.join(
                "\n",
                "[mariadbd]",
                "datadir=" + data,
                "socket=" + data.resolve("sql.sock"),
                "pid-file=" + data.resolve("node.pid"),
                "bind-address=127.0.0.1",
                "port=" + port,
                "skip-name-resolve",
                "max-connections=300",
                "innodb-buffer-pool-size=64M",
                "innodb-log-file-size=8M",
                "innodb-flush-log-at-trx-commit=2",
                "innodb-autoinc-lock-mode=2",
                "binlog-format=ROW",
                "wsrep-on=ON",
                "wsrep-provider=" + PROVIDER,
                "wsrep-provider-options=" + String.join(";", provider),
                "wsrep-cluster-name=watchword",
                "wsrep-cluster-address=gcomm://" + cluster,
                "wsrep-node-name=" + name,
                "wsrep-node-address=127.0.0.1",
                "wsrep-sst-method=rsync",
                "wsrep-sst-receive-address=127.0.0.1:" + addresses.state(),
                "");
    }

    /** The ports of a node: for SQL, the group, incremental and full state transfers. */
    record Addresses(int sql, int group, int missed, int state) {}

    static void requirePackages() {
        ServerFolder.require("mariadb-server galera-4 rsync", PROGRAM, PROVIDER, Path.of("/usr/bin/rsync"));
    }

    /** Returns the port for clients, on loopback. */
    public int port() {
        return port;
    }

    /** Returns the URL of a database on this node. Reads see changes that another node has acknowledged. */
    public String url(String database) {
        return url("127.0.0.1:" + port, database);
    }

    public static String url(String addresses, String database) {
        return "jdbc:mariadb://" + addresses + "/" + database
                + "?user=root&sslMode=disable&sessionVariables=wsrep_sync_wait=1";
    }

    /** Starts the first node of a new cluster. */
    void startCluster() {
        start("--wsrep-new-cluster");
    }

    /** Starts a node that joins the others and copies the data that it lacks. */
    public void join() {
        start();
    }

    private void start(String... options) {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(options));
        process = serverFolder.start(log(), command);
    }

    private List<String> command() {
        return List.of(PROGRAM.toString(), "--defaults-file=" + settings);
    }

    private String log() {
        return name + ".log";
    }

    /** Ends the node with SIGKILL. */
    public void kill() {
        if (process != null) {
            ServerFolder.kill(process);
        }
    }

    /** Restarts a killed node with its data. Does not wait until the node is synced. */
    public void restart() {
        String recovery = name + "-recovery.log";
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(
                "--wsrep-recover", "--log-error=" + serverFolder.folder().resolve(recovery)));
        serverFolder.run(name + "-recovery.out", command);
        Matcher positions = POSITION.matcher(serverFolder.lastOf(recovery));
        String last = null;
        while (positions.find()) {
            last = positions.group(1);
        }
        if (last == null) {
            start();
        } else {
            start("--wsrep-start-position=" + last);
        }
    }

    /** Waits until the node has all data of the others and accepts statements. */
    public void awaitSynced() {
        Await.until(
                name + " is synced",
                READY,
                () -> "4".equals(status("wsrep_local_state")) && "ON".equals(status("wsrep_ready")),
                () -> serverFolder.lastOf(log()));
    }

    /** Waits until the node sees a cluster of a given size, including itself. */
    public void awaitSize(int size) {
        Await.until(
                name + " sees " + size + " nodes",
                READY,
                () -> Integer.toString(size).equals(status("wsrep_cluster_size")),
                () -> serverFolder.lastOf(log()));
    }

    /** Waits until the node has lost the quorum and rejects changes. */
    public void awaitQuorumLost() {
        Await.until(
                name + " is in no quorum",
                READY,
                () -> "OFF".equals(status("wsrep_ready")),
                () -> serverFolder.lastOf(log()));
    }

    /**
     * Declares this node and the nodes that it sees to be the cluster, as an operator does when the others are dead.
     */
    public void bootstrap() {
        execute("SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES'");
    }

    private String status(String variable) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW STATUS LIKE '" + variable + "'")) {
            return row.next() ? row.getString(2) : "";
        }
    }

    /** Executes a statement without a database. */
    public void execute(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(name + " did not carry out " + sql, e);
        }
    }

    /** Opens a connection that does not wait for other nodes, so a node without quorum answers too. */
    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port
                + "/?user=root&sslMode=disable&connectTimeout=2000&socketTimeout=5000");
    }

    @Override
    public String toString() {
        return name;
    }
}
