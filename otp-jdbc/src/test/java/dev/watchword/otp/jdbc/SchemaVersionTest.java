package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.model.StorageException;
import java.sql.SQLException;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The version of the schema, before it is applied, afterwards, and beside a newer version of the library. */
class SchemaVersionTest {
    private static final List<String> SCRIPTS =
            JdbcSchema.SCRIPTS.stream().map(JdbcSchema.Script::name).toList();

    @ParameterizedTest
    @EnumSource(Product.class)
    void namesTheScriptsThatTheDatabaseHas(Product product) throws SQLException {
        TablePrefix prefix = new TablePrefix("bank_");
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            SchemaVersion missing = JdbcSchema.version(database, prefix);
            assertEquals(List.of(), missing.applied());
            assertEquals(SCRIPTS, missing.expected());
            assertTrue(missing.isOlder());
            assertFalse(missing.isNewer());

            JdbcSchema.apply(database, prefix);
            JdbcTokenStore store = JdbcTokenStore.on(database, prefix);
            assertCurrent(JdbcSchema.version(database, prefix));
            assertCurrent(store.schemaVersion());
            assertTrue(JdbcSchema.version(database, TablePrefix.DEFAULT).isOlder());

            EmptyDatabase.execute(database, "INSERT INTO bank_schema_version (script) VALUES ('R__watchword_999.sql')");
            assertTrue(store.schemaVersion().isNewer());
            assertFalse(store.schemaVersion().isOlder());

            EmptyDatabase.execute(database, "DELETE FROM bank_schema_version");
            assertTrue(store.schemaVersion().isOlder());
        }
    }

    private static void assertCurrent(SchemaVersion version) {
        assertEquals(SCRIPTS, version.applied());
        assertFalse(version.isOlder());
        assertFalse(version.isNewer());
    }

    @Test
    void aDatabaseThatDoesNotAnswerFails() {
        JdbcDataSource gone = new JdbcDataSource();
        gone.setURL("jdbc:h2:tcp://127.0.0.1:1/gone");

        assertThrows(StorageException.class, () -> JdbcSchema.version(gone, TablePrefix.DEFAULT));
    }
}
