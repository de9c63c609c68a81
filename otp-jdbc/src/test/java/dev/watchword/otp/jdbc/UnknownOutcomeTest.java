package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Commits with an unknown outcome, on a real database behind a connection that loses answers. */
@Tag("R9.2")
class UnknownOutcomeTest {
    /** The fate of a commit. */
    private enum Fate {
        /** The server commits and answers. */
        ANSWERED,
        /** The server commits, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** The connection breaks before the commit. */
        QUESTION_LOST,
        /** The server commits, and warns that it did not wait for its standby. */
        NOT_REPLICATED
    }

    abstract static class OnAServer {
        private final Server server;
        private final Holder taro = new Holder("taro");
        final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        private final Queue<Fate> fates = new ArrayDeque<>();
        final HikariDataSource database;

        /** The names of the calls that fail without an SQLSTATE, as those of a pool may. */
        private final Set<String> failing = new HashSet<>();

        /** Whether the pool has a connection for the call with this number, from 1. */
        private IntPredicate connects = number -> true;

        private final AtomicInteger connections = new AtomicInteger();

        /** An action before the next commit. */
        private Runnable meanwhile = () -> {};

        private Runnable onCommit = () -> {};

        /** An action that runs once, between the read and the first statement of a change. */
        private Runnable beforeWriting = () -> {};

        OnAServer(Server server) {
            this.server = server;
            this.database = server.database("");
        }

        /** Returns whether a call of a statement commits a verification. */
        private static boolean commits(String method, String sql) {
            return method.equals("executeQuery") && (sql.startsWith("WITH") || sql.startsWith("BEGIN"));
        }

        private JdbcTokenStore store(Duration settling) {
            return JdbcTokenStore.builder(fateful(database)).patience(settling).build();
        }

        private Institution bank(Duration settling) {
            return TestInstitution.builder(store(settling), clock).build();
        }

        private FakePhone phone;
        private Institution bank;
        private String code;

        @BeforeEach
        void open() {
            JdbcSchema.apply(database);
            bank = bank(Duration.ofSeconds(15));
            phone = FakePhone.active(bank.tokens(), taro, clock);
            code = phone.code();
        }

        @AfterEach
        void close() {
            database.close();
        }

        private Outcome<Registration> verify() {
            return bank.tokens().verify(taro, code, Purpose.LOGIN);
        }

        private long accepted() {
            return bank.histories().read(taro, 0, 100).stream()
                    .map(TokenEvent::type)
                    .filter(type -> type == EventType.CODE_ACCEPTED)
                    .count();
        }

        @Test
        void aCommitWhoseAnswerIsLostIsFoundAgain() {
            fates.add(Fate.ANSWER_LOST);

            assertAccepted(verify());
            assertEquals(1, accepted());
        }

        /**
         * From the second attempt on, the store locks the enrolment. On PostgreSQL it then sends the change and its
         * commit separately.
         */
        @Test
        void aLostAnswerIsFoundAgainInALockedAttempt() {
            TokenService competitor = TestInstitution.builder(JdbcTokenStore.on(database), clock)
                    .build()
                    .tokens();
            beforeWriting =
                    () -> assertRefused(Refusal.WRONG_CODE, competitor.verify(taro, phone.wrongCode(), Purpose.LOGIN));
            if (server == Server.POSTGRESQL) {
                fates.add(Fate.ANSWERED);
            }
            fates.addAll(List.of(Fate.ANSWERED, Fate.ANSWER_LOST));

            assertAccepted(verify());
            assertEquals(1, accepted());
            assertTrue(fates.isEmpty());
        }

        @Test
        void aCommitThatIsLostIsSubmittedAgain() {
            fates.addAll(List.of(Fate.QUESTION_LOST, Fate.QUESTION_LOST));

            assertAccepted(verify());
            assertEquals(1, accepted());
        }

        @Test
        void aCompetitorThatWasFasterHasWon() {
            fates.add(Fate.QUESTION_LOST);
            TokenService competitor = TestInstitution.builder(JdbcTokenStore.on(database), clock)
                    .build()
                    .tokens();
            meanwhile = () -> assertAccepted(competitor.verify(taro, code, Purpose.LOGIN));

            assertRefused(Refusal.REPLAYED, verify());
            assertEquals(1, accepted());
        }

        /** A repeated change must not be reported as stored if only one server may have it. */
        @Test
        void aChangeThatIsSubmittedAgainIsConfirmedByACommit() {
            AtomicReference<@Nullable EnrolmentChange> last = new AtomicReference<>();
            JdbcTokenStore store = JdbcTokenStore.builder(fateful(database))
                    .patience(Duration.ofMillis(200))
                    .build();
            bank = TestInstitution.builder(remembering(store, last), clock).build();
            assertAccepted(verify());
            EnrolmentChange change = requireNonNull(last.get());
            AtomicInteger commits = new AtomicInteger();
            onCommit = commits::incrementAndGet;

            assertEquals(CommitResult.COMMITTED, store.commit(change));

            assertTrue(commits.get() > 0);
            assertEquals(1, accepted());
        }

        /** An earlier submission stored the change, although the failed transaction of the lookup stored nothing. */
        @Test
        void aChangeThatCannotBeConfirmedHasAnUnknownOutcome() {
            AtomicReference<@Nullable EnrolmentChange> last = new AtomicReference<>();
            AtomicBoolean broken = new AtomicBoolean();
            DataSource confirming = Interceptor.before(database, (connection, call) -> {
                if (broken.get() && call.executes("UPDATE otp_enrolment")) {
                    throw new SQLException("the connection broke", "08006");
                }
            });
            JdbcTokenStore store = JdbcTokenStore.builder(confirming)
                    .patience(Duration.ofMillis(200))
                    .build();
            bank = TestInstitution.builder(remembering(store, last), clock).build();
            assertAccepted(verify());
            broken.set(true);

            assertThrows(UnknownOutcomeException.class, () -> store.commit(requireNonNull(last.get())));
            assertEquals(1, accepted());
        }

        private static TokenStore remembering(TokenStore store, AtomicReference<@Nullable EnrolmentChange> last) {
            return proxy(TokenStore.class, store, (method, args, call) -> {
                if (method.equals("commit")) {
                    last.set((EnrolmentChange) args[0]);
                }
                return call.get();
            });
        }

        @Test
        void anUnknownOutcomeIsAnExceptionAndNoAnswer() {
            bank = bank(Duration.ofMillis(200));
            for (int i = 0; i < 1_000; i++) {
                fates.add(i == 0 ? Fate.ANSWER_LOST : Fate.QUESTION_LOST);
            }

            UnknownOutcomeException unknown = assertThrows(UnknownOutcomeException.class, this::verify);

            assertTrue(String.valueOf(unknown.getMessage()).contains("unknown whether"));
            fates.clear();
            assertRefused(Refusal.REPLAYED, verify());
            clock.toNextStep(TotpProfile.BANK);
            assertAccepted(bank.tokens().verify(taro, phone.code(), Purpose.LOGIN));
        }

        void assertThatACommitWithoutItsStandbyHasAnUnknownOutcome() {
            fates.addAll(List.of(Fate.NOT_REPLICATED, Fate.NOT_REPLICATED));
            assertAccepted(verify());
            assertEquals(1, accepted());

            bank = bank(Duration.ofMillis(200));
            clock.toNextStep(TotpProfile.BANK);
            code = phone.code();
            for (int i = 0; i < 1_000; i++) {
                fates.add(Fate.NOT_REPLICATED);
            }
            assertThrows(UnknownOutcomeException.class, this::verify);
        }

        @Test
        void aCloseThatFailsDoesNotDenyACommit() {
            TokenService competitor = TestInstitution.builder(JdbcTokenStore.on(database), clock)
                    .build()
                    .tokens();
            JdbcTokenStore store = store(Duration.ofMillis(200));
            failing.add("close");

            assertAccepted(verify());
            assertRefused(Refusal.REPLAYED, verify());
            clock.toNextStep(TotpProfile.BANK);
            code = phone.code();
            beforeWriting =
                    () -> assertRefused(Refusal.WRONG_CODE, competitor.verify(taro, phone.wrongCode(), Purpose.LOGIN));
            assertAccepted(verify());
            TestInstitution.builder(store, clock)
                    .build()
                    .consumers()
                    .create(new ConsumerName("mail"), FeedStart.FIRST_EVENT);

            assertEquals(2, accepted());
        }

        @Test
        void aFailureAfterTheCommitLeavesTheOutcomeUnknown() {
            bank = bank(Duration.ofMillis(200));
            List<String> calls = server == Server.POSTGRESQL ? List.of("getWarnings", "next") : List.of("next");
            for (String call : calls) {
                failing.add(call);
                assertThrows(UnknownOutcomeException.class, this::verify, call);
                failing.clear();

                assertRefused(Refusal.REPLAYED, verify());
                clock.toNextStep(TotpProfile.BANK);
                code = phone.code();
            }
            assertEquals(calls.size(), accepted());
        }

        private void connectOnlyIf(IntPredicate number) {
            connections.set(0);
            connects = number;
        }

        /** A verification reads on one connection and commits on another. */
        @Test
        void aChangeWithoutAConnectionIsNotStored() {
            bank = bank(Duration.ofMillis(200));
            connectOnlyIf(number -> number == 1);

            assertThrows(OverloadedException.class, this::verify);

            connectOnlyIf(number -> true);
            assertAccepted(verify());
        }

        @Test
        void aMissingConnectionIsRetried() {
            connectOnlyIf(number -> number == 1 || number > 4);

            assertAccepted(verify());
        }

        @Test
        void aLostAnswerStaysUnknownWithoutAnotherConnection() {
            bank = bank(Duration.ofMillis(200));
            connectOnlyIf(number -> number < 3);
            fates.add(Fate.ANSWER_LOST);

            assertThrows(UnknownOutcomeException.class, this::verify);

            connectOnlyIf(number -> true);
            assertRefused(Refusal.REPLAYED, verify());
        }

        @Test
        void aBatchWithoutAConnectionIsNotStored() {
            JdbcTokenStore store = store(Duration.ofMillis(200));
            connectOnlyIf(number -> false);

            assertThrows(
                    OverloadedException.class,
                    () -> store.discard(TestInstitution.SERVICE_ID, new BatchId("delivery"), new UUID(1, 1)));
        }

        private DataSource fateful(DataSource around) {
            return proxy(DataSource.class, around, (method, args, call) -> {
                if (method.equals("getConnection") && !connects.test(connections.incrementAndGet())) {
                    throw new SQLTransientConnectionException("Connection is not available, request timed out");
                }
                Object result = call.get();
                return result instanceof Connection connection
                        ? proxy(
                                Connection.class,
                                connection,
                                (name, values, execution) -> ofConnection(connection, name, values, execution))
                        : result;
            });
        }

        private Object ofConnection(Connection connection, String method, Object[] args, Call call) throws Throwable {
            if (method.equals("getWarnings")) {
                failIfToldTo(method);
                return warning == null ? call.get() : warning;
            }
            if (method.equals("close")) {
                Object closed = call.get();
                failIfToldTo(method);
                return closed;
            }
            if (method.equals("commit")) {
                onCommit.run();
                return committed(connection, call);
            }
            if (method.equals("prepareStatement")
                    && ((String) args[0]).matches("(?s)(WITH|BEGIN|UPDATE otp_enrolment) .*")) {
                Runnable now = beforeWriting;
                beforeWriting = () -> {};
                now.run();
            }
            Object result = call.get();
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, statement, (name, values, execution) -> {
                        if (name.equals("getWarnings")) {
                            failIfToldTo(name);
                            return warning == null ? execution.get() : warning;
                        }
                        if (!commits(name, ((String) args[0]).strip())) {
                            return execution.get();
                        }
                        ResultSet rows = (ResultSet) committed(connection, execution);
                        return proxy(ResultSet.class, rows, (read, column, reading) -> {
                            failIfToldTo(read);
                            return reading.get();
                        });
                    })
                    : result;
        }

        private void failIfToldTo(String method) throws SQLException {
            if (failing.contains(method)) {
                throw new SQLException(method + " failed");
            }
        }

        private @Nullable SQLWarning warning;

        private Object committed(Connection connection, Call call) throws Throwable {
            Fate fate = fates.isEmpty() ? Fate.ANSWERED : fates.remove();
            warning = fate == Fate.NOT_REPLICATED
                    ? new SQLWarning("canceling wait for synchronous replication due to user request", "01000")
                    : null;
            if (fate == Fate.QUESTION_LOST && !connection.getAutoCommit()) {
                connection.rollback();
            }
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            if (fate == Fate.QUESTION_LOST) {
                throw new SQLException("the connection broke", "08006");
            }
            Object answer = call.get();
            if (fate == Fate.ANSWER_LOST) {
                throw new SQLException("the connection broke", "08006");
            }
            return answer;
        }
    }

    private interface Call {
        Object get() throws Throwable;
    }

    private interface Around {
        Object of(String method, Object[] args, Call call) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> around.of(method.getName(), args, () -> {
                    try {
                        return method.invoke(target, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }

    @Nested
    class OnPostgresql extends OnAServer {
        OnPostgresql() {
            super(Server.POSTGRESQL);
        }

        @Test
        void aCommitWithoutItsStandbyHasAnUnknownOutcome() {
            assertThatACommitWithoutItsStandbyHasAnUnknownOutcome();
        }

        /**
         * The warning that a server sends in every session after the sort order of its operating system has changed.
         */
        @Test
        void aGreetingWarningIsNoUnknownOutcome() throws SQLException {
            EmptyDatabase.execute(
                    database, "UPDATE pg_database SET datcollversion = '0' WHERE datname = current_database()");
            PGSimpleDataSource greeted = new PGSimpleDataSource();
            greeted.setUrl(database.getJdbcUrl());
            try (Connection connection = greeted.getConnection()) {
                assertEquals("01000", connection.getWarnings().getSQLState());
            }
            JdbcTokenStore store = JdbcTokenStore.builder(greeted)
                    .patience(Duration.ofMillis(200))
                    .build();

            TokenService tokens = TestInstitution.builder(store, clock).build().tokens();
            FakePhone hanako = FakePhone.active(tokens, new Holder("hanako"), clock);
            assertAccepted(tokens.verify(new Holder("hanako"), hanako.code(), Purpose.LOGIN));
            TestInstitution.builder(store, clock)
                    .build()
                    .consumers()
                    .create(new ConsumerName("mail"), FeedStart.FIRST_EVENT);
        }
    }

    @Nested
    class OnMariadb extends OnAServer {
        OnMariadb() {
            super(Server.MARIADB);
        }
    }
}
