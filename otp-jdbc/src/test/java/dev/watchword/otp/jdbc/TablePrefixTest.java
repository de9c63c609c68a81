package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import dev.watchword.otp.testing.FakeClock;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores with different prefixes share a database. */
class TablePrefixTest {
    private static final Holder TARO = new Holder("taro");

    /** In a query of metadata, each underscore of {@code o_p_} matches any letter. */
    private static final TablePrefix LIKE_ANOTHER = new TablePrefix("o_p_");

    private static final TablePrefix LONGEST = new TablePrefix("bank_of_the_very_long_name_30_");

    private static TokenService tokens(DataSource database, TablePrefix prefix) {
        return TestInstitution.builder(JdbcTokenStore.on(database, prefix), FakeClock.at("2026-11-23T09:00:00Z"))
                .build()
                .tokens();
    }

    private static void assertKnowsOnlyItsOwn(DataSource database, TablePrefix prefix) {
        TokenService tokens = tokens(database, prefix);
        assertEquals(RegistrationStatus.UNREGISTERED, tokens.registration(TARO).status());
        assertAccepted(tokens.issueSoftware(TARO, SoftwareRequest.of("taro@bank.example", "4726"), Confirmation.NONE));
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void storesShareADatabase(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            assertThrows(StorageException.class, () -> JdbcTokenStore.on(database, LIKE_ANOTHER));
            JdbcSchema.apply(database, LIKE_ANOTHER);
            JdbcSchema.apply(database, LONGEST);

            assertKnowsOnlyItsOwn(database, TablePrefix.DEFAULT);
            assertKnowsOnlyItsOwn(database, LIKE_ANOTHER);
            assertKnowsOnlyItsOwn(database, LONGEST);
            Map<String, List<String>> indexes = indexes(database, TablePrefix.DEFAULT);
            assertEquals(14, indexes.size());
            assertEquals(indexes, indexes(database, LIKE_ANOTHER));
            assertEquals(indexes, indexes(database, LONGEST));
        }
    }

    /** The columns of all indexes, by table without the prefix. */
    private static Map<String, List<String>> indexes(DataSource database, TablePrefix prefix) throws SQLException {
        Map<String, List<String>> indexes = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            for (String table : tables(connection, prefix)) {
                Map<String, String> columns = new TreeMap<>();
                try (ResultSet rows =
                        metaData.getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
                    while (rows.next()) {
                        columns.merge(
                                rows.getString("INDEX_NAME"),
                                rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                                (first, next) -> first + "," + next);
                    }
                }
                indexes.put(
                        table.substring(prefix.text().length()),
                        columns.values().stream().sorted().toList());
            }
        }
        return indexes;
    }

    private static List<String> tables(Connection connection, TablePrefix prefix) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (rows.next()) {
                String table = rows.getString("TABLE_NAME");
                if (table.toLowerCase(Locale.ROOT).startsWith(prefix.text())) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }

    @TestFactory
    Stream<DynamicContainer> theStoreWorksWithTheLongest() {
        return Stream.of(Product.values()).map(product -> {
            HikariDataSource database = EmptyDatabase.of(product);
            JdbcSchema.apply(database, LONGEST);
            Stream<DynamicTest> checks =
                    TokenStoreContract.everything(() -> JdbcTokenStore.on(database, LONGEST)).stream()
                            .map(check -> dynamicTest(check.name(), check::run));
            return dynamicContainer(
                    product.toString(), Stream.concat(checks, Stream.of(dynamicTest("is closed", database::close))));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_otp",
                "1otp_",
                "Otp_",
                "otp-",
                "otp.",
                "otp_ ",
                "otp_\n",
                "ｏtp_",
                "ötp_",
                "o\u0000",
                "x; DROP TABLE otp_event; --",
                "\"otp\"",
                "`",
                "o'",
                "a_prefix_of_thirty_one_letters_"
            })
    void nothingElseIsAPrefix(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> new TablePrefix(text))
                .getMessage();

        assertEquals("A table prefix must have 1 to 30 characters of a-z, 0-9 and _, and begin with a letter", message);
    }

    /** The indexes of the hot path. */
    @Test
    void theDefaultLeavesEveryStatementAsItIs() {
        String sql = "SELECT * FROM otp_token";

        assertSame(sql, new TablePrefix("otp_").in(sql));
        assertEquals("SELECT * FROM bank_token", new TablePrefix("bank_").in(sql));
    }
}
