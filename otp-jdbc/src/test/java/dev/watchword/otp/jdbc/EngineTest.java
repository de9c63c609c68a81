package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.support.FakeCitus;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.jdbc.support.RecordingDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Citus, CockroachDB and YugabyteDB name themselves PostgreSQL. The store recognises them. */
class EngineTest {
    private static final Holder TARO = new Holder("taro");

    /** The calls at which a node of Citus is lost. */
    private enum Loss {
        AT_A_READ,
        AT_A_WRITE,
        AT_THE_COMMIT,
        AFTER_THE_COMMIT
    }

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final HikariDataSource database = Server.POSTGRESQL.database("&currentSchema=public,fake,pg_catalog");

    @AfterEach
    void close() {
        database.close();
    }

    private void asCitus() throws SQLException {
        FakeCitus.install(database);
        JdbcSchema.apply(database, TablePrefix.DEFAULT, Distribution.BY_HOLDER);
    }

    private Institution bank(JdbcTokenStore store) {
        return TestInstitution.builder(store, clock).build();
    }

    @ParameterizedTest
    @CsvSource({
        "CockroachDB, 'CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu, built 2026/05/28, go1.23.7)'",
        "YugabyteDB, 'PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang version 17.0.6, 64-bit'"
    })
    void anUntestedSystemIsRefusedUnlessItsRiskIsAccepted(String name, String version) throws SQLException {
        JdbcSchema.apply(database);
        EmptyDatabase.execute(database, "CREATE SCHEMA fake");
        EmptyDatabase.execute(
                database, "CREATE FUNCTION fake.version() RETURNS TEXT LANGUAGE SQL AS $$ SELECT '" + version + "' $$");

        StorageException refusal = assertThrows(StorageException.class, () -> JdbcTokenStore.on(database));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("This database is " + name + " and not PostgreSQL."), message);
        assertTrue(message.contains("No test of this library has run on it"), message);
        assertTrue(message.endsWith("acceptUntestedSystem()"), message);

        JdbcTokenStore store =
                JdbcTokenStore.builder(database).acceptUntestedSystem().build();
        assertNotNull(FakePhone.active(bank(store).tokens(), TARO, clock));
    }

    @Test
    void postgresqlItselfIsRecognised() {
        JdbcSchema.apply(database);

        assertNotNull(FakePhone.active(bank(JdbcTokenStore.on(database)).tokens(), TARO, clock));
    }

    @Test
    @Tag("R9.2")
    void aVerificationIsPlainStatementsOnCitus() throws SQLException {
        asCitus();
        RecordingDataSource recording = new RecordingDataSource(database);
        Institution bank = bank(JdbcTokenStore.on(recording.dataSource));
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        clock.toNextStep(TotpProfile.BANK);
        recording.words.clear();

        assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));

        assertEquals(
                List.of("select", "setAutoCommit", "update", "update", "insert", "commit", "setAutoCommit"),
                recording.words);
    }

    @Test
    @Tag("R2.7")
    void anUnknownUserIdTakesAsManyReadsAsAKnownOne() throws SQLException {
        asCitus();
        RecordingDataSource recording = new RecordingDataSource(database);
        JdbcTokenStore store = JdbcTokenStore.on(recording.dataSource);
        Institution bank = bank(store);
        assertNotNull(FakePhone.active(bank.tokens(), TARO, clock));
        UserId userId = Objects.requireNonNull(bank.tokens().registration(TARO).userId());

        recording.words.clear();
        assertTrue(store.find(TestInstitution.SERVICE_ID, userId).isPresent());
        assertEquals(List.of("select", "select"), recording.words);
        recording.words.clear();
        assertFalse(store.find(TestInstitution.SERVICE_ID, new UserId("999900000000"))
                .isPresent());
        assertEquals(List.of("select", "select"), recording.words);
    }

    /** A commit on two nodes is complete on one of them first. */
    @Test
    @Tag("R9.2")
    void aUserIdWhoseHolderIsNotThereYetIsReadAgain() throws SQLException {
        asCitus();
        assertNotNull(FakePhone.active(bank(JdbcTokenStore.on(database)).tokens(), TARO, clock));
        UserId userId = Objects.requireNonNull(
                bank(JdbcTokenStore.on(database)).tokens().registration(TARO).userId());
        EmptyDatabase.execute(database, "CREATE TABLE waiting AS SELECT * FROM otp_user_id");
        EmptyDatabase.execute(database, "UPDATE otp_user_id SET holder = 'hanako'");
        AtomicInteger reads = new AtomicInteger();
        JdbcTokenStore store = JdbcTokenStore.on(Interceptor.before(database, (connection, call) -> {
            if (call.executes("SELECT holder FROM otp_user_id") && reads.incrementAndGet() == 3) {
                EmptyDatabase.execute(database, "UPDATE otp_user_id SET holder = 'taro'");
            }
        }));

        assertEquals(
                TARO,
                store.find(TestInstitution.SERVICE_ID, userId).orElseThrow().holder());
        assertEquals(3, reads.get());
    }

    @Test
    @Tag("R10.5")
    void aUserIdOfAMissingHolderIsAnIntegrityFailure() throws SQLException {
        asCitus();
        EmptyDatabase.execute(
                database,
                "INSERT INTO otp_user_id (service_id, user_id, holder) VALUES ('" + TestInstitution.SERVICE_ID
                        + "', '999800000001', 'nobody')");
        JdbcTokenStore store =
                JdbcTokenStore.builder(database).patience(Duration.ZERO).build();

        assertThrows(
                IntegrityException.class, () -> store.find(TestInstitution.SERVICE_ID, new UserId("999800000001")));
    }

    /** Citus reports a lost node with the SQLSTATE of an internal error. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    @Tag("R15.5")
    void aLostNodeIsAnUnknownOutcome(Loss loss) throws SQLException {
        asCitus();
        FakePhone phone = FakePhone.active(bank(JdbcTokenStore.on(database)).tokens(), TARO, clock);
        AtomicBoolean struck = new AtomicBoolean(true);
        DataSource struckOnce = losing(loss, struck);
        Institution patient = bank(JdbcTokenStore.on(struckOnce));
        Institution impatient =
                bank(JdbcTokenStore.builder(struckOnce).patience(Duration.ZERO).build());

        struck.set(false);
        assertAccepted(patient.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertTrue(struck.get());
        clock.toNextStep(TotpProfile.BANK);
        struck.set(false);
        boolean inCommit = loss == Loss.AT_THE_COMMIT || loss == Loss.AFTER_THE_COMMIT;
        WatchwordException failure = assertThrows(
                WatchwordException.class, () -> impatient.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertEquals(inCommit ? UnknownOutcomeException.class : StorageException.class, failure.getClass());
        assertTrue(struck.get());
    }

    private DataSource losing(Loss loss, AtomicBoolean struck) {
        SQLException lost = new SQLException("failure on connection marked as essential: node:5432", "XX000");
        return Interceptor.around(
                database,
                (connection, call) -> {
                    boolean strikes = switch (loss) {
                        case AT_A_READ -> call.executes("SELECT e.service_id");
                        case AT_A_WRITE -> call.executes("UPDATE otp_token");
                        case AT_THE_COMMIT -> call.commits();
                        case AFTER_THE_COMMIT -> false;
                    };
                    if (strikes && !struck.getAndSet(true)) {
                        throw lost;
                    }
                },
                (connection, call) -> {
                    if (loss == Loss.AFTER_THE_COMMIT && call.commits() && !struck.getAndSet(true)) {
                        throw lost;
                    }
                });
    }
}
