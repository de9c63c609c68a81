package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.DyingProcess;
import dev.watchword.otp.jdbc.support.OldData;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Upgrades databases of every earlier schema version, with the data of an institution, to this version. {@code
 * -Dupgrade.write=true} writes the data of the newest version for the tests of later versions.
 */
class UpgradeTest {
    private static final Path DATA = Path.of("src/test/resources/upgrade");

    private static final TablePrefix PREFIX = TablePrefix.DEFAULT;

    private static Dump data(String script) throws IOException {
        return Dump.read(DATA.resolve(script));
    }

    private static List<String> upTo(String script) {
        return JdbcSchema.SCRIPTS.subList(0, JdbcSchema.SCRIPTS.indexOf(script) + 1);
    }

    private static Dump old(HikariDataSource database, Product product, String script)
            throws IOException, SQLException {
        Dump data = data(script);
        JdbcSchema.apply(database, PREFIX, upTo(script));
        data.load(database, product, PREFIX);
        return data;
    }

    @TestFactory
    @Tag("R9.3")
    Stream<DynamicTest> dataOfEachVersionAreThereAndWork() {
        return JdbcSchema.SCRIPTS.stream()
                .flatMap(script -> Stream.of(Product.values())
                        .map(product ->
                                dynamicTest(script + " on " + product, () -> becomesThisVersion(product, script))));
    }

    private static void becomesThisVersion(Product product, String script) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            Dump data = old(database, product, script);

            JdbcSchema.apply(database);

            JdbcTokenStore store = JdbcTokenStore.on(database);
            new OldData(store, data.at()).goOn();
            for (var check : TokenStoreContract.everything(() -> store)) {
                check.run();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aProcessCanDieBeforeAnyStatement(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            int deaths = 0;
            while (!DyingProcess.survives(database, deaths, JdbcSchema::apply)) {
                deaths++;
            }
            assertTrue(deaths > 15, deaths + " deaths");
            new OldData(JdbcTokenStore.on(database), OldData.BEGINNING).live();
        }
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            Dump data = old(database, product, JdbcSchema.SCRIPTS.get(0));
            int deaths = 0;
            while (!DyingProcess.survives(database, deaths, JdbcSchema::apply)) {
                assertThrows(StorageException.class, () -> JdbcTokenStore.on(database));
                deaths++;
            }
            new OldData(JdbcTokenStore.on(database), data.at()).goOn();
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aSchemaThatIsNewerIsLeftAlone(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            EmptyDatabase.execute(database, "INSERT INTO otp_schema_version (script) VALUES ('V999__moon.sql')");
            String message = "This " + product
                    + " database has the schema of a newer version of this library, with the scripts V999__moon.sql; use that version";

            assertEquals(
                    message,
                    assertThrows(StorageException.class, () -> JdbcTokenStore.on(database))
                            .getMessage());
            assertEquals(
                    message,
                    assertThrows(StorageException.class, () -> JdbcSchema.apply(database))
                            .getMessage());
        }
    }

    /** A second application changes nothing. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void appliedScriptsAreRecordedAndNotRepeated(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            EmptyDatabase.execute(database, "DROP TABLE otp_anchor");

            JdbcSchema.apply(database);

            assertEquals(
                    new HashSet<>(JdbcSchema.SCRIPTS),
                    new HashSet<>(EmptyDatabase.query(database, "SELECT script FROM otp_schema_version")));
            assertThrows(SQLException.class, () -> EmptyDatabase.query(database, "SELECT * FROM otp_anchor"));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void everyScriptOfTheFolderIsApplied(Product product) throws IOException, URISyntaxException {
        Path first = Path.of(JdbcSchema.class
                .getResource(product.folder() + JdbcSchema.SCRIPTS.get(0))
                .toURI());
        try (Stream<Path> files = Files.list(first.getParent())) {
            assertEquals(
                    Set.copyOf(JdbcSchema.SCRIPTS),
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
        }
        for (int i = 0; i < JdbcSchema.SCRIPTS.size(); i++) {
            assertTrue(JdbcSchema.SCRIPTS.get(i).matches("V" + (i + 1) + "__[a-z_]+\\.sql"));
        }
    }

    /** Writes the data of this version for the test of the next version. */
    @Test
    void eachVersionHasItsData() throws IOException, SQLException {
        String newest = JdbcSchema.SCRIPTS.get(JdbcSchema.SCRIPTS.size() - 1);
        try (HikariDataSource database = EmptyDatabase.of(Product.H2)) {
            JdbcSchema.apply(database);
            Dump made = Dump.of(database, new OldData(JdbcTokenStore.on(database), OldData.BEGINNING).live());
            if (Boolean.getBoolean("upgrade.write")) {
                made.write(DATA.resolve(newest));
            }

            assertEquals(shape(made), shape(data(newest)));
        }
    }

    /** Returns the written rows without random values. */
    private static List<String> shape(Dump dump) {
        return dump.inserts().stream()
                .map(insert -> insert.substring(0, insert.indexOf(" VALUES ")))
                .sorted()
                .toList();
    }
}
