package dev.watchword.otp.jdbc.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.model.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process under load. It reads commands from its standard input, and ends with the input. */
public final class Client {
    static final String GO = "go";
    static final String STOP = "stop";
    static final String GOING = "going";
    static final String STOPPED = "stopped";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** The parts of one round. */
    private record Work(HikariDataSource pool, Diary diary, Load load) {
        void end() throws IOException, InterruptedException {
            load.end();
            diary.close();
            pool.close();
        }
    }

    private Client() {}

    /** Takes the database's URL, then lines of {@code go <round> <seed> <diary>} and {@code stop} in turn. */
    public static void main(String[] args) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Work work = null;
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ", 4);
            if (words[0].equals(GO)) {
                work = begin(args[0], new Round(Integer.parseInt(words[1])), Long.parseLong(words[2]), words[3]);
                System.out.println(GOING);
            } else {
                end(work);
                System.out.println(STOPPED);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void end(@Nullable Work work) throws IOException, InterruptedException {
        if (work != null) {
            work.end();
        }
    }

    private static Work begin(String url, Round round, long seed, String diaryPath) throws IOException {
        HikariDataSource pool = pool(url);
        JdbcTokenStore store = open(pool);
        Diary diary = new Diary(Path.of(diaryPath));
        return new Work(pool, diary, Load.start(round, store, store, diary, seed));
    }

    /** Opens the store on a database that may be slow during a fault. */
    private static JdbcTokenStore open(HikariDataSource pool) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                return JdbcTokenStore.on(pool);
            } catch (StorageException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(Load.THREADS + 2);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(3000);
        pool.setValidationTimeout(1000);
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }
}
