package dev.watchword.otp.spring;

import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.jdbc.TablePrefix;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/** The token store on the data source of the application, opened after the database is initialised. */
@AutoConfiguration(
        after = {WatchwordFlywayAutoConfiguration.class, WatchwordLiquibaseAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "watchword.enabled", matchIfMissing = true)
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(WatchwordProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
final class WatchwordJdbcAutoConfiguration {
    /** Created only for a store on a data source. */
    @Bean
    @Lazy
    StoreDataSource watchwordStoreDataSource(
            @WatchwordDataSource ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {
        return StoreDataSource.of(marked, all);
    }

    @Bean
    @DependsOnDatabaseInitialization
    @ConditionalOnMissingBean(TokenStore.class)
    JdbcTokenStore watchwordTokenStore(
            StoreDataSource dataSource, WatchwordProperties properties, ObjectProvider<SchemaTool> tools) {
        TablePrefix prefix = Settings.tablePrefix(properties);
        SchemaTool tool = tools.getIfAvailable();
        SchemaMode mode = properties.schema();
        if (mode == SchemaMode.APPLY || (mode == SchemaMode.AUTO && tool == null)) {
            JdbcSchema.apply(dataSource.pool(), prefix);
        } else if (mode != SchemaMode.NONE && tool == null) {
            throw new WatchwordConfigurationException(
                    "The property watchword.schema names a migration tool that does not run in this application.",
                    "Add spring-boot-starter-flyway or spring-boot-starter-liquibase and enable it, or set"
                            + " watchword.schema to apply.");
        }
        return open(dataSource, prefix);
    }

    private static JdbcTokenStore open(StoreDataSource dataSource, TablePrefix prefix) {
        try {
            return JdbcTokenStore.on(dataSource.pool(), prefix);
        } catch (StorageException e) {
            throw new WatchwordConfigurationException(
                    "The database cannot be opened as a token store: " + e.getMessage() + ".",
                    "Correct the cause. If the tables are missing, set watchword.schema to flyway, liquibase or apply.",
                    e);
        }
    }
}
