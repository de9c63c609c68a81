package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The constraints of the schema reject plain SQL that breaks uniqueness or ownership, or makes columns contradict each other. */
class ConstraintTest {
    private static final Path DATA = Path.of(
            "src/test/resources/upgrade",
            JdbcSchema.SCRIPTS.get(JdbcSchema.SCRIPTS.size() - 1).name());

    private static final Map<String, String> TAKEN = Map.ofEntries(
            Map.entry("a second enrolment of a holder", """
                    INSERT INTO otp_enrolment (service_id, holder, version, event_count, head_key_name, head,
                        row_mac, password_failures, mail_code_failures, backup_failures)
                    SELECT service_id, holder, 1, 0, 'old', 'x', row_mac, 0, 0, 0 FROM otp_enrolment
                    WHERE holder = 'taro'"""),
            Map.entry("the user ID of another holder", """
                    INSERT INTO otp_user_id (service_id, holder, user_id)
                    SELECT service_id, 'shichiro', user_id FROM otp_user_id WHERE holder = 'taro'"""),
            Map.entry("a second user ID of a holder", """
                    INSERT INTO otp_user_id (service_id, holder, user_id)
                    VALUES ('10112235', 'taro', '000000000001')"""),
            Map.entry("a serial number that is in use", """
                    INSERT INTO otp_serial (service_id, holder, serial) VALUES ('10112235', 'taro', '30000001')"""),
            Map.entry("a serial number of a revoked token", """
                    INSERT INTO otp_serial (service_id, holder, serial) VALUES ('10112235', 'taro', '30000002')"""),
            Map.entry("a serial number that is in stock", """
                    INSERT INTO otp_serial (service_id, holder, serial) VALUES ('10112235', 'taro', '30000005')"""),
            Map.entry("a token twice", """
                    INSERT INTO otp_token (service_id, holder, serial, kind, state, algorithm, digits,
                        time_step_seconds, t0_seconds, issued_at, expires_at, drift, counter_unknown,
                        failures, failures_since_accepted)
                    SELECT service_id, holder, serial, kind, state, algorithm, digits,
                        time_step_seconds, t0_seconds, issued_at, expires_at, drift, counter_unknown,
                        failures, failures_since_accepted
                    FROM otp_token WHERE serial = '30000002'"""),
            Map.entry("an event number twice", """
                    INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type,
                        link_key_name, link)
                    SELECT service_id, holder, event_number, '00000000-0000-0000-0000-000000000001', happened_at,
                        event_type, link_key_name, link
                    FROM otp_event WHERE holder = 'hanako' AND event_number = 5"""),
            Map.entry("a change twice", """
                    INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type,
                        link_key_name, link)
                    SELECT service_id, holder, event_number, change_id, happened_at, event_type, link_key_name, link
                    FROM otp_event WHERE holder = 'hanako' AND event_number = 5"""),
            Map.entry("an event's reason twice", """
                    INSERT INTO otp_reason (service_id, holder, event_number, reason)
                    SELECT service_id, holder, event_number, 'another' FROM otp_reason
                    WHERE holder = 'hanako' AND event_number = 5"""),
            Map.entry("a second anchor of a history", """
                    INSERT INTO otp_anchor (service_id, holder, event_number, last_key_name, last_link,
                        proof_key_name, proof)
                    SELECT service_id, holder, 1, last_key_name, last_link, proof_key_name, proof
                    FROM otp_anchor WHERE holder = 'hanako'"""),
            Map.entry("a second check value of a key", """
                    INSERT INTO otp_key_check (service_id, key_use, key_name, check_value)
                    SELECT service_id, key_use, key_name, 'another' FROM otp_key_check WHERE key_use = 'SEAL'"""),
            Map.entry("a batch twice", """
                    INSERT INTO otp_batch (service_id, batch, import_id, published)
                    VALUES ('10112235', 'delivery-1', 'another', FALSE)"""),
            Map.entry(
                    "a consumer twice", "INSERT INTO otp_consumer (service_id, consumer) VALUES ('10112235', 'mail')"),
            Map.entry("a second place of a consumer", """
                    INSERT INTO otp_feed (service_id, consumer, holder, event_number)
                    VALUES ('10112235', 'mail', 'hanako', 1)"""),
            Map.entry(
                    "a script twice",
                    "INSERT INTO otp_schema_version (script) VALUES ('R__watchword_001_tokens.sql')"));

    private static final Map<String, String> OWNED = Map.of(
            "a token with the serial number of another holder", """
                    INSERT INTO otp_token (service_id, holder, serial, kind, state, algorithm, digits,
                        time_step_seconds, t0_seconds, issued_at, expires_at, drift, counter_unknown,
                        failures, failures_since_accepted)
                    SELECT service_id, 'taro', serial, kind, state, algorithm, digits,
                        time_step_seconds, t0_seconds, issued_at, expires_at, drift, counter_unknown,
                        failures, failures_since_accepted
                    FROM otp_token WHERE serial = '30000002'""",
            "a token with a serial number that is in stock", """
                    INSERT INTO otp_token (service_id, holder, serial, kind, state, algorithm, digits,
                        time_step_seconds, t0_seconds, issued_at, expires_at, drift, counter_unknown,
                        failures, failures_since_accepted)
                    SELECT service_id, holder, '30000005', kind, state, algorithm, digits,
                        time_step_seconds, t0_seconds, issued_at, expires_at, drift, counter_unknown,
                        failures, failures_since_accepted
                    FROM otp_token WHERE serial = '30000002'""",
            "a revoked hardware token given to another holder",
                    "UPDATE otp_serial SET holder = 'taro' WHERE serial = '30000002'",
            "a revoked hardware token put in stock again", """
                    UPDATE otp_serial SET holder = NULL, key_name = 'old', sealed_secret =
                        (SELECT t.sealed_secret FROM otp_token t WHERE t.serial = '30000001')
                    WHERE serial = '30000002'""",
            "a serial number of a revoked token made free", "DELETE FROM otp_serial WHERE serial = '30000002'",
            "a serial number of nobody", """
                    INSERT INTO otp_serial (service_id, holder, serial) VALUES ('10112235', 'nobody', '30000077')""",
            "a user ID of nobody", """
                    INSERT INTO otp_user_id (service_id, holder, user_id)
                    VALUES ('10112235', 'nobody', '000000000001')""",
            "a hardware token without a batch", """
                    UPDATE otp_serial SET batch = 'none' WHERE serial = '30000005'""");

    private static final Map<String, String> CHECKED = Map.of(
            "a holder's suspension without its beginning", """
                    UPDATE otp_enrolment SET holder_suspension_reason = 'OTHER', holder_suspended_by = 'x',
                        login_asked_for_code = FALSE
                    WHERE holder = 'taro'""",
            "a holder's suspension without an operator", """
                    UPDATE otp_enrolment SET holder_suspension_reason = 'OTHER',
                        holder_suspended_since = 1795597200000000, login_asked_for_code = FALSE
                    WHERE holder = 'taro'""",
            "a holder's suspension that does not say what login asked for", """
                    UPDATE otp_enrolment SET holder_suspension_reason = 'OTHER', holder_suspended_by = 'x',
                        holder_suspended_since = 1795597200000000
                    WHERE holder = 'taro'""",
            "an operator of no suspension", "UPDATE otp_enrolment SET holder_suspended_by = 'x' WHERE holder = 'taro'",
            "an unknown counter of a TOTP token",
                    "UPDATE otp_token SET counter_unknown = TRUE WHERE serial = '30000001'",
            "repeats of no provisioning", "UPDATE otp_token SET provisioning_repeats = 0 WHERE holder = 'jiro'");

    private static HikariDataSource filled(Product product) {
        HikariDataSource database = EmptyDatabase.of(product);
        try {
            JdbcSchema.apply(database);
            Dump.read(DATA).load(database, product, TablePrefix.DEFAULT);
            return database;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isForeign(SQLException exception) {
        return List.of("23503", "23506").contains(String.valueOf(exception.getSQLState()))
                || Set.of(1451, 1452).contains(exception.getErrorCode())
                || isSqlite(exception, SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY);
    }

    private static boolean isChecked(SQLException exception) {
        return List.of("23514", "23513").contains(String.valueOf(exception.getSQLState()))
                || exception.getErrorCode() == 4025
                || isSqlite(exception, SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK);
    }

    private static boolean isSqlite(SQLException exception, SQLiteErrorCode code) {
        return exception instanceof SQLiteException sqlite && sqlite.getResultCode() == code;
    }

    @TestFactory
    @Tag("R5.4")
    @Tag("R3.2")
    @Tag("R2.4")
    Stream<DynamicContainer> everyBrokenConstraintIsRejected() {
        return Stream.of(Product.values()).map(product -> {
            HikariDataSource database = filled(product);
            return dynamicContainer(
                    product.toString(),
                    Stream.of(
                                    TAKEN.entrySet().stream()
                                            .map(sql -> dynamicTest(
                                                    sql.getKey(),
                                                    () -> assertTrue(
                                                            SqlStates.isTaken(refusal(database, sql.getValue()))))),
                                    OWNED.entrySet().stream()
                                            .map(sql -> dynamicTest(
                                                    sql.getKey(),
                                                    () -> assertTrue(isForeign(refusal(database, sql.getValue()))))),
                                    CHECKED.entrySet().stream()
                                            .map(sql -> dynamicTest(
                                                    sql.getKey(),
                                                    () -> assertTrue(isChecked(refusal(database, sql.getValue()))))),
                                    Stream.of(dynamicTest("is closed", database::close)))
                            .flatMap(tests -> tests));
        });
    }

    private static SQLException refusal(HikariDataSource database, String sql) {
        return assertThrows(SQLException.class, () -> EmptyDatabase.execute(database, sql));
    }

    /** The database looks for rows that refer to a deleted row. The discard of a batch deletes many rows. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void everyReferenceHasAnIndex(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product);
                Connection connection = database.getConnection()) {
            JdbcSchema.apply(database);
            for (String table : List.of("otp_serial", "otp_batch")) {
                List<String> without = new ArrayList<>();
                for (Map.Entry<String, String> reference :
                        references(connection, table).entrySet()) {
                    String byWhat =
                            reference.getKey().substring(0, reference.getKey().indexOf(' '));
                    if (indexes(connection, byWhat).stream()
                            .noneMatch(index -> index.startsWith(reference.getValue()))) {
                        without.add(reference.toString());
                    }
                }
                assertEquals(List.of(), without);
            }
        }
    }

    private static String name(DatabaseMetaData metaData, String table) throws SQLException {
        return metaData.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    }

    /** The columns that refer to a table, keyed by their own table and the name of the constraint. */
    private static Map<String, String> references(Connection connection, String table) throws SQLException {
        Map<String, String> references = new HashMap<>();
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet rows =
                metaData.getExportedKeys(connection.getCatalog(), connection.getSchema(), name(metaData, table))) {
            while (rows.next()) {
                references.merge(
                        rows.getString("FKTABLE_NAME") + " " + rows.getString("FK_NAME"),
                        rows.getString("FKCOLUMN_NAME"),
                        (first, next) -> first + "," + next);
            }
        }
        assertTrue(!references.isEmpty());
        return references;
    }

    private static List<String> indexes(Connection connection, String table) throws SQLException {
        Map<String, String> indexes = new TreeMap<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
            while (rows.next()) {
                indexes.merge(
                        rows.getString("INDEX_NAME"),
                        rows.getString("COLUMN_NAME"),
                        (first, next) -> first + "," + next);
            }
        }
        return List.copyOf(indexes.values());
    }
}
