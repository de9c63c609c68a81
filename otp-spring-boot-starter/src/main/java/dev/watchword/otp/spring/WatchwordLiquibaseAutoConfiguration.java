package dev.watchword.otp.spring;

import java.util.Map;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Applies the change log in the jar with Liquibase, after the application's own change log. It is configured after Spring Boot's
 * Liquibase, which therefore does not back off.
 */
@AutoConfiguration(after = {LiquibaseAutoConfiguration.class, WatchwordFlywayAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "watchword.enabled", matchIfMissing = true)
@ConditionalOnClass({SpringLiquibase.class, LiquibaseAutoConfiguration.class})
@ConditionalOnBean(DataSource.class)
@ConditionalOnMissingBean(SchemaTool.class)
@Conditional(WatchwordLiquibaseAutoConfiguration.Wanted.class)
@EnableConfigurationProperties(WatchwordProperties.class)
final class WatchwordLiquibaseAutoConfiguration {
    static final String CHANGE_LOG = "META-INF/watchword/schema/liquibase.xml";

    @Bean
    SchemaTool watchwordLiquibaseTool() {
        return new SchemaTool(SchemaMode.LIQUIBASE);
    }

    @Bean
    SpringLiquibase watchwordLiquibase(
            @LiquibaseDataSource ObjectProvider<DataSource> ofLiquibase,
            @WatchwordDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<DataSource> all,
            WatchwordProperties properties) {
        DataSource dataSource = ofLiquibase.getIfAvailable();
        SpringLiquibase liquibase = new SpringLiquibase();
        liquibase.setDataSource(
                dataSource == null ? StoreDataSource.of(marked, all).pool() : dataSource);
        liquibase.setChangeLog("classpath:" + CHANGE_LOG);
        liquibase.setChangeLogParameters(
                Map.of("prefix", Settings.tablePrefix(properties).text()));
        return liquibase;
    }

    /** Matches if the property names Liquibase, or if the application uses Liquibase and the property names nothing. */
    static final class Wanted extends AnyNestedCondition {
        Wanted() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @Conditional(OnSchemaMode.Liquibase.class)
        static final class Named {}

        @Conditional(OnSchemaMode.Automatic.class)
        @ConditionalOnBean(SpringLiquibase.class)
        static final class Automatic {}
    }
}
