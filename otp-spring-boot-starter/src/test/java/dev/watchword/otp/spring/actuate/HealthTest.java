package dev.watchword.otp.spring.actuate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The health tells the version of the schema. */
@Tag("R10.4")
class HealthTest {
    private static final String SCRIPT = "R__watchword_001_tokens.sql";

    private final DriverManagerDataSource dataSource =
            new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);

    private Health health() {
        JdbcTokenStore store = JdbcTokenStore.on(dataSource);
        Institution bank = TestInstitution.builder(store, FakeClock.at("2026-11-23T09:00:00Z"))
                .build();
        Health[] health = new Health[1];
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WatchwordHealthAutoConfiguration.class))
                .withBean(TokenStore.class, () -> store)
                .withBean(Institution.class, () -> bank)
                .run(application -> {
                    change.run();
                    health[0] = application.getBean(HealthIndicator.class).health();
                });
        return requireNonNull(health[0]);
    }

    private Runnable change = () -> {};

    private static String scripts(Health health, String kind) {
        Map<?, ?> schema = (Map<?, ?>) requireNonNull(health.getDetails().get("schema"));
        return String.valueOf(schema.get(kind));
    }

    @Test
    void theSchemaOfThisVersionIsUp() {
        JdbcSchema.apply(dataSource);
        Health health = health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(scripts(health, "applied")).contains(SCRIPT);
        assertThat(scripts(health, "applied")).isEqualTo(scripts(health, "expected"));
        assertThat(health.getDetails()).containsKey("keys");
    }

    @Test
    void aMissingScriptIsDown() {
        JdbcSchema.apply(dataSource);
        change = () -> jdbc.update("DELETE FROM otp_schema_version");
        Health health = health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(scripts(health, "applied")).isEqualTo("");
    }

    @Test
    void aNewerSchemaKeepsTheNodeInService() {
        JdbcSchema.apply(dataSource);
        change = () -> jdbc.update("INSERT INTO otp_schema_version (script) VALUES ('R__watchword_999.sql')");
        Health health = health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(scripts(health, "applied")).contains("R__watchword_999.sql");
    }
}
