package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.RecordingDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store on PostgreSQL with its tables partitioned by hashes of the keys by which rows are found. */
@Tag("R9.2")
class PartitionTest extends StoreContractTest {
    private static final int PARTITIONS = 4;

    /** The partition key of each table: the enrolment's key, and the claims' own keys. */
    private static final Map<String, String> KEYS = Map.of(
            "enrolment", "service_id, holder",
            "token", "service_id, holder",
            "event", "service_id, holder",
            "reason", "service_id, holder",
            "anchor", "service_id, holder",
            "feed", "service_id, holder",
            "feed_decision", "service_id, holder",
            "serial", "service_id, serial",
            "batch", "service_id, batch",
            "user_id", "service_id");

    private static final Pattern TABLE =
            Pattern.compile("(CREATE TABLE IF NOT EXISTS otp_(\\w+) \\(\n.*?\n\\))( WITH \\(.*?\\))?;", Pattern.DOTALL);

    private static final Pattern PARTITION = Pattern.compile("\\bon (otp_[a-z_]+?)_p(\\d)\\b");

    private final HikariDataSource database = Server.POSTGRESQL.database("");

    PartitionTest() {
        super(50);
    }

    @Override
    JdbcTokenStore store() {
        return JdbcTokenStore.on(database);
    }

    @BeforeEach
    void create() throws SQLException, IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (JdbcSchema.Script script : JdbcSchema.SCRIPTS) {
                statement.execute(partitioned(read(script)));
            }
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String read(JdbcSchema.Script script) throws IOException {
        try (InputStream in = JdbcSchema.class.getResourceAsStream(script.resource(Product.POSTGRESQL))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${prefix}", "otp_");
        }
    }

    /** Returns a script of the schema with partitions for the tables that have a partition key. */
    private static String partitioned(String script) {
        return TABLE.matcher(script).replaceAll(table -> {
            String name = table.group(2);
            String storage = table.group(3) == null ? "" : table.group(3);
            String key = KEYS.get(name);
            if (key == null) {
                return Matcher.quoteReplacement(table.group());
            }
            StringBuilder sql = new StringBuilder(table.group(1) + " PARTITION BY HASH (" + key + ")");
            for (int i = 0; i < PARTITIONS; i++) {
                sql.append(";\nCREATE TABLE otp_" + name + "_p" + i + " PARTITION OF otp_" + name
                        + " FOR VALUES WITH (MODULUS " + PARTITIONS + ", REMAINDER " + i + ")" + storage);
            }
            sql.append(';');
            return Matcher.quoteReplacement(sql.toString());
        });
    }

    @Test
    void theTablesArePartitioned() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM pg_partitioned_table")) {
            row.next();
            assertEquals(KEYS.size(), row.getInt(1));
        }
    }

    /** Enters a right and a wrong code, and another one in a locked attempt. */
    @Test
    void everyStatementOfAVerificationIsForOnePartition() throws SQLException {
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        RecordingDataSource recording = new RecordingDataSource(database);
        JdbcTokenStore store = JdbcTokenStore.on(recording.dataSource);
        TokenService tokens = TestInstitution.builder(store, clock).build().tokens();
        List<String> spread = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Holder holder = new Holder("holder-" + i);
            FakePhone phone = FakePhone.active(tokens, holder, clock);
            recording.statements.clear();
            assertRefused(Refusal.WRONG_CODE, tokens.verify(holder, phone.wrongCode(), Purpose.LOGIN));
            assertAccepted(tokens.verify(holder, phone.code(), Purpose.LOGIN));
            try (Attempt attempt = store.attempt(TestInstitution.SERVICE_ID, holder)) {
                assertTrue(attempt.find().isPresent());
            }
            assertEquals(3, recording.statements.size(), () -> "" + recording.statements.keySet());
            Set<String> partitions = new TreeSet<>();
            for (Map.Entry<String, List<RecordingDataSource.Parameter>> said : recording.statements.entrySet()) {
                partitions.addAll(partitions(said.getKey(), said.getValue()));
            }
            assertEquals(4, partitions.size(), partitions::toString);
            spread.addAll(partitions);
        }
        String ofAll = "SELECT 1 FROM otp_enrolment WHERE service_id = '10112235'";
        assertEquals(PARTITIONS, partitions(ofAll, List.of()).size(), "one that names no holder goes to all");
        assertEquals(4L * PARTITIONS, spread.stream().distinct().count(), "all partitions are used");
    }

    private Set<String> partitions(String sql, List<RecordingDataSource.Parameter> parameters) throws SQLException {
        Set<String> partitions = new TreeSet<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = PlanTest.prepared(connection, "EXPLAIN " + sql, parameters);
                ResultSet lines = statement.executeQuery()) {
            while (lines.next()) {
                Matcher matcher = PARTITION.matcher(lines.getString(1));
                while (matcher.find()) {
                    partitions.add(matcher.group(1) + " " + matcher.group(2));
                }
            }
        }
        return partitions;
    }
}
