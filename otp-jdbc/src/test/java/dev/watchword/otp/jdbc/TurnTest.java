package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.MailCodeMade;
import dev.watchword.otp.lifecycle.MailCodeOutcome;
import dev.watchword.otp.lifecycle.Operation;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.TokenListener.Measured;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
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

/** Who was too late waits for a turn, and is not too late again: many threads on one enrolment need three tries at most. */
@Tag("R1.2")
@Tag("R2.2")
class TurnTest {
    abstract static class OnADatabase {
        private static final int THREADS = 64;
        private static final int ROUNDS = 40;
        private static final int MOST_TRIES = 3;

        private final Collection<Measured> measured = new ConcurrentLinkedQueue<>();
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
        void wrongCodesNeedThreeTriesAtMost() throws Exception {
            JdbcTokenStore store = store();
            for (int round = 0; round < ROUNDS; round++) {
                TokenService tokens = tokens(store);
                Holder holder = new Holder("wrong-" + round);
                FakePhone phone = FakePhone.active(tokens, holder, clock);
                List<String> codes =
                        IntStream.range(0, THREADS).mapToObj(phone::wrongCode).toList();
                List<Outcome> outcomes = atOnce(i -> tokens.verify(holder, codes.get(i), Purpose.LOGIN));

                long limit = InMemoryTokens.POLICY.lock().failureLimit();
                assertEquals(limit, count(outcomes, Refusal.WRONG_CODE));
                assertEquals(THREADS - limit, count(outcomes, Refusal.SUSPENDED));
                assertFewTries("verify");
            }
        }

        @Test
        void oneRightCodeNeedsThreeTriesAtMost() throws Exception {
            JdbcTokenStore store = store();
            for (int round = 0; round < ROUNDS; round++) {
                TokenService tokens = tokens(store);
                Holder holder = new Holder("right-" + round);
                FakePhone phone = FakePhone.active(tokens, holder, clock);
                String code = phone.code();
                List<Outcome> outcomes = atOnce(i -> tokens.verify(holder, code, Purpose.LOGIN));

                assertEquals(
                        1, outcomes.stream().filter(Accepted.class::isInstance).count());
                assertEquals(THREADS - 1, count(outcomes, Refusal.REPLAYED));
                assertFewTries("verify");
            }
        }

        /** Each of them changes the enrolment, so each is too late for all who were before. */
        @Test
        void changesThatAllSucceedNeedThreeTriesAtMost() throws Exception {
            JdbcTokenStore store = store();
            TokenService tokens = tokens(store);
            Holder holder = new Holder("all");
            FakePhone.active(tokens, holder, clock);
            for (int round = 0; round < ROUNDS / 4; round++) {
                List<MailCodeOutcome> outcomes =
                        atOnce(i -> tokens.makeMailCode(holder, Operation.CANCEL, "taro@bank.example"));

                assertTrue(outcomes.stream().allMatch(MailCodeMade.class::isInstance));
                assertFewTries("make-mail-code");
            }
        }

        private TokenService tokens(JdbcTokenStore store) {
            return InMemoryTokens.builder(store, clock).listener(measured::add).build();
        }

        private void assertFewTries(String operation) {
            List<Integer> tries = measured.stream()
                    .filter(each -> each.operation().equals(operation))
                    .map(Measured::tries)
                    .toList();
            measured.clear();
            assertEquals(THREADS, tries.size());
            overtaken += tries.stream().filter(each -> each > 1).count();
            assertTrue(tries.stream().allMatch(each -> each <= MOST_TRIES), tries::toString);
        }

        private static long count(List<Outcome> outcomes, Refusal refusal) {
            return outcomes.stream()
                    .filter(outcome -> outcome instanceof Refused refused && refused.refusal() == refusal)
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
    class OnH2 extends OnADatabase {
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
}
