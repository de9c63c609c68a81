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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the store, as versioned SQL scripts in the jar. The scripts are in {@code META-INF/watchword/schema},
 * in one folder for each product. Two more folders have the scripts that distribute the tables over the nodes of Citus.
 *
 * <p>Each script records its name in the table {@code otp_schema_version}. This class can apply the scripts, and so can
 * Flyway and Liquibase:
 *
 * <ul>
 *   <li>Flyway needs the folder of the product among its locations, and the placeholder {@code prefix}. The scripts are
 *       repeatable migrations without a version, so they never clash with the migrations of the application. On Citus it
 *       also needs the folder of the {@link Distribution}.
 *   <li>Liquibase includes {@code META-INF/watchword/schema/liquibase.xml}. The change log parameter {@code prefix} is
 *       optional. On Citus it then includes {@code liquibase.xml} in the folder of the {@link Distribution}.
 * </ul>
 *
 * <p>The scripts concern the current schema of the connection. Several processes MAY apply them to one database at the
 * same time: one of them does, and the others wait. The methods keep no state.
 */
public final class JdbcSchema {
    /** The scripts, in the order of their application. A released script never changes. */
    static final List<Script> SCRIPTS = List.of(Script.of("schema", "R__watchword_001_tokens.sql"));

    private static final String VERSIONS = "otp_schema_version";

    /** The time for which a process waits for another one that applies the schema. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\n|$)");

    private JdbcSchema() {}

    /**
     * A script: a resource of one name in each product's folder, below a common folder.
     *
     * @param only the only folder that has the script, or {@code null} if it is in each product's folder
     */
    record Script(String folder, String name, @Nullable String only) {
        static Script of(String folder, String name) {
            return new Script(folder, name, null);
        }

        String resource(Product product) {
            return "/META-INF/watchword/" + folder + "/" + (only == null ? product.folder() : only) + "/" + name;
        }
    }

    /**
     * Applies the scripts that the database lacks, in the current schema of the connection. Does nothing if the schema has
     * all of them. A distributed schema keeps its {@link Distribution}. If another process applies them at the same time, the method waits for up to two minutes until that
     * process has finished.
     *
     * <p>On PostgreSQL each script is one transaction. On H2 and MariaDB each statement is committed at once, and each
     * statement can be repeated. If the process dies during the call, call the method again.
     *
     * @param dataSource supplies one connection, whose user may create tables; the method closes the connection
     * @throws StorageException if the database does not answer, is of an unsupported product, has the schema of a newer
     *     version of this library, or rejects a script. Also thrown if another process has not finished in time
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
        apply(dataSource, prefix, null, SCRIPTS, LONGEST_WAIT);
    }

    /**
     * Works like {@link #apply(DataSource, TablePrefix)}, and distributes the tables over the nodes of Citus. If the schema is
     * not distributed yet, its rows move to the nodes within the call. No store may use the tables at that time.
     *
     * @param dataSource supplies one connection to the coordinator, whose user may create tables and distribute them; the
     *     method closes the connection
     * @param prefix the prefix of the names of all tables, indexes and constraints
     * @param distribution how the tables are distributed
     * @throws StorageException as {@link #apply(DataSource)} does. Also thrown if the schema has another distribution, or if
     *     the database has no extension {@code citus}
     */
    public static void apply(DataSource dataSource, TablePrefix prefix, Distribution distribution) {
        apply(dataSource, prefix, distribution, SCRIPTS, LONGEST_WAIT);
    }

    /**
     * Returns the version of the store's schema in a database. It reads one table and writes nothing. An open store has
     * {@link JdbcTokenStore#schemaVersion}.
     *
     * @param dataSource supplies one connection; the method closes it
     * @param prefix the prefix of the names of the store's tables
     * @return the version
     * @throws StorageException if the database does not answer or is of an unsupported product, or if this user cannot read the
     *     table of the applied scripts
     */
    public static SchemaVersion version(DataSource dataSource, TablePrefix prefix) {
        try (Connection connection = dataSource.getConnection()) {
            Product product = Product.of(connection);
            OpenTransactions.requireNone(connection);
            try (Session session = new Session(connection, product, Engine.of(connection, product), prefix)) {
                return version(session, SCRIPTS);
            }
        } catch (SQLException e) {
            throw new StorageException("The version of the schema could not be read; correct the cause", e);
        }
    }

    static SchemaVersion version(Session session, List<Script> versions) throws SQLException {
        Set<String> applied;
        try {
            applied = applied(session);
        } catch (SQLException e) {
            if (hasVersions(session)) {
                throw e;
            }
            applied = Set.of();
        }
        List<Script> scripts = Distribution.of(applied, versions).of(versions);
        return new SchemaVersion(applied.stream().sorted().toList(), names(scripts));
    }

    static void apply(DataSource dataSource, TablePrefix prefix, List<Script> scripts) {
        apply(dataSource, prefix, null, scripts, LONGEST_WAIT);
    }

    static void apply(
            DataSource dataSource,
            TablePrefix prefix,
            @Nullable Distribution distribution,
            List<Script> scripts,
            Duration longestWait) {
        Patience patience = Patience.of(longestWait);
        try (Connection connection = connect(dataSource, patience)) {
            Product product = Product.of(connection);
            OpenTransactions.requireNone(connection);
            Engine engine = Engine.of(connection, product);
            engine.requireNodes(product, distribution);
            try (Session session = new Session(connection, product, engine, prefix);
                    SchemaLock lock = SchemaLock.acquire(session, patience)) {
                Plan plan = Plan.of(session, distribution, scripts);
                for (Script script : plan.scripts()) {
                    while (applyIfMissing(session, lock, plan, script) != CommitResult.COMMITTED) {
                        if (!patience.again()) {
                            throw SchemaLock.inUse(null);
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new StorageException(
                    "The schema could not be applied; correct the cause and apply the schema again", e);
        }
    }

    /**
     * The scripts to apply.
     *
     * @param versions the scripts of the schema, one for each version
     * @param distribution the distribution that the caller named, or the one that the schema has
     */
    private record Plan(List<Script> versions, Distribution distribution) {
        static Plan of(Session session, @Nullable Distribution named, List<Script> versions) throws SQLException {
            return new Plan(versions, named == null ? Distribution.of(appliedIfAny(session), versions) : named);
        }

        List<Script> scripts() {
            return distribution.of(versions);
        }

        /** Throws a {@link StorageException} if the schema has another distribution, or is newer. */
        void requireFit(Session session, Set<String> applied) {
            Distribution standing = Distribution.of(applied, versions);
            if (standing != Distribution.NONE && standing != distribution) {
                throw session.product()
                        .unfit("is distributed " + standing + "; apply the schema with this distribution, or move the"
                                + " data to another database");
            }
            requireNoneNewer(session, applied, scripts());
        }
    }

    private static Set<String> appliedIfAny(Session session) throws SQLException {
        return hasVersions(session) ? applied(session) : Set.of();
    }

    /** Opens a connection. SQLite refuses it while another process creates the file. */
    private static Connection connect(DataSource dataSource, Patience patience) throws SQLException {
        SQLException failure;
        do {
            try {
                return dataSource.getConnection();
            } catch (SQLException e) {
                failure = e;
            }
        } while (SqliteFailures.isBusy(failure) && patience.again());
        throw failure;
    }

    /**
     * Applies a script in one transaction, unless it is applied already. Returns {@code STALE} if another process is
     * faster. H2 and MariaDB commit each DDL statement implicitly, so every statement of a script can be repeated.
     */
    private static CommitResult applyIfMissing(Session session, SchemaLock lock, Plan plan, Script script)
            throws SQLException {
        try {
            return Transaction.end(session, Transaction.beginUnlocked(session), () -> {
                if (!lock.tryAcquireInTransaction()) {
                    return CommitResult.STALE;
                }
                Set<String> applied = appliedIfAny(session);
                plan.requireFit(session, applied);
                if (!applied.contains(script.name())) {
                    for (String statement : statements(script.resource(session.product()), session.prefix())) {
                        session.execute(statement);
                    }
                }
                return CommitResult.COMMITTED;
            });
        } catch (SQLException e) {
            if (SqlStates.isTaken(e)) {
                return CommitResult.STALE;
            }
            throw e;
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
     * Returns whether the table of the applied scripts exists in the current schema, in which the scripts create their
     * tables. Compares the exact names, because an underscore is a wildcard in the patterns of
     * {@link DatabaseMetaData#getTables}.
     */
    private static boolean hasVersions(Session session) throws SQLException {
        Connection connection = session.connection();
        String schema = connection.getSchema();
        DatabaseMetaData metaData = connection.getMetaData();
        String table = session.prefix().in(VERSIONS);
        String name = metaData.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        try (ResultSet tables =
                metaData.getTables(connection.getCatalog(), schema, name, new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                if (name.equals(tables.getString("TABLE_NAME"))
                        && Objects.equals(schema, tables.getString("TABLE_SCHEM"))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Throws a {@link StorageException} if the database lacks a script, or has one that this version does not know. */
    static void requireApplied(Session session, List<Script> versions) {
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
        List<Script> scripts = Distribution.of(applied, versions).of(versions);
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
