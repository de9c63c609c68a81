package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The store on a database, for now H2. A change is one transaction, and its races are decided by the version of the
 * enrolment in the condition of one update, and by primary keys.
 *
 * <p>Safe for use by several threads, if the data source is. It keeps no connection between calls.
 */
public final class JdbcTokenStore implements TokenStore {
    private static final String FIND = """
            SELECT e.version, e.user_id, e.serial AS present_serial, e.event_count, t.*
            FROM otp_enrolment e LEFT JOIN otp_token t
                ON t.service_id = e.service_id AND t.holder = e.holder AND t.serial = e.serial
            WHERE e.service_id = ? AND e.holder = ?
            """;

    private static final String HISTORY = """
            SELECT * FROM otp_event
            WHERE service_id = ? AND holder = ? AND event_number > ?
            ORDER BY event_number
            LIMIT ?
            """;

    private static final String IS_KNOWN =
            "SELECT 1 FROM otp_event WHERE service_id = ? AND holder = ? AND event_number = ? AND change_id = ?";

    private static final String INSERT_ENROLMENT =
            "INSERT INTO otp_enrolment (version, serial, event_count, service_id, holder, user_id) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String UPDATE_ENROLMENT = """
            UPDATE otp_enrolment SET version = ?, serial = ?, event_count = ?
            WHERE service_id = ? AND holder = ? AND version = ?
            """;

    private static final String INSERT_USER_ID =
            "INSERT INTO otp_user_id (service_id, holder, user_id) VALUES (?, ?, ?)";

    private static final String INSERT_SERIAL = "INSERT INTO otp_serial (service_id, holder, serial) VALUES (?, ?, ?)";

    private final DataSource dataSource;

    private JdbcTokenStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Opens the store on a database to which {@link JdbcSchema#apply} was applied.
     *
     * @param dataSource gives the connections; a pool as a rule, for each call takes one
     * @return the store
     * @throws StorageException if the database does not answer, is of an unknown product, lacks the schema, or, being H2,
     *     delays its writes and so would lose acknowledged changes when the process dies
     */
    public static JdbcTokenStore on(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            Product product = Product.of(connection);
            product.requireDurableCommits(connection);
            JdbcSchema.requireApplied(connection, product);
        } catch (SQLException e) {
            throw new StorageException("The database cannot be opened as a token store", e);
        }
        return new JdbcTokenStore(dataSource);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIND)) {
            Parameters.of(statement).key(serviceId, holder);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(new Columns(row), serviceId, holder)) : Optional.empty();
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw new StorageException("An enrolment could not be read; refuse the request", e);
        }
    }

    private static Enrolment read(Columns columns, ServiceId serviceId, Holder holder) throws SQLException {
        SerialNumber serial = columns.valueOrNull("present_serial", SerialNumber::new);
        return new Enrolment(
                serviceId,
                holder,
                columns.number("version"),
                columns.value("user_id", UserId::new),
                serial == null ? null : TokenRow.read(columns, serial),
                columns.number("event_count"));
    }

    @Override
    public List<TokenEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(HISTORY)) {
            Parameters.of(statement).key(serviceId, holder).number(after).number(limit);
            try (ResultSet rows = statement.executeQuery()) {
                Columns columns = new Columns(rows);
                List<TokenEvent> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(EventRow.read(columns));
                }
                return List.copyOf(events);
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw new StorageException("A history could not be read", e);
        }
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        try (Connection connection = dataSource.getConnection()) {
            CommitResult result = Transaction.run(connection, () -> write(connection, change));
            return result == CommitResult.STALE && isKnown(connection, change) ? CommitResult.COMMITTED : result;
        } catch (SQLException e) {
            throw new StorageException(
                    "It is unknown whether a change was stored; refuse the request and let it be tried again", e);
        }
    }

    /** The version first: it decides, and its row stays locked until the end. */
    private static CommitResult write(Connection connection, EnrolmentChange change) throws SQLException {
        Enrolment after = change.after();
        if (!(change.isFirst() ? insertEnrolment(connection, after) : updateEnrolment(connection, change))) {
            return CommitResult.STALE;
        }
        if (change.isFirst()
                && !claim(
                        connection,
                        INSERT_USER_ID,
                        after,
                        requireNonNull(after.userId()).value())) {
            return CommitResult.USER_ID_TAKEN;
        }
        Token token = after.token();
        if (token != null && change.bringsNewToken()) {
            if (!claim(connection, INSERT_SERIAL, after, token.serial().value())) {
                return CommitResult.SERIAL_TAKEN;
            }
            TokenRow.insert(connection, after, token);
        } else if (token != null) {
            TokenRow.update(connection, after, token);
        }
        EventRow.insertAll(connection, change);
        return CommitResult.COMMITTED;
    }

    private static boolean insertEnrolment(Connection connection, Enrolment after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ENROLMENT)) {
            enrolment(statement, after).text(requireNonNull(after.userId()).value());
            return inserts(statement);
        }
    }

    private static boolean updateEnrolment(Connection connection, EnrolmentChange change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_ENROLMENT)) {
            enrolment(statement, change.after()).number(change.before().version());
            return statement.executeUpdate() == 1;
        }
    }

    private static Parameters enrolment(PreparedStatement statement, Enrolment after) throws SQLException {
        Token token = after.token();
        return Parameters.of(statement)
                .number(after.version())
                .text(token == null ? null : token.serial().value())
                .number(after.eventCount())
                .key(after.serviceId(), after.holder());
    }

    private static boolean claim(Connection connection, String insert, Enrolment after, String what)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            Parameters.of(statement).key(after.serviceId(), after.holder()).text(what);
            return inserts(statement);
        }
    }

    /** Whether a row could be inserted whose key must be free. */
    private static boolean inserts(PreparedStatement statement) throws SQLException {
        try {
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (SqlStates.isConstraintViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether a change that came too late had been stored before. */
    private static boolean isKnown(Connection connection, EnrolmentChange change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_KNOWN)) {
            Parameters.of(statement)
                    .key(change.after().serviceId(), change.after().holder())
                    .number(change.events().get(0).number())
                    .text(change.id().toString());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
