package dev.watchword.otp.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import java.util.Arrays;
import java.util.List;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** The schema is applied by the tool that the application uses. */
class SchemaTest {
    private static ApplicationContextRunner withFlyway() {
        return Applications.bank().withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class));
    }

    private static ApplicationContextRunner withLiquibase() {
        return Applications.bank().withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class));
    }

    private static void requireWorking(AssertableApplicationContext application) {
        assertThat(application).hasNotFailed().hasSingleBean(Institution.class);
        assertThat(application
                        .getBean(TokenService.class)
                        .registration(new Holder("taro"))
                        .loginAsksForCode())
                .isFalse();
    }

    private static List<String> applied(AssertableApplicationContext application, String sql) {
        return application.getBean(JdbcTemplate.class).queryForList(sql, String.class);
    }

    @Test
    void flywayAppliesItInTheHistoryOfTheApplication() {
        withFlyway().run(application -> {
            requireWorking(application);
            Flyway flyway = application.getBean(Flyway.class);
            assertThat(Arrays.stream(flyway.info().applied()).map(MigrationInfo::getScript))
                    .containsExactly("V1__account.sql", "R__watchword_001_tokens.sql");
        });
    }

    @Test
    void flywayAppliesItWithAnotherPrefix() {
        withFlyway().withPropertyValues("watchword.table-prefix=bank_").run(application -> {
            requireWorking(application);
            assertThat(applied(application, "SELECT script FROM bank_schema_version"))
                    .isNotEmpty();
        });
    }

    @Test
    void refusesFlywayIfThePlaceholderIsTaken() {
        withFlyway()
                .withPropertyValues("spring.flyway.placeholders.prefix=mine_")
                .run(application -> assertThat(application)
                        .getFailure()
                        .hasRootCauseInstanceOf(WatchwordConfigurationException.class));
    }

    @Test
    void aSecondStartAppliesNothing() {
        String url = "spring.datasource.url=" + Applications.url();
        withFlyway().withPropertyValues(url).run(SchemaTest::requireWorking);
        withFlyway().withPropertyValues(url).run(application -> {
            requireWorking(application);
            assertThat(application.getBean(Flyway.class).info().applied()).hasSize(2);
        });
    }

    @Test
    void liquibaseAppliesItBesideTheChangeLogOfTheApplication() {
        withLiquibase().run(application -> {
            requireWorking(application);
            assertThat(application.getBeansOfType(SpringLiquibase.class))
                    .containsKey("liquibase")
                    .hasSize(2);
            assertThat(applied(application, "SELECT id FROM DATABASECHANGELOG ORDER BY orderexecuted"))
                    .containsExactlyInAnyOrder("account", "watchword_001_tokens:h2");
        });
    }

    @Test
    void liquibaseAppliesItIfThePropertyNamesIt() {
        withLiquibase()
                .withPropertyValues("spring.liquibase.enabled=false", "watchword.schema=liquibase")
                .run(application -> {
                    requireWorking(application);
                    assertThat(applied(application, "SELECT id FROM DATABASECHANGELOG"))
                            .containsExactly("watchword_001_tokens:h2");
                });
    }

    @Test
    void theLibraryAppliesItWithoutATool() {
        Applications.bank().run(SchemaTest::requireWorking);
    }

    @Test
    void theLibraryAppliesItIfThePropertySaysSo() {
        withFlyway().withPropertyValues("watchword.schema=apply").run(application -> {
            requireWorking(application);
            assertThat(Arrays.stream(application.getBean(Flyway.class).info().applied())
                            .map(MigrationInfo::getScript))
                    .containsExactly("V1__account.sql");
        });
    }
}
