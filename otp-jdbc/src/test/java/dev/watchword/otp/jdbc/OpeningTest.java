package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.RegistrationStatus;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a token is at risk, and what is there when a database is opened again. */
class OpeningTest {
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
        return h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0");
    }

    private static String refusal(DataSource dataSource) {
        return String.valueOf(assertThrows(StorageException.class, () -> JdbcTokenStore.on(dataSource))
                .getMessage());
    }

    @Test
    void refusesADatabaseThatDelaysItsWrites() {
        JdbcDataSource asItComes = h2("jdbc:h2:file:" + folder.resolve("delayed"));
        JdbcSchema.apply(asItComes);

        assertTrue(refusal(asItComes).contains(";WRITE_DELAY=0"));
    }

    @Test
    void refusesADatabaseWithoutTheSchema() {
        assertTrue(refusal(inMemory()).contains("JdbcSchema.apply"));
    }

    @Test
    void refusesADatabaseWithAnOlderSchema() throws SQLException {
        JdbcDataSource older = inMemory();
        JdbcSchema.apply(older);
        try (Connection connection = older.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM otp_schema_version");
        }

        assertTrue(refusal(older).contains("older schema"));
    }

    @Test
    void refusesAnUnknownProduct() {
        DataSource unknown = answering("getDatabaseProductName", "Quux");

        assertEquals("The database is Quux, which this store does not know", refusal(unknown));
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
        JdbcDataSource database = inMemory();
        JdbcSchema.apply(database);
        TokenService tokens =
                InMemoryTokens.builder(JdbcTokenStore.on(database), clock).build();
        tokens.issueSoftware(TARO);

        JdbcSchema.apply(database);

        assertEquals(RegistrationStatus.ISSUED, tokens.registration(TARO).status());
    }

    @Test
    void refusesAPathThatWouldChangeTheSettings() {
        Path path = folder.resolve("tokens;WRITE_DELAY=500");

        assertThrows(IllegalArgumentException.class, () -> EmbeddedDatabase.open(path));
    }

    @Test
    void findsEverythingAgain() {
        Path file = folder.resolve("with a space & 青森");
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            InMemoryTokens.builder(database.tokenStore(), clock).build().issueSoftware(TARO);
            assertThrows(StorageException.class, () -> JdbcTokenStore.on(h2("jdbc:h2:file:./nowhere;IFEXISTS=TRUE")));
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            TokenService tokens =
                    InMemoryTokens.builder(database.tokenStore(), clock).build();
            assertEquals(RegistrationStatus.ISSUED, tokens.registration(TARO).status());
            assertEquals(1, tokens.history(TARO, 0, 10).size());
        }
    }

    @Test
    void callsNoCodeWrongWhenTheDatabaseFails() throws SQLException {
        JdbcDataSource database = inMemory();
        JdbcSchema.apply(database);
        TokenService tokens =
                InMemoryTokens.builder(JdbcTokenStore.on(database), clock).build();
        tokens.issueSoftware(TARO);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
        }

        assertThrows(StorageException.class, () -> tokens.activateSoftware(TARO, "12345678"));
        assertThrows(StorageException.class, () -> tokens.verify(TARO, "12345678", Purpose.LOGIN));
        assertThrows(StorageException.class, () -> tokens.registration(TARO));
        assertThrows(StorageException.class, () -> tokens.history(TARO, 0, 10));
        assertThrows(StorageException.class, () -> tokens.issueSoftware(new Holder("hanako")));
    }

    @Test
    @Tag("R10.1")
    void keepsNoSecretInTheOpen() throws IOException {
        Path file = folder.resolve("tokens");
        byte[] secret;
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            TokenService tokens =
                    InMemoryTokens.builder(database.tokenStore(), clock).build();
            secret = ((Issued) tokens.issueSoftware(TARO)).secret().exposeBytes();
        }
        String stored = Files.readString(folder.resolve("tokens.mv.db"), StandardCharsets.ISO_8859_1);

        assertTrue(stored.contains("taro"));
        assertFalse(stored.contains(new String(secret, StandardCharsets.ISO_8859_1)));
    }

    @Test
    @Tag("R7.2")
    void deletesTheSecretOfARevokedToken() throws SQLException {
        JdbcDataSource database = inMemory();
        JdbcSchema.apply(database);
        TokenService tokens =
                InMemoryTokens.builder(JdbcTokenStore.on(database), clock).build();
        tokens.issueSoftware(TARO);
        assertInstanceOf(Accepted.class, tokens.revokeByOperator(TARO, new Operator("helpdesk-7"), "phone was lost"));

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

    /** A data source whose metadata say one thing. */
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
