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
import org.jspecify.annotations.Nullable;

/**
 * Rounds of load, each with a fault, on one database. After each round all that the clients were told is held against the database.
 * Diaries in which something is wrong stay in {@code target/faults}.
 */
final class Trial implements AutoCloseable {
    /** As many bytes of a diary as some hundred requests have. */
    static final long SOME = 30_000;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** What befalls the system under load. */
    interface Fault {
        void befall(ClientProcess client) throws Exception;
    }

    final Random random;

    private final String name;
    private final Path folder;
    private final long seed;
    private final long begun = System.nanoTime();
    private @Nullable ClientProcess client;
    private int rounds;
    private long asked;
    private long accepted;
    private long unsettled;
    private long events;

    Trial(String name) throws IOException {
        this.name = name;
        folder = Files.createDirectories(Path.of("target", "faults"));
        seed = Faults.seed();
        random = new Random(seed);
    }

    /**
     * Runs a round.
     *
     * @param url what the clients are given
     * @param direct where to look afterwards, past what the fault has left in the way
     * @param what the name of the fault
     */
    void round(String url, String direct, String what, Fault fault) throws Exception {
        Round round = new Round(++rounds);
        Path diary = folder.resolve(name.replace(' ', '-') + "-" + rounds + ".diary").toAbsolutePath();
        Files.deleteIfExists(diary);
        ClientProcess running = client != null && client.isAlive()
                ? client
                : ClientProcess.start(url, folder.resolve(name.replace(' ', '-') + ".log"));
        client = running;
        running.go(round, random.nextLong(), diary);
        running.awaitProgress(SOME);
        LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
        fault.befall(running);
        if (running.isAlive()) {
            running.awaitProgress(SOME);
            running.stop();
        }
        Sessions.awaitNone(direct);
        check(round, diary, direct, what);
    }

    private void check(Round round, Path diary, String direct, String what) throws Exception {
        Account account = Account.read(diary);
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(direct);
            database.setMinimumIdle(0);
            Checker checker = new Checker(round, account, database);
            List<String> violations = checker.violations();
            asked += account.requests.size();
            accepted += account.spent().size();
            unsettled += account.unsettled();
            events += checker.events();
            assertEquals(List.of(), violations, name + ", " + what + ", round " + round.number() + ", seed " + seed);
        }
        Files.delete(diary);
    }

    /** Prints what was seen. */
    @Override
    public void close() throws InterruptedException {
        if (client != null) {
            client.close();
        }
        System.out.println("faults " + name + " " + rounds + " asked " + asked + " accepted " + accepted + " events "
                + events + " unsettled " + unsettled + " seconds "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " seed " + seed);
    }
}
