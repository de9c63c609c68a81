package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.FakeCitus;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.operations.Archived;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The listings of docs/databases.md, except that of a transaction of the application, are the regions of this file, and work. */
class DatabasesListingTest {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    @Test
    void listingsAreRegions() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/jdbc/DatabasesListingTest.java"));
        String page = Files.readString(Path.of("../docs/databases.md"));
        List<String> regions = REGION.matcher(source)
                .results()
                .map(result -> result.group(1).stripIndent())
                .toList();

        assertEquals(5, regions.size());
        for (String region : regions) {
            assertTrue(page.contains("```java\n" + region + "\n```\n"), region);
        }
    }

    private void issue(TokenStore store) {
        Institution bank = TestInstitution.builder(store, clock).build();
        SoftwareRequest request = SoftwareRequest.of("taro@bank.example", "4726");
        assertAccepted(bank.tokens().issueSoftware(TARO, request, Confirmation.NONE));
    }

    @Test
    void opensAStore() {
        try (HikariDataSource dataSource = EmptyDatabase.of(Product.H2)) {
            // region
            JdbcSchema.apply(dataSource); // once, by an account that may create tables
            TokenStore store = JdbcTokenStore.on(dataSource); // a pool, as a rule
            // end
            issue(store);
        }
    }

    @Test
    void opensAStoreWithAPrefix() {
        try (HikariDataSource dataSource = EmptyDatabase.of(Product.H2)) {
            // region
            TablePrefix prefix = new TablePrefix("bank_");
            JdbcSchema.apply(dataSource, prefix);
            TokenStore store = JdbcTokenStore.on(dataSource, prefix);
            // end
            issue(store);
        }
    }

    @Test
    void opensAStoreOnTheSchemaThatFlywayApplied() {
        try (HikariDataSource dataSource = EmptyDatabase.of(Product.POSTGRESQL)) {
            // region
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("db/migration", "META-INF/watchword/schema/postgresql") // or mariadb, sqlite, h2
                    .placeholders(Map.of("prefix", "otp_"))
                    .load()
                    .migrate();
            // end
            issue(JdbcTokenStore.on(dataSource));
        }
    }

    @Test
    void opensAStoreOnCitus() throws SQLException {
        try (HikariDataSource dataSource = EmptyDatabase.of(Product.POSTGRESQL)) {
            FakeCitus.install(dataSource);
            // region
            JdbcSchema.apply(dataSource, TablePrefix.DEFAULT, Distribution.BY_HOLDER); // or BY_INSTITUTION
            TokenStore store = JdbcTokenStore.on(dataSource); // recognises Citus
            // end
            issue(store);
        }
    }

    @Test
    void archivesWithASeparateStore() {
        try (HikariDataSource dataSource = EmptyDatabase.of(Product.H2)) {
            JdbcSchema.apply(dataSource);
            issue(JdbcTokenStore.on(dataSource));
            HikariDataSource dataSourceOfTheArchiver = dataSource;
            ServiceId serviceId = TestInstitution.SERVICE_ID;
            KeySource keys = TestInstitution.KEYS;
            TokenPolicy policy = TestInstitution.POLICY;
            Instant before = clock.instant().plusSeconds(1);
            List<RecordedEvent> kept = new ArrayList<>();
            Histories.Archive archive = (holder, events) -> kept.addAll(events);
            Consumer<Archived> progress = so -> {};
            // region
            TokenStore storeOfTheArchiver = JdbcTokenStore.on(dataSourceOfTheArchiver);
            Institution bank = Institution.builder(serviceId, storeOfTheArchiver, keys)
                    .policy(policy)
                    .build();
            Archived archived = bank.histories().archive(before, archive, progress);
            // end
            assertEquals(1, archived.events());
            assertEquals(1, kept.size());
        }
    }
}
