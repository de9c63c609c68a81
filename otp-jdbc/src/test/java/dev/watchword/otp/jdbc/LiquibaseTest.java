package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Liquibase applies the scripts of the schema, as a part of the application's change log. */
class LiquibaseTest {
    /** Tests send nothing over the network. */
    @BeforeAll
    static void sendNothing() {
        System.setProperty("liquibase.analytics.enabled", "false");
    }

    private static void update(DataSource dataSource, Map<String, String> parameters) throws Exception {
        update(dataSource, "application/changelog.xml", parameters);
    }

    static void update(DataSource dataSource, String changeLog, Map<String, String> parameters) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Liquibase liquibase = new Liquibase(changeLog, new ClassLoaderResourceAccessor(), database);
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            parameters.forEach(liquibase::setChangeLogParameter);
            liquibase.update(new Contexts());
            connection.setAutoCommit(true);
        }
    }

    private static void assertWorks(DataSource database, TablePrefix prefix) {
        assertDoesNotThrow(() -> JdbcSchema.apply(database, prefix));
        TokenService tokens = TestInstitution.builder(
                        JdbcTokenStore.on(database, prefix), FakeClock.at("2026-11-23T09:00:00Z"))
                .build()
                .tokens();
        SoftwareRequest request = SoftwareRequest.of("taro@bank.example", "4726");
        assertAccepted(tokens.issueSoftware(new Holder("taro"), request, Confirmation.NONE));
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void appliesTheSchemaOnceBesideTheChangesOfTheApplication(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            update(database, Map.of());
            assertEquals(
                    List.of(JdbcSchema.SCRIPTS.get(0).name()),
                    EmptyDatabase.query(database, "SELECT script FROM otp_schema_version"));
            update(database, Map.of());

            EmptyDatabase.execute(database, "INSERT INTO branch (code) VALUES ('011')");
            assertWorks(database, TablePrefix.DEFAULT);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void theApplicationNamesAnotherPrefix(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            update(database, Map.of("prefix", "bank_"));

            assertWorks(database, new TablePrefix("bank_"));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void theChangeLogHasEveryScript(Product product) throws IOException {
        String changeLog;
        try (InputStream in = JdbcSchema.class.getResourceAsStream("/META-INF/watchword/schema/liquibase.xml")) {
            changeLog = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (JdbcSchema.Script script : JdbcSchema.SCRIPTS) {
            assertTrue(changeLog.contains('"' + product.folder() + "/" + script.name() + '"'), script.name());
        }
    }
}
