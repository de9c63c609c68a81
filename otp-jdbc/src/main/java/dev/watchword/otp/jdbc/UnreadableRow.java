package dev.watchword.otp.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Thrown when a stored row contradicts itself or has a value that this version does not know. */
final class UnreadableRow extends SQLException {
    private static final long serialVersionUID = 1L;

    UnreadableRow(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
