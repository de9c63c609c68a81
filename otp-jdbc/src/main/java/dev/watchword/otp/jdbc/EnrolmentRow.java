package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.RowMac;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of an enrolment to its row in {@code otp_enrolment} and to the rows of its tokens in {@code otp_token}.
 */
final class EnrolmentRow {
    /** The columns that a change writes, without the key, in the order of {@link #values}. */
    private static final List<String> COLUMNS = List.of(
            "version",
            "event_count",
            "head_key_name",
            "head",
            "row_mac",
            "user_id",
            "serial",
            "waiting_serial",
            "lapses_at",
            "order_state",
            "order_placed_at",
            "order_assigned_at",
            "order_sent_at",
            "software_ended_at",
            "holder_suspension_reason",
            "holder_suspended_since",
            "holder_suspended_by",
            "login_asked_for_code",
            "mail_address",
            "password_key_name",
            "password_hash",
            "password_failures",
            "mail_code_key_name",
            "mail_code_hash",
            "mail_code_operation",
            "mail_code_destination",
            "mail_code_sent_at",
            "mail_code_expires_at",
            "mail_code_failures",
            "proof_nonce_hash",
            "proof_operation",
            "proof_serial",
            "proof_expires_at",
            "open_requests",
            "emergency_key_name",
            "emergency_hashes",
            "emergency_unused",
            "emergency_failures",
            "emergency_created_at",
            "emergency_expires_at",
            "recovery_key_name",
            "recovery_hashes",
            "recovery_unused",
            "recovery_failures",
            "recovery_created_at",
            "backup_failures");

    private static final List<String> KEY = List.of("service_id", "holder");

    /**
     * The selected columns: the enrolment ({@code e}), the token in use ({@code t}) and the waiting token ({@code w}).
     */
    static final String SELECTED = "SELECT " + selected("e", KEY) + ", " + selected("e", COLUMNS) + ", "
            + selected("t", TokenRow.COLUMNS) + ", " + selected("w", TokenRow.COLUMNS);

    private static final Map<String, Integer> OF_ENROLMENT =
            Columns.places(0, Stream.of(KEY, COLUMNS).flatMap(List::stream).toList());

    private static final Map<String, Integer> OF_TOKEN = Columns.places(OF_ENROLMENT.size(), TokenRow.COLUMNS);

    private static final Map<String, Integer> OF_WAITING =
            Columns.places(OF_ENROLMENT.size() + TokenRow.COLUMNS.size(), TokenRow.COLUMNS);

    /** The tokens. Each table has the key as a parameter, so that a distributed database asks one node only. */
    private static final String TOKENS = """
            LEFT JOIN otp_token t ON t.service_id = ? AND t.holder = ? AND t.serial = e.serial
            LEFT JOIN otp_token w ON w.service_id = ? AND w.holder = ? AND w.serial = e.waiting_serial
            """;

    /**
     * Finds the enrolment of a holder. The result is one row. Its last column tells whether the enrolment's row is missing
     * although the holder has a history. The parameters are the key, five times.
     */
    private static final String FIND_BY_HOLDER = SELECTED + """
            , CASE WHEN e.holder IS NOT NULL THEN 0
                WHEN EXISTS (SELECT 1 FROM otp_event v
                    WHERE v.service_id = ? AND v.holder = ? AND e.holder IS NULL) THEN 1
                WHEN EXISTS (SELECT 1 FROM otp_anchor a
                    WHERE a.service_id = ? AND a.holder = ? AND e.holder IS NULL) THEN 1
                ELSE 0 END AS lost
            FROM (SELECT 1 AS one) k
            LEFT JOIN otp_enrolment e ON e.service_id = ? AND e.holder = ?
            """ + TOKENS;

    private static final String FIND_LOCKED = FIND_BY_HOLDER + " FOR UPDATE";

    private static final int KEYS_OF_FIND = 5;

    private static final int LOST = OF_ENROLMENT.size() + 2 * TokenRow.COLUMNS.size() + 1;

    private static final String LOCK =
            "SELECT version FROM otp_enrolment WHERE service_id = ? AND holder = ? FOR UPDATE";

    private static final String HOLDERS = """
            SELECT holder FROM otp_enrolment WHERE service_id = ? AND holder > ? ORDER BY service_id, holder LIMIT ?""";

    private static final String INSERT = "INSERT INTO otp_enrolment (" + String.join(", ", COLUMNS)
            + ", service_id, holder) VALUES (" + "?, ".repeat(COLUMNS.size() + 1) + "?)";

    private static final String UPDATE = "UPDATE otp_enrolment SET "
            + COLUMNS.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
            + " WHERE service_id = ? AND holder = ? AND version = ?";

    /** The update for a change that affects only a token, as every verification does. */
    private static final String UPDATE_VERSION = """
            UPDATE otp_enrolment SET version = ?, event_count = ?, head_key_name = ?, head = ?, row_mac = ?
            WHERE service_id = ? AND holder = ? AND version = ?""";

    private static final String TOUCH =
            "UPDATE otp_enrolment SET event_count = event_count WHERE service_id = ? AND holder = ?";

    private EnrolmentRow() {}

    private static String selected(String table, List<String> columns) {
        return columns.stream().map(column -> table + "." + column).collect(Collectors.joining(", "));
    }

    static Optional<Enrolment> find(Session session, ServiceId serviceId, Holder holder) throws SQLException {
        return find(session, serviceId, holder.value());
    }

    /** Finds the enrolment of a holder, or of a text that is no holder. */
    static Optional<Enrolment> find(Session session, ServiceId serviceId, String holder) throws SQLException {
        return find(session, FIND_BY_HOLDER, serviceId, holder);
    }

    private static Optional<Enrolment> find(Session session, String sql, ServiceId serviceId, String holder)
            throws SQLException {
        return session.only(
                sql,
                parameters -> {
                    for (int i = 0; i < KEYS_OF_FIND; i++) {
                        parameters.text(serviceId.value()).text(holder);
                    }
                },
                row -> readOrEmpty(row, holder));
    }

    /**
     * Finds an enrolment as last committed and locks its row until the end of the transaction. On PostgreSQL and H2 a
     * locking read can return token rows from before it waited for the lock. There, one statement takes the lock and a
     * second one reads the enrolment with its tokens.
     */
    static Optional<Enrolment> findLocked(Session session, ServiceId serviceId, Holder holder) throws SQLException {
        if (session.product().locksWhatItJoins()) {
            return find(session, FIND_LOCKED, serviceId, holder.value());
        }
        session.exists(LOCK, parameters -> parameters.key(serviceId, holder));
        return find(session, serviceId, holder);
    }

    static List<Holder> holders(Session session, ServiceId serviceId, @Nullable Holder after, int limit)
            throws SQLException {
        return session.all(
                HOLDERS,
                parameters -> parameters
                        .text(serviceId.value())
                        .text(after == null ? "" : after.value())
                        .number(limit),
                row -> new Holder(row.getString(1)));
    }

    /**
     * Writes the enrolment's row if the stored version is still the expected one, and returns whether it did. A written
     * row stays locked until the end of the transaction. If the version differs, nothing is written.
     *
     * <p>The first change of an enrolment inserts the row. If another transaction has inserted it, the method throws a
     * lost race.
     */
    static boolean write(Session session, EnrolmentChange change) throws SQLException {
        if (!change.isFirst()) {
            String update = update(change);
            return session.update(update, parameters -> bindUpdate(parameters, change, update)) == 1;
        }
        if (!session.inserts(INSERT, parameters -> values(parameters, change.after()))) {
            throw SqlStates.lostRace("Another transaction inserted the enrolment first");
        }
        return true;
    }

    /** Returns the update for a change that is not the first one. {@link #bindUpdate} sets its parameters. */
    static String update(EnrolmentChange change) {
        return changesTheVersionOnly(change) ? UPDATE_VERSION : UPDATE;
    }

    static Parameters bindUpdate(Parameters parameters, EnrolmentChange change, String update) throws SQLException {
        Enrolment after = change.after();
        if (update.equals(UPDATE_VERSION)) {
            parameters
                    .number(after.version())
                    .number(after.eventCount())
                    .link(after.head())
                    .rowMac(after.rowMac())
                    .key(after.serviceId(), after.holder());
        } else {
            values(parameters, after);
        }
        return parameters.number(change.before().version());
    }

    /** Returns whether the row changes only in what {@link #UPDATE_VERSION} writes. The token has a separate row. */
    private static boolean changesTheVersionOnly(EnrolmentChange change) {
        Enrolment before = change.before();
        Enrolment after = change.after();
        return Objects.equals(serial(before.token()), serial(after.token()))
                && before.requests().equals(after.requests())
                && before.toBuilder()
                        .version(after.version())
                        .token(after.token())
                        .eventCount(after.eventCount())
                        .head(after.head())
                        .rowMac(after.rowMac())
                        .build()
                        .equals(after);
    }

    private static @Nullable SerialNumber serial(@Nullable Token token) {
        return token == null ? null : token.serial();
    }

    /**
     * Updates a row to its current values. On PostgreSQL the transaction then contains a write, so its commit waits for
     * the synchronous standby.
     */
    static void touch(Session session, Enrolment enrolment) throws SQLException {
        session.update(TOUCH, parameters -> parameters.key(enrolment.serviceId(), enrolment.holder()));
    }

    /** Replaces an enrolment if the stored version is {@code version}, and returns whether it did. */
    static boolean update(Session session, long version, Enrolment after) throws SQLException {
        return session.update(UPDATE, parameters -> values(parameters, after).number(version)) == 1;
    }

    /** Sets the parameters of all written columns, then those of the key. */
    static Parameters values(Parameters parameters, Enrolment after) throws SQLException {
        Token token = after.token();
        UserId userId = after.userId();
        MailAddress mailAddress = after.mailAddress();
        parameters
                .number(after.version())
                .number(after.eventCount())
                .link(after.head())
                .rowMac(after.rowMac())
                .text(userId == null ? null : userId.value())
                .text(serial(token));
        waiting(parameters, after.pending());
        suspension(parameters.instant(after.softwareEndedAt()), after.suspension())
                .text(mailAddress == null ? null : mailAddress.value());
        factors(parameters, after.credentials());
        ProofColumns.values(parameters, after.proof());
        RequestColumn.values(parameters, after.requests());
        BackupCodeColumns.values(parameters, after.backupCodes());
        return parameters.key(after.serviceId(), after.holder());
    }

    private static void waiting(Parameters parameters, @Nullable Pending waiting) throws SQLException {
        Order order = waiting == null ? null : waiting.order();
        Token token = waiting == null ? null : waiting.token();
        parameters
                .text(token == null ? null : token.serial())
                .instant(waiting == null ? null : waiting.lapsesAt())
                .text(order == null ? null : order.state())
                .instant(order == null ? null : order.placedAt())
                .instant(order == null ? null : order.assignedAt())
                .instant(order == null ? null : order.sentAt());
    }

    private static Parameters suspension(Parameters parameters, @Nullable HolderSuspension suspension)
            throws SQLException {
        return parameters
                .text(suspension == null ? null : suspension.reason())
                .instant(suspension == null ? null : suspension.since())
                .text(suspension == null ? null : suspension.operator())
                .truth(suspension == null ? null : (Boolean) suspension.loginAskedForCode());
    }

    private static void factors(Parameters parameters, Credentials factors) throws SQLException {
        MailCode mailCode = factors.mailCode();
        parameters
                .sealed(factors.password())
                .number(factors.passwordFailures())
                .sealed(mailCode == null ? null : mailCode.hash())
                .text(mailCode == null ? null : mailCode.operation())
                .text(mailCode == null ? null : mailCode.destination().value())
                .instant(mailCode == null ? null : mailCode.sentAt())
                .instant(mailCode == null ? null : mailCode.expiresAt())
                .number(factors.mailCodeFailures());
    }

    /** Reads the enrolment of a row with the columns {@link #SELECTED} and one more, which tells whether it is lost. */
    static Optional<Enrolment> readOrEmpty(ResultSet row, String by) throws SQLException {
        if (row.getInt(LOST) != 0) {
            throw new UnreadableRow(
                    "The enrolment of " + by + " has no row in otp_enrolment, but has a history or a user ID;"
                            + " restore the row from a backup",
                    null);
        }
        return new Columns(row, OF_ENROLMENT).textOrNull("holder") == null ? Optional.empty() : Optional.of(read(row));
    }

    /** Reads an enrolment. Throws an {@link UnreadableRow} that names the holder if no enrolment can be constructed. */
    private static Enrolment read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row, OF_ENROLMENT);
        Holder holder = columns.value("holder", Holder::new);
        return UnreadableRow.of(holder, row, same -> read(same, columns, holder));
    }

    private static Enrolment read(ResultSet row, Columns columns, Holder holder) throws SQLException {
        SerialNumber serial = columns.valueOrNull("serial", SerialNumber::new);
        return Enrolment.builder()
                .serviceId(columns.value("service_id", ServiceId::new))
                .holder(holder)
                .version(columns.number("version"))
                .userId(columns.valueOrNull("user_id", UserId::new))
                .token(serial == null ? null : TokenRow.read(new Columns(row, OF_TOKEN), serial))
                .pending(waiting(row, columns))
                .softwareEndedAt(columns.instantOrNull("software_ended_at"))
                .suspension(suspension(columns))
                .mailAddress(columns.valueOrNull("mail_address", MailAddress::new))
                .credentials(Credentials.builder()
                        .password(columns.sealedOrNull("password_key_name", "password_hash"))
                        .passwordFailures((int) columns.number("password_failures"))
                        .mailCode(mailCode(columns))
                        .mailCodeFailures((int) columns.number("mail_code_failures"))
                        .build())
                .proof(ProofColumns.read(columns))
                .requests(RequestColumn.read(columns))
                .backupCodes(BackupCodeColumns.read(columns))
                .eventCount(columns.number("event_count"))
                .head(columns.link("head_key_name", "head"))
                .rowMac(new RowMac(columns.bytes("row_mac")))
                .build();
    }

    static @Nullable HolderSuspension suspension(Columns columns) throws SQLException {
        return columns.isNull(
                        "holder_suspension_reason",
                        "holder_suspended_since",
                        "holder_suspended_by",
                        "login_asked_for_code")
                ? null
                : HolderSuspension.builder()
                        .reason(columns.value("holder_suspension_reason", SuspensionReason::valueOf))
                        .since(columns.instant("holder_suspended_since"))
                        .operator(columns.value("holder_suspended_by", Operator::new))
                        .loginAskedForCode(columns.truth("login_asked_for_code"))
                        .build();
    }

    private static @Nullable Pending waiting(ResultSet row, Columns columns) throws SQLException {
        if (columns.isNull("lapses_at", "waiting_serial", "order_state")) {
            return null;
        }
        SerialNumber serial = columns.valueOrNull("waiting_serial", SerialNumber::new);
        return Pending.builder()
                .order(order(columns))
                .token(serial == null ? null : TokenRow.read(new Columns(row, OF_WAITING), serial))
                .lapsesAt(columns.instant("lapses_at"))
                .build();
    }

    static @Nullable Order order(Columns columns) throws SQLException {
        return columns.isNull("order_state", "order_placed_at", "order_assigned_at", "order_sent_at")
                ? null
                : Order.builder()
                        .state(columns.value("order_state", OrderState::valueOf))
                        .placedAt(columns.instant("order_placed_at"))
                        .assignedAt(columns.instantOrNull("order_assigned_at"))
                        .sentAt(columns.instantOrNull("order_sent_at"))
                        .build();
    }

    private static @Nullable MailCode mailCode(Columns columns) throws SQLException {
        SealedSecret hash = columns.sealedOrNull("mail_code_key_name", "mail_code_hash");
        if (hash == null) {
            columns.requireNull("mail_code_hash", "mail_code_operation", "mail_code_sent_at", "mail_code_expires_at");
            return null;
        }
        return MailCode.builder()
                .hash(hash)
                .operation(columns.value("mail_code_operation", Operation::valueOf))
                .destination(columns.value("mail_code_destination", MailAddress::new))
                .sentAt(columns.instant("mail_code_sent_at"))
                .expiresAt(columns.instant("mail_code_expires_at"))
                .build();
    }
}
