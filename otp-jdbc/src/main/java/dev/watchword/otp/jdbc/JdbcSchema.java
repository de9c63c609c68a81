package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables of the store, as versioned scripts in the jar, in the folder {@code META-INF/watchword/schema} and there in one for
 * each product. Each script writes down in the table {@code otp_schema_version} that it was applied, whether this class applies it
 * or Flyway does, with that folder among its locations, a history table of its own, and the placeholder {@code prefix}.
 */
public final class JdbcSchema {
    /** In the order in which they are applied; none is changed once it was released. */
    static final List<String> SCRIPTS = List.of("V1__tokens.sql", "V2__ownership.sql");

    private static final String VERSIONS = "otp_schema_version";

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\n|$)");

    private JdbcSchema() {}

    /**
     * Applies the scripts that were not applied yet; does nothing if all were. To be called by one process at a time. If it dies
     * in between, it can be called again.
     *
     * @param dataSource gives a connection that may create tables
     * @throws StorageException if the database does not answer, is of an unknown product, has the schema of a newer version of
     *     this store, or refuses a script
     */
    public static void apply(DataSource dataSource) {
        apply(dataSource, TablePrefix.DEFAULT);
    }

    /**
     * Applies the scripts as {@link #apply(DataSource)} does, for tables with another prefix.
     *
     * @param dataSource gives a connection that may create tables
     * @param prefix what the names of the tables and indexes begin with
     * @throws StorageException as {@link #apply(DataSource)} does
     */
    public static void apply(DataSource dataSource, TablePrefix prefix) {
        apply(dataSource, prefix, SCRIPTS);
    }

    static void apply(DataSource dataSource, TablePrefix prefix, List<String> scripts) {
        try (Connection connection = dataSource.getConnection()) {
            Session session = new Session(connection, Product.of(connection), prefix);
            Set<String> applied = hasVersions(session) ? applied(session) : Set.of();
            requireNoneNewer(session, applied);
            for (String script : scripts) {
                if (!applied.contains(script)) {
                    apply(session, script);
                }
            }
        } catch (SQLException e) {
            throw new StorageException(
                    "The schema could not be applied; mend what the cause says, and apply it again", e);
        }
    }

    /** In one transaction where a product can, elsewhere statement by statement: each can be carried out again. */
    private static void apply(Session session, String script) throws SQLException {
        List<String> statements = statements(session.product().folder() + script, session.prefix());
        CommitResult result = Transaction.run(session.connection(), () -> {
            for (String statement : statements) {
                execute(session.connection(), statement);
            }
            return CommitResult.COMMITTED;
        });
        if (result != CommitResult.COMMITTED) {
            throw SqlStates.lostRace("Another process uses the tables that " + script + " changes");
        }
    }

    /** The statements of a script in the jar. */
    static List<String> statements(String resource, TablePrefix prefix) {
        return END_OF_STATEMENT
                .splitAsStream(prefix.inScript(read(resource)))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    /** By the exact name: in a question about tables, an underscore stands for any letter. */
    private static boolean hasVersions(Session session) throws SQLException {
        Connection connection = session.connection();
        DatabaseMetaData metaData = connection.getMetaData();
        String table = session.prefix().in(VERSIONS);
        String name = metaData.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        try (ResultSet tables = metaData.getTables(
                connection.getCatalog(), connection.getSchema(), name, new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                if (name.equals(tables.getString("TABLE_NAME"))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Refuses a database that lacks a script, or has one that this version does not know. */
    static void requireApplied(Session session) {
        Set<String> applied;
        try {
            applied = applied(session);
        } catch (SQLException e) {
            throw session.product()
                    .unfit(
                            "has no schema of this store with the prefix " + session.prefix()
                                    + ", or none for this user; apply JdbcSchema.apply(dataSource)",
                            e);
        }
        requireNoneNewer(session, applied);
        if (!applied.containsAll(SCRIPTS)) {
            throw session.product().unfit("has an older schema; apply JdbcSchema.apply(dataSource)");
        }
    }

    private static void requireNoneNewer(Session session, Set<String> applied) {
        String unknown = applied.stream()
                .filter(script -> !SCRIPTS.contains(script))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw session.product()
                    .unfit("has the schema of a newer version of this store, which has applied " + unknown
                            + "; use that version");
        }
    }

    private static Set<String> applied(Session session) throws SQLException {
        return new HashSet<>(session.all("SELECT script FROM " + VERSIONS, parameters -> {}, row -> row.getString(1)));
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
