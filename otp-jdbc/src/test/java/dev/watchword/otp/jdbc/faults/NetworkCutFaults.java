package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.support.Server;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts the network between the clients and their database. */
class NetworkCutFaults {
    /** The timeouts of clients. {@code prepareThreshold=0} keeps PostgreSQL's statements readable on the network. */
    private static final Map<Server, String> SETTINGS = new EnumMap<>(Map.of(
            Server.POSTGRESQL, "&connectTimeout=2&socketTimeout=2&loginTimeout=2&prepareThreshold=0",
            Server.MARIADB, "&connectTimeout=2000&socketTimeout=2000"));

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @Tag("R9.5")
    @EnumSource(Server.class)
    void cutNetworksLoseNothing(Server server) throws Exception {
        run(server, Counts.count("cuts", 100));
    }

    static void run(Server server, int count) throws Exception {
        String direct = Databases.of(server);
        int port = URI.create(direct.substring("jdbc:".length())).getPort();
        String name = server.name().toLowerCase(Locale.ROOT) + " network-cuts";
        long seed = Counts.seed();
        Random random = new Random(seed);
        try (Network network = new Network(port, random)) {
            String url = direct.replace(":" + port, ":" + network.port()) + SETTINGS.get(server);
            try (Trial trial = new Trial(name, seed, url, () -> List.of(direct))) {
                Cut[] cuts = Cut.values();
                for (int i = 0; i < count; i++) {
                    Cut cut = cuts[i % cuts.length];
                    trial.round(cut.name(), client -> network.suffer(cut));
                }
            }
        }
    }
}
