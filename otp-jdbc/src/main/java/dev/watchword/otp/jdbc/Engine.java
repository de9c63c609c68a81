package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The system behind a connection. Some distributed systems name themselves PostgreSQL to a driver. */
enum Engine {
    /** The product itself. */
    OWN("", ""),

    /** PostgreSQL with the extension Citus, which distributes tables over nodes. */
    CITUS("", ""),

    COCKROACHDB(
            "CockroachDB",
            "It reports lost races with SQLSTATE 40001 and unknown outcomes with 40003, and the store handles both"),

    YUGABYTEDB("-YB-", "It reports lost races with SQLSTATE 40001, and the store repeats them");

    private static final String RECOGNITION =
            "SELECT version(), EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')";

    /** Makes Citus use one connection for each node in this transaction, one statement after the other. */
    private static final String SEQUENTIAL = "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'";

    private final String sign;
    private final String known;

    Engine(String sign, String known) {
        this.sign = sign;
        this.known = known;
    }

    /** Asks a database for its version and extensions. */
    static Engine of(Connection connection, Product product) throws SQLException {
        if (product != Product.POSTGRESQL) {
            return OWN;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RECOGNITION)) {
            row.next();
            String version = row.getString(1);
            for (Engine engine : values()) {
                if (!engine.sign.isEmpty() && version.contains(engine.sign)) {
                    return engine;
                }
            }
            return row.getBoolean(2) ? CITUS : OWN;
        }
    }

    /** Throws a {@link StorageException} if no test of this library runs on the system, unless the caller accepts the risk. */
    void requireTested(boolean risksUntestedSystem) {
        if (!known.isEmpty() && !risksUntestedSystem) {
            throw new StorageException(
                    "This database is " + this + " and not PostgreSQL. " + known
                            + ". No test of this library has run on it,"
                            + " so it is not known whether a code is accepted only once when nodes fail. Use PostgreSQL, or"
                            + " accept the risk with acceptUntestedSystem()",
                    null);
        }
    }

    /** Throws a {@link StorageException} if tables can not be distributed as the caller wants. */
    void requireNodes(Product product, @Nullable Distribution distribution) {
        if (distribution != null && distribution != Distribution.NONE && this != CITUS) {
            throw product.unfit(
                    "has no extension citus, which distributes tables; execute CREATE EXTENSION citus, or apply"
                            + " the schema without a distribution");
        }
    }

    /**
     * Returns whether one statement that writes several tables is faster than several statements. On Citus it takes almost
     * twice as long.
     */
    boolean writesAtOnce() {
        return this != CITUS;
    }

    /** Returns whether a join can be of tables that are distributed by different keys. */
    boolean joinsAllTables() {
        return this != CITUS;
    }

    /**
     * Prepares the open transaction for statements on all nodes that precede a change of the batches. On Citus the batches are
     * on every node. It refuses to change them after it has used several connections to a node.
     */
    void prepareForBatches(Session session) throws SQLException {
        if (this == CITUS) {
            session.execute(SEQUENTIAL);
        }
    }

    @Override
    public String toString() {
        return switch (this) {
            case OWN, CITUS -> name();
            case COCKROACHDB -> "CockroachDB";
            case YUGABYTEDB -> "YugabyteDB";
        };
    }
}
