package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** An event as a row of {@code otp_event}. */
final class EventRow {
    private static final String INSERT = """
            INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type, serial,
                purpose, operator, suspension_reason, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private EventRow() {}

    static void insertAll(Connection connection, EnrolmentChange change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (TokenEvent event : change.events()) {
                Parameters.of(statement)
                        .key(change.after().serviceId(), change.after().holder())
                        .number(event.number())
                        .text(change.id().toString())
                        .instant(event.at())
                        .text(event.type())
                        .text(event.serial())
                        .text(event.purpose())
                        .text(event.operator())
                        .text(event.suspensionReason())
                        .text(event.reason());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static TokenEvent read(Columns columns) throws SQLException {
        return new TokenEvent(
                columns.number("event_number"),
                columns.instant("happened_at"),
                columns.value("event_type", EventType::valueOf),
                columns.valueOrNull("serial", SerialNumber::new),
                columns.valueOrNull("purpose", Purpose::new),
                columns.valueOrNull("operator", Operator::new),
                columns.valueOrNull("suspension_reason", SuspensionReason::valueOf),
                columns.textOrNull("reason"));
    }
}
