package dev.watchword.demo.walk;

import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.jdbc.servers.LocalServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way through the manual on PostgreSQL, where two instances of the bank answer in turn. */
class TwoInstancesTest {
    @Test
    void twoInstancesShareTheWalkStepByStep(@TempDir Path directory) throws IOException {
        int port = LocalServers.postgresql(Map.of("synchronous_commit", "on", "fsync", "off"));
        String database = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        try (Bank first = Bank.open(directory, database);
                Bank second = Bank.open(directory, database)) {
            Iterator<URI> turns = Stream.iterate(0, turn -> 1 - turn)
                    .map(turn -> (turn == 0 ? first : second).address())
                    .iterator();
            Walk walk = new Walk(new HttpVisitor(turns::next, Locale.JAPANESE), Locale.JAPANESE);
            new SoftwareWalk(walk).all();
            new TransferWalk(walk).all();
            walk.logOut();
            new HardwareWalk(walk).all();
        }
    }
}
