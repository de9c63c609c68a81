package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database product that the store knows, and what is to be known about it. */
enum Product {
    H2("H2") {
        @Override
        void requireFit(Connection connection) throws SQLException {
            if (connection.getMetaData().getURL().matches("jdbc:h2:(tcp|ssl):.*")) {
                throw unfit("is on a server, where several processes write at once, which H2 loses commits by;"
                        + " use a file in this process, or another product");
            }
            String delay = settings(connection, "SELECT SETTING_NAME, SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS")
                    .getOrDefault("WRITE_DELAY", "0");
            if (!delay.equals("0")) {
                throw unfit("acknowledges commits that it writes " + delay
                        + " ms later, and loses them when the process dies; add ;WRITE_DELAY=0 to its URL");
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
                throw unfit("cannot keep text in every script; create one with ENCODING 'UTF8'");
            }
            if (settings.getOrDefault("synchronous_commit", "").equals("off")) {
                throw unfit("acknowledges commits before they are written; set synchronous_commit to on");
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
                throw unfit("acknowledges commits before they are written; set innodb_flush_log_at_trx_commit to 1");
            }
        }

        /** A node of a cluster has what the others acknowledged only later, and must wait for it before it reads. */
        private void requireFitNode(Map<String, String> settings) {
            boolean waits = (Integer.parseInt(settings.getOrDefault("wsrep_sync_wait", "0")) & 1) == 1;
            if (!waits || settings.getOrDefault("wsrep_dirty_reads", "OFF").equals("ON")) {
                throw unfit(
                        "reads what other nodes have changed since; add sessionVariables=wsrep_sync_wait=1 to its URL"
                                + " and leave wsrep_dirty_reads off");
            }
        }
    };

    private final String productName;

    Product(String productName) {
        this.productName = productName;
    }

    /** The product behind a connection. An unknown one is an error, not a guess. */
    static Product of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        for (Product product : values()) {
            if (product.productName.equals(name)) {
                return product;
            }
        }
        throw new StorageException("The database is " + name + ", which this store does not know", null);
    }

    /** Refuses a database that acknowledges commits which the death of its process undoes, or that cannot keep all text. */
    abstract void requireFit(Connection connection) throws SQLException;

    /** Whether a change can be one statement: PostgreSQL's can change several tables. */
    boolean writesAtOnce() {
        return this == POSTGRESQL;
    }

    /**
     * The database in which writers must take turns, by a name that is the same for all of a process, or null where they need not.
     * H2 with a file, when it rolls back a transaction that waited for a row, puts the row back to what it was before the commit that
     * it waited for.
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

    /** Whether a locking read locks all rows that it joins, and reads them as they are once it has the locks. */
    boolean locksWhatItJoins() {
        return this == MARIADB;
    }

    /** Whether an index of two columns finds many values only as whole rows; elsewhere it does as values of its second column. */
    boolean findsRowsOnly() {
        return this == H2;
    }

    /** Whether a node of a cluster waits for what other nodes acknowledged only if a transaction begins with a reading. */
    boolean waitsForReadingsOnly() {
        return this == MARIADB;
    }

    /** Whether a batch of inserts may be acknowledged although the transaction was given up in it, as on a node of a cluster. */
    boolean losesBatches() {
        return this == MARIADB;
    }

    /** The folder of the schema's scripts. */
    String folder() {
        return "/META-INF/watchword/schema/" + name().toLowerCase(Locale.ROOT) + "/";
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
