package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.seeds.CsvFormat;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store in a transaction of an application that has its own table. */
@Tag("R9.2")
class PartOfTransactionTest {
    private static final Holder TARO = new Holder("taro");
    private static final SoftwareRequest REQUEST = SoftwareRequest.of("taro@bank.example", "4726");

    abstract static class OnADatabase {
        final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        private DataSource database;
        private JdbcTokenStore store;
        private Institution bank;
        private TokenService tokens;

        abstract DataSource database() throws SQLException;

        /** Limits the time that the session waits for locks to one second. */
        abstract String shortWaits();

        @BeforeEach
        void open() throws SQLException {
            database = database();
            store = JdbcTokenStore.on(database);
            bank = TestInstitution.builder(store, clock).build();
            tokens = bank.tokens();
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

        /** The holders' operations within a transaction. */
        private TokenService here(Connection connection) {
            return bank.on(store.takingPartIn(connection)).tokens();
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
            return bank.histories().read(TARO, 0, 100).stream()
                    .map(TokenEvent::type)
                    .filter(type::equals)
                    .count();
        }

        @Test
        void theListing() throws Exception {
            DataSource dataSource = database;
            Holder taro = TARO;
            assertNotNull(FakePhone.active(tokens, taro, clock));
            // region
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                Institution here = bank.on(store.takingPartIn(connection));
                Outcome<Registration> outcome =
                        here.desk(new Operator("helpdesk-7")).revoke(taro, "closed the account");
                if (outcome.isAccepted()) {
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
        void aCommitStoresBoth() throws Exception {
            inATransaction(connection -> {
                assertAccepted(here(connection).issueSoftware(TARO, REQUEST, Confirmation.NONE));
                openAccount(connection);
                assertFalse(connection.getAutoCommit());
                connection.commit();
            });
            assertEquals(1, accounts());
            assertEquals(RegistrationStatus.ISSUED, status());
            assertEquals(1, recorded(EventType.ISSUED));
        }

        @Test
        void aRollbackUndoesBoth() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection -> {
                openAccount(connection);
                Institution here = bank.on(store.takingPartIn(connection));
                assertAccepted(here.desk(new Operator("helpdesk-7")).revoke(TARO, "left the bank"));
                assertEquals(
                        RegistrationStatus.UNREGISTERED,
                        here.tokens().registration(TARO).status());
            });
            assertEquals(0, accounts());
            assertEquals(RegistrationStatus.ACTIVE, status());
            assertEquals(0, recorded(EventType.REVOKED));
            assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        }

        /** A rollback undoes the whole change. So the application must commit refusals, and must not log in there. */
        @Test
        @Tag("R2.2")
        void aWrongCodeIsCountedOnceItIsCommitted() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection ->
                    assertRefused(Refusal.WRONG_CODE, here(connection).verify(TARO, phone.wrongCode(), Purpose.LOGIN)));
            assertEquals(0, recorded(EventType.WRONG_CODE));

            inATransaction(connection -> {
                assertRefused(Refusal.WRONG_CODE, here(connection).verify(TARO, phone.wrongCode(), Purpose.LOGIN));
                connection.commit();
            });
            assertEquals(1, recorded(EventType.WRONG_CODE));
        }

        @Test
        @Tag("R1.2")
        void aCodeIsSpentOnceItIsCommitted() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection -> {
                TokenService here = here(connection);
                assertAccepted(here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                assertRefused(Refusal.REPLAYED, here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                connection.commit();
            });
            assertRefused(Refusal.REPLAYED, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        }

        /** The competitor waits for the row, and decides on the committed state. */
        @Test
        @Tag("R1.2")
        void aCompetitorWaitsAndIsStale() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            String code = phone.code();
            List<CompletableFuture<Outcome<Registration>>> competitor = new ArrayList<>();
            inATransaction(connection -> {
                TokenService here = here(connection);
                assertEquals(RegistrationStatus.ACTIVE, here.registration(TARO).status());
                competitor.add(CompletableFuture.supplyAsync(() -> tokens.verify(TARO, code, Purpose.LOGIN)));
                assertThrows(TimeoutException.class, () -> competitor.get(0).get(300, TimeUnit.MILLISECONDS));
                assertAccepted(here.verify(TARO, code, Purpose.FUNDS_TRANSFER));
                connection.commit();
            });
            assertRefused(Refusal.REPLAYED, competitor.get(0).get(1, TimeUnit.MINUTES));
            assertEquals(1, recorded(EventType.CODE_ACCEPTED));
        }

        /**
         * There is no row to lock yet. The primary key detects the conflict, and the rest of the transaction continues.
         */
        @Test
        @Tag("R3.2")
        void aConcurrentEnrolmentIsFound() throws Exception {
            boolean[] overtaken = {false};
            inATransaction(connection -> {
                openAccount(connection);
                TokenService here = TestInstitution.builder(store.takingPartIn(connection), clock)
                        .numbers(numbers(() -> {
                            if (!overtaken[0]) {
                                overtaken[0] = true;
                                assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
                            }
                            return new UserId("999800000001");
                        }))
                        .build()
                        .tokens();
                assertRefused(Refusal.TOKEN_EXISTS, here.issueSoftware(TARO, REQUEST, Confirmation.NONE));
                connection.commit();
            });
            assertTrue(overtaken[0]);
            assertEquals(1, accounts());
            assertEquals(1, recorded(EventType.ISSUED));
        }

        /** The service draws another number for a taken one, and undoes the part of the change that it had written. */
        @Test
        void aNumberThatIsTakenIsDrawnAgain() throws Exception {
            Holder hanako = new Holder("hanako");
            UserId taken = tokens.issueSoftware(hanako, REQUEST, Confirmation.NONE)
                    .orElseThrow()
                    .userId();
            List<UserId> drawn = new ArrayList<>(List.of(taken, new UserId("999800000001")));
            inATransaction(connection -> {
                openAccount(connection);
                TokenService here = TestInstitution.builder(store.takingPartIn(connection), clock)
                        .numbers(numbers(() -> drawn.remove(0)))
                        .build()
                        .tokens();
                assertAccepted(here.issueSoftware(TARO, REQUEST, Confirmation.NONE));
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

        /** A transaction reads the stock. Imports run outside of the transaction. */
        @Test
        void aHardwareTokenIsAssignedOnceTheImportIsCommitted() throws Exception {
            String serial = "30000001";
            String file = "serial,secret_hex,kind,digits,step,expiry\n" + serial
                    + ",3132333435363738393031323334353637383930,TOTP,8,60,2031-01-01T00:00:00Z\n";
            assertAccepted(bank.stock()
                    .importBatch(
                            new BatchId("b"),
                            CsvSeedReader.open(
                                    new ByteArrayInputStream(file.getBytes(StandardCharsets.US_ASCII)),
                                    CsvFormat.DEFAULT),
                            staged -> {}));
            assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
            inATransaction(connection -> {
                Institution here = bank.on(store.takingPartIn(connection));
                assertEquals(Optional.of(StockState.AVAILABLE), here.stock().state(serial));
                assertThrows(UnsupportedOperationException.class, here::lists);
                assertAccepted(here.desk(new Operator("helpdesk-7")).assign(TARO, serial));
                assertEquals(Optional.of(StockState.ASSIGNED), here.stock().state(serial));
            });
            assertEquals(Optional.of(StockState.AVAILABLE), bank.stock().state(serial));
            inATransaction(connection -> {
                Institution here = bank.on(store.takingPartIn(connection));
                assertAccepted(here.desk(new Operator("helpdesk-7")).assign(TARO, serial));
                connection.commit();
            });
            assertEquals(Optional.of(StockState.ASSIGNED), bank.stock().state(serial));
        }

        /** Another transaction has locked the row. The application repeats its whole transaction. */
        @Test
        void aLostRaceIsForTheWholeTransaction() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(faster -> {
                assertEquals(
                        RegistrationStatus.ACTIVE,
                        here(faster).registration(TARO).status());
                inATransaction(connection -> {
                    execute(connection, shortWaits());
                    openAccount(connection);
                    TokenService here = here(connection);
                    LostRaceException lost = assertThrows(
                            LostRaceException.class, () -> here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                    assertTrue(String.valueOf(lost.getMessage()).contains("repeat the whole transaction"));
                    assertTrue(SqlStates.isLostRace(assertInstanceOf(SQLException.class, lost.getCause())));
                    assertThrows(
                            IllegalStateException.class, () -> here.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
                });
            });
            inATransaction(connection -> {
                openAccount(connection);
                assertAccepted(here(connection).verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
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
                TokenService here = here(connection);
                connection.setAutoCommit(true);
                assertThrows(IllegalStateException.class, () -> here.registration(TARO));
                connection.setAutoCommit(false);
            });
        }

        @Test
        void doesNothingMoreOnceItHasFailed() throws Exception {
            inATransaction(connection -> {
                TokenService here = here(connection);
                TokenService there;
                try (Connection closed = database.getConnection()) {
                    closed.setAutoCommit(false);
                    there = here(closed);
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
        @Override
        String shortWaits() {
            return "SET LOCK_TIMEOUT 1000";
        }

        @Override
        DataSource database() {
            DataSource database = EmptyDatabase.of(Product.H2);
            JdbcSchema.apply(database);
            return database;
        }
    }
}
