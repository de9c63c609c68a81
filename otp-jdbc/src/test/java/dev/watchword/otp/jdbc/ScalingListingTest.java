package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.support.CitusCoordinator;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The listing of docs/scaling.md is the region of this file. It moves an institution, on Citus only. */
class ScalingListingTest {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final int HOLDERS = 20;

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    @Test
    void theListingIsTheRegion() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/jdbc/ScalingListingTest.java"));
        String page = Files.readString(Path.of("../docs/scaling.md"));
        List<String> regions = REGION.matcher(source)
                .results()
                .map(result -> result.group(1).stripIndent())
                .toList();

        assertEquals(1, regions.size());
        assertTrue(page.contains("```java\n" + regions.get(0) + "\n```\n"), regions.get(0));
    }

    /** Moves an institution that works on the coordinator alone. Its tokens, spent codes and histories stay. */
    @Test
    @Tag("R9.2")
    @Tag("citus")
    void movesAnInstitution() throws SQLException {
        HikariDataSource dataSource = CitusCoordinator.schema();
        try {
            JdbcSchema.apply(dataSource);
            Map<Holder, FakePhone> phones = new LinkedHashMap<>();
            Institution before = TestInstitution.builder(JdbcTokenStore.on(dataSource), clock)
                    .build();
            for (int i = 0; i < HOLDERS; i++) {
                Holder holder = new Holder("holder-" + i);
                phones.put(holder, FakePhone.active(before.tokens(), holder, clock));
            }
            clock.toNextStep(TotpProfile.BANK);
            phones.forEach(
                    (holder, phone) -> assertAccepted(before.tokens().verify(holder, phone.code(), Purpose.LOGIN)));

            Institution bank =
                    move(dataSource, TestInstitution.SERVICE_ID, TestInstitution.KEYS, TestInstitution.POLICY);
            Institution after = TestInstitution.builder(JdbcTokenStore.on(dataSource), clock)
                    .build();
            phones.forEach((holder, phone) -> {
                assertRefused(Refusal.REPLAYED, after.tokens().verify(holder, phone.code(), Purpose.LOGIN));
                assertTrue(bank.histories().verify(holder).isIntact());
            });
            clock.toNextStep(TotpProfile.BANK);
            phones.forEach(
                    (holder, phone) -> assertAccepted(after.tokens().verify(holder, phone.code(), Purpose.LOGIN)));
            assertEquals(0, bytesAtTheCoordinator(dataSource));
        } finally {
            CitusCoordinator.drop(dataSource);
        }
    }

    private static long bytesAtTheCoordinator(HikariDataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT COALESCE(SUM(pg_relation_size(p.logicalrelid)), 0)
                        FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid
                        WHERE p.partmethod = 'h' AND c.relnamespace = current_schema()::regnamespace""")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Institution move(
            HikariDataSource dataSource, ServiceId serviceId, KeySource keys, TokenPolicy policy) throws SQLException {
        // region
        // No service uses the tables now. The rows move to the workers within this call.
        JdbcSchema.apply(dataSource, TablePrefix.DEFAULT, Distribution.BY_HOLDER);

        // The coordinator still has the old rows, which no query sees. Delete them.
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "token", "reason", "feed_decision", "feed", "anchor", "event", "enrolment", "user_id", "serial")) {
                statement.execute("SELECT truncate_local_data_after_distributing_table('otp_" + table + "')");
            }
        }

        // The store recognises the distribution, so the services open it as before.
        TokenStore store = JdbcTokenStore.on(dataSource);
        Institution bank =
                Institution.builder(serviceId, store, keys).policy(policy).build();
        // end
        return bank;
    }
}
