package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.HmacAlgorithm;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Columns that contradict each other are reported, although the constraints of the schema forbid such rows. */
class ColumnsTest {
    private final HikariDataSource database = EmptyDatabase.of(Product.H2);
    private Connection connection;
    private Columns columns;

    @BeforeEach
    void select() throws SQLException {
        connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("""
                SELECT 'x' AS word, 7 AS number, TRUE AS truth, X'01' AS bytes, 'k' AS key_name,
                    CAST(NULL AS VARCHAR) AS nothing, CAST(NULL AS VARBINARY) AS no_bytes""");
        assertTrue(row.next());
        columns = new Columns(row);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    private void assertUnreadable(String column, Executable reading) {
        UnreadableRow failure = assertThrows(UnreadableRow.class, reading);
        assertTrue(String.valueOf(failure.getMessage()).contains(column), failure::getMessage);
    }

    @Test
    void aGroupOfColumnsIsNullAsAWhole() throws SQLException {
        assertTrue(columns.isNull("nothing", "no_bytes"));
        assertFalse(columns.isNull("word", "nothing"));
        assertUnreadable("number", () -> columns.isNull("nothing", "no_bytes", "number"));
    }

    @Test
    void anEncryptedValueHasAKeyName() throws SQLException {
        assertNull(columns.sealedOrNull("nothing", "no_bytes"));
        assertEquals("k", columns.sealed("key_name", "bytes").keyName());
        assertUnreadable("key_name", () -> columns.sealedOrNull("key_name", "no_bytes"));
        assertUnreadable("nothing", () -> columns.sealedOrNull("nothing", "bytes"));
    }

    @Test
    void aMissingNumberIsNotZero() throws SQLException {
        assertEquals(7, columns.number("number"));
        assertTrue(columns.truth("truth"));
        assertNull(columns.numberOrNull("nothing"));
        assertUnreadable("nothing", () -> columns.number("nothing"));
        assertUnreadable("nothing", () -> columns.truth("nothing"));
    }

    /** The message names the column. The text of a cause would contain the value. */
    @Test
    void anUnknownWordIsNotRepeated() {
        UnreadableRow failure = assertThrows(UnreadableRow.class, () -> columns.value("word", HmacAlgorithm::valueOf));
        assertTrue(String.valueOf(failure.getMessage()).contains("Column word"));
        assertNull(failure.getCause());
    }
}
