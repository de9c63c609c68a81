package dev.watchword.otp.jdbc.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A MariaDB Galera cluster of three nodes on loopback, from Debian's packages. Each node accepts reads and changes. If
 * two nodes change one row, the commit that the group orders later fails. For use by one thread.
 */
public final class Galera implements AutoCloseable {
    public static final int NODES = 3;

    private static final int PORTS_OF_A_NODE = 4;

    private final AtomicInteger databases = new AtomicInteger();
    private final ServerFolder serverFolder;
    private final List<GaleraNode> nodes;

    private Galera(ServerFolder serverFolder, List<GaleraNode> nodes) {
        this.serverFolder = serverFolder;
        this.nodes = nodes;
    }

    /** Starts a cluster, and waits until all nodes are synced. The cluster ends with this process at the latest. */
    public static Galera start() {
        GaleraNode.requirePackages();
        ServerFolder serverFolder = new ServerFolder("nobody", "nogroup");
        List<Integer> ports = Ports.free(NODES * PORTS_OF_A_NODE);
        String cluster = IntStream.range(0, NODES)
                .mapToObj(i -> "127.0.0.1:" + addresses(ports, i).group())
                .collect(Collectors.joining(","));
        List<GaleraNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            String name = "node" + i;
            Path data = serverFolder.folder().resolve(name);
            install(serverFolder, data);
            nodes.add(new GaleraNode(serverFolder, name, data, addresses(ports, i), cluster));
        }
        nodes.get(0).startCluster();
        nodes.get(0).awaitSynced();
        for (GaleraNode node : nodes.subList(1, NODES)) {
            node.join();
            node.awaitSynced();
        }
        return new Galera(serverFolder, List.copyOf(nodes));
    }

    private static GaleraNode.Addresses addresses(List<Integer> ports, int node) {
        int first = node * PORTS_OF_A_NODE;
        return new GaleraNode.Addresses(
                ports.get(first), ports.get(first + 1), ports.get(first + 2), ports.get(first + 3));
    }

    /** Each node has its own temporary folder, because a starting server deletes all temporary files that it finds. */
    private static void install(ServerFolder serverFolder, Path data) {
        serverFolder.run("install.log", List.of("mkdir", data + ".tmp"));
        serverFolder.run(
                "install.log",
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + data,
                        "--tmpdir=" + data + ".tmp",
                        "--auth-root-authentication-method=normal",
                        "--skip-name-resolve",
                        "--skip-test-db",
                        "--innodb-log-file-size=8M"));
    }

    public List<GaleraNode> nodes() {
        return nodes;
    }

    /** Returns a node; the first is 0. */
    public GaleraNode node(int number) {
        return nodes.get(number);
    }

    /** Returns the URL of a database on all nodes. Each connection goes to a random node that answers. */
    public String url(String database) {
        return GaleraNode.url(
                        nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(",")),
                        database)
                .replaceFirst("jdbc:mariadb:", "jdbc:mariadb:loadbalance:");
    }

    /**
     * Creates a database, and returns its name. Each node carries out the statement, so that it has the database at the end: a
     * node can accept connections before it has applied the statement of another one.
     */
    public String createDatabase() {
        String name = "watchword" + databases.incrementAndGet();
        nodes.forEach(node -> node.execute("CREATE DATABASE IF NOT EXISTS " + name));
        return name;
    }

    @Override
    public void close() {
        serverFolder.close();
    }
}
