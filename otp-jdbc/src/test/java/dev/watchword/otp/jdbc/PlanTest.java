package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventFeed;
import dev.watchword.otp.lifecycle.FobStock;
import dev.watchword.otp.lifecycle.HistoryArchiver;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Imported;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.ListedToken;
import dev.watchword.otp.lifecycle.ListedWaiting;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.TokenLists;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.Resealing;
import dev.watchword.otp.lifecycle.stock.CsvFormat;
import dev.watchword.otp.lifecycle.stock.CsvSeedReader;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No statement looks through a table: each that the store says is carried out once more beside 100,000 holders of the same
 * institution, and what it read is counted.
 */
@Tag("R12.2")
class PlanTest {
    private static final int HOLDERS = 100_000;

    /** How many rows, or pages of rows, a statement may read. The longest pages of lists have 200. */
    private static final long BOUND = 5_000;

    private static final ServiceId SERVICE = InMemoryTokens.SERVICE_ID;
    private static final Holder TARO = new Holder("taro");
    private static final Holder HANAKO = new Holder("hanako");
    private static final Holder JIRO = new Holder("jiro");

    private static final UUID WORKER = new UUID(1, 2);

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    @TempDir
    Path folder;

    /** How much a statement reads. */
    private interface Reading {
        long of(Connection connection, String sql, List<Overheard.Parameter> parameters) throws SQLException;
    }

    private void assertNothingIsScanned(DataSource database, String range, String analyze, Reading reading)
            throws SQLException {
        JdbcSchema.apply(database);
        Overheard overheard = new Overheard(database);
        JdbcTokenStore store = JdbcTokenStore.on(overheard.dataSource);
        TokenService tokens = InMemoryTokens.builder(store, clock).build();
        FakePhone phone = FakePhone.active(tokens, TARO, clock);
        FakePhone.issued(tokens, JIRO, clock);
        tokens.desk(new Operator("helpdesk-7")).suspend(JIRO, SuspensionReason.LOST, "lost");
        multiply(database, range);
        execute(database, analyze);

        live(store, tokens, phone);
        overheard.statements.keySet().removeIf(sql -> sql.startsWith("INSERT"));
        assertTrue(overheard.statements.size() > 40, () -> overheard.statements.size() + " statements");
        List<String> scans = new ArrayList<>();
        for (Map.Entry<String, List<Overheard.Parameter>> said : overheard.statements.entrySet()) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                long read = reading.of(connection, said.getKey(), said.getValue());
                connection.rollback();
                if (read > BOUND) {
                    scans.add(read + " is read by ... "
                            + said.getKey().substring(Math.max(0, said.getKey().length() - 300)));
                }
            }
        }
        assertEquals(List.of(), scans);
    }

    /** Everything that is asked of a store. */
    private void live(JdbcTokenStore store, TokenService tokens, FakePhone phone) {
        OperatorDesk desk = tokens.desk(new Operator("helpdesk-7"));
        assertInstanceOf(Accepted.class, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        assertTrue(store.find(SERVICE, requireNonNull(tokens.registration(TARO).userId()))
                .isPresent());
        FobStock stock = FobStock.of(SERVICE, store, InMemoryTokens.KEYS, clock, new SecureRandom());
        String file = IntStream.range(0, 1_001)
                .mapToObj(i -> (300_000_000 + 7 * i) + ",3132333435363738393031323334353637383930,TOTP,8,60,"
                        + "2031-01-01T00:00:00Z")
                .collect(Collectors.joining("\n", "serial,secret_hex,kind,digits,step,expiry\n", "\n"));
        assertEquals(
                new Imported(new BatchId("b"), 1_001),
                stock.importBatch(
                        new BatchId("b"),
                        CsvSeedReader.open(
                                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), CsvFormat.DEFAULT),
                        n -> {}));
        store.stage(SERVICE, new BatchId("c"), List.of());
        store.discard(SERVICE, new BatchId("c"));
        SerialNumber fob = new SerialNumber("300000007");
        assertTrue(store.isTaken(SERVICE, fob));
        clock.advance(Duration.ofMinutes(1));
        tokens.orderFob(HANAKO, Confirmation.NONE);
        desk.assign(HANAKO, fob);
        desk.send(HANAKO);
        desk.suspend(HANAKO, SuspensionReason.LOST, "phoned in");
        lists(TokenLists.of(SERVICE, store));

        HistoryArchiver archiver = HistoryArchiver.of(SERVICE, store, InMemoryTokens.KEYS);
        try {
            archiver.archive(
                    Instant.MAX,
                    (holder, events) -> {
                        if (holder.equals(JIRO)) {
                            throw new IllegalStateException("that is enough");
                        }
                    },
                    n -> {});
        } catch (IllegalStateException enough) {
            // its statements were heard
        }
        EventFeed feed = EventFeed.of(SERVICE, store, clock, new ConsumerName("mail"), Duration.ofMinutes(1));
        assertEquals(200, feed.due(null, 200).size());
        store.lease(
                SERVICE,
                new ConsumerName("mail"),
                TARO,
                WORKER,
                clock.instant(),
                clock.instant().plusSeconds(9));
        store.advance(SERVICE, new ConsumerName("mail"), TARO, WORKER, 1, true);
        store.retire(SERVICE, new ConsumerName("nobody"));
        List<Enrolment> page = store.page(SERVICE, TARO, 200);
        assertEquals(1, store.reseal(List.of(new Resealing(page.get(0), next(page.get(0))))));
        store.stockPage(SERVICE, null, 200);
        store.resealStock(SERVICE, store.stockPage(SERVICE, fob, 1), store.stockPage(SERVICE, fob, 1));
        assertInstanceOf(Accepted.class, desk.revoke(TARO, "asked to"));
        assertInstanceOf(Accepted.class, desk.erase(TARO));
    }

    private void lists(TokenLists lists) {
        Instant now = clock.instant();
        Instant farOff = now.plus(Duration.ofDays(10_000));
        List<ListedToken> expiring = lists.expiring(now, farOff, null, 200);
        assertEquals(200, expiring.size());
        assertEquals(200, lists.expiring(now, farOff, expiring.get(199), 200).size());
        List<ListedToken> suspended = lists.suspended(null, 1);
        assertEquals(JIRO, suspended.get(0).holder());
        assertEquals(1, lists.suspended(suspended.get(0), 200).size());
        List<ListedWaiting> waiting = lists.waiting(now, farOff, null, 1);
        assertEquals(1, lists.waiting(now, farOff, waiting.get(0), 200).size());
        List<ListedFob> fobs = lists.fobs(StockState.AVAILABLE, null, 200);
        assertEquals(200, lists.fobs(StockState.AVAILABLE, fobs.get(199), 200).size());
        assertEquals(1, lists.fobs(StockState.ASSIGNED, null, 200).size());
    }

    private static Enrolment next(Enrolment before) {
        return new Enrolment(
                before.serviceId(),
                before.holder(),
                before.version() + 1,
                before.userId(),
                before.token(),
                before.waiting(),
                before.softwareRevokedAt(),
                before.mailAddress(),
                before.factors(),
                before.eventCount(),
                before.head());
    }

    /** As many holders more, each as Taro is. */
    private static void multiply(DataSource database, String range) throws SQLException {
        Map<String, String> changed = Map.of(
                "holder", "CONCAT('z-', x)",
                "serial", "CONCAT('', 500000000 + x)",
                "user_id", "CONCAT('', 500000000000 + x)");
        for (String table : List.of("otp_enrolment", "otp_user_id", "otp_serial", "otp_token", "otp_event")) {
            List<String> columns;
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " WHERE holder = 'nobody'")) {
                columns = IntStream.rangeClosed(1, rows.getMetaData().getColumnCount())
                        .mapToObj(i -> name(rows, i))
                        .filter(name -> !name.equals("unfed") && !name.equals("given_out"))
                        .toList();
            }
            execute(
                    database,
                    columns.stream().collect(Collectors.joining(", ", "INSERT INTO " + table + " (", ")"))
                            + columns.stream()
                                    .map(column -> changed.getOrDefault(column, column))
                                    .collect(Collectors.joining(", ", " SELECT ", ""))
                            + " FROM " + table + ", (" + range + ") numbers WHERE holder = 'taro'");
        }
    }

    private static String name(ResultSet rows, int column) {
        try {
            return rows.getMetaData().getColumnName(column).toLowerCase(Locale.ROOT);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static PreparedStatement prepared(Connection connection, String sql, List<Overheard.Parameter> parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (Overheard.Parameter parameter : parameters) {
            try {
                parameter.setter().invoke(statement, parameter.arguments().toArray());
            } catch (ReflectiveOperationException e) {
                throw new SQLException(e);
            }
        }
        return statement;
    }

    /** The sum of all numbers in a plan that a pattern finds, each times the number after it if there is one. */
    private static Reading plan(String explain, Pattern pattern) {
        return (connection, sql, parameters) -> {
            long sum = 0;
            try (PreparedStatement statement = prepared(connection, explain + sql, parameters);
                    ResultSet lines = statement.executeQuery()) {
                while (lines.next()) {
                    Matcher matcher = pattern.matcher(lines.getString(1));
                    while (matcher.find()) {
                        String rows = requireNonNull(matcher.group(1));
                        String loops = matcher.groupCount() > 1 ? matcher.group(2) : null;
                        sum += ((long) Double.parseDouble(rows)) * (loops == null ? 1 : Long.parseLong(loops));
                    }
                }
            }
            return sum;
        };
    }

    @Test
    void nothingIsScannedOnH2() throws SQLException {
        DataSource database = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("plans") + ";WRITE_DELAY=0;CACHE_SIZE=65536", "sa", "");
        assertNothingIsScanned(
                database,
                "SELECT x FROM SYSTEM_RANGE(1, " + HOLDERS + ")",
                "ANALYZE",
                plan("EXPLAIN ANALYZE ", Pattern.compile("scanCount: (\\d+)")));
    }

    @Test
    void nothingIsScannedOnPostgresql() throws SQLException {
        try (HikariDataSource database = Server.POSTGRESQL.database("")) {
            assertNothingIsScanned(
                    database,
                    "SELECT generate_series(1, " + HOLDERS + ") AS x",
                    "ANALYZE",
                    plan(
                            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ",
                            Pattern.compile(
                                    "(?:actual rows=|Rows Removed by [A-Za-z ]+: )([\\d.]+)(?: loops=(\\d+))?")));
        }
    }

    @Test
    void nothingIsScannedOnMariadb() throws SQLException {
        try (HikariDataSource database = Server.MARIADB.database("")) {
            assertNothingIsScanned(
                    database,
                    "SELECT seq AS x FROM seq_1_to_" + HOLDERS,
                    "ANALYZE TABLE otp_enrolment, otp_token, otp_serial, otp_event",
                    PlanTest::handled);
        }
    }

    /** How often MariaDB has asked a table for a row. */
    private static long handled(Connection connection, String sql, List<Overheard.Parameter> parameters)
            throws SQLException {
        try (Statement status = connection.createStatement()) {
            status.execute("FLUSH STATUS");
            try (PreparedStatement statement = prepared(connection, sql, parameters)) {
                if (statement.execute()) {
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            // is read to its end
                        }
                    }
                }
            }
            long sum = 0;
            try (ResultSet rows = status.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read_%'")) {
                while (rows.next()) {
                    sum += rows.getLong(2);
                }
            }
            return sum;
        }
    }
}
