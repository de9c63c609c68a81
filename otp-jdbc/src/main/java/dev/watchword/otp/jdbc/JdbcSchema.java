package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The schema of the store, as versioned SQL scripts in the jar. The scripts are in {@code META-INF/watchword/schema},
 * in one folder for each product.
 *
 * <p>Each script records its name in the table {@code otp_schema_version}. This class can apply the scripts, and so can
 * Flyway. Flyway needs the folder of the product among its locations, a separate history table, and the placeholder
 * {@code prefix}.
 *
 * <p>Two processes MUST NOT apply the scripts to one database at the same time. The methods keep no state.
 */
public final class JdbcSchema {
    /** The scripts, in the order of their application. A released script never changes. */
    static final List<Script> SCRIPTS = List.of(new Script("schema", "V1__tokens.sql"));

    private static final String VERSIONS = "otp_schema_version";

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\n|$)");

    private JdbcSchema() {}

    /** A script: a resource of one name in each product's folder, below a common folder. */
    record Script(String folder, String name) {
        String resource(Product product) {
            return "/META-INF/watchword/" + folder + "/" + product.folder() + "/" + name;
        }
    }

    /**
     * Applies the scripts that the database lacks. Does nothing if it has all of them. Two processes MUST NOT call this
     * method for one database at the same time.
     *
     * <p>On PostgreSQL each script is one transaction. On H2 and MariaDB each statement is committed at once, and each
     * statement can be repeated. If the process dies during the call, call the method again.
     *
     * @param dataSource supplies one connection, whose user may create tables; the method closes the connection
     * @throws StorageException if the database does not answer, is of an unsupported product, has the schema of a newer
     *     version of this library, or rejects a script
     */
    public static void apply(DataSource dataSource) {
        apply(dataSource, TablePrefix.DEFAULT);
    }

    /**
     * Works like {@link #apply(DataSource)}, but applies the missing scripts to tables with the given prefix.
     *
     * @param dataSource supplies one connection, whose user may create tables; the method closes the connection
     * @param prefix the prefix of the names of all tables, indexes and constraints
     * @throws StorageException as {@link #apply(DataSource)} does
     */
    public static void apply(DataSource dataSource, TablePrefix prefix) {
        apply(dataSource, prefix, SCRIPTS);
    }

    static void apply(DataSource dataSource, TablePrefix prefix, List<Script> scripts) {
        try (Connection connection = dataSource.getConnection()) {
            Product product = Product.of(connection);
            OpenTransactions.requireNone(connection);
            try (Session session = new Session(connection, product, prefix)) {
                Set<String> applied = hasVersions(session) ? applied(session) : Set.of();
                requireNoneNewer(session, applied, scripts);
                for (Script script : scripts) {
                    if (!applied.contains(script.name())) {
                        apply(session, script);
                    }
                }
            }
        } catch (SQLException e) {
            throw new StorageException(
                    "The schema could not be applied; correct the cause and apply the schema again", e);
        }
    }

    /**
     * Applies a script in one transaction. H2 and MariaDB commit each DDL statement implicitly, so every statement of a
     * script can be repeated.
     */
    private static void apply(Session session, Script script) throws SQLException {
        List<String> statements = statements(script.resource(session.product()), session.prefix());
        CommitResult result = Transaction.end(session, Transaction.beginUnlocked(session), () -> {
            for (String statement : statements) {
                session.execute(statement);
            }
            return CommitResult.COMMITTED;
        });
        if (result != CommitResult.COMMITTED) {
            throw SqlStates.lostRace("Another process uses the tables that " + script.name()
                    + " changes; stop it and apply the schema again");
        }
    }

    /**
     * Returns the statements of a script in the jar. A semicolon at the end of a line ends a statement, also in a
     * comment.
     */
    static List<String> statements(String resource, TablePrefix prefix) {
        return END_OF_STATEMENT
                .splitAsStream(prefix.inScript(read(resource)))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    /**
     * Returns whether the table of the applied scripts exists. Compares the exact name, because an underscore is a
     * wildcard in the name pattern of {@link DatabaseMetaData#getTables}.
     */
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

    /** Throws a {@link StorageException} if the database lacks a script, or has one that this version does not know. */
    static void requireApplied(Session session, List<Script> scripts) {
        Set<String> applied;
        try {
            applied = applied(session);
        } catch (SQLException e) {
            throw session.product()
                    .unfit(
                            "has no schema of this store with the prefix " + session.prefix()
                                    + ", or this user cannot read it; call JdbcSchema.apply, or grant the user a role",
                            e);
        }
        requireNoneNewer(session, applied, scripts);
        if (!applied.containsAll(names(scripts))) {
            throw session.product().unfit("has an older schema; call JdbcSchema.apply");
        }
    }

    private static List<String> names(List<Script> scripts) {
        return scripts.stream().map(Script::name).toList();
    }

    private static void requireNoneNewer(Session session, Set<String> applied, List<Script> scripts) {
        List<String> known = names(scripts);
        String unknown = applied.stream()
                .filter(script -> !known.contains(script))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw session.product()
                    .unfit("has the schema of a newer version of this library, with the scripts " + unknown
                            + "; use that version");
        }
    }

    private static Set<String> applied(Session session) throws SQLException {
        return new HashSet<>(session.all("SELECT script FROM " + VERSIONS, parameters -> {}, row -> row.getString(1)));
    }

    private static String read(String resource) {
        try (InputStream in = JdbcSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar has no resource " + resource + "; replace the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The jar's resource " + resource + " cannot be read; replace the jar", e);
        }
    }
}
