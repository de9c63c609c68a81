package dev.watchword.otp.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.actuate.endpoint.FlywayEndpoint;
import org.springframework.boot.flyway.actuate.endpoint.FlywayEndpoint.FlywayMigrationDescriptor;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayEndpointAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The schema is applied by the tool that the application uses. */
class SchemaTest {
    private static final String SCRIPT = "R__watchword_001_tokens.sql";

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

    private static List<String> scripts(Flyway flyway) {
        return Arrays.stream(flyway.info().applied())
                .map(MigrationInfo::getScript)
                .toList();
    }

    private static Flyway ofTheSchema(AssertableApplicationContext application) {
        return application.getBean("watchwordFlyway", Flyway.class);
    }

    @Test
    void flywayAppliesItInAHistoryBesideThatOfTheApplication() {
        withFlyway().run(application -> {
            requireWorking(application);
            assertThat(scripts(application.getBean("flyway", Flyway.class))).containsExactly("V1__account.sql");
            assertThat(scripts(ofTheSchema(application))).contains(SCRIPT);
            assertThat(application.getBeanProvider(Flyway.class).getObject()).isSameAs(application.getBean("flyway"));
        });
    }

    @Test
    void theEndpointOfActuatorShowsBothHistories() {
        withFlyway()
                .withConfiguration(AutoConfigurations.of(FlywayEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=flyway")
                .run(application -> {
                    Map<String, FlywayEndpoint.FlywayDescriptor> histories = requireNonNull(application
                                    .getBean(FlywayEndpoint.class)
                                    .flywayBeans()
                                    .getContexts()
                                    .get(application.getId()))
                            .getFlywayBeans();
                    assertThat(histories).containsOnlyKeys("flyway", "watchwordFlyway");
                    assertThat(requireNonNull(histories.get("watchwordFlyway")).getMigrations())
                            .extracting(FlywayMigrationDescriptor::getScript)
                            .contains(SCRIPT);
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

    /** The scripts use the placeholder of the schema with another value, and a view of the application is on a table of the store. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scriptsOfTheApplicationMayUseThePlaceholderAndTheTables(boolean baselineOnMigrate) {
        withFlyway()
                .withPropertyValues(
                        "spring.flyway.locations=classpath:db/branch",
                        "spring.flyway.baseline-on-migrate=" + baselineOnMigrate,
                        "spring.flyway.placeholders.prefix=mine_")
                .run(application -> {
                    requireWorking(application);
                    assertThat(scripts(application.getBean("flyway", Flyway.class)))
                            .containsExactly("V1__note.sql", "V2__holders_with_notes.sql");
                    assertThat(applied(application, "SELECT holder FROM holders_with_notes"))
                            .isEmpty();
                });
    }

    @Test
    void namingRulesAndCallbacksOfTheApplicationDoNotConcernIt() {
        withFlyway()
                .withPropertyValues(
                        "spring.flyway.repeatable-sql-migration-prefix=Again",
                        "spring.flyway.placeholder-replacement=false",
                        "spring.flyway.target=1")
                .run(application -> {
                    requireWorking(application);
                    assertThat(scripts(ofTheSchema(application))).contains(SCRIPT);
                });
    }

    /** In a native image, Spring Boot gives Flyway a provider of the application's scripts. */
    @Test
    void theProviderOfTheApplicationsScriptsDoesNotConcernIt() {
        withFlyway()
                .withBean(
                        FlywayConfigurationCustomizer.class,
                        () -> configuration -> configuration.resourceProvider(SchemaResources.NONE))
                .run(application -> {
                    requireWorking(application);
                    assertThat(scripts(application.getBean("flyway", Flyway.class)))
                            .isEmpty();
                    assertThat(scripts(ofTheSchema(application))).contains(SCRIPT);
                });
    }

    @Test
    void aStrategyOfTheApplicationMayCleanItsSchema() {
        withFlyway()
                .withPropertyValues("spring.flyway.clean-disabled=false")
                .withBean(FlywayMigrationStrategy.class, () -> flyway -> {
                    flyway.clean();
                    flyway.migrate();
                })
                .run(application -> {
                    requireWorking(application);
                    assertThat(scripts(ofTheSchema(application))).contains(SCRIPT);
                });
    }

    @Test
    void aFlywayBeanOfTheApplicationIsRecognised() {
        withFlyway().withUserConfiguration(OwnFlyway.class).run(application -> {
            requireWorking(application);
            assertThat(scripts(application.getBean("ofTheApplication", Flyway.class)))
                    .containsExactly("V1__account.sql");
            assertThat(scripts(ofTheSchema(application))).contains(SCRIPT);
        });
    }

    /** An application that calls Flyway itself. */
    @Configuration(proxyBeanMethods = false)
    static class OwnFlyway {
        @Bean(initMethod = "migrate")
        Flyway ofTheApplication(DataSource dataSource) {
            return Flyway.configure().dataSource(dataSource).load();
        }
    }

    @Test
    void aSecondStartAppliesNothing() {
        String url = "spring.datasource.url=" + Applications.url();
        List<String> first = new ArrayList<>();
        withFlyway().withPropertyValues(url).run(application -> {
            requireWorking(application);
            first.addAll(scripts(ofTheSchema(application)));
        });
        withFlyway().withPropertyValues(url).run(application -> {
            requireWorking(application);
            assertThat(scripts(ofTheSchema(application))).isEqualTo(first).isNotEmpty();
            assertThat(scripts(application.getBean("flyway", Flyway.class))).hasSize(1);
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
