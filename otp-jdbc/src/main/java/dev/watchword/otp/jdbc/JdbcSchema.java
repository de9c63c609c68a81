package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The tables of the store, as versioned scripts in the jar, in the folder {@code META-INF/watchword/schema} and there in one for
 * each product. Each script writes down in the table {@code otp_schema_version} that it was applied, whether this class applies it
 * or Flyway does, with that folder among its locations and a history table of its own.
 */
public final class JdbcSchema {
    private static final List<String> SCRIPTS = List.of("V1__tokens.sql");

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\n|$)");

    private JdbcSchema() {}

    /**
     * Applies the scripts that were not applied yet; does nothing if all were. To be called by one process at a time.
     *
     * @param dataSource gives a connection that may create tables
     * @throws StorageException if the database does not answer, is of an unknown product, or refuses a script
     */
    public static void apply(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            Product product = Product.of(connection);
            Set<String> applied = hasVersions(connection) ? applied(connection) : Set.of();
            for (String script : SCRIPTS) {
                if (!applied.contains(script)) {
                    apply(connection, product, script);
                }
            }
        } catch (SQLException e) {
            throw new StorageException(
                    "The schema could not be applied; mend what the cause says, and apply it again", e);
        }
    }

    private static void apply(Connection connection, Product product, String script) throws SQLException {
        List<String> statements = END_OF_STATEMENT
                .splitAsStream(read(product.folder() + script))
                .filter(statement -> !statement.isBlank())
                .toList();
        for (String statement : statements) {
            execute(connection, statement);
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private static boolean hasVersions(Connection connection) throws SQLException {
        String table = "otp_schema_version";
        String name = connection.getMetaData().storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), name, new String[] {"TABLE", "BASE TABLE"})) {
            return tables.next();
        }
    }

    /** Refuses a database that lacks a script. */
    static void requireApplied(Connection connection, Product product) throws SQLException {
        Set<String> applied;
        try {
            applied = applied(connection);
        } catch (SQLException e) {
            throw new StorageException(
                    "This " + product + " database has no schema of this store; apply JdbcSchema.apply(dataSource)", e);
        }
        if (!applied.containsAll(SCRIPTS)) {
            throw new StorageException(
                    "This " + product + " database has an older schema; apply JdbcSchema.apply(dataSource)", null);
        }
    }

    private static Set<String> applied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT script FROM otp_schema_version")) {
            Set<String> scripts = new HashSet<>();
            while (rows.next()) {
                scripts.add(rows.getString(1));
            }
            return scripts;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(String resource) {
        try (InputStream in = JdbcSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The jar does not give " + resource, e);
        }
    }
}
