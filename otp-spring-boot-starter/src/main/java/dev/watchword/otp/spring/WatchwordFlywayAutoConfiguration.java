package dev.watchword.otp.spring;

import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Applies the schema of the store with a second Flyway, before the scripts of the application, which can therefore refer to its
 * tables. It is configured after Spring Boot's Flyway and is no default candidate, so Spring Boot's Flyway does not back off and
 * remains the one that the application injects.
 */
@AutoConfiguration(after = FlywayAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "watchword.enabled", matchIfMissing = true)
@ConditionalOnClass({Flyway.class, FlywayMigrationInitializer.class})
@ConditionalOnBean(Flyway.class)
@Conditional(OnSchemaMode.Flyway.class)
@EnableConfigurationProperties(WatchwordProperties.class)
final class WatchwordFlywayAutoConfiguration {
    static final String FLYWAY = "watchwordFlyway";

    @Bean
    SchemaTool watchwordFlywayTool() {
        return new SchemaTool(SchemaMode.FLYWAY);
    }

    @Bean(name = FLYWAY, defaultCandidate = false)
    Flyway watchwordFlyway(ObjectProvider<Flyway> flyways, WatchwordProperties properties) {
        Flyway application = flyways.getIfUnique();
        if (application == null) {
            throw new WatchwordConfigurationException(
                    "Watchword found several Flyway beans, and none of them is the primary one.",
                    "Mark the Flyway of the tokens' database with @Primary, or set watchword.schema to apply.");
        }
        return SchemaHistory.beside(application, Settings.tablePrefix(properties));
    }

    /** Spring Boot calls it in place of the migration of the application. */
    @Bean
    @ConditionalOnMissingBean
    FlywayMigrationStrategy watchwordFlywayStrategy(@Qualifier(FLYWAY) ObjectProvider<Flyway> schema) {
        return application -> {
            SchemaHistory.begin(application);
            schema.getObject().migrate();
            application.migrate();
        };
    }

    /** Applies the schema if the application has its own strategy or its own Flyway, after these. Otherwise nothing is left to do. */
    @Bean(defaultCandidate = false)
    FlywayMigrationInitializer watchwordFlywayInitializer(
            @Qualifier(FLYWAY) Flyway schema, ObjectProvider<FlywayMigrationInitializer> ofApplication) {
        ofApplication.forEach(earlier -> {});
        return new FlywayMigrationInitializer(schema);
    }
}
