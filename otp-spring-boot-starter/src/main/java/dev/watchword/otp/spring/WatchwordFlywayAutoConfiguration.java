package dev.watchword.otp.spring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Adds the schema of the store to the application's Flyway. The scripts are repeatable migrations, so they clash with no version of the
 * application.
 */
@AutoConfiguration(after = FlywayAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "watchword.enabled", matchIfMissing = true)
@ConditionalOnClass({Flyway.class, FlywayConfigurationCustomizer.class})
@ConditionalOnBean(Flyway.class)
@Conditional(OnSchemaMode.Flyway.class)
@EnableConfigurationProperties(WatchwordProperties.class)
final class WatchwordFlywayAutoConfiguration {
    static final String FOLDER = "META-INF/watchword/schema/";

    private static final String PREFIX = "prefix";

    @Bean
    SchemaTool watchwordFlyway() {
        return new SchemaTool(SchemaMode.FLYWAY);
    }

    @Bean
    FlywayConfigurationCustomizer watchwordFlywayCustomizer(WatchwordProperties properties) {
        return configuration ->
                customize(configuration, Settings.tablePrefix(properties).text());
    }

    private static void customize(FluentConfiguration configuration, String prefix) {
        String other = configuration.getPlaceholders().get(PREFIX);
        if (!configuration.isPlaceholderReplacement() || (other != null && !other.equals(prefix))) {
            throw new WatchwordConfigurationException(
                    "Flyway cannot apply the schema of Watchword, which needs the placeholder prefix with the value of"
                            + " watchword.table-prefix.",
                    "Enable placeholders and leave this placeholder to Watchword, or set watchword.schema to apply.");
        }
        Map<String, String> placeholders = new HashMap<>(configuration.getPlaceholders());
        placeholders.put(PREFIX, prefix);
        configuration.placeholders(placeholders);
        configuration.locations(Stream.concat(
                        Arrays.stream(configuration.getLocations()).map(Location::getDescriptor),
                        Stream.of("classpath:" + FOLDER + product(configuration.getDataSource())))
                .toArray(String[]::new));
    }

    private static String product(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        } catch (SQLException e) {
            throw new WatchwordConfigurationException(
                    "The database of Flyway does not answer.", "Start the database, or correct its URL.", e);
        }
    }
}
