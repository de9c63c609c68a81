package dev.watchword.otp.jdbc;

import java.sql.SQLException;

/**
 * Thrown when no connection could be opened, for example because the pool has no free one. Nothing was sent to the
 * database on behalf of the caller, so the outcome is known: nothing was stored.
 */
final class NotConnected extends SQLException {
    private static final long serialVersionUID = 1L;

    private final SQLException reason;

    NotConnected(SQLException reason) {
        super("No connection could be opened", reason.getSQLState(), reason.getErrorCode(), reason);
        this.reason = reason;
    }

    /** Returns the failure of the data source or of the new connection. */
    SQLException reason() {
        return reason;
    }
}
