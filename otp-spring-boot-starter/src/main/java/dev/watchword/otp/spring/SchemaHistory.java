package dev.watchword.otp.spring;

import dev.watchword.otp.jdbc.JdbcSchema;
import dev.watchword.otp.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resolver.MigrationResolver;

/**
 * The schema of the store as a second Flyway, with its history table beside that of the application. Placeholders,
 * versions and naming rules of the application do not concern it.
 */
final class SchemaHistory {
    private static final String FOLDER = "META-INF/watchword/schema/";
    private static final String TABLE = "flyway_history";

    private SchemaHistory() {}

    /** Returns the second Flyway. It has the connection, the user and the schema of the application's Flyway. */
    static Flyway beside(Flyway application, TablePrefix prefix) {
        Configuration configuration = application.getConfiguration();
        String folder = FOLDER + product(configuration.getDataSource());
        return withoutMigrations(application)
                .locations("classpath:" + folder)
                .resourceProvider(SchemaResources.of(
                        folder,
                        JdbcSchema.version(configuration.getDataSource(), prefix)
                                .expected(),
                        configuration.getClassLoader()))
                .table(prefix.text() + TABLE)
                .placeholderReplacement(true)
                .placeholderPrefix("${")
                .placeholderSuffix("}")
                .placeholders(Map.of("prefix", prefix.text()))
                .repeatableSqlMigrationPrefix("R")
                .sqlMigrationSeparator("__")
                .sqlMigrationSuffixes(".sql")
                .validateOnMigrate(true)
                .baselineOnMigrate(true) // the schema has tables of the application
                .baselineVersion("0")
                .load();
    }

    /**
     * Creates the history table of the application if it is missing, as its first migration would. Otherwise its Flyway would find
     * the tables of the store in a schema without a history, and refuse it or skip the first scripts.
     */
    static void begin(Flyway application) {
        Flyway empty = withoutMigrations(application).validateOnMigrate(false).load();
        if (empty.info().applied().length == 0) {
            empty.migrate();
        }
    }

    private static FluentConfiguration withoutMigrations(Flyway application) {
        return Flyway.configure(application.getConfiguration().getClassLoader())
                .configuration(application.getConfiguration())
                .locations(new String[0])
                .resourceProvider(SchemaResources.NONE)
                .javaMigrationClassProvider(null)
                .callbacks(new Callback[0])
                .resolvers(new MigrationResolver[0])
                .javaMigrations(new JavaMigration[0])
                .skipDefaultResolvers(false)
                .target("latest");
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
