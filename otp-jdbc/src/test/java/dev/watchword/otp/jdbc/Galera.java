package dev.watchword.otp.jdbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A MariaDB Galera cluster of three nodes on loopback, from Debian's packages. Each node takes reads and changes; of two changes of
 * one row on two nodes, the one that comes later in the order of the group fails at its commit. Used by one thread at a time.
 */
final class Galera implements AutoCloseable {
    static final int NODES = 3;

    private static final int PORTS_OF_A_NODE = 4;

    private final AtomicInteger databases = new AtomicInteger();
    private final Workplace workplace;
    private final List<GaleraNode> nodes;

    private Galera(Workplace workplace, List<GaleraNode> nodes) {
        this.workplace = workplace;
        this.nodes = nodes;
    }

    /** Starts one, and waits until all nodes are synced. It ends with this process, unless it is closed before. */
    static Galera start() {
        GaleraNode.requirePackages();
        Workplace workplace = new Workplace("nobody", "nogroup");
        List<Integer> ports = Ports.free(NODES * PORTS_OF_A_NODE);
        String cluster = IntStream.range(0, NODES)
                .mapToObj(i -> "127.0.0.1:" + addresses(ports, i).group())
                .collect(Collectors.joining(","));
        List<GaleraNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            String name = "node" + i;
            Path data = workplace.folder().resolve(name);
            install(workplace, data);
            nodes.add(new GaleraNode(workplace, name, data, addresses(ports, i), cluster));
        }
        nodes.get(0).startCluster();
        nodes.get(0).awaitSynced();
        for (GaleraNode node : nodes.subList(1, NODES)) {
            node.join();
            node.awaitSynced();
        }
        return new Galera(workplace, List.copyOf(nodes));
    }

    private static GaleraNode.Addresses addresses(List<Integer> ports, int node) {
        int first = node * PORTS_OF_A_NODE;
        return new GaleraNode.Addresses(
                ports.get(first), ports.get(first + 1), ports.get(first + 2), ports.get(first + 3));
    }

    private static void install(Workplace workplace, Path data) {
        workplace.run(
                "install.log",
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + data,
                        "--auth-root-authentication-method=normal",
                        "--skip-name-resolve",
                        "--skip-test-db",
                        "--innodb-log-file-size=8M"));
    }

    List<GaleraNode> nodes() {
        return nodes;
    }

    /** The first is 0. */
    GaleraNode node(int number) {
        return nodes.get(number);
    }

    /** The URL of a database at all nodes: each connection goes to one of those that answer, by chance. */
    String url(String database) {
        return GaleraNode.url(
                        nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(",")),
                        database)
                .replaceFirst("jdbc:mariadb:", "jdbc:mariadb:loadbalance:");
    }

    /** Creates a database, and returns its name. */
    String createDatabase() {
        String name = "watchword" + databases.incrementAndGet();
        node(0).execute("CREATE DATABASE " + name);
        return name;
    }

    @Override
    public void close() {
        workplace.close();
    }
}
