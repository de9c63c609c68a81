package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queries of the lists, each in the order of an index. A page of a list by instant takes at most two statements.
 * The first one reads the remaining entries at the instant where the previous page ended. The second one reads the
 * entries at later instants. Every product reads both from the index.
 */
final class ListTable {
    private static final Duration MICRO = Duration.of(1, ChronoUnit.MICROS);

    private static final String TOKENS = """
            SELECT t.holder, e.user_id, e.mail_address, t.kind, t.serial, t.issued_at, t.provisioned_at, t.activated_at,
                t.expires_at, t.last_accepted_day, t.signing_suite, t.suspension_reason, t.suspended_since, t.suspended_by
            FROM otp_token t LEFT JOIN otp_enrolment e ON e.service_id = t.service_id AND e.holder = t.holder
            WHERE t.service_id = ?\s""";

    private static final Keyset EXPIRING =
            new Keyset(TOKENS + "AND t.state = 'ACTIVE' ", "t.service_id, t.state", "t.expires_at", "t.serial");

    private static final Keyset SUSPENDED = new Keyset(TOKENS, "t.service_id", "t.suspended_since", "t.serial");

    /** The last column of the index occurs only in the {@code ORDER BY} of this list. */
    private static final Keyset UNUSED = new Keyset(
            TOKENS + "AND t.state = 'ACTIVE' ", "t.service_id, t.state", "t.last_accepted_day", "t.serial", ", t.kind");

    /** Reads every entry of an index, and no row of the table. */
    private static final String COUNTS = """
            SELECT t.kind, t.state, COUNT(*) AS tokens FROM otp_token t
            WHERE t.service_id = ? AND t.state IN ('ISSUED', 'ACTIVE')
            GROUP BY t.kind, t.state
            """;

    private static final String SUSPENDED_COUNTS = """
            SELECT t.kind, t.state, COUNT(*) AS tokens FROM otp_token t
            WHERE t.service_id = ? AND t.suspended_since >= ? AND t.state IN ('ISSUED', 'ACTIVE')
            GROUP BY t.kind, t.state
            """;

    private static final Keyset SUSPENDED_HOLDERS =
            new Keyset("""
            SELECT e.holder, e.user_id, e.holder_suspension_reason, e.holder_suspended_since, e.holder_suspended_by,
                e.login_asked_for_code
            FROM otp_enrolment e
            WHERE e.service_id = ?\s""", "e.service_id", "e.holder_suspended_since", "e.holder");

    private static final Keyset WAITING = new Keyset("""
            SELECT e.holder, e.user_id, e.mail_address, e.lapses_at, e.order_state, e.order_placed_at,
                e.order_assigned_at, e.order_sent_at, w.kind, w.serial, w.issued_at, w.provisionable_from,
                w.provisioned_at, w.activated_at, w.expires_at, w.last_accepted_day, w.signing_suite, w.suspension_reason,
                w.suspended_since, w.suspended_by
            FROM otp_enrolment e
            LEFT JOIN otp_token w ON w.service_id = e.service_id AND w.holder = e.holder AND w.serial = e.waiting_serial
            WHERE e.service_id = ?\s""", "e.service_id", "e.lapses_at", "e.holder");

    private ListTable() {}

    /** Rounds an instant up to a whole microsecond, the precision of the columns. */
    private static Instant up(Instant instant) {
        Instant down = instant.truncatedTo(ChronoUnit.MICROS);
        return down.equals(instant) ? down : down.plus(MICRO);
    }

    /**
     * The two statements of a list: for the entries at a number, and for those at later numbers. The number is an instant in
     * microseconds or a day.
     */
    private record Keyset(String atNumber, String afterNumber) {
        /**
         * Builds the two statements. Their {@code ORDER BY} names every column of the index, because H2 uses an index
         * for sorting only then.
         */
        Keyset(String select, String first, String number, String key) {
            this(select, first, number, key, "");
        }

        Keyset(String select, String first, String number, String key, String rest) {
            this(
                    select + "AND " + number + " = ? AND " + key + " > ?" + order(first, number, key + rest),
                    select + "AND " + number + " > ? AND " + number + " <= ?" + order(first, number, key + rest));
        }

        private static String order(String first, String number, String key) {
            return " ORDER BY " + first + ", " + number + ", " + key + " LIMIT ?";
        }

        <T> List<T> page(
                Session session,
                ServiceId serviceId,
                Instant from,
                String key,
                Instant until,
                int limit,
                Session.Reader<T> reader)
                throws SQLException {
            if (until.isBefore(Micros.FIRST) || from.isAfter(Micros.LAST)) {
                return List.of();
            }
            Instant at = from.isBefore(Micros.FIRST) ? Micros.FIRST : up(from);
            Instant last = until.isAfter(Micros.LAST) ? Micros.LAST : up(until).minus(MICRO);
            return page(session, serviceId, Micros.of(at), key, Micros.of(last), limit, reader);
        }

        /** Reads a page of the entries from a number and a key, up to a last number. */
        <T> List<T> page(
                Session session,
                ServiceId serviceId,
                long at,
                String key,
                long last,
                int limit,
                Session.Reader<T> reader)
                throws SQLException {
            if (at > last) {
                return List.of();
            }
            List<T> page = new ArrayList<>(session.all(
                    atNumber,
                    parameters -> parameters
                            .text(serviceId.value())
                            .number(at)
                            .text(key)
                            .number(limit),
                    reader));
            int left = limit - page.size();
            if (left > 0) {
                page.addAll(session.all(
                        afterNumber,
                        parameters -> parameters
                                .text(serviceId.value())
                                .number(at)
                                .number(last)
                                .number(left),
                        reader));
            }
            return List.copyOf(page);
        }
    }

    static List<ListedToken> expiring(
            Session session, ServiceId serviceId, Instant from, Instant until, @Nullable ListedToken after, int limit)
            throws SQLException {
        return EXPIRING.page(
                session,
                serviceId,
                after == null ? from : after.token().expiresAt(),
                after == null ? "" : after.token().serial().value(),
                until,
                limit,
                ListTable::listedToken);
    }

    static List<ListedToken> suspended(Session session, ServiceId serviceId, @Nullable ListedToken after, int limit)
            throws SQLException {
        Suspension suspension = after == null ? null : after.token().suspension();
        return SUSPENDED.page(
                session,
                serviceId,
                suspension == null ? Micros.FIRST : suspension.since(),
                after == null ? "" : after.token().serial().value(),
                Instant.MAX,
                limit,
                ListTable::listedToken);
    }

    static List<ListedToken> unusedSince(
            Session session, ServiceId serviceId, LocalDate day, @Nullable ListedToken after, int limit)
            throws SQLException {
        LocalDate from = after == null ? null : after.token().lastAcceptedOn();
        return UNUSED.page(
                session,
                serviceId,
                from == null ? Long.MIN_VALUE : from.toEpochDay(),
                after == null ? "" : after.token().serial().value(),
                day.toEpochDay() - 1,
                limit,
                ListTable::listedToken);
    }

    /** Counts the tokens. A token that is suspended between the two statements can be missing among the suspended ones. */
    static List<TokenCount> counts(Session session, ServiceId serviceId) throws SQLException {
        List<TokenCount> counts = new ArrayList<>(
                session.all(COUNTS, parameters -> parameters.text(serviceId.value()), row -> count(new Columns(row))));
        List<TokenCount> suspended = session.all(
                SUSPENDED_COUNTS,
                parameters -> parameters.text(serviceId.value()).instant(Micros.FIRST),
                row -> count(new Columns(row)));
        counts.replaceAll(count -> suspended.stream()
                .filter(other -> other.kind() == count.kind() && other.state() == count.state())
                .findFirst()
                .map(other -> count.withSuspended(Math.min(other.tokens(), count.tokens())))
                .orElse(count));
        counts.sort(TokenCount.ORDER);
        return List.copyOf(counts);
    }

    private static TokenCount count(Columns columns) throws SQLException {
        return TokenCount.of(
                columns.value("kind", TokenKind::valueOf),
                columns.value("state", TokenState::valueOf),
                columns.number("tokens"),
                0);
    }

    private static ListedToken listedToken(ResultSet row) throws SQLException {
        return listed(
                row,
                (columns, holder) -> ListedToken.of(
                        holder,
                        columns.value("user_id", UserId::new),
                        columns.valueOrNull("mail_address", MailAddress::new),
                        info(columns)));
    }

    /** A function that reads an entry from the row of its holder. */
    private interface EntryReader<T> {
        T read(Columns columns, Holder holder) throws SQLException;
    }

    private static <T> T listed(ResultSet row, EntryReader<T> reader) throws SQLException {
        Columns columns = new Columns(row);
        Holder holder = columns.value("holder", Holder::new);
        return UnreadableRow.of(holder, row, same -> reader.read(columns, holder));
    }

    private static TokenInfo info(Columns columns) throws SQLException {
        return TokenInfo.builder()
                .kind(columns.value("kind", TokenKind::valueOf))
                .serial(columns.value("serial", SerialNumber::new))
                .issuedAt(columns.instant("issued_at"))
                .provisionedAt(columns.instantOrNull("provisioned_at"))
                .activatedAt(columns.instantOrNull("activated_at"))
                .expiresAt(columns.instant("expires_at"))
                .lastAcceptedOn(columns.dayOrNull("last_accepted_day"))
                .canSign(!columns.isNull("signing_suite"))
                .suspension(TokenRow.suspension(columns))
                .build();
    }

    static List<ListedHolder> suspendedHolders(
            Session session, ServiceId serviceId, @Nullable ListedHolder after, int limit) throws SQLException {
        return SUSPENDED_HOLDERS.page(
                session,
                serviceId,
                after == null ? Micros.FIRST : after.suspension().since(),
                after == null ? "" : after.holder().value(),
                Instant.MAX,
                limit,
                ListTable::listedHolder);
    }

    private static ListedHolder listedHolder(ResultSet row) throws SQLException {
        return listed(
                row,
                (columns, holder) -> ListedHolder.of(
                        holder,
                        columns.valueOrNull("user_id", UserId::new),
                        columns.required("holder_suspension_reason", EnrolmentRow.suspension(columns))));
    }

    static List<ListedPending> pending(
            Session session, ServiceId serviceId, Instant from, Instant until, @Nullable ListedPending after, int limit)
            throws SQLException {
        return WAITING.page(
                session,
                serviceId,
                after == null ? from : after.pending().lapsesAt(),
                after == null ? "" : after.holder().value(),
                until,
                limit,
                ListTable::listedWaiting);
    }

    private static ListedPending listedWaiting(ResultSet row) throws SQLException {
        return listed(row, ListTable::pendingEntry);
    }

    private static ListedPending pendingEntry(Columns columns, Holder holder) throws SQLException {
        Order order = EnrolmentRow.order(columns);
        return ListedPending.of(
                holder,
                columns.value("user_id", UserId::new),
                columns.valueOrNull("mail_address", MailAddress::new),
                PendingInfo.builder()
                        .kind(order == null ? TokenKind.SOFTWARE : TokenKind.HARDWARE)
                        .order(order)
                        .token(columns.textOrNull("serial") == null ? null : info(columns))
                        .provisionableFrom(columns.instantOrNull("provisionable_from"))
                        .lapsesAt(columns.instant("lapses_at"))
                        .build());
    }
}
