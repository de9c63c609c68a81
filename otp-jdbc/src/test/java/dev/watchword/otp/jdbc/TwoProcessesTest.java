package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.RoundRobin;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes submit one code to one PostgreSQL at once, each with 32 threads and a connection per thread. */
class TwoProcessesTest {
    private static final String NOW = "2026-11-23T09:00:00Z";
    private static final int ROUNDS = 200;
    private static final int THREADS = 32;

    /** A round: a holder, and the code that the holder's phone shows. */
    private record Round(String holder, String code) {}

    @Test
    @Tag("R1.2")
    void acceptACodeOnce() throws Exception {
        try (HikariDataSource database = Server.POSTGRESQL.database("")) {
            JdbcSchema.apply(database);
            List<Round> rounds = prepare(database);
            Process other = other(database.getJdbcUrl());
            try (BufferedReader answers = other.inputReader(StandardCharsets.UTF_8);
                    BufferedWriter questions = other.outputWriter(StandardCharsets.UTF_8);
                    Crew crew = new Crew(database)) {
                assertEquals("ready", answers.readLine());
                int here = 0;
                for (Round round : rounds) {
                    questions.write(round.holder + " " + round.code + "\n");
                    questions.flush();
                    int acceptedHere = crew.accepted(round);
                    int acceptedThere = Integer.parseInt(answers.readLine());
                    assertEquals(1, acceptedHere + acceptedThere, "acceptances of " + round.holder);
                    here += acceptedHere;
                }
                assertTrue(0 < here && here < ROUNDS, "both must have won some of the rounds, but here it was " + here);
            } finally {
                other.destroyForcibly();
            }
        }
    }

    private static List<Round> prepare(HikariDataSource database) {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            FakeClock clock = FakeClock.at(NOW);
            String holder = "holder-" + i;
            FakePhone phone = FakePhone.active(bank(database, clock).tokens(), new Holder(holder), clock);
            rounds.add(new Round(holder, phone.code()));
        }
        return rounds;
    }

    private static Institution bank(HikariDataSource database, FakeClock clock) {
        KeySource keys = KeySource.of(
                "test", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
        return Institution.builder(TestInstitution.SERVICE_ID, JdbcTokenStore.on(database), keys)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build();
    }

    private static Process other(String url) throws Exception {
        String classPath = String.join(
                File.pathSeparator,
                "target/test-classes",
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        TwoProcessesTest.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The threads of one process. */
    private static final class Crew implements AutoCloseable {
        private final FakeClock clock = FakeClock.at("2026-11-23T09:01:00Z");
        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        private final TokenService tokens;

        Crew(HikariDataSource database) {
            tokens = bank(database, clock).tokens();
        }

        /** Returns the number of threads whose code was accepted. All others must get a replay. */
        int accepted(Round round) throws Exception {
            Holder holder = new Holder(round.holder);
            Callable<Outcome<Registration>> login = () -> tokens.verify(holder, round.code, Purpose.LOGIN);
            int accepted = 0;
            for (Future<Outcome<Registration>> each : threads.invokeAll(Collections.nCopies(THREADS, login))) {
                Refusal refusal = refusal(each.get());
                if (refusal == null) {
                    accepted++;
                } else if (refusal != Refusal.REPLAYED) {
                    throw new IllegalStateException(each.get().toString());
                }
            }
            return accepted;
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    /** The other process. It runs each round that it reads, and prints the number of accepted codes. */
    public static void main(String[] args) throws Exception {
        try (HikariDataSource database = RoundRobin.pool(args[0], THREADS);
                Crew crew = new Crew(database);
                BufferedReader questions =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            crew.accepted(warmUp(database));
            System.out.println("ready");
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                String[] words = question.split(" ", 2);
                System.out.println(crew.accepted(new Round(words[0], words[1])));
            }
        }
    }

    private static Round warmUp(HikariDataSource database) {
        FakeClock clock = FakeClock.at(NOW);
        Holder holder = new Holder("warm-up");
        return new Round(
                holder.value(),
                FakePhone.active(bank(database, clock).tokens(), holder, clock).code());
    }
}
