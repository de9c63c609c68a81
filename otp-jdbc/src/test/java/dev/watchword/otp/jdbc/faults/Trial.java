package dev.watchword.otp.jdbc.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of load, each with a fault, on one database. After each round the checker compares all answers with the
 * database. Diaries with a finding stay in {@code target/faults}.
 */
final class Trial implements AutoCloseable {
    /** The size of a diary with some hundred requests. */
    static final long SOME = 30_000;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** A fault of the system under load. */
    interface Fault {
        void befall(ClientProcess client) throws Exception;
    }

    private final String name;
    private final String url;
    private final Supplier<List<String>> servers;
    private final long seed;
    private final Random random;
    private final Path folder;
    private final long begun = System.nanoTime();
    private @Nullable ClientProcess client;
    private int rounds;
    private long asked;
    private long accepted;
    private long unsettled;
    private long events;

    /**
     * Begins a trial.
     *
     * @param name the name of the product and of the faults
     * @param seed the seed of all random choices
     * @param url the URL for the clients
     * @param servers the direct URLs of the servers that are alive, without the network of the clients
     */
    Trial(String name, long seed, String url, Supplier<List<String>> servers) throws IOException {
        this.name = name;
        this.url = url;
        this.servers = servers;
        this.seed = seed;
        random = new Random(seed);
        folder = Files.createDirectories(Path.of("target", "faults"));
    }

    /** Runs a round with a named fault. */
    void round(String what, Fault fault) throws Exception {
        Round round = new Round(++rounds);
        Path diary = file("-" + rounds + ".diary");
        Files.deleteIfExists(diary);
        ClientProcess running = client != null && client.isAlive() ? client : ClientProcess.start(url, file(".log"));
        client = running;
        running.go(round, random.nextLong(), diary);
        running.awaitProgress(SOME);
        LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
        fault.befall(running);
        if (running.isAlive()) {
            running.awaitProgress(SOME);
            running.stop();
        }
        List<String> alive = servers.get();
        for (String server : alive) {
            Sessions.awaitNone(server);
        }
        check(round, diary, alive.get(random.nextInt(alive.size())), what);
    }

    private Path file(String end) {
        return folder.resolve(name.replace(' ', '-') + end).toAbsolutePath();
    }

    private void check(Round round, Path diary, String server, String what) throws Exception {
        Account account = Account.read(diary);
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(server);
            database.setMinimumIdle(0);
            Checker checker = new Checker(round, account, database);
            List<String> violations = checker.violations();
            asked += account.requests.size();
            accepted += account.spent().size() + account.usedCodes().size();
            unsettled += account.unsettled();
            events += checker.events();
            assertEquals(List.of(), violations, name + ", " + what + ", round " + round.number() + ", seed " + seed);
        }
        Files.delete(diary);
    }

    /** Prints the result. */
    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        System.out.println(
                "faults " + name + " rounds " + rounds + " asked " + asked + " accepted " + accepted + " events "
                        + events + " unsettled " + unsettled + " seconds "
                        + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " seed " + seed);
    }
}
