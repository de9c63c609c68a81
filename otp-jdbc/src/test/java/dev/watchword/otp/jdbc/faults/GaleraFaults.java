package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.support.Galera;
import dev.watchword.otp.jdbc.support.GaleraNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kills nodes of a Galera cluster with SIGKILL and restarts them. Once the last node has no quorum. */
@Tag("R1.2")
@Tag("R9.2")
@Tag("R9.5")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GaleraFaults {
    /** The driver avoids a failed node for a minute unless configured otherwise. */
    private static final String SHUN_BRIEFLY = "&deniedListTimeout=1000";

    private static final String IMPATIENT = "&connectTimeout=2000&socketTimeout=2000";

    private final Galera galera = Galera.start();

    @AfterAll
    void close() {
        galera.close();
    }

    /** Opens the network that clients use to reach the hosts of a URL. */
    private interface Way {
        String of(String url) throws IOException;
    }

    private Trial trial(String faults) throws Exception {
        return trial(faults, Counts.seed(), url -> url);
    }

    private Trial trial(String faults, long seed, Way way) throws Exception {
        String database = galera.createDatabase();
        Databases.applySchema(galera.node(0).url(database));
        return new Trial(
                "galera " + faults,
                seed,
                way.of(galera.url(database) + SHUN_BRIEFLY),
                () -> galera.nodes().stream().map(node -> node.url(database)).toList());
    }

    @Test
    void aNodeThatDiesTakesNothingWithIt() throws Exception {
        int count = Counts.count("node.kills", 10);
        try (Trial trial = trial("node-kills")) {
            for (int i = 0; i < count; i++) {
                GaleraNode node = galera.node(i % Galera.NODES);
                trial.round("node " + i % Galera.NODES, client -> {
                    node.kill();
                    client.awaitProgress(Trial.SOME);
                    node.restart();
                    node.awaitSynced();
                });
            }
        }
    }

    /** Cuts the network of the node that most clients use. The others stay reachable. */
    @Test
    void aNodeWhoseNetworkIsCutTakesNothingWithIt() throws Exception {
        int count = Counts.count("node.cuts", 100);
        long seed = Counts.seed();
        Random random = new Random(seed);
        List<Network> networks = new ArrayList<>();
        try (Trial trial = trial("node-cuts", seed, url -> byWayOf(networks, random, url) + IMPATIENT)) {
            Cut[] cuts = Cut.values();
            for (int i = 0; i < count; i++) {
                Cut cut = cuts[i % cuts.length];
                trial.round(
                        cut.name(),
                        client -> Collections.max(networks, Comparator.comparingInt(Network::connections))
                                .suffer(cut));
            }
        } finally {
            for (Network network : networks) {
                network.close();
            }
        }
    }

    /** Puts a network before each node. */
    private String byWayOf(List<Network> networks, Random random, String url) throws IOException {
        String by = url;
        for (GaleraNode node : galera.nodes()) {
            Network network = new Network(node.port(), random);
            networks.add(network);
            by = by.replace(":" + node.port(), ":" + network.port());
        }
        return by;
    }

    @Test
    void aLostQuorumLosesNothingElse() throws Exception {
        try (Trial trial = trial("quorum-losses")) {
            trial.round("quorum", client -> {
                GaleraNode last = galera.node(0);
                galera.node(1).kill();
                galera.node(2).kill();
                last.awaitQuorumLost();
                last.bootstrap();
                last.awaitSynced();
                client.awaitProgress(Trial.SOME);
                for (int i = 1; i < Galera.NODES; i++) {
                    galera.node(i).restart();
                    galera.node(i).awaitSynced();
                }
                client.awaitProgress(Trial.SOME);
                client.stop();
                client.kill(); // it has connections that the driver forgot when there was no quorum
            });
        }
    }
}
