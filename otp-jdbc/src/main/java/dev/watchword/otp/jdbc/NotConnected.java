package dev.watchword.otp.jdbc;

import java.sql.SQLException;

/**
 * Thrown when no connection could be opened, for example because the pool has no free one, or when SQLite's write lock
 * could not be acquired. Nothing was sent to the database on behalf of the caller.
 */
final class NotConnected extends NothingStored {
    private static final long serialVersionUID = 1L;

    NotConnected(SQLException reason) {
        super("No connection could be opened", reason);
    }
}
