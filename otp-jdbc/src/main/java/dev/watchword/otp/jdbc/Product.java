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
    H2("H2") {
        @Override
        void requireFit(Connection connection) throws SQLException {
            if (connection.getMetaData().getURL().matches("jdbc:h2:(tcp|ssl):.*")) {
                throw unfit("is on a server, where several processes write at once and H2 can lose commits;"
                        + " use a file in this process, or another product");
            }
            String delay = settings(connection, "SELECT SETTING_NAME, SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS")
                    .getOrDefault("WRITE_DELAY", "0");
            if (!delay.equals("0")) {
                throw unfit("acknowledges a commit up to " + delay
                        + " ms before it writes it, and loses it if the process dies; add ;WRITE_DELAY=0 to its URL");
            }
        }
    },
    POSTGRESQL("PostgreSQL") {
        @Override
        void requireFit(Connection connection) throws SQLException {
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
        void requireFit(Connection connection) throws SQLException {
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
                "The database product " + name + " is not supported; use H2, PostgreSQL or MariaDB", null);
    }

    /**
     * Throws a {@link StorageException} if the database can lose an acknowledged commit when its process dies, if it
     * cannot store all Unicode text, or if it allows stale reads.
     */
    abstract void requireFit(Connection connection) throws SQLException;

    /** Returns whether a change can be a single statement. On PostgreSQL one statement can change several tables. */
    boolean writesAtOnce() {
        return this == POSTGRESQL;
    }

    /**
     * Returns the name of the database if its writers must be serialised, or {@code null} if they may run concurrently.
     * All stores of a process get the same name for one database.
     *
     * <p>Only H2 needs this, because a rollback in a database file can lose a commit. If a transaction waited for a row
     * and then rolls back, H2 restores the row to its state before the commit that the transaction waited for.
     */
    @Nullable
    String writtenByOneAtATime(Connection connection) throws SQLException {
        if (this != H2) {
            return null;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DATABASE_PATH()")) {
            row.next();
            String file = row.getString(1);
            return file == null ? connection.getMetaData().getURL() : file.replaceFirst("^[a-z]{2,}:", "");
        }
    }

    /** Returns whether a locking read locks all joined rows, and returns them as they are once it has the locks. */
    boolean locksWhatItJoins() {
        return this == MARIADB;
    }

    /**
     * Returns whether an {@code IN} list uses a two-column index only if it compares both columns as a row value. On
     * the other products an {@code IN} list of the second column uses the index too.
     */
    boolean findsRowsOnly() {
        return this == H2;
    }

    /**
     * Returns whether a transaction must begin with a read, so that a cluster node first waits for the changes that
     * other nodes acknowledged.
     */
    boolean waitsForReadingsOnly() {
        return this == MARIADB;
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
