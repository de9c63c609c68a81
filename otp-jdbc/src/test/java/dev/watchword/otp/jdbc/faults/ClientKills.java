package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.support.Server;
import java.util.List;
import java.util.Locale;

/** Clients that are killed during the load. */
final class ClientKills {
    private ClientKills() {}

    static void run(Server server, int count) throws Exception {
        String url = Databases.of(server);
        String name = server.name().toLowerCase(Locale.ROOT) + " client-kills";
        try (Trial trial = new Trial(name, Counts.seed(), url, () -> List.of(url))) {
            for (int i = 0; i < count; i++) {
                trial.round("kill", ClientProcess::kill);
            }
        }
    }
}
