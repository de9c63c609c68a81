package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.IssueOutcome;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.RegistrationStatus;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a transaction of the application, which has a table of its own. */
@Tag("R9.2")
class PartOfTransactionTest {
    private static final Holder TARO = new Holder("taro");
    private static final SoftwareRequest REQUEST = SoftwareRequest.of("taro@bank.example", "4726");

    abstract static class OnADatabase {
        final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        private DataSource database;
        private JdbcTokenStore store;
        private TokenService tokens;

        abstract DataSource database() throws SQLException;

        /** Lets the session wait for locks for a second at most. */
        abstract String shortWaits();

        @BeforeEach
        void open() throws SQLException {
            database = database();
            store = JdbcTokenStore.on(database);
            tokens = InMemoryTokens.builder(store, clock).build();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE account (holder VARCHAR(20) NOT NULL, PRIMARY KEY (holder))");
            }
        }

        private interface Work {
            void in(Connection connection) throws Exception;
        }

        private void inATransaction(Work work) throws Exception {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    work.in(connection);
                } finally {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        }

        private static void openAccount(Connection connection) throws SQLException {
            execute(connection, "INSERT INTO account (holder) VALUES ('taro')");
        }

        private long accounts() throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM account")) {
                row.next();
                return row.getLong(1);
            }
        }

        private RegistrationStatus status() {
            return tokens.registration(TARO).status();
        }

        private long recorded(EventType type) {
            return tokens.history(TARO, 0, 100).stream()
                    .map(TokenEvent::type)
                    .filter(type::equals)
                    .count();
        }

        private static Refusal refusal(Outcome outcome) {
            return assertInstanceOf(Refused.class, outcome).refusal();
        }

        @Test
        void theListing() throws Exception {
            DataSource dataSource = database;
            Holder taro = TARO;
            FakePhone.active(tokens, taro, clock);
            // region
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                TokenService here = tokens.on(store.takingPartIn(connection));
                Outcome outcome = here.desk(new Operator("helpdesk-7")).revoke(taro, "closed the account");
                if (outcome instanceof Accepted) {
                    closeAccount(connection, taro); // by the bank's own statements
                }
                connection.commit(); // of a refusal too; whatever is thrown before it, roll back
            }
            // end
            assertEquals(1, accounts());
            assertEquals(RegistrationStatus.UNREGISTERED, status());
        }

        private static void closeAccount(Connection connection, Holder holder) throws SQLException {
            assertEquals(TARO, holder);
            openAccount(connection);
        }

        @Test
        void bothStand() throws Exception {
            inATransaction(connection -> {
                IssueOutcome outcome =
                        tokens.on(store.takingPartIn(connection)).issueSoftware(TARO, REQUEST, Confirmation.NONE);
                assertInstanceOf(Issued.class, outcome);
                openAccount(connection);
                assertFalse(connection.getAutoCommit());
                connection.commit();
            });
            assertEquals(1, accounts());
            assertEquals(RegistrationStatus.ISSUED, status());
            assertEquals(1, recorded(EventType.ISSUED));
        }

        @Test
        void bothFall() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection -> {
                openAccount(connection);
                TokenService here = tokens.on(store.takingPartIn(connection));
                assertInstanceOf(
                        Accepted.class, here.desk(new Operator("helpdesk-7")).revoke(TARO, "left the bank"));
                assertEquals(
                        RegistrationStatus.UNREGISTERED, here.registration(TARO).status());
            });
            assertEquals(0, accounts());
            assertEquals(RegistrationStatus.ACTIVE, status());
            assertEquals(0, recorded(EventType.REVOKED));
            assertInstanceOf(Accepted.class, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        }

        /** What is undone has not happened: that is why refusals are to be committed, and no login belongs there. */
        @Test
        @Tag("R2.2")
        void aWrongCodeIsCountedOnceItIsCommitted() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection -> assertEquals(
                    Refusal.WRONG_CODE,
                    refusal(tokens.on(store.takingPartIn(connection)).verify(TARO, phone.wrongCode(), Purpose.LOGIN))));
            assertEquals(0, recorded(EventType.WRONG_CODE));

            inATransaction(connection -> {
                tokens.on(store.takingPartIn(connection)).verify(TARO, phone.wrongCode(), Purpose.LOGIN);
                connection.commit();
            });
            assertEquals(1, recorded(EventType.WRONG_CODE));
        }

        @Test
        @Tag("R1.2")
        void aCodeIsSpentOnceItIsCommitted() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection -> {
                TokenService here = tokens.on(store.takingPartIn(connection));
                assertInstanceOf(Accepted.class, here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                assertEquals(Refusal.REPLAYED, refusal(here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER)));
                connection.commit();
            });
            assertEquals(Refusal.REPLAYED, refusal(tokens.verify(TARO, phone.code(), Purpose.LOGIN)));
        }

        /** The competitor waits for the row, and decides on what was committed. */
        @Test
        @Tag("R1.2")
        void aCompetitorWaitsAndIsTooLate() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            String code = phone.code();
            List<CompletableFuture<Outcome>> competitor = new ArrayList<>();
            inATransaction(connection -> {
                TokenService here = tokens.on(store.takingPartIn(connection));
                assertEquals(RegistrationStatus.ACTIVE, here.registration(TARO).status());
                competitor.add(CompletableFuture.supplyAsync(() -> tokens.verify(TARO, code, Purpose.LOGIN)));
                assertThrows(TimeoutException.class, () -> competitor.get(0).get(300, TimeUnit.MILLISECONDS));
                assertInstanceOf(Accepted.class, here.verify(TARO, code, Purpose.FUNDS_TRANSFER));
                connection.commit();
            });
            assertEquals(Refusal.REPLAYED, refusal(competitor.get(0).get(1, TimeUnit.MINUTES)));
            assertEquals(1, recorded(EventType.CODE_ACCEPTED));
        }

        /** There is no row to lock yet: the key decides, and the rest of the transaction goes on. */
        @Test
        @Tag("R3.2")
        void whoIsEnrolledMeanwhileIsFound() throws Exception {
            boolean[] overtaken = {false};
            inATransaction(connection -> {
                openAccount(connection);
                TokenService here = InMemoryTokens.builder(store.takingPartIn(connection), clock)
                        .numbers(numbers(() -> {
                            if (!overtaken[0]) {
                                overtaken[0] = true;
                                assertInstanceOf(Issued.class, tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
                            }
                            return new UserId("999800000001");
                        }))
                        .build();
                assertEquals(
                        Refusal.TOKEN_EXISTS,
                        assertInstanceOf(Refused.class, here.issueSoftware(TARO, REQUEST, Confirmation.NONE))
                                .refusal());
                connection.commit();
            });
            assertTrue(overtaken[0]);
            assertEquals(1, accounts());
            assertEquals(1, recorded(EventType.ISSUED));
        }

        /** A number that is taken is drawn again, and the half that was written of the change is undone. */
        @Test
        void aNumberThatIsTakenIsDrawnAgain() throws Exception {
            Holder hanako = new Holder("hanako");
            UserId taken = assertInstanceOf(Issued.class, tokens.issueSoftware(hanako, REQUEST, Confirmation.NONE))
                    .userId();
            List<UserId> drawn = new ArrayList<>(List.of(taken, new UserId("999800000001")));
            inATransaction(connection -> {
                openAccount(connection);
                TokenService here = InMemoryTokens.builder(store.takingPartIn(connection), clock)
                        .numbers(numbers(() -> drawn.remove(0)))
                        .build();
                assertInstanceOf(Issued.class, here.issueSoftware(TARO, REQUEST, Confirmation.NONE));
                connection.commit();
            });
            assertEquals(List.of(), drawn);
            assertEquals(1, accounts());
            assertEquals(new UserId("999800000001"), tokens.registration(TARO).userId());
        }

        private static NumberSource numbers(Supplier<UserId> userIds) {
            NumberSource random = NumberSource.random(new SecureRandom());
            return new NumberSource() {
                @Override
                public UserId userId() {
                    return userIds.get();
                }

                @Override
                public SerialNumber serial() {
                    return random.serial();
                }
            };
        }

        /** The row is locked by another transaction: this one is tried again as a whole. */
        @Test
        void aLostRaceIsForTheWholeTransaction() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(faster -> {
                tokens.on(store.takingPartIn(faster)).registration(TARO);
                inATransaction(connection -> {
                    execute(connection, shortWaits());
                    openAccount(connection);
                    TokenService here = tokens.on(store.takingPartIn(connection));
                    StorageException lost = assertThrows(
                            StorageException.class, () -> here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                    assertTrue(String.valueOf(lost.getMessage()).contains("repeat the whole transaction"));
                    assertEquals(
                            "40001",
                            assertInstanceOf(SQLException.class, lost.getCause())
                                    .getSQLState());
                    assertThrows(
                            IllegalStateException.class, () -> here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                });
            });
            inATransaction(connection -> {
                openAccount(connection);
                assertInstanceOf(
                        Accepted.class,
                        tokens.on(store.takingPartIn(connection)).verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                connection.commit();
            });
            assertEquals(1, accounts());
            assertEquals(1, recorded(EventType.CODE_ACCEPTED));
        }

        static void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Test
        void refusesAConnectionInAutoCommit() throws Exception {
            try (Connection connection = database.getConnection()) {
                IllegalArgumentException misuse =
                        assertThrows(IllegalArgumentException.class, () -> store.takingPartIn(connection));
                assertTrue(String.valueOf(misuse.getMessage()).contains("setAutoCommit(false)"));
            }
            inATransaction(connection -> {
                TokenService here = tokens.on(store.takingPartIn(connection));
                connection.setAutoCommit(true);
                assertThrows(IllegalStateException.class, () -> here.registration(TARO));
                connection.setAutoCommit(false);
            });
        }

        @Test
        void doesNothingMoreOnceItHasFailed() throws Exception {
            inATransaction(connection -> {
                TokenService here = tokens.on(store.takingPartIn(connection));
                TokenService there;
                try (Connection closed = database.getConnection()) {
                    closed.setAutoCommit(false);
                    there = tokens.on(store.takingPartIn(closed));
                }
                assertThrows(StorageException.class, () -> there.registration(TARO));
                assertThrows(IllegalStateException.class, () -> there.registration(TARO));
                assertEquals(
                        RegistrationStatus.UNREGISTERED, here.registration(TARO).status());
            });
        }
    }

    @Test
    void theListingOfThePageIsTheRegion() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/jdbc/PartOfTransactionTest.java"));
        Matcher region = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL)
                .matcher(source);
        assertTrue(region.find());
        assertTrue(Files.readString(Path.of("../docs/databases.md"))
                .contains("```java\n" + region.group(1).stripIndent() + "\n```"));
    }

    abstract static class OnAServer extends OnADatabase {
        private final HikariDataSource database;

        OnAServer(Server server) {
            database = server.database("");
        }

        @Override
        DataSource database() {
            JdbcSchema.apply(database);
            return database;
        }

        @AfterEach
        void close() {
            database.close();
        }
    }

    @Nested
    class OnPostgresql extends OnAServer {
        OnPostgresql() {
            super(Server.POSTGRESQL);
        }

        @Override
        String shortWaits() {
            return "SET LOCAL lock_timeout = '1s'";
        }
    }

    @Nested
    class OnMariadb extends OnAServer {
        OnMariadb() {
            super(Server.MARIADB);
        }

        @Override
        String shortWaits() {
            return "SET innodb_lock_wait_timeout = 1";
        }
    }

    @Nested
    class OnH2 extends OnADatabase {
        @TempDir
        Path folder;

        @Override
        String shortWaits() {
            return "SET LOCK_TIMEOUT 1000";
        }

        @Override
        DataSource database() {
            DataSource database = JdbcConnectionPool.create(
                    "jdbc:h2:file:" + folder.resolve("tokens") + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000", "sa", "");
            JdbcSchema.apply(database);
            return database;
        }
    }
}
