package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.SQLException;
import java.util.List;

/**
 * The mapping of an event to a row of {@code otp_event}. The operator's text and the origin are a separate row of
 * {@code otp_reason}, so that they can be erased.
 */
final class EventRow {
    /** The columns of an event, in the order of {@link #values}. {@link #EVENT} has one placeholder for each column. */
    static final String INTO_EVENTS = """
            INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type, serial,
                purpose, operator, suspension_reason, request, reason_mac, link_key_name, link)
            """;

    static final String EVENT = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    static final String INSERT = INTO_EVENTS + "VALUES (" + EVENT + ")";

    /**
     * The columns of an event's words (its reason and its origin), in the order of {@link #words}. {@link #WORDS} has
     * their placeholders.
     */
    static final String INTO_WORDS =
            "INSERT INTO otp_reason (service_id, holder, event_number, reason, source, reference) ";

    static final String WORDS = "?, ?, ?, ?, ?, ?";

    static final String INSERT_WORDS = INTO_WORDS + "VALUES (" + WORDS + ")";

    private static final String DELETE_WORDS = "DELETE FROM otp_reason WHERE service_id = ? AND holder = ?";

    private static final String HISTORY = """
            SELECT e.*, r.reason, r.source, r.reference
            FROM otp_event e
            LEFT JOIN otp_reason r
                ON r.service_id = e.service_id AND r.holder = e.holder AND r.event_number = e.event_number
            WHERE e.service_id = ? AND e.holder = ? AND e.event_number > ?
            ORDER BY e.service_id, e.holder, e.event_number
            LIMIT ?
            """;

    /** The number of a new event exists. {@link Changes#known} finds out whether the change lost a race. */
    static final String NUMBER_TAKEN = "The number of an event is taken";

    private EventRow() {}

    /**
     * Inserts the events of a change, one statement for each. A batch would be unsafe: a node of a MariaDB cluster can
     * acknowledge a batch after it rolled the transaction back. A change that erases also deletes all words of the
     * holder.
     */
    static void insertAll(Session session, EnrolmentChange change) throws SQLException {
        for (RecordedEvent recorded : change.events()) {
            if (!session.inserts(INSERT, parameters -> values(parameters, change, recorded))) {
                throw SqlStates.lostRace(NUMBER_TAKEN);
            }
        }
        ServiceId serviceId = change.after().serviceId();
        Holder holder = change.after().holder();
        if (change.erases()) {
            session.update(DELETE_WORDS, parameters -> parameters.key(serviceId, holder));
            FailureTable.erase(session, serviceId, holder);
            return;
        }
        for (RecordedEvent recorded : change.events()) {
            if (recorded.event().hasWords()) {
                session.update(INSERT_WORDS, parameters -> words(parameters, change, recorded));
            }
        }
    }

    static void values(Parameters parameters, EnrolmentChange change, RecordedEvent recorded) throws SQLException {
        TokenEvent event = recorded.event();
        parameters
                .key(change.after().serviceId(), change.after().holder())
                .number(event.number())
                .text(change.id().toString())
                .instant(event.at())
                .text(event.type())
                .text(event.serial())
                .text(event.purpose())
                .text(event.operator())
                .text(event.suspensionReason())
                .text(event.request() == null ? null : event.request().toString())
                .text(recorded.reasonMac())
                .link(recorded.link());
    }

    static void words(Parameters parameters, EnrolmentChange change, RecordedEvent recorded) throws SQLException {
        TokenEvent event = recorded.event();
        parameters
                .key(change.after().serviceId(), change.after().holder())
                .number(event.number())
                .text(event.reason())
                .text(event.origin().source())
                .text(event.origin().reference());
    }

    private static Origin origin(Columns columns) throws SQLException {
        String source = columns.textOrNull("source");
        String reference = columns.textOrNull("reference");
        Origin origin = source == null ? Origin.NONE : Origin.NONE.source(source);
        return reference == null ? origin : origin.reference(reference);
    }

    static List<RecordedEvent> history(Session session, ServiceId serviceId, Holder holder, long after, int limit)
            throws SQLException {
        return session.all(
                HISTORY,
                parameters -> parameters.key(serviceId, holder).number(after).number(limit),
                row -> UnreadableRow.of(holder, row, event -> read(new Columns(event))));
    }

    private static RecordedEvent read(Columns columns) throws SQLException {
        TokenEvent event = TokenEvent.builder()
                .number(columns.number("event_number"))
                .at(columns.instant("happened_at"))
                .type(columns.value("event_type", EventType::valueOf))
                .serial(columns.valueOrNull("serial", SerialNumber::new))
                .purpose(columns.valueOrNull("purpose", Purpose::new))
                .operator(columns.valueOrNull("operator", Operator::new))
                .suspensionReason(columns.valueOrNull("suspension_reason", SuspensionReason::valueOf))
                .request(columns.valueOrNull("request", RequestReference::parse))
                .reason(columns.textOrNull("reason"))
                .origin(origin(columns))
                .build();
        return RecordedEvent.of(event, columns.textOrNull("reason_mac"), columns.link("link_key_name", "link"));
    }
}
