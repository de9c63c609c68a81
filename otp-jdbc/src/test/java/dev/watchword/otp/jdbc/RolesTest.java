package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.OldData;
import dev.watchword.otp.jdbc.support.Rows;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.testing.Check;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The roles of the jar's SQL suffice for the service, and allow nothing else. */
class RolesTest {
    /** Roles belong to the server, so each test has different ones. */
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private static final Map<String, String> OF_RUNTIME = Map.ofEntries(
            Map.entry("schema_version", "SELECT"),
            Map.entry("enrolment", "SELECT INSERT UPDATE"),
            Map.entry("user_id", "SELECT INSERT"),
            Map.entry("batch", "SELECT INSERT UPDATE DELETE"),
            Map.entry("serial", "SELECT INSERT UPDATE DELETE"),
            Map.entry("token", "SELECT INSERT UPDATE"),
            Map.entry("event", "SELECT INSERT"),
            Map.entry("key_check", "SELECT INSERT"),
            Map.entry("reason", "SELECT INSERT DELETE"),
            Map.entry("anchor", "SELECT"),
            Map.entry("consumer", "SELECT INSERT UPDATE DELETE"),
            Map.entry("feed", "SELECT INSERT UPDATE DELETE"),
            Map.entry("feed_decision", "SELECT INSERT UPDATE"));

    /** A column of each table that the runtime role or the archiver role may change. */
    private static final Map<String, String> CHANGED = Map.of(
            "enrolment", "row_mac",
            "token", "state",
            "serial", "drift",
            "batch", "published",
            "consumer", "started",
            "feed", "worker",
            "feed_decision", "reason",
            "anchor", "proof");

    /** The columns that no role may change: the keys, and what a token has for life. */
    private static final Map<String, Set<String>> FIXED = Map.of(
            "enrolment", Set.of("service_id", "holder", "unfed"),
            "token",
                    Set.of(
                            "service_id",
                            "holder",
                            "serial",
                            "kind",
                            "algorithm",
                            "digits",
                            "time_step_seconds",
                            "t0_seconds",
                            "issued_at",
                            "expires_at"),
            "serial", Set.of("service_id", "serial", "batch", "stock_state"),
            "batch", Set.of("service_id", "batch", "import_id"),
            "consumer", Set.of("service_id", "consumer", "from_now"),
            "feed", Set.of("service_id", "consumer", "holder"),
            "feed_decision",
                    Set.of(
                            "service_id",
                            "holder",
                            "consumer",
                            "decision_number",
                            "event_number",
                            "kind",
                            "decided_at",
                            "operator"),
            "anchor", Set.of("service_id", "holder"));

    private static final Map<String, String> OF_ARCHIVER = Map.ofEntries(
            Map.entry("schema_version", "SELECT"),
            Map.entry("enrolment", "SELECT"),
            Map.entry("user_id", ""),
            Map.entry("batch", ""),
            Map.entry("serial", ""),
            Map.entry("token", ""),
            Map.entry("event", "SELECT DELETE"),
            Map.entry("key_check", "SELECT INSERT"),
            Map.entry("reason", "SELECT DELETE"),
            Map.entry("anchor", "SELECT INSERT UPDATE"),
            Map.entry("consumer", "SELECT"),
            Map.entry("feed", "SELECT"),
            Map.entry("feed_decision", ""));

    private final TablePrefix prefix = new TablePrefix("r" + PREFIXES.incrementAndGet() + "_");
    private Product product = Product.H2;
    private HikariDataSource owner = EmptyDatabase.of(Product.H2);
    private HikariDataSource runtime = owner;
    private HikariDataSource archiver = owner;

    private void open(Product newProduct) throws SQLException {
        product = newProduct;
        owner.close();
        owner = EmptyDatabase.of(product);
        JdbcSchema.apply(owner, prefix);
        for (int i = 0; i < 2; i++) {
            for (String statement : JdbcSchema.statements(
                    "/META-INF/watchword/roles/" + product.name().toLowerCase(Locale.ROOT) + ".sql", prefix)) {
                EmptyDatabase.execute(owner, statement);
            }
        }
        runtime = user("runtime");
        archiver = user("archiver");
    }

    @AfterEach
    void close() {
        List.of(owner, runtime, archiver).forEach(HikariDataSource::close);
    }

    /** A user with one role only. */
    private HikariDataSource user(String role) throws SQLException {
        String name = prefix + "user_" + role;
        String user = product == Product.MARIADB ? name + "@'%'" : name;
        String byPassword = product == Product.MARIADB ? " IDENTIFIED BY 'x'" : " PASSWORD 'x'";
        EmptyDatabase.execute(owner, "CREATE USER " + user + byPassword);
        EmptyDatabase.execute(owner, "GRANT " + prefix + role + " TO " + user);
        if (product == Product.MARIADB) {
            EmptyDatabase.execute(owner, "SET DEFAULT ROLE " + prefix + role + " FOR " + user);
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(owner.getJdbcUrl().replaceAll("user=\\w+", "user=" + name + "&password=x"));
        if (product == Product.H2) {
            pool.setJdbcUrl(owner.getJdbcUrl().replaceAll(";.*", ""));
            pool.setUsername(name);
            pool.setPassword("x");
        }
        pool.setMaximumPoolSize(40);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    private JdbcTokenStore store(HikariDataSource user) {
        return JdbcTokenStore.on(user, prefix);
    }

    @ParameterizedTest
    @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    @Tag("R9.4")
    void theServiceLivesWithThem(Product of) throws SQLException {
        open(of);
        JdbcTokenStore store = store(runtime);
        JdbcTokenStore archive = store(archiver);

        Instant later = new OldData(store, archive, OldData.BEGINNING).live();
        new OldData(store, archive, later).goOn();
    }

    @ParameterizedTest
    @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void theStoreKeepsItsContractWithoutArchiving(Product of) throws Exception {
        open(of);
        JdbcTokenStore store = store(runtime);
        int archiving = 0;
        for (Check check : TokenStoreContract.everything(() -> store)) {
            if (check.name().contains("anchor")
                    || check.name().equals("an event that a consumer has not received stays")) {
                archiving++;
                assertThrows(StorageException.class, check::run, check.name());
            } else {
                check.run();
            }
        }
        assertEquals(3, archiving);
    }

    @ParameterizedTest
    @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    @Tag("R9.4")
    void noRightIsGivenThatIsNotNeeded(Product of) throws SQLException {
        open(of);

        assertEquals(new TreeMap<>(OF_RUNTIME), rights(runtime));
        Map<String, String> ofArchiver = new TreeMap<>(OF_ARCHIVER);
        assertEquals(ofArchiver, rights(archiver));
        if (product != Product.H2) {
            assertForbidden(archiver, "SELECT password_hash FROM otp_enrolment");
            assertForbidden(archiver, "SELECT head FROM otp_enrolment");
        }
    }

    /** The column rights are the same as the schema, so a later column is not forgotten. H2 has no column rights. */
    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"POSTGRESQL", "MARIADB"})
    @Tag("R10.5")
    void noRowIsRenamedOrMoved(Product of) throws SQLException {
        open(of);

        for (String table : FIXED.keySet()) {
            HikariDataSource user = table.equals("anchor") ? archiver : runtime;
            Set<String> fixed = new TreeSet<>();
            for (String column : columns(table)) {
                if (!isAllowed(user, "UPDATE otp_" + table + " SET " + column + " = NULL WHERE 1 = 0")) {
                    fixed.add(column);
                }
            }
            Set<String> expected = new TreeSet<>(requireNonNull(FIXED.get(table)));
            expected.removeIf(column -> Rows.isGenerated(column) && !fixed.contains(column));
            assertEquals(expected, fixed, table);
        }
        for (String table : List.of("user_id", "event", "key_check", "reason", "anchor", "schema_version")) {
            for (String column : columns(table)) {
                assertForbidden(runtime, "UPDATE otp_" + table + " SET " + column + " = NULL WHERE 1 = 0");
            }
        }
    }

    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = owner.getConnection();
                ResultSet rows = connection
                        .getMetaData()
                        .getColumns(connection.getCatalog(), connection.getSchema(), prefix.in("otp_" + table), null)) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME"));
            }
        }
        assertFalse(columns.isEmpty(), table);
        return columns;
    }

    @ParameterizedTest
    @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void noTableIsMadeOrChanged(Product of) throws SQLException {
        open(of);

        for (HikariDataSource user : List.of(runtime, archiver)) {
            for (String sql : List.of(
                    "CREATE TABLE otp_copy (i INT)",
                    "ALTER TABLE otp_token ADD COLUMN i INT",
                    "ALTER TABLE otp_event DROP COLUMN link",
                    "CREATE INDEX otp_index ON otp_event (link)",
                    "DROP INDEX otp_token_expires" + (product == Product.MARIADB ? " ON otp_token" : ""),
                    "DROP TABLE otp_event",
                    "TRUNCATE TABLE " + (product == Product.H2 ? "otp_token" : "otp_event"),
                    "CREATE VIEW otp_view AS SELECT 1 AS one")) {
                assertForbidden(user, sql);
            }
            assertThrows(StorageException.class, () -> JdbcSchema.apply(user, new TablePrefix("more_")));
        }
    }

    private void assertForbidden(HikariDataSource user, String sql) {
        SQLException refusal = assertThrows(SQLException.class, () -> EmptyDatabase.execute(user, prefix.in(sql)), sql);
        assertTrue(isForbidden(refusal), () -> sql + " is refused with " + refusal);
    }

    /** Returns whether rights are missing: on a table, a column, a database, or of an administrator. */
    private static boolean isForbidden(SQLException exception) {
        return Set.of("42501", "90096", "90040").contains(exception.getSQLState())
                || Set.of(1142, 1143, 1044, 1370, 1227).contains(exception.getErrorCode());
    }

    private Map<String, String> rights(HikariDataSource user) {
        Map<String, String> rights = new TreeMap<>();
        for (String table : OF_RUNTIME.keySet()) {
            String column = table.equals("schema_version") ? "script" : "service_id";
            StringBuilder of = new StringBuilder();
            for (String sql : List.of(
                    "SELECT " + column + " FROM otp_" + table,
                    "INSERT INTO otp_" + table + " (" + column + ") VALUES (NULL)",
                    "UPDATE otp_" + table + " SET " + CHANGED.getOrDefault(table, column) + " = NULL WHERE 1 = 0",
                    "DELETE FROM otp_" + table + " WHERE 1 = 0")) {
                if (isAllowed(user, sql)) {
                    of.append(of.isEmpty() ? "" : " ").append(sql, 0, 6);
                }
            }
            rights.put(table, of.toString());
        }
        return rights;
    }

    /** A statement that fails for another reason counts as allowed. */
    private boolean isAllowed(HikariDataSource user, String sql) {
        try {
            EmptyDatabase.execute(user, prefix.in(sql));
            return true;
        } catch (SQLException e) {
            return !isForbidden(e);
        }
    }
}
