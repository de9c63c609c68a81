package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.Server;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network between the clients and their database is cut. */
class NetworkCutFaults {
    /** How long clients wait; and that PostgreSQL's statements are to be read on their way. */
    private static final Map<Server, String> SETTINGS = new EnumMap<>(Map.of(
            Server.POSTGRESQL, "&connectTimeout=2&socketTimeout=2&loginTimeout=2&prepareThreshold=0",
            Server.MARIADB, "&connectTimeout=2000&socketTimeout=2000"));

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @Tag("R9.5")
    @EnumSource(Server.class)
    void cutNetworksLoseNothing(Server server) throws Exception {
        run(server, Faults.count("cuts", 100));
    }

    static void run(Server server, int count) throws Exception {
        String direct = ClientKills.schema(server);
        int port = URI.create(direct.substring("jdbc:".length())).getPort();
        try (Trial trial = new Trial(server.name().toLowerCase(Locale.ROOT) + " network-cuts");
                Network network = new Network(port, trial.random)) {
            String url = direct.replace(":" + port, ":" + network.port()) + SETTINGS.get(server);
            Cut[] cuts = Cut.values();
            for (int i = 0; i < count; i++) {
                Cut cut = cuts[i < cuts.length ? i : trial.random.nextInt(cuts.length)];
                trial.round(url, direct, cut.name(), client -> network.suffer(cut));
            }
        }
    }
}
