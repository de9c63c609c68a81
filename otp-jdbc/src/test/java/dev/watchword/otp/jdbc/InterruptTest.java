package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that is interrupted: a wait ends at once, nothing is stored, and the thread stays interrupted. */
@Tag("R15.5")
class InterruptTest {
    private static final Holder TARO = new Holder("taro");
    private static final Duration LONG = Duration.ofMinutes(30);

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    private Institution bank(DataSource database) {
        JdbcTokenStore store = JdbcTokenStore.builder(database).patience(LONG).build();
        return TestInstitution.builder(store, clock).build();
    }

    /** A login by a thread. */
    private static final class Login {
        private final AtomicReference<@Nullable Outcome<Registration>> outcome = new AtomicReference<>();
        private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        private final AtomicBoolean interrupted = new AtomicBoolean();
        private final Thread thread;

        Login(Institution bank, FakePhone phone) {
            thread = new Thread(() -> {
                try {
                    outcome.set(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
                } catch (WatchwordException e) {
                    thrown.set(e);
                }
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
        }

        void untilWaiting() {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }

        void interrupt() throws InterruptedException {
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertEquals(Thread.State.TERMINATED, thread.getState());
            assertTrue(interrupted.get());
        }
    }

    private static void assertStoredNothing(Login login) {
        assertInstanceOf(StorageException.class, login.thrown.get());
    }

    @Test
    void whileItWaitsForAConnection() throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(Product.H2)) {
            JdbcSchema.apply(database);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(database.getJdbcUrl());
            config.setUsername("sa");
            config.setMaximumPoolSize(1);
            config.setConnectionTimeout(LONG.toMillis());
            try (HikariDataSource one = new HikariDataSource(config)) {
                endsAWaitForAConnection(one);
            }
        }
    }

    @Test
    void whileItWaitsForAConnectionToAFile(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            endsAWaitForAConnection(database.dataSource());
        }
    }

    private void endsAWaitForAConnection(DataSource pool) throws Exception {
        Institution bank = bank(pool);
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        int size = pool instanceof HikariDataSource hikari ? hikari.getMaximumPoolSize() : 8;
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(pool.getConnection());
        }
        Login login = new Login(bank, phone);
        login.untilWaiting();

        login.interrupt();

        for (Connection connection : all) {
            connection.close();
        }
        assertStoredNothing(login);
        assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
    }

    @Test
    void whileItWaitsBetweenTwoAttempts() throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(Product.H2)) {
            JdbcSchema.apply(database);
            AtomicBoolean down = new AtomicBoolean();
            CountDownLatch refused = new CountDownLatch(3);
            Institution bank = bank(Interceptor.before(database, (connection, call) -> {
                if (down.get() && call.method().equals("getConnection")) {
                    refused.countDown();
                    throw new SQLTransientConnectionException("the server is away", "08001");
                }
            }));
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            down.set(true);
            Login login = new Login(bank, phone);
            refused.await();

            login.interrupt();

            assertStoredNothing(login);
            down.set(false);
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }

    @Test
    void whileItWaitsForItsTurnToWrite(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            JdbcTokenStore store = JdbcTokenStore.on(database.dataSource());
            Institution bank = bank(database.dataSource());
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            try (Attempt writing = store.attempt(TestInstitution.SERVICE_ID, TARO)) {
                assertTrue(writing.find().isPresent());
                Login login = new Login(bank, phone);
                login.untilWaiting();

                login.interrupt();

                assertStoredNothing(login);
            }
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }

    /** A write that the server has received is not cut off. The row is locked until after the interrupt. */
    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRESQL", "MARIADB"})
    void duringAWrite(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            CountDownLatch writing = new CountDownLatch(1);
            AtomicBoolean watched = new AtomicBoolean();
            Institution bank = bank(Interceptor.before(database, (connection, call) -> {
                if (watched.get() && call.executes("WITH", "BEGIN NOT ATOMIC")) {
                    writing.countDown();
                }
            }));
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            watched.set(true);
            Login login;
            try (Connection other = database.getConnection()) {
                other.setAutoCommit(false);
                lock(other);
                login = new Login(bank, phone);
                writing.await();
                login.thread.interrupt();
                other.rollback();
            }

            login.interrupt();

            assertAccepted(requireNonNull(login.outcome.get()));
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT holder FROM otp_enrolment WHERE holder = 'taro' FOR UPDATE")) {
            assertTrue(statement.executeQuery().next());
        }
    }
}
