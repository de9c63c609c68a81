package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The checks when a database is opened, and the state of a database that is opened again. */
class OpeningTest {
    private static final SoftwareRequest REQUEST = SoftwareRequest.of("taro@bank.example", "4726");
    private static final Holder TARO = new Holder("taro");

    @TempDir
    Path folder;

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    private static JdbcDataSource h2(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    private static JdbcDataSource inMemory() {
        return h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private static JdbcDataSource withSchema() {
        JdbcDataSource database = inMemory();
        JdbcSchema.apply(database);
        return database;
    }

    private static String refusal(DataSource dataSource) {
        return String.valueOf(assertThrows(StorageException.class, () -> JdbcTokenStore.on(dataSource))
                .getMessage());
    }

    @Test
    void refusesAFileOfH2() {
        JdbcDataSource inAFile = h2("jdbc:h2:file:" + folder.resolve("file"));
        JdbcSchema.apply(inAFile);

        assertTrue(refusal(inAFile).contains("use SQLite"));
    }

    @Test
    void refusesAServerOfH2() throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        try {
            JdbcDataSource remote = h2("jdbc:h2:tcp://localhost:" + server.getPort() + "/./tokens");
            JdbcSchema.apply(remote);

            assertTrue(refusal(remote).contains("use SQLite"));
        } finally {
            server.stop();
        }
    }

    private SQLiteDataSource sqlite(SQLiteConfig config) {
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + folder.resolve("tokens"));
        JdbcSchema.apply(database);
        return database;
    }

    @Test
    void refusesAnSqliteDatabaseWithoutAWriteAheadLog() {
        assertTrue(refusal(sqlite(new SQLiteConfig())).contains("PRAGMA journal_mode = WAL"));
    }

    @Test
    void refusesAnSqliteDatabaseThatDelaysItsWrites() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        SQLiteDataSource database = sqlite(config);

        assertTrue(refusal(database).contains("PRAGMA synchronous = FULL"));
        Institution bank = TestInstitution.builder(
                        JdbcTokenStore.builder(database)
                                .acceptLossOnPowerFailure()
                                .build(),
                        clock)
                .build();
        issue(bank);
        assertEquals(RegistrationStatus.ISSUED, bank.tokens().registration(TARO).status());
    }

    @Test
    void severalProcessesCanOpenOneFile() {
        Path file = folder.resolve("tokens");
        try (EmbeddedDatabase one = EmbeddedDatabase.open(file);
                EmbeddedDatabase other = EmbeddedDatabase.open(file)) {
            issue(TestInstitution.builder(one.tokenStore(), clock).build());

            Institution there =
                    TestInstitution.builder(other.tokenStore(), clock).build();
            assertEquals(
                    RegistrationStatus.ISSUED, there.tokens().registration(TARO).status());
        }
    }

    @Test
    void refusesAFileOfAnotherFormat() throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), "This is a letter and not a database.".repeat(100));

        assertThrows(StorageException.class, () -> EmbeddedDatabase.open(file));
        assertThrows(StorageException.class, () -> EmbeddedDatabase.open(folder.resolve("no folder/tokens")));
    }

    @Test
    void aClosedDatabaseFails() {
        EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"));
        Institution bank = TestInstitution.builder(database.tokenStore(), clock).build();
        database.close();
        database.close();

        assertThrows(StorageException.class, () -> bank.tokens().registration(TARO));
    }

    @Test
    void refusesADatabaseWithoutTheSchema() {
        assertTrue(refusal(inMemory()).contains("JdbcSchema.apply"));
    }

    @Test
    void refusesADatabaseWithAnOlderSchema() throws SQLException {
        JdbcDataSource older = withSchema();
        execute(older, "DELETE FROM otp_schema_version");

        assertTrue(refusal(older).contains("older schema"));
    }

    @Test
    void refusesAnUnknownProduct() {
        DataSource unknown = answering("getDatabaseProductName", "Quux");

        assertEquals("The database product Quux is not supported; use SQLite, PostgreSQL or MariaDB", refusal(unknown));
        assertThrows(StorageException.class, () -> JdbcSchema.apply(unknown));
    }

    @Test
    void saysThatADatabaseDoesNotAnswer() {
        DataSource gone = h2("jdbc:h2:tcp://127.0.0.1:1/gone");

        assertInstanceOf(
                SQLException.class,
                assertThrows(StorageException.class, () -> JdbcTokenStore.on(gone))
                        .getCause());
        assertThrows(StorageException.class, () -> JdbcSchema.apply(gone));
    }

    @Test
    void appliesTheSchemaOnce() throws SQLException {
        JdbcDataSource database = withSchema();
        Institution bank = bank(database);
        issue(bank);

        JdbcSchema.apply(database);

        assertEquals(RegistrationStatus.ISSUED, bank.tokens().registration(TARO).status());
    }

    @Test
    void findsEverythingAgain() {
        Path file = folder.resolve(inTheEncodingOfFiles("with a space, ? & % # ; 青森"));
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            issue(TestInstitution.builder(database.tokenStore(), clock).build());
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            Institution bank =
                    TestInstitution.builder(database.tokenStore(), clock).build();
            assertEquals(
                    RegistrationStatus.ISSUED, bank.tokens().registration(TARO).status());
            assertEquals(1, bank.histories().read(TARO, 0, 10).size());
        }
    }

    /** Uses as much of the file name as the platform supports. */
    private static String inTheEncodingOfFiles(String name) {
        Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return encoding.newEncoder().canEncode(name) ? name : name.replaceAll("[^\\x00-\\x7f]", "x");
    }

    @Test
    void goesOnWhereTheDeathOfAProcessCutTheSchemaShort() throws SQLException {
        JdbcDataSource database = withSchema();
        execute(database, "DELETE FROM otp_schema_version");
        execute(database, "DROP TABLE otp_event CASCADE");
        execute(database, "DROP TABLE otp_token CASCADE");

        JdbcSchema.apply(database);

        issue(bank(database));
    }

    @Test
    @Tag("R9.2")
    void undoesAChangeWhoseEventsCannotBeWritten() throws SQLException {
        JdbcDataSource database = withSchema();
        Institution bank = bank(database);
        issue(bank);
        JdbcTokenStore store = JdbcTokenStore.on(database);
        var before = store.find(TestInstitution.SERVICE_ID, TARO);
        execute(database, "ALTER TABLE otp_event ADD CONSTRAINT no_more CHECK (event_number > 100) NOCHECK");

        assertThrows(
                StorageException.class,
                () -> bank.desk(new Operator("helpdesk-7")).suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertThrows(
                StorageException.class,
                () -> bank.tokens().issueSoftware(new Holder("hanako"), REQUEST, Confirmation.NONE));

        assertEquals(before, store.find(TestInstitution.SERVICE_ID, TARO));
        assertEquals(Optional.empty(), store.find(TestInstitution.SERVICE_ID, new Holder("hanako")));
    }

    @Test
    @Tag("R3.3")
    void doesNotTakeAMissingRowForNoToken() throws SQLException {
        JdbcDataSource database = withSchema();
        Institution bank = bank(database);
        issue(bank);
        execute(database, "DELETE FROM otp_token");

        assertThrows(IntegrityException.class, () -> bank.tokens().registration(TARO));
    }

    @Test
    void rejectsAnUnreadableRow() throws SQLException {
        JdbcDataSource database = withSchema();
        Institution bank = bank(database);
        issue(bank);
        execute(database, "UPDATE otp_token SET algorithm = 'SHA3'");
        execute(database, "UPDATE otp_event SET event_type = 'FORGOTTEN'");

        assertThrows(IntegrityException.class, () -> bank.tokens().registration(TARO));
        assertThrows(IntegrityException.class, () -> bank.histories().read(TARO, 0, 10));
        execute(database, "UPDATE otp_token SET algorithm = 'SHA1', digits = 12");
        assertThrows(IntegrityException.class, () -> bank.tokens().registration(TARO));
    }

    @Test
    void tellsHoldersApartWhereTheDatabaseIgnoresCase() {
        JdbcDataSource database = h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;IGNORECASE=TRUE");
        JdbcSchema.apply(database);
        TokenService tokens = bank(database).tokens();

        assertAccepted(tokens.issueSoftware(new Holder("ab12"), REQUEST, Confirmation.NONE));
        assertEquals(
                RegistrationStatus.UNREGISTERED,
                tokens.registration(new Holder("AB12")).status());
        assertAccepted(tokens.issueSoftware(new Holder("AB12"), REQUEST, Confirmation.NONE));
    }

    @Test
    void survivesAThreadThatIsInterrupted() throws InterruptedException {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            TokenService tokens = TestInstitution.builder(database.tokenStore(), clock)
                    .build()
                    .tokens();
            List<Outcome<Registration>> outcomes = new CopyOnWriteArrayList<>();
            Thread interrupted = new Thread(() -> {
                Thread.currentThread().interrupt();
                outcomes.add(tokens.orderHardware(TARO, Confirmation.NONE));
            });
            interrupted.start();
            interrupted.join();

            assertAccepted(outcomes.get(0));
            assertAccepted(tokens.issueSoftware(new Holder("hanako"), REQUEST, Confirmation.NONE));
        }
    }

    private Institution bank(DataSource database) {
        return TestInstitution.builder(JdbcTokenStore.on(database), clock).build();
    }

    private static void issue(Institution bank) {
        assertAccepted(bank.tokens().issueSoftware(TARO, REQUEST, Confirmation.NONE));
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void callsNoCodeWrongWhenTheDatabaseFails() throws SQLException {
        JdbcDataSource database = withSchema();
        Institution bank = bank(database);
        issue(bank);
        execute(database, "DROP ALL OBJECTS");

        assertThrows(
                StorageException.class, () -> bank.tokens().activateSoftware(TARO, Confirmation.NONE.code("12345678")));
        assertThrows(StorageException.class, () -> bank.tokens().verify(TARO, "12345678", Purpose.LOGIN));
        assertThrows(StorageException.class, () -> bank.tokens().registration(TARO));
        assertThrows(StorageException.class, () -> bank.histories().read(TARO, 0, 10));
        assertThrows(
                StorageException.class,
                () -> bank.tokens().issueSoftware(new Holder("hanako"), REQUEST, Confirmation.NONE));
    }

    @Test
    @Tag("R10.1")
    void keepsNoSecretInTheOpen() throws IOException {
        Path file = folder.resolve("tokens");
        byte[] secret;
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            TokenService tokens = TestInstitution.builder(database.tokenStore(), clock)
                    .build()
                    .tokens();
            secret = FakePhone.active(tokens, TARO, clock).secret().exposeBytes();
        }
        String stored = Files.readString(folder.resolve("tokens"), StandardCharsets.ISO_8859_1);

        assertTrue(stored.contains("taro"));
        assertFalse(stored.contains(new String(secret, StandardCharsets.ISO_8859_1)));
    }

    @Test
    @Tag("R7.2")
    void deletesTheSecretOfARevokedToken() throws SQLException {
        JdbcDataSource database = withSchema();
        Institution bank = bank(database);
        issue(bank);
        assertAccepted(bank.desk(new Operator("helpdesk-7")).revoke(TARO, "phone was lost"));

        try (Connection connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT state, sealed_secret, key_name FROM otp_token")) {
            assertTrue(rows.next());
            assertEquals("REVOKED", rows.getString("state"));
            assertEquals(null, rows.getBytes("sealed_secret"));
            assertEquals(null, rows.getString("key_name"));
            assertFalse(rows.next());
        }
    }

    /** A data source whose metadata has one fixed answer. */
    private static DataSource answering(String question, String answer) {
        DatabaseMetaData metaData = proxy(
                DatabaseMetaData.class, (self, method, args) -> method.getName().equals(question) ? answer : null);
        Connection connection = proxy(
                Connection.class, (self, method, args) -> method.getName().equals("getMetaData") ? metaData : null);
        return proxy(DataSource.class, (self, method, args) -> connection);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
