package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

/** Flyway applies the scripts of the schema beside the scripts of the application. */
class FlywayTest {
    private static int migrate(DataSource database, String product, TablePrefix prefix) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:META-INF/watchword/schema/" + product)
                .table(prefix + "flyway_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(Map.of("prefix", prefix.text()))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private static void assertApplied(DataSource database, String product) {
        for (TablePrefix prefix : List.of(TablePrefix.DEFAULT, new TablePrefix("bank_"))) {
            assertEquals(JdbcSchema.SCRIPTS.size(), migrate(database, product, prefix));
            assertEquals(0, migrate(database, product, prefix));

            FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
            TokenService tokens = TestInstitution.builder(JdbcTokenStore.on(database, prefix), clock)
                    .build()
                    .tokens();
            SoftwareRequest request = SoftwareRequest.of("taro@bank.example", "4726");
            assertAccepted(tokens.issueSoftware(new Holder("taro"), request, Confirmation.NONE));
            assertDoesNotThrow(() -> JdbcSchema.apply(database, prefix));
        }
    }

    @Test
    void appliesTheSchemaOnH2() {
        assertApplied(
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""), "h2");
    }

    @Test
    void appliesTheSchemaOnPostgresql() {
        try (HikariDataSource database = Server.POSTGRESQL.database("")) {
            assertApplied(database, "postgresql");
        }
    }

    @Test
    void appliesTheSchemaOnMariadb() {
        try (HikariDataSource database = Server.MARIADB.database("")) {
            assertApplied(database, "mariadb");
        }
    }
}
