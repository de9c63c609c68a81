package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.support.Replicated;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kills a PostgreSQL primary with SIGKILL, and promotes its synchronous standby. */
class FailoverFaults {
    @Test
    @Tag("R1.2")
    @Tag("R9.2")
    @Tag("R9.5")
    void aPromotedStandbyHasAllThatWasAcknowledged() throws Exception {
        int count = Counts.count("failovers", 10);
        try (Replicated servers = Replicated.start()) {
            String database = servers.createDatabase();
            Databases.applySchema(servers.url(database));
            try (Trial trial = new Trial(
                    "postgresql failovers",
                    Counts.seed(),
                    servers.url(database),
                    () -> List.of(servers.primary().url(database)))) {
                for (int i = 0; i < count; i++) {
                    trial.round("failover", client -> {
                        servers.killPrimary();
                        servers.promote();
                        client.awaitProgress(Trial.SOME);
                        servers.addStandby();
                    });
                }
            }
        }
    }
}
