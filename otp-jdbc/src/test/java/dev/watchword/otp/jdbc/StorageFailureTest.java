package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.jdbc.support.Interceptor.Call;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Every failure of a database, at every call of a change: the exception tells the truth about the outcome. */
@Tag("R15.5")
class StorageFailureTest {
    /** The failures. Those of the network can strike after the server did its work; those of the server cannot. */
    private enum Failure {
        SOCKET_TIMEOUT(true),
        DRIVER_TIMEOUT(true),
        WITHOUT_STATE(true),
        INTERNAL_ERROR(true),
        SERVER_STOPPED(true),
        UNCHECKED(true),
        CANCELLED(false),
        DISK_FULL(false),
        READ_ONLY(false);

        private final boolean strikesAfterwards;

        Failure(boolean strikesAfterwards) {
            this.strikesAfterwards = strikesAfterwards;
        }

        Exception on(Product product) {
            return switch (this) {
                case SOCKET_TIMEOUT ->
                    product == Product.SQLITE
                            ? new SQLiteException("the file cannot be read", SQLiteErrorCode.SQLITE_IOERR)
                            : new SQLException("no answer", "08006", new SocketTimeoutException());
                case DRIVER_TIMEOUT -> new SQLTimeoutException("the statement took too long");
                case WITHOUT_STATE -> new SQLException("failed");
                case INTERNAL_ERROR -> new SQLException("internal error", "XX000");
                case SERVER_STOPPED -> new SQLException("terminating connection", "57P01");
                case UNCHECKED -> new IllegalStateException("a defect of the driver");
                case CANCELLED ->
                    product == Product.MARIADB
                            ? new SQLException("query execution was interrupted", "70100", 1317)
                            : new SQLException("canceling statement", "57014");
                case DISK_FULL -> diskFull(product);
                case READ_ONLY -> readOnly(product);
            };
        }

        private static SQLException readOnly(Product product) {
            return switch (product) {
                case MARIADB -> new SQLException("running with --read-only", "HY000", 1290);
                case SQLITE ->
                    new SQLiteException("attempt to write a readonly database", SQLiteErrorCode.SQLITE_READONLY);
                case POSTGRESQL, H2 -> new SQLException("read-only transaction", "25006");
            };
        }

        private static SQLException diskFull(Product product) {
            return switch (product) {
                case MARIADB -> new SQLException("the table is full", "HY000", 1114);
                case SQLITE -> new SQLiteException("database or disk is full", SQLiteErrorCode.SQLITE_FULL);
                case POSTGRESQL, H2 -> new SQLException("could not extend file", "53100");
            };
        }
    }

    /** The calls at which a failure strikes. */
    private enum Strike {
        AT_THE_POOL,
        AT_THE_BEGINNING,
        BEFORE_THE_STATEMENT,
        AFTER_THE_STATEMENT,
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT,
        AT_THE_WARNINGS,
        AT_THE_END,
        AT_THE_CLOSE;

        boolean isAt(Call call, boolean before) {
            return switch (this) {
                case AT_THE_POOL -> before && call.method().equals("getConnection");
                case AT_THE_BEGINNING -> before && (call.method().equals("setAutoCommit") || call.executes("DELETE"));
                case BEFORE_THE_STATEMENT -> before && writes(call);
                case AFTER_THE_STATEMENT -> !before && writes(call);
                case BEFORE_THE_COMMIT -> before && call.commits();
                case AFTER_THE_COMMIT -> !before && call.commits();
                case AT_THE_WARNINGS -> call.method().equals("getWarnings");
                case AT_THE_END, AT_THE_CLOSE ->
                    !before
                            && call.type().equals("Connection")
                            && call.method().equals(this == AT_THE_END ? "setAutoCommit" : "close");
            };
        }

        private static boolean writes(Call call) {
            return call.executes("UPDATE otp_enrolment", "WITH", "BEGIN NOT ATOMIC");
        }
    }

    /** The calls after which the server may have done its work. */
    private static final Set<Strike> LATE = Set.of(
            Strike.AFTER_THE_STATEMENT,
            Strike.AFTER_THE_COMMIT,
            Strike.AT_THE_WARNINGS,
            Strike.AT_THE_END,
            Strike.AT_THE_CLOSE);

    /** The operations. On a server a verification is one statement, which also commits. A replacement brings a token, so it is not. */
    private enum Operation {
        VERIFY(EventType.CODE_ACCEPTED) {
            @Override
            Outcome<?> run(Institution bank, Holder holder, String code) {
                return bank.tokens().verify(holder, code, Purpose.LOGIN);
            }
        },
        REPLACE(EventType.SUSPENDED) {
            @Override
            Outcome<?> run(Institution bank, Holder holder, String code) {
                return replace(bank, holder);
            }
        };

        private final EventType recorded;

        Operation(EventType recorded) {
            this.recorded = recorded;
        }

        abstract Outcome<?> run(Institution bank, Holder holder, String code);
    }

    private static Outcome<?> replace(Institution bank, Holder holder) {
        SoftwareRequest request = SoftwareRequest.of("taro@bank.example", FakePhone.ACTIVATION_PASSWORD);
        return bank.desk(new Operator("helpdesk-7"))
                .replaceWithSoftware(holder, SuspensionReason.LOST, request, "phoned in");
    }

    /** A database, and the failure that strikes it next. */
    private static final class Trial {
        private final Product product;
        private final HikariDataSource database;
        private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        private final Institution bank;
        private final Institution struck;
        private int holders;

        private @Nullable Strike strike;
        private @Nullable Failure failure;
        private boolean committed;
        private boolean hit;

        Trial(Product product) {
            this.product = product;
            database = EmptyDatabase.of(product);
            JdbcSchema.apply(database);
            bank = TestInstitution.builder(JdbcTokenStore.on(database), clock).build();
            JdbcTokenStore store = JdbcTokenStore.builder(Interceptor.around(
                            database,
                            (connection, call) -> strike(call, true),
                            (connection, call) -> strike(call, false)))
                    .patience(Duration.ZERO)
                    .build();
            struck = TestInstitution.builder(store, clock).build();
        }

        private int sessions;

        /** Strikes in the second session, because the first one reads. */
        private void strike(Call call, boolean before) throws Exception {
            Strike at = strike;
            if (at == null || hit) {
                return;
            }
            if (before && call.method().equals("getConnection")) {
                sessions++;
            }
            boolean end = at == Strike.AT_THE_END || at == Strike.AT_THE_CLOSE || at == Strike.AT_THE_WARNINGS;
            if (sessions == 2 && (!end || committed) && at.isAt(call, before)) {
                hit = true;
                throw requireNonNull(failure).on(product);
            }
            boolean isOneStatement = call.executes("WITH", "BEGIN NOT ATOMIC");
            committed |= sessions == 2 && !before && (call.commits() || isOneStatement);
        }

        /** Runs an operation. Returns whether the strike hit it. */
        void run(Operation operation, Strike at, Failure what) {
            Holder holder = new Holder("holder-" + ++holders);
            FakePhone phone = FakePhone.active(bank.tokens(), holder, clock);
            WatchwordException thrown = null;
            sessions = 0;
            committed = false;
            hit = false;
            strike = at;
            failure = what;
            try {
                assertAccepted(operation.run(struck, holder, phone.code()));
            } catch (WatchwordException e) {
                thrown = e;
            } finally {
                strike = null;
            }
            if (hit) {
                judge(operation, at, what, thrown, stored(operation, holder));
            } else {
                assertTrue(stored(operation, holder));
            }
        }

        private boolean stored(Operation operation, Holder holder) {
            return bank.histories().read(holder, 0, 100).stream().anyMatch(event -> event.type() == operation.recorded);
        }

        private void judge(
                Operation operation, Strike at, Failure what, @Nullable WatchwordException thrown, boolean stored) {
            boolean isUnknown = thrown instanceof UnknownOutcomeException;
            if (!isUnknown) {
                assertEquals(thrown == null, stored, () -> "stored, after " + thrown);
            }
            boolean isServer = product == Product.POSTGRESQL || product == Product.MARIADB;
            boolean commitsAtOnce = isServer && operation == Operation.VERIFY;
            boolean rejected = what == Failure.DISK_FULL
                    || what == Failure.READ_ONLY
                    || (what == Failure.CANCELLED && product == Product.POSTGRESQL);
            switch (at) {
                case AT_THE_POOL, AT_THE_BEGINNING -> assertFalse(isUnknown, "nothing was sent");
                case BEFORE_THE_STATEMENT, AFTER_THE_STATEMENT ->
                    assertEquals(commitsAtOnce && !rejected, isUnknown, () -> "unknown, after " + thrown);
                case BEFORE_THE_COMMIT ->
                    assertEquals(what != Failure.DISK_FULL || product == Product.MARIADB, isUnknown);
                case AFTER_THE_COMMIT, AT_THE_WARNINGS -> assertTrue(isUnknown, () -> "unknown, but " + thrown);
                case AT_THE_END, AT_THE_CLOSE -> assertTrue(stored && thrown == null, () -> "stored, but " + thrown);
            }
        }
    }

    @TestFactory
    Stream<DynamicContainer> theExceptionTellsTheTruth() {
        return Stream.of(Product.values()).map(product -> {
            Trial trial = new Trial(product);
            List<DynamicTest> tests = new ArrayList<>();
            for (Operation operation : Operation.values()) {
                for (Strike strike : Strike.values()) {
                    for (Failure failure : Failure.values()) {
                        boolean late = LATE.contains(strike);
                        if (!late || failure.strikesAfterwards) {
                            String name = Stream.of(operation, failure, strike)
                                    .map(part -> part.name().toLowerCase(Locale.ROOT))
                                    .toList()
                                    .toString();
                            tests.add(dynamicTest(name, () -> trial.run(operation, strike, failure)));
                        }
                    }
                }
            }
            tests.add(dynamicTest("is closed", trial.database::close));
            return dynamicContainer(product.toString(), tests);
        });
    }

    /** A connection with an open transaction would otherwise fail, or commit half of a change, for its next user. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void aConnectionThatCannotRollBackIsNotUsedAgain(Product product, @TempDir Path folder) {
        try (HikariDataSource server = EmptyDatabase.of(product);
                EmbeddedDatabase embedded = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            server.setMaximumPoolSize(1);
            DataSource database = product == Product.SQLITE ? embedded.dataSource() : server;
            JdbcSchema.apply(database);
            FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
            AtomicBoolean broken = new AtomicBoolean();
            DataSource struck = Interceptor.before(database, (connection, call) -> {
                boolean statement = call.executes("WITH", "INSERT INTO otp_event");
                if (broken.get() && (statement || call.method().equals("rollback"))) {
                    throw new SQLException("failed", "58030");
                }
            });
            JdbcTokenStore store =
                    JdbcTokenStore.builder(struck).patience(Duration.ZERO).build();
            Institution bank = TestInstitution.builder(store, clock).build();
            Holder holder = new Holder("taro");
            FakePhone phone = FakePhone.active(bank.tokens(), holder, clock);
            broken.set(true);

            assertThrows(StorageException.class, () -> replace(bank, holder));

            broken.set(false);
            Institution patient =
                    TestInstitution.builder(JdbcTokenStore.on(struck), clock).build();
            assertAccepted(patient.tokens().verify(holder, phone.code(), Purpose.LOGIN));
        }
    }
}
