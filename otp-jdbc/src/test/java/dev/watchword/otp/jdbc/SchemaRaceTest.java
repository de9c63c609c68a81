package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.RoundRobin;
import dev.watchword.otp.lifecycle.model.StorageException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Several processes apply the schema to one database at once. */
class SchemaRaceTest {
    private static final int PROCESSES = 4;
    private static final int ROUNDS = 5;
    private static final String DONE = "applied";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRESQL", "MARIADB"})
    void fourProcessesSucceed(Product product) throws IOException {
        try (Crew crew = new Crew()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (HikariDataSource database = EmptyDatabase.of(product)) {
                    assertEquals(Collections.nCopies(PROCESSES, DONE), crew.apply(database.getJdbcUrl()));
                    assertDoesNotThrow(() -> JdbcTokenStore.on(database));
                }
            }
        }
    }

    @Test
    void fourProcessesCreateOneFile() throws IOException {
        try (Crew crew = new Crew()) {
            for (int round = 0; round < ROUNDS; round++) {
                Path file = folder.resolve("tokens-" + round);
                assertEquals(Collections.nCopies(PROCESSES, DONE), crew.apply(file.toString()));
                try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
                    assertDoesNotThrow(database::tokenStore);
                }
            }
        }
    }

    /** A database in the memory of one process has no other processes. */
    @Test
    void fourThreadsSucceedInMemory() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
        for (int round = 0; round < ROUNDS; round++) {
            try (HikariDataSource database = EmptyDatabase.of(Product.H2)) {
                CyclicBarrier start = new CyclicBarrier(PROCESSES);
                Callable<String> part = () -> {
                    start.await();
                    return apply(database);
                };
                for (Future<String> each : threads.invokeAll(Collections.nCopies(PROCESSES, part))) {
                    assertEquals(DONE, each.get());
                }
            }
        }
        threads.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void theWaitIsBounded(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            DataSource impatient = impatient(database, product);
            Holder holder = new Holder(database, product);
            holder.begin();

            StorageException thrown = assertThrows(StorageException.class, () -> apply(impatient, Duration.ZERO));

            assertTrue(String.valueOf(thrown.getMessage()).startsWith("Another process applies the schema"));
            holder.end();
            apply(impatient, Duration.ZERO);
            assertDoesNotThrow(() -> JdbcTokenStore.on(database));
        }
    }

    private static void apply(DataSource database, Duration longestWait) {
        JdbcSchema.apply(database, TablePrefix.DEFAULT, null, JdbcSchema.SCRIPTS, longestWait);
    }

    /** SQLite's driver waits on its own behalf. */
    private static DataSource impatient(HikariDataSource database, Product product) {
        if (product != Product.SQLITE) {
            return database;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(1);
        SQLiteDataSource impatient = new SQLiteDataSource(config);
        impatient.setUrl(database.getJdbcUrl());
        return impatient;
    }

    /** Another process that holds the lock, as a thread with a connection. */
    private static final class Holder {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Connection connection;
        private final Session session;
        private @Nullable SchemaLock lock;

        Holder(DataSource database, Product product) throws SQLException {
            connection = database.getConnection();
            session = new Session(connection, product, Engine.OWN, TablePrefix.DEFAULT);
        }

        void begin() throws Exception {
            thread.submit(() -> {
                        SchemaLock acquired = SchemaLock.acquire(session, Patience.of(Duration.ZERO));
                        lock = acquired;
                        Transaction.beginUnlocked(session);
                        assertTrue(acquired.tryAcquireInTransaction());
                        if (session.product() == Product.SQLITE) {
                            session.execute("CREATE TABLE other (id INTEGER)");
                        }
                        return acquired;
                    })
                    .get();
        }

        void end() throws Exception {
            thread.submit(() -> {
                        Transaction.endWithoutChange(session, true);
                        requireNonNull(lock).close();
                        return connection;
                    })
                    .get();
            connection.close();
            thread.shutdown();
        }
    }

    /** Processes that apply the schema to every database that they are told. */
    private static final class Crew implements AutoCloseable {
        private final List<Process> processes = new ArrayList<>();
        private final List<BufferedWriter> questions = new ArrayList<>();
        private final List<BufferedReader> answers = new ArrayList<>();

        Crew() throws IOException {
            String classPath = String.join(
                    File.pathSeparator,
                    "target/test-classes",
                    "target/classes",
                    System.getProperty("jdk.module.path", ""),
                    System.getProperty("java.class.path"));
            for (int i = 0; i < PROCESSES; i++) {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                classPath,
                                SchemaRaceTest.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                processes.add(process);
                questions.add(process.outputWriter(StandardCharsets.UTF_8));
                answers.add(process.inputReader(StandardCharsets.UTF_8));
            }
            for (BufferedReader answer : answers) {
                assertEquals("ready", answer.readLine());
            }
        }

        /** Lets all processes apply the schema at once, and returns what each of them says. */
        List<String> apply(String database) throws IOException {
            for (BufferedWriter question : questions) {
                question.write(database + "\n");
                question.flush();
            }
            List<String> said = new ArrayList<>();
            for (BufferedReader answer : answers) {
                said.add(answer.readLine());
            }
            return said;
        }

        @Override
        public void close() {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** One of the processes. */
    public static void main(String[] args) throws IOException {
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String database = questions.readLine(); database != null; database = questions.readLine()) {
                System.out.println(database.startsWith("jdbc:") ? applyTo(database) : open(Path.of(database)));
            }
        }
    }

    private static String applyTo(String url) {
        try (HikariDataSource database = RoundRobin.pool(url, 1)) {
            return apply(database);
        }
    }

    private static String apply(DataSource database) {
        try {
            JdbcSchema.apply(database);
            return DONE;
        } catch (StorageException e) {
            return e + ", " + e.getCause();
        }
    }

    private static String open(Path file) {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            return database.tokenStore() == null ? "no store" : DONE;
        } catch (StorageException e) {
            return e + ", " + e.getCause();
        }
    }
}
