package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.RecordingDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
 * No statement scans a table. The test repeats each statement of the store beside 25,000 holders of the same
 * institution, and counts the rows that it read.
 */
@Tag("R12.2")
class PlanTest {
    private static final int HOLDERS = 25_000;

    /** The number of rows, or pages of rows, that a statement may read. The longest pages of lists have 200 rows. */
    private static final long BOUND = 5_000;

    private static final ServiceId SERVICE = TestInstitution.SERVICE_ID;
    private static final Holder TARO = new Holder("taro");
    private static final Holder HANAKO = new Holder("hanako");
    private static final Holder JIRO = new Holder("jiro");

    private static final UUID WORKER = new UUID(1, 2);

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    @TempDir
    Path folder;

    /** Measures how much a statement reads. */
    private interface Reading {
        long of(Connection connection, String sql, List<RecordingDataSource.Parameter> parameters) throws SQLException;
    }

    private void assertNothingIsScanned(DataSource database, String range, String analyze, Reading reading)
            throws SQLException {
        JdbcSchema.apply(database);
        RecordingDataSource recording = new RecordingDataSource(database);
        JdbcTokenStore store = JdbcTokenStore.on(recording.dataSource);
        Institution bank = TestInstitution.builder(store, clock).build();
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        assertNotNull(FakePhone.issued(bank.tokens(), JIRO, clock));
        assertAccepted(bank.desk(new Operator("helpdesk-7")).suspend(JIRO, SuspensionReason.LOST, "lost"));
        multiply(database, range);
        execute(database, analyze);

        live(store, bank, phone);
        recording.statements.keySet().removeIf(sql -> sql.startsWith("INSERT"));
        assertTrue(recording.statements.size() > 40, () -> recording.statements.size() + " statements");
        List<String> scans = new ArrayList<>();
        for (Map.Entry<String, List<RecordingDataSource.Parameter>> said : recording.statements.entrySet()) {
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

    /** Calls every operation of a store. */
    private void live(JdbcTokenStore store, Institution bank, FakePhone phone) {
        TokenService tokens = bank.tokens();
        OperatorDesk desk = bank.desk(new Operator("helpdesk-7"));
        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        assertTrue(store.find(SERVICE, requireNonNull(tokens.registration(TARO).userId()))
                .isPresent());
        String file = IntStream.range(0, 1_001)
                .mapToObj(i -> (300_000_000 + 7 * i) + ",3132333435363738393031323334353637383930,TOTP,8,60,"
                        + "2031-01-01T00:00:00Z")
                .collect(Collectors.joining("\n", "serial,secret_hex,kind,digits,step,expiry\n", "\n"));
        assertEquals(
                Imported.of(new BatchId("b"), 1_001),
                bank.stock()
                        .importBatch(
                                new BatchId("b"),
                                CsvSeedReader.open(
                                        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                                        TextLayout.DEFAULT),
                                n -> {})
                        .orElseThrow());
        assertTrue(store.begin(SERVICE, new BatchId("c"), WORKER));
        store.discard(SERVICE, new BatchId("c"), WORKER);
        SerialNumber serial = new SerialNumber("300000007");
        assertTrue(store.isTaken(SERVICE, serial));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(tokens.orderHardware(HANAKO, Confirmation.NONE));
        assertAccepted(desk.assign(HANAKO, serial.value()));
        assertAccepted(desk.send(HANAKO));
        assertAccepted(desk.suspend(HANAKO, SuspensionReason.LOST, "phoned in"));
        assertAccepted(desk.suspendHolder(HANAKO, SuspensionReason.OTHER, "has died"));
        lists(bank.lists());

        Histories.Archive untilJiro = (holder, events) -> {
            if (holder.equals(JIRO)) {
                throw new IllegalStateException("that is enough");
            }
        };
        assertThrows(IllegalStateException.class, () -> bank.histories().archive(Instant.MAX, untilJiro, n -> {}));
        FeedStore feeds = store.capability(FeedStore.class).orElseThrow();
        assertTrue(feeds.register(SERVICE, new ConsumerName("mail"), FeedStart.FIRST_EVENT));
        EventFeed feed = bank.feed(new ConsumerName("mail"));
        assertEquals(200, feed.due(null, 200).size());
        assertTrue(feeds.lease(
                        SERVICE,
                        new ConsumerName("mail"),
                        TARO,
                        WORKER,
                        clock.instant(),
                        clock.instant().plusSeconds(9))
                .isPresent());
        assertTrue(feeds.advance(SERVICE, new ConsumerName("mail"), TARO, WORKER, 1, true));
        failures(feeds);
        feeds.retire(SERVICE, new ConsumerName("nobody"));
        Holder first = store.holders(SERVICE, TARO, 200).get(0);
        Enrolment before = store.find(SERVICE, first).orElseThrow();
        assertEquals(1, store.reencrypt(List.of(ReencryptedEnrolment.of(before, next(before)))));
        store.stockPage(SERVICE, null, 200);
        store.reencryptStock(SERVICE, store.stockPage(SERVICE, serial, 1), store.stockPage(SERVICE, serial, 1));
        assertAccepted(desk.revoke(TARO, "asked to"));
        assertAccepted(desk.erase(TARO));
    }

    private void failures(FeedStore feeds) {
        ConsumerName mail = new ConsumerName("mail");
        Instant now = clock.instant();
        DeliveryError error = new DeliveryError("example.MailException", "no such address");
        for (AfterFailure after : List.of(new AfterFailure.BackOff(1, now), new AfterFailure.Park(2))) {
            FeedPlace place = feeds.lease(SERVICE, mail, TARO, WORKER, now, now.plusSeconds(9))
                    .orElseThrow();
            assertTrue(feeds.fail(SERVICE, mail, TARO, WORKER, place.number(), error, now, count -> after)
                    .isPresent());
            assertEquals(
                    after instanceof AfterFailure.Park ? 0 : 1,
                    feeds.retries(SERVICE, mail, now, 10).size());
        }
        feeds.recovered(SERVICE, mail);
        ParkedStream parked = feeds.parked(SERVICE, mail, null, 10).get(0);
        assertEquals(List.of(), feeds.parked(SERVICE, mail, parked, 10));
        assertEquals(1, feeds.positions(SERVICE, TARO).size());
        FeedDecision skip =
                FeedDecision.of(FeedDecision.Kind.SKIP, parked.number(), now, new Operator("helpdesk-7"), "not needed");
        assertTrue(feeds.decide(SERVICE, mail, TARO, parked.since(), skip));
        assertEquals(List.of(skip), feeds.decisions(SERVICE, mail, TARO, 10));
        assertTrue(feeds.rename(SERVICE, mail, new ConsumerName("post")));
        ConsumerName late = new ConsumerName("late");
        assertTrue(feeds.register(SERVICE, late, FeedStart.NOW));
        assertEquals(List.of(), feeds.retries(SERVICE, late, now, 200));
        assertTrue(feeds.register(SERVICE, mail, FeedStart.FIRST_EVENT));
        assertEquals(200, feeds.due(SERVICE, mail, now, null, 200).size());
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
        LocalDate tomorrow = LocalDate.of(2026, 11, 24);
        List<ListedToken> unused = lists.unusedSince(tomorrow, null, 200);
        assertEquals(200, unused.size());
        assertEquals(200, lists.unusedSince(tomorrow, unused.get(199), 200).size());
        List<ListedHolder> holders = lists.suspendedHolders(null, 1);
        assertEquals(List.of(), lists.suspendedHolders(holders.get(0), 200));
        List<ListedPending> waiting = lists.pending(now, farOff, null, 1);
        assertEquals(1, lists.pending(now, farOff, waiting.get(0), 200).size());
        List<ListedStock> listed = lists.stock(StockState.AVAILABLE, null, 200);
        assertEquals(
                200, lists.stock(StockState.AVAILABLE, listed.get(199), 200).size());
        assertEquals(1, lists.stock(StockState.ASSIGNED, null, 200).size());
    }

    private static Enrolment next(Enrolment before) {
        return before.toBuilder().version(before.version() + 1).build();
    }

    /** Copies the rows of Taro for many more holders. */
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
                        .filter(name -> !name.equals("unfed") && !name.equals("stock_state"))
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

    static PreparedStatement prepared(Connection connection, String sql, List<RecordingDataSource.Parameter> parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (RecordingDataSource.Parameter parameter : parameters) {
            try {
                parameter.setter().invoke(statement, parameter.arguments().toArray());
            } catch (ReflectiveOperationException e) {
                throw new SQLException(e);
            }
        }
        return statement;
    }

    /**
     * Returns the sum of the numbers that a pattern finds in a plan. A number that is followed by a second one is
     * multiplied by it.
     */
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
        DataSource database = JdbcConnectionPool.create("jdbc:h2:mem:plans;DB_CLOSE_DELAY=-1", "sa", "");
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

    /** The number of rows that MariaDB has read from a table. */
    private static long handled(Connection connection, String sql, List<RecordingDataSource.Parameter> parameters)
            throws SQLException {
        try (Statement status = connection.createStatement()) {
            status.execute("FLUSH STATUS");
            try (PreparedStatement statement = prepared(connection, sql, parameters)) {
                if (statement.execute()) {
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            // read the result to its end
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
