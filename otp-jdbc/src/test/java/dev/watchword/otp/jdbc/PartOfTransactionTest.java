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
import dev.watchword.otp.lifecycle.HolderProof;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Proved;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.TokensInTransaction;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
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
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
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
import java.time.Duration;
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
@Tag("R15.1")
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

        /** The operations within a transaction. */
        private TokensInTransaction here(Connection connection) {
            return bank.within(store.takingPartIn(connection));
        }

        private HolderProof ofRevocation(FakePhone phone) {
            return bank.proofs()
                    .forRevocation(TARO, Confirmation.NONE.code(phone.code()))
                    .orElseThrow()
                    .proof();
        }

        private HolderProof ofIssue(Holder holder) {
            return bank.proofs()
                    .forSoftwareIssue(holder, REQUEST, Confirmation.NONE)
                    .orElseThrow()
                    .proof();
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
            String entered = FakePhone.active(tokens, taro, clock).code();
            // region
            // Before the transaction: this verifies and spends the code, in a separate commit.
            Proved proved = bank.proofs()
                    .forRevocation(taro, Confirmation.NONE.code(entered))
                    .orElseThrow();
            HolderProof proof = proved.proof();

            // In the transaction: no code is verified, so a rollback gives back no guess.
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                TokensInTransaction here = bank.within(store.takingPartIn(connection));
                Outcome<Registration> outcome = here.revoke(taro, proof);
                if (outcome.isAccepted()) {
                    closeAccount(connection, taro); // by the bank's own statements
                    connection.commit();
                } else {
                    connection.rollback();
                }
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
                assertAccepted(here(connection).issueSoftware(TARO, REQUEST, ofIssue(TARO)));
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
                TokensInTransaction here = here(connection);
                assertAccepted(here.desk(new Operator("helpdesk-7")).revoke(TARO, "left the bank"));
                assertEquals(
                        RegistrationStatus.UNREGISTERED, here.registration(TARO).status());
            });
            assertEquals(0, accounts());
            assertEquals(RegistrationStatus.ACTIVE, status());
            assertEquals(0, recorded(EventType.REVOKED));
            assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        }

        /** The proof is spent by a commit, and only by a commit. */
        @Test
        @Tag("R15.2")
        void aProofIsGoodForOneCommittedTransaction() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            HolderProof proof = ofRevocation(phone);
            for (int i = 0; i < 2; i++) {
                inATransaction(connection -> {
                    assertAccepted(here(connection).revoke(TARO, proof));
                    assertRefused(Refusal.NOT_ACTIVE, here(connection).revoke(TARO, proof));
                });
            }
            assertEquals(RegistrationStatus.ACTIVE, status());
            assertRefused(Refusal.REPLAYED, tokens.verify(TARO, phone.code(), Purpose.LOGIN));

            inATransaction(connection -> {
                assertAccepted(here(connection).revoke(TARO, proof));
                connection.commit();
            });
            assertEquals(1, recorded(EventType.REVOKED));
            inATransaction(connection -> {
                assertRefused(Refusal.NOT_ACTIVE, here(connection).revoke(TARO, proof));
                connection.commit();
            });
        }

        /** A view on which codes were verified left four tries after fifty wrong codes, and accepted one code twice. */
        @Test
        @Tag("R2.2")
        @Tag("R15.2")
        void aRollbackGivesBackNoGuessAndNoCode() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            String code = phone.code();
            inATransaction(connection -> {
                openAccount(connection);
                HolderProof proof = ofRevocation(phone);
                assertAccepted(here(connection).revoke(TARO, proof));
            });
            inATransaction(connection ->
                    assertRefused(Refusal.REPLAYED, bank.proofs().forRevocation(TARO, Confirmation.NONE.code(code))));
            int charged = 0;
            for (int i = 0; i < 50; i++) {
                boolean[] wrong = {false};
                inATransaction(connection -> {
                    openAccount(connection);
                    Outcome<Proved> outcome =
                            bank.proofs().forRevocation(TARO, Confirmation.NONE.code(phone.wrongCode()));
                    wrong[0] = outcome.fold(proved -> false, refused -> refused.refusal() == Refusal.WRONG_CODE);
                });
                charged += wrong[0] ? 1 : 0;
            }
            assertEquals(5, charged);
            assertEquals(RegistrationStatus.SUSPENDED, status());
            assertEquals(0, accounts());
        }

        /** The competitor waits for the row, and decides on the committed state. */
        @Test
        @Tag("R1.2")
        void aCompetitorWaitsAndIsStale() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            HolderProof proof = ofRevocation(phone);
            clock.advance(Duration.ofMinutes(1));
            String code = phone.code();
            List<CompletableFuture<Outcome<Registration>>> competitor = new ArrayList<>();
            inATransaction(connection -> {
                TokensInTransaction here = here(connection);
                assertEquals(
                        RegistrationStatus.ACTIVE, here.lockedRegistration(TARO).status());
                competitor.add(CompletableFuture.supplyAsync(() -> tokens.verify(TARO, code, Purpose.LOGIN)));
                assertThrows(TimeoutException.class, () -> competitor.get(0).get(300, TimeUnit.MILLISECONDS));
                assertAccepted(here.revoke(TARO, proof));
                connection.commit();
            });
            assertRefused(Refusal.NOT_ACTIVE, competitor.get(0).get(1, TimeUnit.MINUTES));
            assertEquals(0, recorded(EventType.CODE_ACCEPTED));
        }

        /** Another transaction changes the holder while this one reads, so nothing waits for the reader. */
        @Test
        @Tag("R15.4")
        void aReadLocksNothing() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection -> {
                assertEquals(
                        RegistrationStatus.ACTIVE,
                        here(connection).registration(TARO).status());
                assertAccepted(CompletableFuture.supplyAsync(() -> tokens.verify(TARO, phone.code(), Purpose.LOGIN))
                        .get(10, TimeUnit.SECONDS));
            });
        }

        @Test
        @Tag("R15.4")
        void aReadOnlyTransactionReads() throws Exception {
            assertNotNull(FakePhone.active(tokens, TARO, clock));
            inATransaction(connection -> {
                connection.setReadOnly(true);
                try {
                    assertEquals(
                            RegistrationStatus.ACTIVE,
                            here(connection).registration(TARO).status());
                    assertEquals(
                            RegistrationStatus.UNREGISTERED,
                            here(connection).registration(new Holder("jiro")).status());
                } finally {
                    connection.rollback();
                    connection.setReadOnly(false);
                }
            });
        }

        /** The snapshot of the transaction is older than the proof. An operation decides on what is committed. */
        @Test
        @Tag("R15.2")
        void aProofIsFoundAlthoughTheSnapshotIsOlder() throws Exception {
            FakePhone phone = FakePhone.active(tokens, TARO, clock);
            inATransaction(connection -> {
                TokensInTransaction here = here(connection);
                assertEquals(RegistrationStatus.ACTIVE, here.registration(TARO).status());
                HolderProof proof = ofRevocation(phone);
                assertAccepted(here.revoke(TARO, proof));
                connection.commit();
            });
            assertEquals(RegistrationStatus.UNREGISTERED, status());
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
                TransactionStore view = store.takingPartIn(connection);
                TokensInTransaction here = bank.within(new Before(view, () -> {
                    if (!overtaken[0]) {
                        overtaken[0] = true;
                        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
                    }
                }));
                assertAccepted(here.desk(new Operator("helpdesk-7"))
                        .suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, "odd transfers"));
                connection.commit();
            });
            assertTrue(overtaken[0]);
            assertEquals(1, accounts());
            assertEquals(1, recorded(EventType.ISSUED));
            assertEquals(1, recorded(EventType.HOLDER_SUSPENDED));
        }

        /** The service draws another number for a taken one, and undoes the part of the change that it had written. */
        @Test
        void aNumberThatIsTakenIsDrawnAgain() throws Exception {
            Holder hanako = new Holder("hanako");
            UserId taken = tokens.issueSoftware(hanako, REQUEST, Confirmation.NONE)
                    .orElseThrow()
                    .userId();
            List<UserId> drawn = new ArrayList<>(List.of(taken, new UserId("999800000001")));
            HolderProof proof = ofIssue(TARO);
            inATransaction(connection -> {
                openAccount(connection);
                TokensInTransaction here = TestInstitution.builder(store, clock)
                        .numbers(numbers(() -> drawn.remove(0)))
                        .build()
                        .within(store.takingPartIn(connection));
                assertAccepted(here.issueSoftware(TARO, REQUEST, proof));
                connection.commit();
            });
            assertEquals(List.of(), drawn);
            assertEquals(1, accounts());
            assertEquals(new UserId("999800000001"), tokens.registration(TARO).userId());
        }

        /** A view that does something before the commit of its first change. */
        private record Before(TransactionStore view, Runnable first) implements TransactionStore {
            @Override
            public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                return view.find(serviceId, holder);
            }

            @Override
            public Attempt attempt(ServiceId serviceId, Holder holder) {
                Attempt attempt = view.attempt(serviceId, holder);
                return new Attempt() {
                    @Override
                    public Optional<Enrolment> find() {
                        return attempt.find();
                    }

                    @Override
                    public CommitResult commit(EnrolmentChange change) {
                        first.run();
                        return attempt.commit(change);
                    }

                    @Override
                    public void close() {
                        attempt.close();
                    }
                };
            }

            @Override
            public <C> Optional<C> capability(Class<C> type) {
                return view.capability(type);
            }
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
                                    TextLayout.DEFAULT),
                            staged -> {}));
            assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
            inATransaction(connection -> {
                TransactionStore view = store.takingPartIn(connection);
                StockStore stock = view.capability(StockStore.class).orElseThrow();
                assertTrue(view.capability(ListStore.class).isEmpty());
                assertEquals(
                        Optional.of(StockState.AVAILABLE), stock.state(bank.serviceId(), new SerialNumber(serial)));
                assertAccepted(
                        bank.within(view).desk(new Operator("helpdesk-7")).assign(TARO, serial));
                assertEquals(Optional.of(StockState.ASSIGNED), stock.state(bank.serviceId(), new SerialNumber(serial)));
            });
            assertEquals(Optional.of(StockState.AVAILABLE), bank.stock().state(serial));
            inATransaction(connection -> {
                assertAccepted(here(connection).desk(new Operator("helpdesk-7")).assign(TARO, serial));
                connection.commit();
            });
            assertEquals(Optional.of(StockState.ASSIGNED), bank.stock().state(serial));
        }

        /** Another transaction has locked the row. The application repeats its whole transaction. */
        @Test
        void aLostRaceIsForTheWholeTransaction() throws Exception {
            HolderProof proof = ofRevocation(FakePhone.active(tokens, TARO, clock));
            inATransaction(faster -> {
                assertEquals(
                        RegistrationStatus.ACTIVE,
                        here(faster).lockedRegistration(TARO).status());
                inATransaction(connection -> {
                    execute(connection, shortWaits());
                    openAccount(connection);
                    TokensInTransaction here = here(connection);
                    LostRaceException lost = assertThrows(LostRaceException.class, () -> here.revoke(TARO, proof));
                    assertTrue(String.valueOf(lost.getMessage()).contains("repeat the whole transaction"));
                    assertTrue(SqlStates.isLostRace(assertInstanceOf(SQLException.class, lost.getCause())));
                    assertThrows(IllegalStateException.class, () -> here.revoke(TARO, proof));
                });
            });
            inATransaction(connection -> {
                openAccount(connection);
                assertAccepted(here(connection).revoke(TARO, proof));
                connection.commit();
            });
            assertEquals(1, accounts());
            assertEquals(1, recorded(EventType.REVOKED));
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
                TokensInTransaction here = here(connection);
                connection.setAutoCommit(true);
                assertThrows(IllegalStateException.class, () -> here.registration(TARO));
                connection.setAutoCommit(false);
            });
        }

        @Test
        void doesNothingMoreOnceItHasFailed() throws Exception {
            inATransaction(connection -> {
                TokensInTransaction here = here(connection);
                TokensInTransaction there;
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

    /** SQLite has no row locks: a transaction reads a snapshot, and the first write locks the database. */
    @Nested
    class OnSqlite {
        private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        private final DataSource database = EmptyDatabase.of(Product.SQLITE);
        private JdbcTokenStore store;
        private Institution bank;
        private FakePhone phone;

        @BeforeEach
        void open() {
            JdbcSchema.apply(database);
            store = JdbcTokenStore.on(database);
            bank = TestInstitution.builder(store, clock).build();
            phone = FakePhone.active(bank.tokens(), TARO, clock);
        }

        private Outcome<Registration> revoke(HolderProof proof, boolean commits) throws SQLException {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                TokensInTransaction here = bank.within(store.takingPartIn(connection));
                assertEquals(RegistrationStatus.ACTIVE, here.registration(TARO).status());
                Outcome<Registration> outcome = here.revoke(TARO, proof);
                if (commits) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return outcome;
            }
        }

        private HolderProof proof() {
            return bank.proofs()
                    .forRevocation(TARO, Confirmation.NONE.code(phone.code()))
                    .orElseThrow()
                    .proof();
        }

        @Test
        @Tag("R15.2")
        void aProofIsGoodForOneCommittedTransaction() throws SQLException {
            HolderProof proof = proof();
            assertAccepted(revoke(proof, false));
            assertRefused(Refusal.REPLAYED, bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
            assertAccepted(revoke(proof, true));
            assertEquals(
                    RegistrationStatus.UNREGISTERED,
                    bank.tokens().registration(TARO).status());
        }

        @Test
        void aTransactionWithAnOldSnapshotLosesItsRace() throws SQLException {
            HolderProof proof = proof();
            clock.advance(Duration.ofMinutes(1));
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                TokensInTransaction here = bank.within(store.takingPartIn(connection));
                assertEquals(RegistrationStatus.ACTIVE, here.registration(TARO).status());
                assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
                assertThrows(LostRaceException.class, () -> here.revoke(TARO, proof));
                connection.rollback();
            }
            assertAccepted(revoke(proof, true));
        }
    }
}
