package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are in the middle of a transaction, or not in autocommit mode. */
@Tag("R15.3")
class ForeignTransactionTest {
    private static final Holder TARO = new Holder("taro");
    private static final Operator OPERATOR = new Operator("helpdesk-7");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    /** Returns a small pool on a new database. */
    private static HikariDataSource pool(Product product, boolean autoCommit, int size) {
        HikariConfig config = new HikariConfig();
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            database.copyStateTo(config);
        }
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(1_000);
        return new HikariDataSource(config);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void createAccounts(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, "CREATE TABLE account (holder VARCHAR(20) NOT NULL, PRIMARY KEY (holder))");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private static long accounts(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM account")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A data source that hands out the connection of the current transaction, as those of frameworks do. For one thread. */
    private static final class TransactionAware {
        private final DataSource pool;
        private @Nullable Connection current;

        TransactionAware(DataSource pool) {
            this.pool = pool;
        }

        DataSource dataSource() {
            return proxy(DataSource.class, (self, method, args) -> {
                Connection connection = current;
                return connection == null ? pool.getConnection() : withoutClosing(connection);
            });
        }

        Connection begin() throws SQLException {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(false);
            current = connection;
            return connection;
        }

        void end() throws SQLException {
            try (Connection connection = requireNonNull(current)) {
                current = null;
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static Connection withoutClosing(Connection connection) {
        return proxy(
                Connection.class,
                (self, method, args) -> method.getName().equals("close") ? null : call(connection, method, args));
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(ForeignTransactionTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Institution bank(DataSource dataSource) {
        return TestInstitution.builder(JdbcTokenStore.on(dataSource), clock).build();
    }

    /** The store committed the application's half-done work, when it set autocommit on that connection. */
    @ParameterizedTest
    @EnumSource
    void neverCommitsTheWorkOfTheApplication(Product product) throws Exception {
        try (HikariDataSource pool = pool(product, true, 5)) {
            JdbcSchema.apply(pool);
            createAccounts(pool);
            TransactionAware aware = new TransactionAware(pool);
            Institution bank = bank(aware.dataSource());
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            List<Callable<?>> calls = List.of(
                    () -> bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN),
                    () -> bank.tokens().verify(TARO, phone.wrongCode(), Purpose.LOGIN),
                    () -> bank.tokens().registration(TARO),
                    () -> bank.desk(OPERATOR).suspend(TARO, SuspensionReason.LOST, "phoned in"),
                    () -> bank.proofs().forRevocation(TARO, Confirmation.NONE.code(phone.code())),
                    () -> bank.histories().read(TARO, 0, 10));

            for (Callable<?> call : calls) {
                Connection connection = aware.begin();
                execute(connection, "INSERT INTO account (holder) VALUES ('taro')");
                StorageException refused = assertThrows(StorageException.class, call::call);
                assertTrue(String.valueOf(refused.getMessage()).contains("takingPartIn"), refused::getMessage);
                aware.end();
                assertEquals(0, accounts(pool));
            }

            assertEquals(
                    List.of(),
                    bank.histories().read(TARO, 0, 100).stream()
                            .filter(event -> event.type() == EventType.SUSPENDED
                                    || event.type() == EventType.CODE_ACCEPTED
                                    || event.type() == EventType.WRONG_CODE)
                            .toList());
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherOpensNorAppliesTheSchemaInAForeignTransaction(Product product) throws Exception {
        try (HikariDataSource pool = pool(product, true, 5)) {
            createAccounts(pool);
            TransactionAware aware = new TransactionAware(pool);
            execute(aware.begin(), "INSERT INTO account (holder) VALUES ('taro')");
            assertThrows(StorageException.class, () -> JdbcSchema.apply(aware.dataSource()));
            assertThrows(StorageException.class, () -> JdbcTokenStore.on(aware.dataSource()));
            aware.end();
            assertEquals(0, accounts(pool));
        }
    }

    /** A transaction that only read is recognised too, where the driver tells. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "SQLITE"})
    void recognisesATransactionThatOnlyRead(Product product) throws Exception {
        try (HikariDataSource pool = pool(product, true, 5)) {
            JdbcSchema.apply(pool);
            createAccounts(pool);
            TransactionAware aware = new TransactionAware(pool);
            Institution bank = bank(aware.dataSource());
            execute(aware.begin(), "SELECT holder FROM account");
            assertThrows(StorageException.class, () -> bank.tokens().registration(TARO));
            aware.end();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPoolWithoutAutoCommitWorks(Product product) throws Exception {
        try (HikariDataSource pool = pool(product, false, 3)) {
            List<Connection> handedOut = new ArrayList<>();
            DataSource watched = proxy(DataSource.class, (self, method, args) -> {
                Connection connection = pool.getConnection();
                return proxy(Connection.class, (lent, called, with) -> {
                    if (called.getName().equals("close") && !connection.isClosed()) {
                        handedOut.add(connection);
                        assertFalse(connection.getAutoCommit());
                        OpenTransactions.requireNone(connection);
                    }
                    return call(connection, called, with);
                });
            });
            JdbcSchema.apply(watched);
            Institution bank = bank(watched);
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
            assertRefused(Refusal.REPLAYED, bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
            assertRefused(Refusal.WRONG_CODE, bank.tokens().verify(TARO, phone.wrongCode(), Purpose.LOGIN));
            assertAccepted(bank.desk(OPERATOR).revoke(TARO, "left the bank"));
            assertEquals(
                    RegistrationStatus.UNREGISTERED,
                    bank.tokens().registration(TARO).status());
            assertTrue(bank.histories().verify(TARO).isIntact());
            assertTrue(handedOut.size() > 10);
        }
    }

    /** A pool that resets nothing, without autocommit, at repeatable read: a snapshot would last for ever. */
    @ParameterizedTest
    @EnumSource
    void everyReadHasAFreshSnapshot(Product product) throws Exception {
        try (HikariDataSource pool = pool(product, true, 3);
                Connection only = DriverManager.getConnection(pool.getJdbcUrl(), user(pool))) {
            JdbcSchema.apply(pool);
            if (product != Product.SQLITE) { // it always reads a snapshot
                only.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            only.setAutoCommit(false);
            Institution reading = bank(proxy(DataSource.class, (self, method, args) -> withoutClosing(only)));
            assertEquals(
                    RegistrationStatus.UNREGISTERED,
                    reading.tokens().registration(TARO).status());
            assertAccepted(bank(pool).tokens().orderHardware(TARO, Confirmation.NONE));

            assertEquals(
                    RegistrationStatus.ISSUED,
                    reading.tokens().registration(TARO).status());
            assertFalse(only.getAutoCommit());
        }
    }

    private static Properties user(HikariDataSource pool) {
        Properties user = new Properties();
        if (pool.getUsername() != null) {
            user.setProperty("user", pool.getUsername());
        }
        return user;
    }

    @Test
    void refusesADriverThatCannotTell() throws Exception {
        try (HikariDataSource pool = pool(Product.H2, false, 3)) {
            JdbcSchema.apply(pool);
            DataSource unknown = proxy(DataSource.class, (self, method, args) -> {
                Connection connection = pool.getConnection();
                return proxy(
                        Connection.class,
                        (lent, called, with) -> called.getName().equals("isWrapperFor")
                                ? (Object) false
                                : call(connection, called, with));
            });
            StorageException refused = assertThrows(StorageException.class, () -> JdbcTokenStore.on(unknown));
            assertTrue(String.valueOf(refused.getMessage()).contains("autocommit mode"));
        }
    }

    /** The sizes of a pool, as the page of databases states them. */
    @Nested
    class SizeOfAPool {
        private static final int THREADS = 3;

        /** Every thread holds a connection, and calls the library. Returns the number of calls that succeeded. */
        private int succeeding(int size, boolean withinTheTransaction) throws Exception {
            try (HikariDataSource pool = pool(Product.POSTGRESQL, true, size)) {
                JdbcSchema.apply(pool);
                JdbcTokenStore store = JdbcTokenStore.builder(pool)
                        .patience(Duration.ofSeconds(1))
                        .build();
                Institution bank = TestInstitution.builder(store, clock).build();
                CyclicBarrier allHold = new CyclicBarrier(THREADS);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS);
                try {
                    List<Future<Boolean>> calls = new ArrayList<>();
                    for (int i = 0; i < THREADS; i++) {
                        Holder holder = new Holder("holder" + i);
                        calls.add(threads.submit(() -> {
                            try (Connection connection = pool.getConnection()) {
                                connection.setAutoCommit(false);
                                allHold.await(1, TimeUnit.MINUTES);
                                try {
                                    if (withinTheTransaction) {
                                        assertAccepted(bank.within(store.takingPartIn(connection))
                                                .desk(OPERATOR)
                                                .suspendHolder(holder, SuspensionReason.OTHER, "asked to"));
                                    } else {
                                        assertAccepted(bank.desk(OPERATOR)
                                                .suspendHolder(holder, SuspensionReason.OTHER, "asked to"));
                                    }
                                    return true;
                                } catch (WatchwordException e) {
                                    allHold.await(1, TimeUnit.MINUTES);
                                    return false;
                                } finally {
                                    connection.rollback();
                                }
                            }
                        }));
                    }
                    int succeeded = 0;
                    for (Future<Boolean> call : calls) {
                        succeeded += call.get(2, TimeUnit.MINUTES) ? 1 : 0;
                    }
                    return succeeded;
                } finally {
                    threads.shutdownNow();
                }
            }
        }

        @Test
        void oneMoreThanTheThreadsThatHoldAConnectionSuffices() throws Exception {
            assertEquals(THREADS, succeeding(THREADS + 1, false));
        }

        @Test
        void asManyAsTheThreadsThatHoldAConnectionStarve() throws Exception {
            assertEquals(0, succeeding(THREADS, false));
        }

        @Test
        void aViewNeedsNoSecondConnection() throws Exception {
            assertEquals(THREADS, succeeding(THREADS, true));
        }
    }
}
