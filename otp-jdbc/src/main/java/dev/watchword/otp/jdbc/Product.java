package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** A database product that the store knows, and what is to be known about it. */
enum Product {
    H2 {
        @Override
        void requireDurableCommits(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                            + " WHERE SETTING_NAME = 'WRITE_DELAY'")) {
                if (row.next() && row.getInt(1) != 0) {
                    throw new StorageException(
                            "This H2 database acknowledges commits that it writes " + row.getInt(1)
                                    + " ms later, and loses them when the process dies; add ;WRITE_DELAY=0 to its URL",
                            null);
                }
            }
        }
    };

    /** The product behind a connection. An unknown one is an error, not a guess. */
    static Product of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        for (Product product : values()) {
            if (product.name().equals(name)) {
                return product;
            }
        }
        throw new StorageException("The database is " + name + ", which this store does not know", null);
    }

    /** Refuses a database that acknowledges commits which the death of the process undoes. */
    abstract void requireDurableCommits(Connection connection) throws SQLException;

    /** The folder of the schema's scripts. */
    String folder() {
        return "schema/" + name().toLowerCase(Locale.ROOT) + "/";
    }
}
