package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process of the clients is killed, with -9, in the midst of what it does. */
class ClientKillFaults {
    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @Tag("R9.5")
    @EnumSource(Server.class)
    void killedClientsLoseNothing(Server server) throws Exception {
        ClientKills.run(server, Counts.count("client.kills", 50));
    }
}
