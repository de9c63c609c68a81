package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Too many calls at once: the caller learns that nothing was done, and that the database works. */
@Tag("R15.5")
class OverloadTest {
    private static final Holder TARO = new Holder("taro");
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    private Institution bank(DataSource database) {
        JdbcTokenStore store = JdbcTokenStore.builder(database).patience(SHORT).build();
        return TestInstitution.builder(store, clock).build();
    }

    private static HikariDataSource poolOfOne(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(250);
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRESQL", "MARIADB", "SQLITE"})
    void anExhaustedPoolIsAnOverload(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            if (product == Product.SQLITE) {
                EmptyDatabase.execute(database, "PRAGMA journal_mode = WAL");
            }
            try (HikariDataSource one = poolOfOne(database.getJdbcUrl())) {
                Institution bank = bank(one);
                FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
                try (Connection occupied = one.getConnection()) {
                    assertTrue(occupied.isValid(1));
                    assertThrows(
                            OverloadedException.class, () -> bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
                    assertThrows(OverloadedException.class, () -> bank.tokens().registration(TARO));
                }

                assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
            }
        }
    }

    /** A pool reports an unreachable database in the same way, with the failure as its cause. */
    @Test
    void anUnreachableDatabaseIsNoOverload() throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(Product.H2);
                HikariDataSource gone = poolOfOne("jdbc:postgresql://127.0.0.1:1/gone?connectTimeout=1")) {
            JdbcSchema.apply(database);
            AtomicBoolean isGone = new AtomicBoolean();
            Institution bank = bank(Interceptor.before(database, (connection, call) -> {
                if (call.method().equals("getConnection") && isGone.get()) {
                    gone.getConnection().close();
                }
            }));
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            isGone.set(true);

            assertThrows(StorageException.class, () -> bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }

    @Test
    void aServerWithTooManyConnectionsIsAnOverload() {
        for (SQLException refusal : new SQLException[] {
            new SQLException("sorry, too many clients already", "53300"),
            new SQLException("Too many connections", "08004", 1040),
            new SQLException("User has exceeded the max_user_connections", "42000", 1203)
        }) {
            try (HikariDataSource database = EmptyDatabase.of(Product.H2)) {
                JdbcSchema.apply(database);
                AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
                Institution bank = bank(Interceptor.before(database, (connection, call) -> {
                    SQLException thrown = failure.get();
                    if (call.method().equals("getConnection") && thrown != null) {
                        throw thrown;
                    }
                }));
                failure.set(refusal);

                assertThrows(OverloadedException.class, () -> bank.tokens().registration(TARO));
            }
        }
    }

    private static SQLiteDataSource sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(20);
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + file);
        return database;
    }

    /** Another process that writes for too long, as a connection. */
    @Test
    void aWriteLockThatStaysTakenIsAnOverload(@TempDir Path folder) throws SQLException {
        SQLiteDataSource database = sqlite(folder.resolve("tokens"));
        JdbcSchema.apply(database);
        Institution bank = bank(database);
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        try (Connection writer = database.getConnection();
                Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThrows(OverloadedException.class, () -> bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
            assertThrows(
                    OverloadedException.class,
                    () -> bank.consumers().create(new ConsumerName("mail"), FeedStart.FIRST_EVENT));
            assertEquals(
                    RegistrationStatus.ACTIVE, bank.tokens().registration(TARO).status());

            statement.execute("ROLLBACK");
        }
        assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
    }

    /** The first connection reads, the second one waits for the lock in vain, and the third one gets it. */
    @Test
    void aWriteLockThatIsReleasedInTimeIsNone(@TempDir Path folder) throws SQLException {
        SQLiteDataSource database = sqlite(folder.resolve("tokens"));
        JdbcSchema.apply(database);
        AtomicReference<@Nullable Statement> writing = new AtomicReference<>();
        AtomicInteger connections = new AtomicInteger();
        Institution bank = bank(Interceptor.before(database, (connection, call) -> {
            Statement statement = writing.get();
            if (statement != null && call.method().equals("getConnection") && connections.incrementAndGet() == 3) {
                statement.execute("ROLLBACK");
            }
        }));
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        try (Connection writer = database.getConnection();
                Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            writing.set(statement);

            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
            assertEquals(3, connections.get());
        }
    }

    /** The writers of one process wait for each other in memory. */
    @Test
    void aThreadThatWritesForTooLongIsAnOverload(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            JdbcTokenStore store = JdbcTokenStore.builder(database.dataSource())
                    .patience(SHORT)
                    .build();
            Institution bank = TestInstitution.builder(store, clock).build();
            FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
            try (Attempt writing = store.attempt(TestInstitution.SERVICE_ID, TARO)) {
                assertTrue(writing.find().isPresent());

                CompletableFuture<?> other =
                        CompletableFuture.supplyAsync(() -> bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));

                ExecutionException failed = assertThrows(ExecutionException.class, other::get);
                assertInstanceOf(OverloadedException.class, failed.getCause());
            }
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }
}
