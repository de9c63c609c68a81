package dev.watchword.otp.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. What is shown by its {@code toString} is stored so. */
final class Parameters {
    private final PreparedStatement statement;
    private int index;

    private Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    static Parameters of(PreparedStatement statement) {
        return new Parameters(statement);
    }

    Parameters text(@Nullable Object value) throws SQLException {
        statement.setString(++index, value == null ? null : value.toString());
        return this;
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Parameters number(@Nullable Long value) throws SQLException {
        statement.setObject(++index, value, Types.BIGINT);
        return this;
    }

    Parameters bytes(byte @Nullable [] value) throws SQLException {
        statement.setBytes(++index, value);
        return this;
    }

    Parameters instant(@Nullable Instant value) throws SQLException {
        OffsetDateTime utc = value == null ? null : value.atOffset(ZoneOffset.UTC);
        statement.setObject(++index, utc, Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }
}
