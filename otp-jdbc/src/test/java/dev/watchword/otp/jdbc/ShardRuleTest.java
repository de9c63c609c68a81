package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.FakeCitus;
import dev.watchword.otp.jdbc.support.Interceptor;
import dev.watchword.otp.jdbc.support.OldData;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.jdbc.support.ShardRules;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.testing.Check;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Citus can execute every statement that a store sends to it, and sends every statement of a verification to one node. */
@Tag("R9.2")
class ShardRuleTest {
    private static final Map<String, String> FOREIGN_KEYS = Map.of("otp_serial", "otp_batch");

    /** The statements that other products get in the place of those for Citus. */
    private static final Set<String> OF_OTHER_PRODUCTS =
            Set.of("UserIdRow.FIND", "EnrolmentRow.FIND_LOCKED", "SerialTable.AMONG_ROWS", "Engine.RECOGNITION");

    /** The sent statements, and the transactions, each as the list of its statements. */
    private static final class Sent {
        final Set<String> statements = ConcurrentHashMap.newKeySet();
        final ConcurrentLinkedQueue<List<String>> transactions = new ConcurrentLinkedQueue<>();
        private final Map<Connection, List<String>> open = new ConcurrentHashMap<>();

        DataSource by(DataSource database) {
            return Interceptor.before(database, (connection, call) -> {
                if (connection == null) {
                    return;
                }
                boolean executes =
                        call.method().startsWith("execute") && !call.method().equals("executeBatch");
                if (executes || call.method().equals("addBatch")) {
                    statements.add(call.sql());
                    open.computeIfAbsent(connection, opened -> new ArrayList<>())
                            .add(call.sql());
                }
                if (call.type().equals("Connection")
                        && List.of("commit", "rollback", "close").contains(call.method())) {
                    List<String> ended = open.remove(connection);
                    if (ended != null) {
                        transactions.add(ended);
                    }
                }
            });
        }
    }

    private static HikariDataSource database(Distribution distribution) throws SQLException {
        HikariDataSource database = Server.POSTGRESQL.database("");
        FakeCitus.install(database);
        JdbcSchema.apply(database, TablePrefix.DEFAULT, distribution);
        return database;
    }

    /** The contract and the life of an institution send every statement of the store. */
    @Test
    void everyStatementKeepsTheRules() throws Exception {
        Sent sent = new Sent();
        try (HikariDataSource byHolder = database(Distribution.BY_HOLDER);
                HikariDataSource byInstitution = database(Distribution.BY_INSTITUTION)) {
            JdbcTokenStore store = JdbcTokenStore.on(sent.by(byHolder));
            for (Check check : TokenStoreContract.everything(() -> store)) {
                check.run();
            }
            new OldData(store, new OldData(store, OldData.BEGINNING).live()).goOn();
            registerAgain(store, byHolder);
            ShardRules rules = new ShardRules(FakeCitus.layout(byHolder));
            Map<String, List<String>> found = new TreeMap<>();
            for (String statement : sent.statements) {
                found.put(statement, rules.violations(statement));
                found.put(
                        "by institution: " + statement,
                        new ShardRules(FakeCitus.layout(byInstitution)).violations(statement));
            }
            for (List<String> transaction : sent.transactions) {
                found.put(transaction.toString(), rules.violations(transaction, FOREIGN_KEYS));
            }
            found.values().removeIf(List::isEmpty);
            assertEquals(Map.of(), found);
        }
        assertEquals(List.of(), neverSent(sent.statements));
    }

    /** Registers a consumer whose first registration was interrupted. */
    private static void registerAgain(JdbcTokenStore store, HikariDataSource database) throws SQLException {
        ConsumerName consumer = new ConsumerName("interrupted");
        EmptyDatabase.execute(
                database,
                "INSERT INTO otp_consumer (service_id, consumer) VALUES ('" + TestInstitution.SERVICE_ID + "', '"
                        + consumer + "')");
        assertTrue(store.capability(FeedStore.class)
                .orElseThrow()
                .register(TestInstitution.SERVICE_ID, consumer, FeedStart.FIRST_EVENT));
    }

    /** Returns the constants with statements of the store that are not the beginning of a sent statement. */
    private static List<String> neverSent(Set<String> statements) throws Exception {
        List<String> never = new ArrayList<>();
        for (Class<?> type : classes()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                    field.setAccessible(true);
                    String sql = String.valueOf(field.get(null)).strip();
                    String name = type.getSimpleName() + "." + field.getName();
                    if (sql.matches("(?s)(SELECT|INSERT|UPDATE|DELETE) .*(FROM|INTO|UPDATE) otp_.*")
                            && statements.stream().noneMatch(sent -> sent.startsWith(sql))
                            && !OF_OTHER_PRODUCTS.contains(name)) {
                        never.add(name);
                    }
                }
            }
        }
        return never;
    }

    private static List<Class<?>> classes() throws IOException, URISyntaxException, ClassNotFoundException {
        String folder = JdbcTokenStore.class.getPackageName().replace('.', '/');
        Path path = Path.of(JdbcTokenStore.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(folder);
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("module-info") && !name.equals("package-info")) {
                    classes.add(Class.forName(JdbcTokenStore.class.getPackageName() + "." + name));
                }
            }
        }
        assertTrue(classes.size() > 30, classes::toString);
        return classes;
    }

    /** Enters a right and a wrong code, and reads in a locked attempt. */
    @ParameterizedTest
    @EnumSource(value = Distribution.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyStatementOfAVerificationIsForOneNode(Distribution distribution) throws SQLException {
        Sent sent = new Sent();
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        Holder taro = new Holder("taro");
        try (HikariDataSource database = database(distribution)) {
            JdbcTokenStore store = JdbcTokenStore.on(sent.by(database));
            TokenService tokens = TestInstitution.builder(store, clock).build().tokens();
            FakePhone phone = FakePhone.active(tokens, taro, clock);
            ShardRules rules = new ShardRules(FakeCitus.layout(database));
            sent.statements.clear();
            assertRefused(Refusal.WRONG_CODE, tokens.verify(taro, phone.wrongCode(), Purpose.LOGIN));
            assertAccepted(tokens.verify(taro, phone.code(), Purpose.LOGIN));
            try (Attempt attempt = store.attempt(TestInstitution.SERVICE_ID, taro)) {
                assertTrue(attempt.find().isPresent());
            }
            assertTrue(sent.statements.size() >= 5, sent.statements::toString);
            assertEquals(
                    List.of(),
                    sent.statements.stream()
                            .filter(statement -> !rules.isForOneNode(statement))
                            .toList());
        }
    }

    /** Statements that Citus refuses, with the rule that finds each. */
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("joins tables of the groups [otp_enrolment, otp_user_id]", """
                        SELECT e.holder, t.serial FROM otp_user_id u
                        LEFT JOIN otp_enrolment e ON e.service_id = u.service_id AND e.holder = u.holder
                        LEFT JOIN otp_token t ON t.service_id = e.service_id AND t.holder = e.holder AND t.serial = e.serial
                        WHERE u.service_id = ? AND u.user_id = ?"""),
                Arguments.of("has a subquery on [otp_consumer] without its key", """
                        SELECT e.holder FROM otp_enrolment e
                        WHERE e.service_id = ? AND e.unfed = TRUE AND e.holder > ?
                            AND EXISTS (
                                SELECT 1 FROM otp_consumer c
                                WHERE c.service_id = ? AND c.consumer = ? AND c.started = TRUE)
                            AND NOT EXISTS (
                                SELECT 1 FROM otp_feed f
                                WHERE f.service_id = e.service_id AND f.consumer = ? AND f.holder = e.holder)
                        ORDER BY e.service_id, e.unfed, e.holder LIMIT ?"""),
                Arguments.of("has a subquery on a distributed table for the rows of one that is not", """
                        SELECT b.batch FROM otp_batch b
                        WHERE b.service_id = ? AND b.published = ? AND b.batch > ? AND EXISTS (
                            SELECT 1 FROM otp_serial s
                            WHERE s.service_id = b.service_id AND s.batch = b.batch AND s.stock_state = ?)
                        ORDER BY b.service_id, b.batch LIMIT 1"""),
                Arguments.of("locks rows of otp_enrolment on several nodes", """
                        SELECT holder FROM otp_enrolment
                        WHERE service_id = ? AND holder > ? AND holder <= ? AND unfed = TRUE FOR UPDATE"""),
                Arguments.of("compares in a CASE", """
                        UPDATE otp_enrolment SET fed_count = CASE fed_count WHEN 0 THEN -1 ELSE 0 END
                        WHERE service_id = ? AND holder > ? AND holder <= ?"""),
                Arguments.of("writes in a WITH", """
                        WITH enrolment AS (
                            UPDATE otp_enrolment SET version = ? WHERE service_id = ? AND holder = ? RETURNING 1)
                        SELECT COUNT(*) FROM enrolment"""),
                Arguments.of("joins otp_feed without its key", """
                        SELECT MIN(f.event_number) FROM otp_consumer c
                        LEFT JOIN otp_feed f ON f.service_id = c.service_id AND f.consumer = c.consumer
                        WHERE c.service_id = ?"""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aStatementThatCitusRefusesIsFound(String violation, String statement) throws SQLException {
        try (HikariDataSource database = database(Distribution.BY_HOLDER)) {
            assertEquals(List.of(violation), new ShardRules(FakeCitus.layout(database)).violations(statement));
        }
    }

    @Test
    void aTransactionThatCitusRefusesIsFound() throws SQLException {
        try (HikariDataSource database = database(Distribution.BY_HOLDER)) {
            ShardRules rules = new ShardRules(FakeCitus.layout(database));
            List<String> publishing = List.of(
                    "SELECT published FROM otp_batch WHERE service_id = ? AND batch = ? FOR UPDATE",
                    "SELECT COUNT(*) FROM otp_serial WHERE service_id = ? AND batch = ?",
                    "UPDATE otp_batch SET published = TRUE WHERE service_id = ? AND batch = ?");
            assertEquals(
                    List.of("changes otp_batch after a statement on several nodes"),
                    rules.violations(publishing, FOREIGN_KEYS));
            assertEquals(List.of(), rules.violations(publishing.subList(0, 2), FOREIGN_KEYS));
        }
    }

    @Test
    void aStatementForSeveralNodesIsFound() throws SQLException {
        try (HikariDataSource database = database(Distribution.BY_HOLDER)) {
            ShardRules rules = new ShardRules(FakeCitus.layout(database));
            assertTrue(rules.isForOneNode("SELECT version FROM otp_enrolment WHERE service_id = ? AND holder = ?"));
            for (String statement : List.of(
                    "SELECT version FROM otp_enrolment WHERE service_id = ?",
                    "SELECT e.version FROM otp_enrolment e LEFT JOIN otp_token t ON t.holder = e.holder WHERE e.holder = ?",
                    "SELECT 1 FROM otp_serial WHERE service_id = ? AND holder = ?",
                    "INSERT INTO otp_feed (service_id, holder) SELECT service_id, holder FROM otp_enrolment")) {
                assertEquals(false, rules.isForOneNode(statement), statement);
            }
        }
    }
}
