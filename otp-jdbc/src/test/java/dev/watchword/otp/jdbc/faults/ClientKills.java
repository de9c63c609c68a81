package dev.watchword.otp.jdbc.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.jdbc.EmbeddedDatabase;
import dev.watchword.otp.jdbc.support.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Clients that are killed during the load. */
final class ClientKills {
    private ClientKills() {}

    /** Kills the clients of an SQLite file. Before each kill, it takes a backup under load, and then checks the copy too. */
    static void runOnSqlite(Path folder, int count) throws Exception {
        Path file = folder.resolve("tokens");
        Path copy = folder.resolve("copy");
        String url = Databases.of(file);
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file);
                Trial trial = new Trial("sqlite client-kills", Counts.seed(), url, () -> List.of(url))) {
            for (int i = 0; i < count; i++) {
                trial.round("kill", client -> {
                    long acknowledged = Files.size(client.diary());
                    database.backUp(copy);
                    client.kill();
                    checkCopy(copy, client, acknowledged);
                });
            }
        }
    }

    /** The copy has every change that was acknowledged before the backup began, and some of the later ones. */
    private static void checkCopy(Path copy, ClientProcess client, long acknowledged) throws Exception {
        try (EmbeddedDatabase restored = EmbeddedDatabase.open(copy)) {
            Account account = Account.read(client.diary(), acknowledged);
            List<String> violations = new Checker(client.round(), account, restored.dataSource()).violations();
            assertEquals(
                    List.of(), violations, "copy of round " + client.round().number());
        }
        for (String suffix : List.of("-wal", "-shm")) {
            Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + suffix));
        }
    }

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
