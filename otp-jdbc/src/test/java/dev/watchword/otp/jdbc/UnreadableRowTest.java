package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.RaisedFloor;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.operations.Reencrypted;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that cannot be read is a failed integrity check of one holder. It does not stop the operations on all holders. */
class UnreadableRowTest {
    private static final ServiceId SERVICE = TestInstitution.SERVICE_ID;
    private static final Holder BEFORE = new Holder("hanako");
    private static final Holder AFTER = new Holder("taro");

    /** A word that a broken column contains. No message repeats it. */
    private static final String CANARY = "CANARY";

    private static final String OLD = "seal old " + key(1);
    private static final String NEW = "seal new " + key(2) + " current";
    private static final String HISTORY = "history h " + key(3);

    /** The statements that break the rows of one holder each. */
    private static final List<String> FAULTS = List.of(
            "DELETE FROM otp_token",
            "UPDATE otp_token SET algorithm = '" + CANARY + "'",
            "UPDATE otp_token SET suspension_reason = '" + CANARY + "', suspended_since = issued_at",
            "UPDATE otp_token SET revoked_at = issued_at",
            "UPDATE otp_token SET digits = 12",
            "UPDATE otp_token SET t0_seconds = 9223372036854775807",
            "UPDATE otp_token SET time_step_seconds = 0",
            "UPDATE otp_token SET password_failures = NULL",
            "UPDATE otp_enrolment SET mail_address = '" + CANARY + "'",
            "UPDATE otp_enrolment SET version = 0");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    private static String key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(key);
    }

    private Institution bank(JdbcTokenStore store, String... keys) {
        KeySource ring = KeyRing.parse(String.join("\n", keys) + "\n" + HISTORY, "keys");
        return Institution.builder(SERVICE, store, ring)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build();
    }

    /** A holder for each fault, between two others. All have tokens in use. */
    private final class Scenario implements AutoCloseable {
        final HikariDataSource database;
        final JdbcTokenStore store;
        final Institution bank;
        final FakePhone first;
        final FakePhone last;
        final List<Holder> broken;

        Scenario(Product product, int holders) {
            database = EmptyDatabase.of(product);
            JdbcSchema.apply(database);
            store = JdbcTokenStore.on(database);
            bank = bank(store, OLD);
            first = FakePhone.active(bank.tokens(), BEFORE, clock);
            broken = IntStream.range(0, holders)
                    .mapToObj(i -> new Holder("holder-" + i))
                    .toList();
            broken.forEach(holder -> assertNotNull(FakePhone.active(bank.tokens(), holder, clock)));
            last = FakePhone.active(bank.tokens(), AFTER, clock);
        }

        void damage(Holder holder, String sql) throws SQLException {
            EmptyDatabase.execute(database, sql + " WHERE holder = '" + holder + "'");
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R11.3")
    @Tag("R12.3")
    void aFaultIsOfOneHolder(Product product) throws SQLException {
        try (Scenario scenario = new Scenario(product, FAULTS.size())) {
            for (int i = 0; i < FAULTS.size(); i++) {
                Holder holder = scenario.broken.get(i);
                UserId userId = requireNonNull(
                        scenario.bank.tokens().registration(holder).userId());
                scenario.damage(holder, FAULTS.get(i));
                isReported(scenario, holder, userId, FAULTS.get(i));
            }

            List<Holder> all = new ArrayList<>(scenario.broken);
            all.add(0, BEFORE);
            all.add(AFTER);
            assertEquals(all, scenario.store.holders(SERVICE, null, 100));
            theFloorIsRaisedForTheOthers(scenario);
            theOthersAreReencrypted(scenario);
        }
    }

    private static void isReported(Scenario scenario, Holder holder, UserId userId, String fault) throws SQLException {
        JdbcTokenStore store = scenario.store;
        assertNames(holder, fault, () -> store.find(SERVICE, holder));
        assertNames(holder, fault, () -> store.find(SERVICE, userId));
        assertNames(holder, fault, () -> scenario.bank.tokens().verify(holder, "12345678", Purpose.LOGIN));
        try (Attempt attempt = store.attempt(SERVICE, holder)) {
            assertNames(holder, fault, attempt::find);
        }
        try (Connection connection = scenario.database.getConnection()) {
            connection.setAutoCommit(false);
            assertNames(holder, fault, () -> store.takingPartIn(connection).find(SERVICE, holder));
            connection.rollback();
        }
    }

    private static void assertNames(Holder holder, String fault, Executable reading) {
        IntegrityException failure = assertThrows(IntegrityException.class, reading, fault);
        StringWriter shown = new StringWriter();
        failure.printStackTrace(new PrintWriter(shown));
        assertTrue(String.valueOf(failure.getMessage()).contains("holder " + holder), failure::getMessage);
        assertFalse(shown.toString().contains(CANARY), shown::toString);
    }

    private void theFloorIsRaisedForTheOthers(Scenario scenario) {
        List<Long> progress = new ArrayList<>();
        RaisedFloor raised = scenario.bank
                .desk(new Operator("helpdesk-7"))
                .raiseFloor(clock.instant(), "restored a backup", progress::add)
                .orElseThrow();

        assertEquals(scenario.broken, raised.unreadable());
        assertEquals(2, raised.changed());
        assertEquals(List.of(2L + FAULTS.size()), progress);
        assertFalse(scenario.bank
                .tokens()
                .verify(AFTER, scenario.last.code(), Purpose.LOGIN)
                .isAccepted());
        clock.set(raised.loginFrom());
        assertAccepted(scenario.bank.tokens().verify(AFTER, scenario.last.code(), Purpose.LOGIN));
    }

    private void theOthersAreReencrypted(Scenario scenario) {
        assertEquals(
                Reencrypted.of(2, 0, scenario.broken, List.of()),
                bank(scenario.store, OLD, NEW).reencryption().run(done -> {}));
        assertAccepted(bank(scenario.store, NEW).tokens().verify(BEFORE, scenario.first.code(), Purpose.LOGIN));
    }

    /** The row was there when the enrolment was read. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void aTokenThatVanishesBeforeAChangeIsOfItsHolder(Product product) throws SQLException {
        try (Scenario scenario = new Scenario(product, 0)) {
            Enrolment before = scenario.store.find(SERVICE, AFTER).orElseThrow();
            Enrolment after = before.toBuilder().version(before.version() + 1).build();
            scenario.damage(AFTER, "DELETE FROM otp_token");

            assertNames(
                    AFTER, "no row", () -> scenario.store.reencrypt(List.of(ReencryptedEnrolment.of(before, after))));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void anUnreadableEventIsOfItsHolder(Product product) throws SQLException {
        try (Scenario scenario = new Scenario(product, 0)) {
            scenario.damage(AFTER, "UPDATE otp_event SET event_type = '" + CANARY + "'");

            assertNames(AFTER, "an event", () -> scenario.bank.histories().read(AFTER, 0, 10));
            assertTrue(scenario.store.find(SERVICE, AFTER).isPresent());
        }
    }
}
