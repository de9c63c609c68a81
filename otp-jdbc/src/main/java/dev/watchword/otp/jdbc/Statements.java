package dev.watchword.otp.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Statements, none of which waits for ever. */
final class Statements {
    private static final int TIMEOUT_SECONDS = 10;

    private Statements() {}

    static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
