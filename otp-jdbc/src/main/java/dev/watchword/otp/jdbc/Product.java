package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A supported database product, with its differences from the others. */
enum Product {
    SQLITE("SQLite") {
        @Override
        void requireFit(Connection connection, boolean risksPowerFailure) throws SQLException {
            if (!setting(connection, "PRAGMA journal_mode").equalsIgnoreCase("wal")) {
                throw unfit("has no write-ahead log, so readers and writers block each other;"
                        + " execute PRAGMA journal_mode = WAL once, which needs a file");
            }
            boolean full = Integer.parseInt(setting(connection, "PRAGMA synchronous")) >= FULL;
            if (!full && !risksPowerFailure) {
                throw unfit("acknowledges commits before they are on the disk; set PRAGMA synchronous = FULL for every"
                        + " connection, or call acceptLossOnPowerFailure()");
            }
        }
    },
    H2("H2") {
        @Override
        void requireFit(Connection connection, boolean risksPowerFailure) throws SQLException {
            if (!connection.getMetaData().getURL().startsWith("jdbc:h2:mem:")) {
                throw unfit(
                        "is in a file or on a server, where H2 can lose acknowledged commits when another"
                                + " transaction rolls back; use SQLite for an embedded database, and H2 only in memory, for tests");
            }
        }
    },
    POSTGRESQL("PostgreSQL") {
        @Override
        void requireFit(Connection connection, boolean risksPowerFailure) throws SQLException {
            Map<String, String> settings = settings(connection, """
                    SELECT 'server_encoding', current_setting('server_encoding')
                    UNION ALL SELECT 'synchronous_commit', current_setting('synchronous_commit')""");
            if (!settings.getOrDefault("server_encoding", "").equals("UTF8")) {
                throw unfit("cannot store all Unicode text; create one with ENCODING 'UTF8'");
            }
            if (settings.getOrDefault("synchronous_commit", "").equals("off")) {
                throw unfit("acknowledges commits before it writes them; set synchronous_commit to on");
            }
        }
    },
    MARIADB("MariaDB") {
        @Override
        void requireFit(Connection connection, boolean risksPowerFailure) throws SQLException {
            Map<String, String> settings = settings(
                    connection,
                    "SHOW VARIABLES WHERE Variable_name IN"
                            + " ('innodb_flush_log_at_trx_commit', 'wsrep_on', 'wsrep_sync_wait', 'wsrep_dirty_reads')");
            if (settings.getOrDefault("wsrep_on", "OFF").equals("ON")) {
                requireFitNode(settings);
            } else if (settings.getOrDefault("innodb_flush_log_at_trx_commit", "1")
                    .equals("0")) {
                throw unfit("acknowledges commits before it writes them; set innodb_flush_log_at_trx_commit to 1");
            }
        }

        /**
         * Throws a {@link StorageException} if a cluster node allows stale reads. A node applies the changes of other
         * nodes later than they are acknowledged, so it must wait for them before it reads.
         */
        private void requireFitNode(Map<String, String> settings) {
            boolean waits = (Integer.parseInt(settings.getOrDefault("wsrep_sync_wait", "0")) & 1) == 1;
            if (!waits || settings.getOrDefault("wsrep_dirty_reads", "OFF").equals("ON")) {
                throw unfit("allows stale reads on a cluster node; add sessionVariables=wsrep_sync_wait=1 to its URL"
                        + " and leave wsrep_dirty_reads off");
            }
        }
    };

    /** SQLite's number for {@code synchronous=FULL}. */
    private static final int FULL = 2;

    private static final String LOCKING = " FOR UPDATE";

    private final String productName;

    Product(String productName) {
        this.productName = productName;
    }

    /** Returns the product behind a connection. Throws a {@link StorageException} if the product is not supported. */
    static Product of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        for (Product product : values()) {
            if (product.productName.equals(name)) {
                return product;
            }
        }
        throw new StorageException(
                "The database product " + name + " is not supported; use SQLite, PostgreSQL or MariaDB", null);
    }

    /**
     * Throws a {@link StorageException} if the database can lose an acknowledged commit when its process dies, if it
     * cannot store all Unicode text, or if it allows stale reads.
     *
     * @param risksPowerFailure whether the caller accepts that a power failure loses acknowledged commits
     */
    abstract void requireFit(Connection connection, boolean risksPowerFailure) throws SQLException;

    /** Returns whether a change can be a single statement that is also a complete transaction. */
    boolean commitsAtOnce() {
        return this == POSTGRESQL || this == MARIADB;
    }

    /** Returns whether a change can be a single statement within an open transaction. */
    boolean writesAtOnce() {
        return this == POSTGRESQL;
    }

    /**
     * Returns the path of the database's file if the writers of this process take turns, or {@code null} otherwise.
     *
     * <p>SQLite has one writer at a time. A second one polls for the lock in growing pauses, so a lock of the process
     * shortens the wait. It changes nothing about correctness, which also holds between processes.
     */
    @Nullable
    String fileOfTurns(Connection connection) throws SQLException {
        if (this != SQLITE) {
            return null;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /**
     * Returns a statement that changes nothing and takes the write lock of the database, or {@code null} if the product has row
     * locks.
     */
    @Nullable
    String takingTheWriteLock() {
        return this == SQLITE ? "DELETE FROM otp_schema_version WHERE FALSE" : null;
    }

    /** Returns a statement as this product has it. SQLite has no row locks, because a writer locks the whole database. */
    String adapt(String statement) {
        return this == SQLITE && statement.endsWith(LOCKING)
                ? statement.substring(0, statement.length() - LOCKING.length())
                : statement;
    }

    /** Returns whether a locking read locks all joined rows, and returns them as they are once it has the locks. */
    boolean locksWhatItJoins() {
        return this == MARIADB || this == SQLITE;
    }

    /**
     * Returns whether an {@code IN} list uses a two-column index only if it compares both columns as a row value. On
     * the other products an {@code IN} list of the second column uses the index too.
     */
    boolean findsRowsOnly() {
        return this == H2;
    }

    /** Returns whether a cluster node may acknowledge a batch of inserts after it rolled the transaction back. */
    boolean losesBatches() {
        return this == MARIADB;
    }

    /** Returns the name of the folder that has the scripts for this product. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return productName;
    }

    StorageException unfit(String why) {
        return unfit(why, null);
    }

    StorageException unfit(String why, @Nullable Throwable cause) {
        return new StorageException("This " + productName + " database " + why, cause);
    }

    private static String setting(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Map<String, String> settings(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, String> settings = new HashMap<>();
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
            return settings;
        }
    }
}
