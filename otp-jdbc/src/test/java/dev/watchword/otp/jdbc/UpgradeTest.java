package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema.Script;
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
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Upgrades databases of every schema version, with the data of an institution, to a later version that only this test has.
 * {@code -Dupgrade.write=true} writes the data of the newest version for the tests of later versions.
 */
class UpgradeTest {
    private static final Path DATA = Path.of("src/test/resources/upgrade");

    private static final TablePrefix PREFIX = TablePrefix.DEFAULT;

    /** The schema of a later version, which only this test has. */
    static final List<Script> LATER = Stream.concat(
                    JdbcSchema.SCRIPTS.stream(), Stream.of(Script.of("later-schema", "R__watchword_002_later.sql")))
            .toList();

    private static Dump data(Script script) throws IOException {
        return Dump.read(DATA.resolve(script.name()));
    }

    private static void upgrade(DataSource database) {
        JdbcSchema.apply(database, PREFIX, LATER);
    }

    private static JdbcTokenStore upgraded(DataSource database) {
        return JdbcTokenStore.on(database, StoreOptions.DEFAULT.withScripts(LATER));
    }

    private static Dump old(HikariDataSource database, Product product, Script script)
            throws IOException, SQLException {
        Dump data = data(script);
        JdbcSchema.apply(database, PREFIX, LATER.subList(0, LATER.indexOf(script) + 1));
        data.load(database, product, PREFIX);
        return data;
    }

    @TestFactory
    @Tag("R9.3")
    Stream<DynamicTest> dataOfEachVersionAreThereAndWork() {
        return JdbcSchema.SCRIPTS.stream()
                .flatMap(script -> Stream.of(Product.values())
                        .map(product -> dynamicTest(
                                script.name() + " on " + product, () -> becomesTheLaterVersion(product, script))));
    }

    private static void becomesTheLaterVersion(Product product, Script script) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            Dump data = old(database, product, script);

            upgrade(database);

            JdbcTokenStore store = upgraded(database);
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
            while (!DyingProcess.survives(database, deaths, UpgradeTest::upgrade)) {
                assertThrows(StorageException.class, () -> upgraded(database));
                deaths++;
            }
            assertTrue(deaths > 3, deaths + " deaths");
            new OldData(upgraded(database), data.at()).goOn();
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void aSchemaThatIsNewerIsLeftAlone(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            EmptyDatabase.execute(
                    database, "INSERT INTO otp_schema_version (script) VALUES ('R__watchword_999_moon.sql')");
            String message = "This " + product
                    + " database has the schema of a newer version of this library, with the scripts R__watchword_999_moon.sql; use that version";

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
                    new HashSet<>(names()),
                    new HashSet<>(EmptyDatabase.query(database, "SELECT script FROM otp_schema_version")));
            assertThrows(SQLException.class, () -> EmptyDatabase.query(database, "SELECT * FROM otp_anchor"));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void everyScriptOfTheFolderIsApplied(Product product) throws IOException, URISyntaxException {
        Path first = Path.of(JdbcSchema.class
                .getResource(JdbcSchema.SCRIPTS.get(0).resource(product))
                .toURI());
        try (Stream<Path> files = Files.list(first.getParent())) {
            assertEquals(
                    Set.copyOf(names()),
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
        }
        for (int i = 0; i < JdbcSchema.SCRIPTS.size(); i++) {
            assertTrue(names().get(i).matches(String.format("R__watchword_%03d_[a-z_]+\\.sql", i + 1)));
        }
    }

    private static List<String> names() {
        return JdbcSchema.SCRIPTS.stream().map(Script::name).toList();
    }

    /** Writes the data of this version for the test of the next version. */
    @Test
    void eachVersionHasItsData() throws IOException, SQLException {
        Script newest = JdbcSchema.SCRIPTS.get(JdbcSchema.SCRIPTS.size() - 1);
        try (HikariDataSource database = EmptyDatabase.of(Product.H2)) {
            JdbcSchema.apply(database);
            Dump made = Dump.of(database, new OldData(JdbcTokenStore.on(database), OldData.BEGINNING).live());
            if (Boolean.getBoolean("upgrade.write")) {
                made.write(DATA.resolve(newest.name()));
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
