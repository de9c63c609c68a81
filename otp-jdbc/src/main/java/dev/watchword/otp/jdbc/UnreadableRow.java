package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.Holder;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stored row contradicts itself, is missing, or has a value that this version does not know. The message
 * names columns and never their values.
 */
final class UnreadableRow extends SQLException {
    private static final long serialVersionUID = 1L;

    UnreadableRow(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    private UnreadableRow(String message, String state) {
        super(message, state);
    }

    /** Returns the exception for rows that contradict each other now, but may be parts of a commit that is not complete. */
    static UnreadableRow perhapsNotYetThere(String message) {
        return new UnreadableRow(message, "40001");
    }

    /** Reads a row about a holder. If that fails, the message of the exception names the holder. */
    static <T> T of(Holder holder, ResultSet row, Session.Reader<T> reader) throws SQLException {
        try {
            return reader.read(row);
        } catch (UnreadableRow | RuntimeException e) {
            throw new UnreadableRow(
                    "The stored data of holder " + holder + " cannot be read; correct the row that the cause names", e);
        }
    }
}
