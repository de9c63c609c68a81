package dev.watchword.otp.jdbc;

import java.sql.SQLException;

/**
 * Thrown when a failure left the outcome of a change known: nothing was stored. Every other failure of a connection or
 * of the server leaves the outcome unknown.
 */
abstract class NothingStored extends SQLException {
    private static final long serialVersionUID = 1L;

    private final SQLException reason;

    NothingStored(String message, SQLException reason) {
        super(message, reason.getSQLState(), reason.getErrorCode(), reason);
        this.reason = reason;
    }

    /** Returns the failure of the driver, the server or the data source. */
    SQLException reason() {
        return reason;
    }
}
