package dev.watchword.otp.jdbc;

import java.sql.SQLException;

/**
 * Thrown when a transaction failed before its commit was sent, or when the server rejected a statement that is a
 * complete transaction. No server commits such a transaction later.
 */
final class NotCommitted extends NothingStored {
    private static final long serialVersionUID = 1L;

    NotCommitted(SQLException reason) {
        super("The transaction failed before its commit", reason);
    }
}
