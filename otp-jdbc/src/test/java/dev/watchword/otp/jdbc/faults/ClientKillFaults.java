package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.support.Server;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills the process of the clients with SIGKILL during the load. */
class ClientKillFaults {
    @Test
    @Tag("R1.2")
    @Tag("R9.2")
    @Tag("R9.5")
    @Tag("R11.3")
    void killedClientsOfAFileLoseNothing(@TempDir Path folder) throws Exception {
        ClientKills.runOnSqlite(folder, Counts.count("client.kills", 50));
    }

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @Tag("R9.5")
    @EnumSource(Server.class)
    void killedClientsLoseNothing(Server server) throws Exception {
        ClientKills.run(server, Counts.count("client.kills", 50));
    }
}
