package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.RoundRobin;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

/** Stores in several schemas of one database. In a pattern, each underscore of {@code o_p} matches any letter. */
class SchemaPathTest {
    private static final Holder TARO = new Holder("taro");

    /** Applies the schema, and checks that the store has only what it stores itself. */
    private static void assertSeparate(DataSource database, TablePrefix prefix) {
        JdbcSchema.apply(database, prefix);
        JdbcSchema.apply(database, prefix);
        assertWorks(database, prefix);
    }

    private static void assertWorks(DataSource database, TablePrefix prefix) {
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        TokenService tokens = TestInstitution.builder(JdbcTokenStore.on(database, prefix), clock)
                .build()
                .tokens();
        assertEquals(RegistrationStatus.UNREGISTERED, tokens.registration(TARO).status());
        FakePhone phone = FakePhone.active(tokens, TARO, clock);
        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
    }

    private static void assertSeparate(DataSource database) {
        assertSeparate(database, TablePrefix.DEFAULT);
        assertSeparate(database, new TablePrefix("bank_"));
    }

    @Test
    void theCurrentSchemaOfPostgresql() throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(Product.POSTGRESQL)) {
            for (String schema : List.of("otp", "oxp", "o_p")) {
                EmptyDatabase.execute(database, "CREATE SCHEMA " + schema);
            }
            for (String path : List.of("oxp", "otp,public", "o_p")) {
                try (HikariDataSource there = RoundRobin.pool(database.getJdbcUrl() + "&currentSchema=" + path, 8)) {
                    assertSeparate(there);
                }
            }
            assertSeparate(database);
            assertEquals(
                    List.of("o_p", "otp", "oxp", "public"),
                    EmptyDatabase.query(
                            database,
                            "SELECT table_schema FROM information_schema.tables WHERE table_name = 'otp_token' ORDER BY 1"));
        }
    }

    /** The tables of the public schema must not stand in for those that the first schema of the path lacks. */
    @Test
    void theFirstSchemaOfASearchPath() throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(Product.POSTGRESQL)) {
            assertSeparate(database);
            EmptyDatabase.execute(database, "CREATE SCHEMA otp");
            try (HikariDataSource there = RoundRobin.pool(database.getJdbcUrl() + "&currentSchema=otp,public", 8)) {
                assertSeparate(there);
            }
        }
    }

    /** A runtime role may find the tables further down its search path. */
    @Test
    void aStoreFindsItsTablesByTheSearchPath() throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(Product.POSTGRESQL)) {
            JdbcSchema.apply(database);
            EmptyDatabase.execute(database, "CREATE SCHEMA app");
            try (HikariDataSource there = RoundRobin.pool(database.getJdbcUrl() + "&currentSchema=app,public", 8)) {
                assertWorks(there, TablePrefix.DEFAULT);
                assertFalse(JdbcSchema.version(there, TablePrefix.DEFAULT).isOlder());
            }
        }
    }

    @Test
    void aMissingSchemaIsAnError() throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(Product.POSTGRESQL)) {
            JdbcSchema.apply(database);
            try (HikariDataSource there = RoundRobin.pool(database.getJdbcUrl() + "&currentSchema=missing", 1)) {
                assertThrows(StorageException.class, () -> JdbcSchema.apply(there));
                assertThrows(StorageException.class, () -> JdbcTokenStore.on(there));
            }
        }
    }

    @Test
    void databasesOfMariadb() throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(Product.MARIADB)) {
            String name = EmptyDatabase.query(database, "SELECT DATABASE()").get(0);
            for (String suffix : List.of("oxp", "o_p")) {
                EmptyDatabase.execute(database, "CREATE DATABASE " + name + suffix);
                String url = database.getJdbcUrl().replace("/" + name + "?", "/" + name + suffix + "?");
                try (HikariDataSource there = RoundRobin.pool(url, 8)) {
                    assertSeparate(there);
                }
            }
            assertSeparate(database);
        }
    }

    @Test
    void schemasOfH2() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        for (String schema : List.of("OXP", "O_P")) {
            String init = ";INIT=CREATE SCHEMA IF NOT EXISTS " + schema + "\\;SET SCHEMA " + schema;
            DataSource there = JdbcConnectionPool.create(url + init, "sa", "");
            assertSeparate(there);
        }
        assertSeparate(JdbcConnectionPool.create(url, "sa", ""));
    }
}
