package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attempt that lost a race locks the enrolment. Many threads on one enrolment need three attempts at most. */
@Tag("R1.2")
@Tag("R2.2")
class AttemptTest {
    abstract static class OnADatabase {
        private static final int THREADS = 64;
        private static final int ROUNDS = 16;
        private static final int MOST_TRIES = 3;

        private final Collection<MeasuredOperation> measured = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

        private long overtaken;

        abstract JdbcTokenStore store();

        @AfterEach
        void stop() {
            threads.shutdownNow();
            assertTrue(overtaken > 0, "some are overtaken");
        }

        @Test
        void wrongCodesNeedThreeAttemptsAtMost() throws Exception {
            JdbcTokenStore store = store();
            for (int round = 0; isToRun(round); round++) {
                TokenService tokens = tokens(store);
                Holder holder = new Holder("wrong-" + round);
                FakePhone phone = FakePhone.active(tokens, holder, clock);
                List<String> codes =
                        IntStream.range(0, THREADS).mapToObj(phone::wrongCode).toList();
                List<Outcome<Registration>> outcomes = atOnce(i -> tokens.verify(holder, codes.get(i), Purpose.LOGIN));

                long limit = TestInstitution.POLICY.lock().failureLimit();
                assertEquals(limit, count(outcomes, Refusal.WRONG_CODE));
                assertEquals(THREADS - limit, count(outcomes, Refusal.SUSPENDED));
                assertFewTries("verify");
            }
        }

        @Test
        void oneRightCodeNeedsThreeAttemptsAtMost() throws Exception {
            JdbcTokenStore store = store();
            for (int round = 0; isToRun(round); round++) {
                TokenService tokens = tokens(store);
                Holder holder = new Holder("right-" + round);
                FakePhone phone = FakePhone.active(tokens, holder, clock);
                String code = phone.code();
                List<Outcome<Registration>> outcomes = atOnce(i -> tokens.verify(holder, code, Purpose.LOGIN));

                assertEquals(1, outcomes.stream().filter(Outcome::isAccepted).count());
                assertEquals(THREADS - 1, count(outcomes, Refusal.REPLAYED));
                assertFewTries("verify");
            }
        }

        /** Each thread changes the enrolment, so each makes the attempts of the threads before it stale. */
        @Test
        void concurrentChangesNeedThreeAttemptsAtMost() throws Exception {
            JdbcTokenStore store = store();
            TokenService tokens = tokens(store);
            Holder holder = new Holder("all");
            assertNotNull(FakePhone.active(tokens, holder, clock));
            for (int round = 0; round < ROUNDS / 4; round++) {
                List<Outcome<CreatedMailCode>> outcomes =
                        atOnce(i -> tokens.createMailCode(holder, Operation.CANCEL, "taro@bank.example"));

                assertTrue(outcomes.stream().allMatch(Outcome::isAccepted));
                assertFewTries("make-mail-code");
            }
        }

        /** A machine on which no thread overtakes another in these rounds gets more of them. */
        private boolean isToRun(int round) {
            return round < ROUNDS || (overtaken == 0 && round < 10 * ROUNDS);
        }

        private TokenService tokens(JdbcTokenStore store) {
            return TestInstitution.builder(store, clock)
                    .listener(measured::add)
                    .build()
                    .tokens();
        }

        private void assertFewTries(String operation) {
            List<Integer> tries = measured.stream()
                    .filter(each -> each.operation().equals(operation))
                    .map(MeasuredOperation::tries)
                    .toList();
            measured.clear();
            assertEquals(THREADS, tries.size());
            overtaken += tries.stream().filter(each -> each > 1).count();
            assertTrue(tries.stream().allMatch(each -> each <= MOST_TRIES), tries::toString);
        }

        private static long count(List<Outcome<Registration>> outcomes, Refusal refusal) {
            return outcomes.stream()
                    .filter(outcome -> refusal(outcome) == refusal)
                    .count();
        }

        private <T> List<T> atOnce(IntFunction<T> part) throws Exception {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<T>> parts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                parts.add(threads.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return part.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : parts) {
                results.add(each.get(1, TimeUnit.MINUTES));
            }
            return results;
        }
    }

    abstract static class OnAServer extends OnADatabase {
        private final HikariDataSource database;

        OnAServer(Server server) {
            database = server.database("");
            JdbcSchema.apply(database);
        }

        @AfterEach
        void close() {
            database.close();
        }

        @Override
        JdbcTokenStore store() {
            return JdbcTokenStore.on(database);
        }
    }

    @Nested
    class OnPostgresql extends OnAServer {
        OnPostgresql() {
            super(Server.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends OnAServer {
        OnMariadb() {
            super(Server.MARIADB);
        }
    }

    @Nested
    class OnSqlite extends OnADatabase {
        @TempDir
        Path folder;

        private EmbeddedDatabase database;

        @BeforeEach
        void open() {
            database = EmbeddedDatabase.open(folder.resolve("tokens"));
        }

        @AfterEach
        void close() {
            database.close();
        }

        @Override
        JdbcTokenStore store() {
            return database.tokenStore();
        }
    }

    @Nested
    class OnH2 extends OnADatabase {
        private final HikariDataSource database = EmptyDatabase.of(Product.H2);

        @BeforeEach
        void open() {
            JdbcSchema.apply(database);
        }

        @AfterEach
        void close() {
            database.close();
        }

        @Override
        JdbcTokenStore store() {
            return JdbcTokenStore.on(database);
        }
    }
}
