package dev.watchword.otp.jdbc.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.Distribution;
import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.jdbc.TablePrefix;
import dev.watchword.otp.jdbc.support.CitusNodes;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Strikes the servers of a Citus cluster during the commits of issues. An issue claims a user ID and a serial number. By holder,
 * these rows and those of the holder are on up to three shards, so its commit has two phases. After each strike the rows of the
 * holder must be all there or all absent.
 */
@Tag("citus")
@Tag("R5.4")
@Tag("R9.2")
@Tag("R9.5")
class CitusCommitFaults {
    /** The time for which a struck commit waits, so that the others are prepared before it. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final long SOMETIME_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    /** The numbers of the rows of a holder in the tables that an issue writes. */
    private static final String ROWS = """
            SELECT (SELECT COUNT(*) FROM otp_enrolment WHERE holder = ?) || ' '
                || (SELECT COUNT(*) FROM otp_user_id WHERE holder = ?) || ' '
                || (SELECT COUNT(*) FROM otp_serial WHERE holder = ?) || ' '
                || (SELECT COUNT(*) FROM otp_token WHERE holder = ?) || ' '
                || (SELECT COUNT(*) FROM otp_event WHERE holder = ?)""";

    private static final SoftwareRequest REQUEST = SoftwareRequest.of("taro@bank.example", "4726");

    /** The answer of the service, and the rows that may then be stored. */
    private enum Answer {
        ACCEPTED,
        NOT_STORED,
        UNKNOWN
    }

    /** A fault during a commit. */
    private enum Strike {
        /** A worker fails while it prepares or commits. */
        REFUSED("fail"),
        /** A worker dies before it has prepared or committed. */
        WORKER_BEFORE("pause"),
        /** A worker dies after it has prepared, while another one is still preparing. */
        WORKER_BETWEEN("pause"),
        /** The coordinator dies while one worker has prepared and another one is still preparing. */
        COORDINATOR_BETWEEN("pause"),
        /** A worker dies at some time after the commit was sent. */
        WORKER_SOMETIME("none"),
        /** The coordinator dies at some time after the commit was sent. */
        COORDINATOR_SOMETIME("none");

        /** The action of the triggers. */
        final String kind;

        Strike(String kind) {
            this.kind = kind;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BY_INSTITUTION", "BY_HOLDER"})
    void noCommitIsTorn(Distribution distribution) throws Exception {
        int rounds = Counts.count("citus.commits", 50);
        try (CitusNodes nodes = CitusNodes.open();
                Commits commits = new Commits(nodes, distribution, Counts.seed())) {
            for (int i = 0; i < rounds; i++) {
                commits.round(i);
            }
            assertTrue(
                    distribution == Distribution.BY_INSTITUTION || commits.spread > 0, "no commit was on two workers");
        }
    }

    private static final List<Strike> STRIKES = List.of(Strike.values());

    /** The rounds on one schema. */
    private static final class Commits implements AutoCloseable {
        private final CitusNodes nodes;
        private final Distribution distribution;
        private final long seed;
        private final Random random;
        private final HikariDataSource database;
        private final long begun = System.nanoTime();

        /** An institution whose store makes one attempt, and one whose store repeats until the outcome is known. */
        private final Institution single;

        private final Institution repeating;
        private final Map<Strike, Map<Answer, Integer>> answers = new EnumMap<>(Strike.class);
        private int rounds;
        private int stored;
        private int spread;

        /** The strike at the next commit. */
        private final AtomicBoolean armed = new AtomicBoolean();

        private Strike strike = Strike.REFUSED;
        private Holder holder = new Holder("none");
        private CompletableFuture<Void> struck = CompletableFuture.completedFuture(null);

        Commits(CitusNodes nodes, Distribution distribution, long seed) {
            this.nodes = nodes;
            this.distribution = distribution;
            this.seed = seed;
            random = new Random(seed);
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl(nodes.url() + "&socketTimeout=10");
            pool.setMinimumIdle(0);
            pool.setConnectionTimeout(3000);
            database = new HikariDataSource(pool);
            JdbcSchema.apply(database, TablePrefix.DEFAULT, distribution);
            for (int worker : nodes.workers()) {
                prepare(worker);
            }
            DataSource striking = Interceptor.before(database, (connection, call) -> {
                if (call.commits() && armed.compareAndSet(true, false)) {
                    begin();
                }
            });
            single = bank(
                    JdbcTokenStore.builder(striking).patience(Duration.ZERO).build());
            repeating = bank(JdbcTokenStore.on(striking));
        }

        private static Institution bank(JdbcTokenStore store) {
            return TestInstitution.builder(store, FakeClock.at("2026-11-23T09:00:00Z"))
                    .build();
        }

        /** Puts a deferred trigger on each shard of the events. It runs when the worker prepares or commits. */
        private void prepare(int worker) {
            nodes.execute(worker, "SET citus.enable_ddl_propagation TO off; CREATE TABLE strike (kind TEXT)");
            nodes.execute(worker, """
                    SET citus.enable_ddl_propagation TO off;
                    CREATE FUNCTION strikes() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
                    DECLARE wanted TEXT;
                    BEGIN
                        SELECT kind INTO wanted FROM strike;
                        IF wanted = 'fail' THEN
                            RAISE EXCEPTION 'injected' USING ERRCODE = '58030';
                        ELSIF wanted = 'pause' THEN
                            PERFORM pg_sleep(%d / 1000.0);
                        END IF;
                        RETURN NULL;
                    END $$""".formatted(PAUSE.toMillis()));
            nodes.execute(worker, """
                    SET citus.enable_ddl_propagation TO off;
                    SET citus.enable_manual_changes_to_shards TO on;
                    SET citus.override_table_visibility TO off;
                    SET citus.enable_unsafe_triggers TO on;
                    DO $$ DECLARE shard TEXT; BEGIN
                        FOR shard IN SELECT relname FROM pg_class
                            WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname ~ '^otp_event_\\d+$'
                        LOOP
                            EXECUTE 'CREATE CONSTRAINT TRIGGER strikes AFTER INSERT ON ' || quote_ident(shard)
                                || ' DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION strikes()';
                        END LOOP;
                    END $$""");
        }

        /** Strikes the commit of one issue. Every second round of a strike repeats the issue until its outcome is known. */
        void round(int number) throws Exception {
            Strike next = STRIKES.get(number % STRIKES.size());
            boolean patient = number / STRIKES.size() % 2 == 1;
            strike = next;
            holder = new Holder("holder-" + number);
            struck = new CompletableFuture<>();
            tell(next.kind);
            database.getHikariPoolMXBean().softEvictConnections();
            armed.set(true);
            Answer answer = issue(patient ? repeating : single);
            assertFalse(armed.get(), () -> "no commit was sent, seed " + seed);
            struck.get();
            tell("none");
            nodes.recover();
            rounds++;
            answers.computeIfAbsent(next, key -> new EnumMap<>(Answer.class)).merge(answer, 1, Integer::sum);
            check(next, answer);
        }

        private void tell(String kind) {
            for (int worker : nodes.workers()) {
                nodes.execute(worker, "DELETE FROM strike; INSERT INTO strike VALUES ('" + kind + "')");
            }
        }

        private Answer issue(Institution bank) {
            try {
                return bank.tokens()
                                .issueSoftware(holder, REQUEST, Confirmation.NONE)
                                .isAccepted()
                        ? Answer.ACCEPTED
                        : Answer.NOT_STORED;
            } catch (UnknownOutcomeException e) {
                return Answer.UNKNOWN;
            } catch (StorageException e) {
                return Answer.NOT_STORED;
            }
        }

        /** Begins the strike just before the commit is sent. */
        private void begin() {
            int home = nodes.workerOf(
                    "otp_event",
                    distribution == Distribution.BY_HOLDER ? holder.value() : TestInstitution.SERVICE_ID.value());
            long delayNanos = random.nextLong(SOMETIME_NANOS);
            int any = nodes.workers().get(random.nextInt(nodes.workers().size()));
            new Thread(() -> {
                        try {
                            strike(home, any, delayNanos);
                            struck.complete(null);
                        } catch (RuntimeException | Error e) {
                            struck.completeExceptionally(e);
                        }
                    })
                    .start();
        }

        private void strike(int home, int any, long delayNanos) {
            int other = nodes.workers().stream()
                    .filter(worker -> worker != home)
                    .findFirst()
                    .orElseThrow();
            switch (strike) {
                case REFUSED -> {
                    LockSupport.parkNanos(PAUSE.toNanos());
                    tell("none");
                }
                case WORKER_BEFORE -> {
                    LockSupport.parkNanos(PAUSE.toNanos() / 2);
                    kill(home);
                }
                case WORKER_BETWEEN -> {
                    awaitSpread(other);
                    kill(other);
                }
                case COORDINATOR_BETWEEN -> {
                    awaitSpread(other);
                    kill(CitusNodes.COORDINATOR);
                }
                case WORKER_SOMETIME -> {
                    LockSupport.parkNanos(delayNanos);
                    kill(any);
                }
                case COORDINATOR_SOMETIME -> {
                    LockSupport.parkNanos(delayNanos);
                    kill(CitusNodes.COORDINATOR);
                }
                default -> throw new AssertionError(strike);
            }
        }

        /** Waits until the other worker has prepared. It prepares nothing if all rows of the issue are on one worker. */
        private void awaitSpread(int other) {
            if (nodes.awaitPrepared(other, PAUSE.dividedBy(2))) {
                spread++;
            }
        }

        private void kill(int node) {
            nodes.kill(node);
            nodes.restart(node);
            nodes.recover();
        }

        /** Compares the rows of the holder with each other and with the answer. */
        private void check(Strike struckBy, Answer answer) {
            String of = struckBy + " of " + holder + " with answer " + answer + ", " + distribution + ", seed " + seed;
            String rows = nodes.query(CitusNodes.COORDINATOR, ROWS.replace("?", "'" + holder.value() + "'"));
            String history = nodes.query(
                    CitusNodes.COORDINATOR, "SELECT event_count FROM otp_enrolment WHERE holder = '" + holder + "'");
            boolean isStored = !history.isEmpty();
            assertEquals(isStored ? "1 1 1 1 " + history : "0 0 0 0 0", rows, of);
            assertFalse(answer == Answer.ACCEPTED && !isStored, () -> "an acknowledged issue is lost: " + of);
            assertFalse(answer == Answer.NOT_STORED && isStored, () -> "a failed issue is stored: " + of);
            assertTrue(repeating.histories().verify(holder).isIntact(), of);
            assertEquals(isStored, repeating.tokens().registration(holder).pending() != null, of);
            stored += isStored ? 1 : 0;
        }

        @Override
        public void close() {
            database.close();
            System.out.println("faults citus "
                    + distribution.name().toLowerCase(Locale.ROOT).replace('_', '-') + " commits rounds "
                    + rounds + " stored " + stored + " spread " + spread
                    + " answers " + answers + " seconds "
                    + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " seed " + seed);
        }
    }
}
