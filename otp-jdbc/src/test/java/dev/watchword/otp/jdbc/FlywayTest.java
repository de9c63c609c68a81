package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyway applies the scripts of the schema, in one history with the application's own scripts, or in a separate one. */
class FlywayTest {
    private static final String OWN = "classpath:application";

    private static final int SCRIPTS = JdbcSchema.SCRIPTS.size();

    private static String schema(Product product) {
        return "classpath:META-INF/watchword/schema/" + product.folder();
    }

    static FluentConfiguration flyway(DataSource database, TablePrefix prefix, String... locations) {
        return Flyway.configure()
                .dataSource(database)
                .locations(locations)
                .placeholders(Map.of("prefix", prefix.text()));
    }

    private static int migrate(FluentConfiguration flyway) {
        return flyway.load().migrate().migrationsExecuted;
    }

    private static void assertWorks(DataSource database, TablePrefix prefix) {
        TokenService tokens = TestInstitution.builder(
                        JdbcTokenStore.on(database, prefix), FakeClock.at("2026-11-23T09:00:00Z"))
                .build()
                .tokens();
        SoftwareRequest request = SoftwareRequest.of("taro@bank.example", "4726");
        assertAccepted(tokens.issueSoftware(new Holder("taro"), request, Confirmation.NONE));
        assertDoesNotThrow(() -> JdbcSchema.apply(database, prefix));
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void separateHistoriesHaveSeparatePrefixes(Product product) {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            for (TablePrefix prefix : List.of(TablePrefix.DEFAULT, new TablePrefix("bank_"))) {
                FluentConfiguration flyway = flyway(database, prefix, schema(product))
                        .table(prefix + "flyway_history")
                        .baselineOnMigrate(true);
                assertEquals(SCRIPTS, migrate(flyway));
                assertEquals(0, migrate(flyway));
                assertWorks(database, prefix);
            }
        }
    }

    /** The application has scripts with the versions 1 and 2. The second one comes after the schema. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void oneHistoryTakesTheSchemaBesideScriptsOfAnyVersion(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            FluentConfiguration flyway =
                    flyway(database, TablePrefix.DEFAULT, "classpath:application/first", schema(product));
            assertEquals(1 + SCRIPTS, migrate(flyway));
            assertWorks(database, TablePrefix.DEFAULT);

            assertEquals(1, migrate(flyway.locations(OWN, schema(product))));
            EmptyDatabase.execute(database, "INSERT INTO branch (code, name) VALUES ('011', 'Aomori')");
        }
    }

    /** The application comes first, and has a higher version than any script of the schema. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void oneHistoryTakesTheSchemaLater(Product product) {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            assertEquals(2, migrate(flyway(database, TablePrefix.DEFAULT, OWN)));

            FluentConfiguration flyway = flyway(database, TablePrefix.DEFAULT, OWN, schema(product));
            assertEquals(SCRIPTS, migrate(flyway));
            assertEquals(0, migrate(flyway));
            assertWorks(database, TablePrefix.DEFAULT);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void oneHistoryTakesALaterVersionOfTheSchema(Product product) throws SQLException {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            assertEquals(2 + SCRIPTS, migrate(flyway(database, TablePrefix.DEFAULT, OWN, schema(product))));
            String later = "classpath:META-INF/watchword/later-schema/" + product.folder();

            assertEquals(1, migrate(flyway(database, TablePrefix.DEFAULT, OWN, schema(product), later)));

            assertEquals(List.of(), EmptyDatabase.query(database, "SELECT branch FROM otp_enrolment"));
        }
    }
}
