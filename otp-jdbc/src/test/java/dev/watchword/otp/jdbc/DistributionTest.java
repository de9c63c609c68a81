package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.JdbcSchema.Script;
import dev.watchword.otp.jdbc.support.FakeCitus;
import dev.watchword.otp.jdbc.support.FakeCitus.Layout;
import dev.watchword.otp.jdbc.support.OldData;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that distribute the schema, on a database that looks like Citus. */
class DistributionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private HikariDataSource database = Server.POSTGRESQL.database("");

    @BeforeEach
    void install() throws SQLException {
        FakeCitus.install(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void apply(@Nullable Distribution distribution, List<Script> scripts) {
        JdbcSchema.apply(database, TablePrefix.DEFAULT, distribution, scripts, PATIENCE);
    }

    private List<String> query(String sql) throws SQLException {
        return EmptyDatabase.query(database, sql);
    }

    private List<String> tables() throws SQLException {
        return query("SELECT tablename FROM pg_tables WHERE tablename LIKE 'otp\\_%'");
    }

    /** A later script adds no foreign key between tables that are distributed by different keys. */
    @ParameterizedTest
    @EnumSource(value = Distribution.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyVersionCanBeDistributed(Distribution distribution) throws SQLException {
        apply(distribution, UpgradeTest.LATER);

        Layout layout = FakeCitus.layout(database);
        Set<String> placed = new HashSet<>(layout.references());
        placed.addAll(layout.keys().keySet());
        assertEquals(Set.copyOf(tables()), placed);
        assertEquals(List.of(), foreignKeysThatLeave(layout));
        assertEquals(List.of(), uniqueIndexesWithoutTheKey(layout));
    }

    @Test
    void aForeignKeyThatLeavesItsGroupIsFound() throws SQLException {
        apply(Distribution.BY_HOLDER, JdbcSchema.SCRIPTS);
        EmptyDatabase.execute(database, """
                ALTER TABLE otp_feed ADD FOREIGN KEY (service_id, consumer) REFERENCES otp_consumer (service_id, consumer)""");
        assertEquals(List.of(), foreignKeysThatLeave(FakeCitus.layout(database)));
        EmptyDatabase.execute(database, """
                ALTER TABLE otp_user_id ADD FOREIGN KEY (service_id, holder) REFERENCES otp_enrolment (service_id, holder)""");
        EmptyDatabase.execute(database, "CREATE UNIQUE INDEX one_of_a_holder ON otp_user_id (service_id, holder)");

        Layout layout = FakeCitus.layout(database);
        assertEquals(List.of("otp_user_id to otp_enrolment"), foreignKeysThatLeave(layout));
        assertEquals(List.of("one_of_a_holder"), uniqueIndexesWithoutTheKey(layout));
    }

    /** Returns the foreign keys that lead to another group than that of their table, except to a table that every node has. */
    private List<String> foreignKeysThatLeave(Layout layout) throws SQLException {
        List<String> found = new ArrayList<>();
        List<String> all = query(
                "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'");
        for (int i = 0; i < all.size(); i += 2) {
            String from = all.get(i);
            String to = all.get(i + 1);
            String group = layout.groups().get(from);
            if (!layout.references().contains(to)
                    && (group == null || !group.equals(layout.groups().get(to)))) {
                found.add(from + " to " + to);
            }
        }
        return found;
    }

    private List<String> uniqueIndexesWithoutTheKey(Layout layout) throws SQLException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> table : layout.keys().entrySet()) {
            found.addAll(
                    query("SELECT i.indexrelid::regclass::text FROM pg_index i WHERE i.indisunique AND i.indrelid = '"
                            + table.getKey() + "'::regclass AND NOT EXISTS (SELECT 1 FROM pg_attribute a"
                            + " WHERE a.attrelid = i.indexrelid AND a.attname = '" + table.getValue() + "')"));
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(value = Distribution.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyScriptOfTheFolderIsApplied(Distribution distribution) throws IOException, URISyntaxException {
        List<Script> added = new ArrayList<>(distribution.of(JdbcSchema.SCRIPTS));
        added.removeAll(JdbcSchema.SCRIPTS);
        Path first = Path.of(JdbcSchema.class
                .getResource(added.get(0).resource(Product.POSTGRESQL))
                .toURI());
        Path folder = requireNonNull(first.getParent());
        assertEquals(
                "citus_" + distribution.name().toLowerCase(Locale.ROOT),
                folder.getFileName().toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Set.copyOf(Stream.concat(added.stream().map(Script::name), Stream.of("liquibase.xml"))
                            .toList()),
                    Set.copyOf(files.map(file -> file.getFileName().toString()).toList()));
        }
    }

    /** The data of an institution move, and an upgrade keeps the distribution. */
    @Test
    void anExistingSchemaIsDistributed() throws SQLException {
        apply(null, JdbcSchema.SCRIPTS);
        new OldData(JdbcTokenStore.on(database), OldData.BEGINNING).live();
        assertEquals(List.of(), query("SELECT name FROM distributed"));

        apply(Distribution.BY_HOLDER, JdbcSchema.SCRIPTS);
        List<String> placed = query("SELECT name FROM distributed");
        SchemaVersion version = JdbcSchema.version(database, TablePrefix.DEFAULT);
        assertFalse(version.isOlder() || version.isNewer(), version::toString);
        assertEquals(tables().size(), placed.size());
        apply(Distribution.BY_HOLDER, JdbcSchema.SCRIPTS);
        apply(null, JdbcSchema.SCRIPTS);
        assertEquals(placed, query("SELECT name FROM distributed"));
        JdbcTokenStore store = JdbcTokenStore.on(database);
        assertTrue(store.find(TestInstitution.SERVICE_ID, new Holder("taro")).isPresent());

        apply(null, UpgradeTest.LATER);
        assertNotEquals(placed, query("SELECT name FROM distributed"));
        assertEquals(
                "", refusal(() -> JdbcTokenStore.on(database, StoreOptions.DEFAULT.withScripts(UpgradeTest.LATER))));
        EmptyDatabase.execute(database, "DELETE FROM otp_schema_version WHERE script LIKE '%later_by_holder.sql'");
        assertTrue(refusal(() -> JdbcTokenStore.on(database, StoreOptions.DEFAULT.withScripts(UpgradeTest.LATER)))
                .contains("has an older schema"));
    }

    private static String refusal(Runnable call) {
        try {
            call.run();
            return "";
        } catch (StorageException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void anotherDistributionIsRefused() throws SQLException {
        apply(Distribution.BY_INSTITUTION, JdbcSchema.SCRIPTS);
        List<String> placed = query("SELECT name FROM distributed");

        for (Distribution other : List.of(Distribution.NONE, Distribution.BY_HOLDER)) {
            assertTrue(refusal(() -> apply(other, JdbcSchema.SCRIPTS)).contains("is distributed BY_INSTITUTION"));
        }
        assertEquals(placed, query("SELECT name FROM distributed"));
    }

    @Test
    void onlyCitusCanDistribute() {
        try (HikariDataSource plain = Server.POSTGRESQL.database("");
                HikariDataSource other = EmptyDatabase.of(Product.H2)) {
            for (DataSource without : List.of(plain, other)) {
                StorageException refusal = assertThrows(
                        StorageException.class,
                        () -> JdbcSchema.apply(without, TablePrefix.DEFAULT, Distribution.BY_HOLDER));
                assertTrue(
                        String.valueOf(refusal.getMessage()).contains("CREATE EXTENSION citus"), refusal::getMessage);
                JdbcSchema.apply(without, TablePrefix.DEFAULT, Distribution.NONE);
                assertEquals("", refusal(() -> JdbcTokenStore.on(without)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Distribution.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void flywayDistributesToo(Distribution distribution) throws SQLException {
        String folder = "classpath:META-INF/watchword/%s/%s";
        String added = "citus_" + distribution.name().toLowerCase(Locale.ROOT);
        FluentConfiguration flyway = FlywayTest.flyway(
                database,
                TablePrefix.DEFAULT,
                String.format(folder, "schema", "postgresql"),
                String.format(folder, "schema", added),
                String.format(folder, "later-schema", "postgresql"),
                String.format(folder, "later-schema", added));

        assertEquals(4, flyway.baselineOnMigrate(true).load().migrate().migrationsExecuted);

        assertEquals(tables().size(), query("SELECT name FROM distributed").size());
        apply(distribution, UpgradeTest.LATER);
        assertEquals(0, flyway.load().migrate().migrationsExecuted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_holder", "by_institution"})
    void liquibaseDistributesToo(String distribution) throws Exception {
        LiquibaseTest.update(database, "application/" + distribution + ".xml", Map.of());

        assertEquals(tables().size(), query("SELECT name FROM distributed").size());
        assertEquals("", refusal(() -> JdbcTokenStore.on(database)));
    }
}
