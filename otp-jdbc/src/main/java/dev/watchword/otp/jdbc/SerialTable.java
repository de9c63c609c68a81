package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The serial numbers in {@code otp_serial} and the batches in {@code otp_batch}. A serial number belongs to a software
 * token or to a hardware token.
 */
final class SerialTable {
    private static final String CLAIM = "INSERT INTO otp_serial (holder, service_id, serial) VALUES (?, ?, ?)";

    private static final String IS_TAKEN = "SELECT 1 FROM otp_serial WHERE service_id = ? AND serial = ?";

    private static final String HOLDER =
            "SELECT holder FROM otp_serial WHERE service_id = ? AND serial = ? AND holder IS NOT NULL";

    private static final String AMONG_SERIALS = "SELECT serial FROM otp_serial WHERE service_id = ? AND serial IN ";

    private static final String AMONG_ROWS = "SELECT serial FROM otp_serial WHERE (service_id, serial) IN ";

    private static final String GIVE_OUT = """
            UPDATE otp_serial SET holder = ?, algorithm = NULL, digits = NULL, time_step_seconds = NULL,
                t0_seconds = NULL, key_name = NULL, sealed_secret = NULL, starts_at = NULL, expires_at = NULL,
                last_step = NULL, drift = NULL, signing_suite = NULL, signing_key_name = NULL, signing_secret = NULL,
                signing_counter = NULL
            WHERE service_id = ? AND serial = ? AND sealed_secret = ? AND holder IS NULL AND EXISTS (
                SELECT 1 FROM otp_batch b
                WHERE b.service_id = otp_serial.service_id AND b.batch = otp_serial.batch AND b.published)
            """;

    private static final String WITHDRAW = """
            UPDATE otp_serial SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ?, algorithm = NULL,
                digits = NULL, time_step_seconds = NULL, t0_seconds = NULL, key_name = NULL, sealed_secret = NULL,
                starts_at = NULL, expires_at = NULL, last_step = NULL, drift = NULL, signing_suite = NULL,
                signing_key_name = NULL, signing_secret = NULL, signing_counter = NULL
            WHERE service_id = ? AND serial = ? AND holder IS NULL AND withdrawn_at IS NULL AND EXISTS (
                SELECT 1 FROM otp_batch b
                WHERE b.service_id = otp_serial.service_id AND b.batch = otp_serial.batch AND b.published)
            """;

    private static final String FIND = """
            SELECT s.*, b.published
            FROM otp_serial s JOIN otp_batch b ON b.service_id = s.service_id AND b.batch = s.batch
            WHERE s.service_id = ? AND s.serial = ?
            """;

    private static final String LOCK_BATCH =
            "SELECT published, import_id FROM otp_batch WHERE service_id = ? AND batch = ? FOR UPDATE";

    private static final String INSERT_BATCH =
            "INSERT INTO otp_batch (service_id, batch, import_id, published) VALUES (?, ?, ?, FALSE)";

    private static final String PUBLISH = "UPDATE otp_batch SET published = TRUE WHERE service_id = ? AND batch = ?";

    private static final String COUNT = "SELECT COUNT(*) FROM otp_serial WHERE service_id = ? AND batch = ?";

    private static final String DELETE_BATCH_TOKENS = "DELETE FROM otp_serial WHERE service_id = ? AND batch = ?";

    private static final String DELETE_BATCH = "DELETE FROM otp_batch WHERE service_id = ? AND batch = ?";

    private static final String INSERT_TOKEN = """
            INSERT INTO otp_serial (service_id, serial, batch, algorithm, digits, time_step_seconds, t0_seconds,
                key_name, sealed_secret, starts_at, expires_at, last_step, drift, signing_suite, signing_key_name, signing_secret,
                signing_counter)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String PAGE = """
            SELECT * FROM otp_serial
            WHERE service_id = ? AND stock_state = 0 AND serial > ?
            ORDER BY service_id, stock_state, serial
            LIMIT ?
            """;

    private static final String RESEAL = """
            UPDATE otp_serial SET key_name = ?, sealed_secret = ?, signing_suite = ?, signing_key_name = ?,
                signing_secret = ?, signing_counter = ?
            WHERE service_id = ? AND serial = ? AND sealed_secret = ?
            """;

    private SerialTable() {}

    static boolean isTaken(Session session, ServiceId serviceId, SerialNumber serial) throws SQLException {
        return session.exists(IS_TAKEN, parameters -> key(parameters, serviceId, serial));
    }

    private static Parameters key(Parameters parameters, ServiceId serviceId, SerialNumber serial) throws SQLException {
        return parameters.text(serviceId.value()).text(serial);
    }

    private static Parameters key(Parameters parameters, ServiceId serviceId, BatchId batch) throws SQLException {
        return parameters.text(serviceId.value()).text(batch.value());
    }

    /**
     * Claims the serial number of a new token permanently. A token from the stock must be in stock, with the
     * encrypted secret that the change names. Any other serial number must be free.
     */
    static CommitResult take(Session session, EnrolmentChange change, Token token) throws SQLException {
        Enrolment enrolment = change.after();
        String holder = enrolment.holder().value();
        if (EnrolmentChange.isFromStock(token)) {
            int given = session.update(
                    GIVE_OUT,
                    parameters -> key(parameters.text(holder), enrolment.serviceId(), token.serial())
                            .bytes(requireNonNull(change.stockSecret()).bytes()));
            return given == 1 ? CommitResult.COMMITTED : CommitResult.NOT_IN_STOCK;
        }
        return session.inserts(CLAIM, parameters -> key(parameters.text(holder), enrolment.serviceId(), token.serial()))
                ? CommitResult.COMMITTED
                : CommitResult.SERIAL_TAKEN;
    }

    static Optional<StockedToken> findInStock(Session session, ServiceId serviceId, SerialNumber serial)
            throws SQLException {
        return session.first(
                        FIND,
                        parameters -> key(parameters, serviceId, serial),
                        row -> state(row) == StockState.AVAILABLE
                                ? Optional.of(read(new Columns(row), serial))
                                : Optional.<StockedToken>empty())
                .orElse(Optional.empty());
    }

    /** Withdraws a token in stock, and returns whether it was in stock. */
    static boolean withdraw(Session session, ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal)
            throws SQLException {
        return session.update(
                        WITHDRAW,
                        parameters -> key(
                                parameters
                                        .instant(withdrawal.at())
                                        .text(withdrawal.operator())
                                        .text(withdrawal.reason()),
                                serviceId,
                                serial))
                == 1;
    }

    /** Finds the holder who has or had a token. */
    static Optional<Holder> holder(Session session, ServiceId serviceId, SerialNumber serial) throws SQLException {
        return session.first(
                HOLDER,
                parameters -> key(parameters, serviceId, serial),
                row -> new Columns(row).value("holder", Holder::new));
    }

    static Optional<StockState> state(Session session, ServiceId serviceId, SerialNumber serial) throws SQLException {
        return session.first(FIND, parameters -> key(parameters, serviceId, serial), SerialTable::state);
    }

    private static StockState state(ResultSet row) throws SQLException {
        if (row.getString("holder") != null) {
            return StockState.ASSIGNED;
        }
        if (row.getString("withdrawn_by") != null) {
            return StockState.WITHDRAWN;
        }
        return row.getBoolean("published") ? StockState.AVAILABLE : StockState.STAGED;
    }

    private static StockedToken read(Columns columns, SerialNumber serial) throws SQLException {
        return StockedToken.builder()
                .batch(columns.value("batch", BatchId::new))
                .serial(serial)
                .profile(TokenRow.profile(columns))
                .secret(columns.sealed("key_name", "sealed_secret"))
                .startsAt(columns.instantOrNull("starts_at"))
                .expiresAt(columns.instant("expires_at"))
                .codes(TokenRow.codes(columns))
                .signing(SigningColumns.fromStock(columns))
                .build();
    }

    /** Returns a page of the hardware tokens that have no holder. */
    static List<StockedToken> page(Session session, ServiceId serviceId, @Nullable SerialNumber after, int limit)
            throws SQLException {
        return session.all(
                PAGE,
                parameters -> parameters
                        .text(serviceId.value())
                        .text(after == null ? "" : after.value())
                        .number(limit),
                row -> {
                    Columns columns = new Columns(row);
                    return read(columns, columns.value("serial", SerialNumber::new));
                });
    }

    static int reencrypt(Session session, ServiceId serviceId, List<StockedToken> before, List<StockedToken> after)
            throws SQLException {
        try (PreparedStatement statement = session.prepare(RESEAL)) {
            for (int i = 0; i < before.size(); i++) {
                StockedToken token = after.get(i);
                key(
                                SigningColumns.ofStock(
                                        Parameters.of(statement).sealed(token.secret()), token.signing()),
                                serviceId,
                                before.get(i).serial())
                        .bytes(before.get(i).secret().bytes());
                statement.addBatch();
            }
            return Arrays.stream(DriverCalls.call(session.connection(), statement::executeBatch))
                    .sum();
        }
    }

    /** The row of a batch: the import that began it last, and whether that import has published it. */
    private record Batch(UUID importId, boolean published) {}

    /**
     * Begins an import of a batch. Returns whether the batch is not published. Replaces the row of the batch instead of
     * updating it, because a node of a Galera cluster then finds a conflict with each token that the earlier import stages at
     * another node.
     */
    static boolean begin(Session session, ServiceId serviceId, BatchId batch, UUID importId) throws SQLException {
        Optional<Batch> before = lock(session, serviceId, batch);
        if (before.isPresent()) {
            if (before.get().published()) {
                return false;
            }
            delete(session, serviceId, batch);
        }
        if (!session.inserts(
                INSERT_BATCH, parameters -> key(parameters, serviceId, batch).text(importId.toString()))) {
            throw SqlStates.lostRace("Another transaction inserted batch " + batch + " first");
        }
        return true;
    }

    private static void delete(Session session, ServiceId serviceId, BatchId batch) throws SQLException {
        session.update(DELETE_BATCH_TOKENS, parameters -> key(parameters, serviceId, batch));
        try {
            session.update(DELETE_BATCH, parameters -> key(parameters, serviceId, batch));
        } catch (SQLException e) {
            throw SqlStates.isConstraintViolation(e)
                    ? SqlStates.lostRace("Another transaction staged a token of batch " + batch + " after the snapshot")
                    : e;
        }
    }

    /**
     * Stages hardware tokens in a batch, and locks the row of the batch. Returns the serial numbers that are already
     * taken. Tokens with these serial numbers are not staged.
     */
    static Set<SerialNumber> stage(
            Session session, ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens)
            throws SQLException {
        requireUnpublished(batch, requireOwner(batch, importId, lock(session, serviceId, batch)));
        Set<SerialNumber> taken = tokens.isEmpty() ? Set.of() : taken(session, serviceId, tokens);
        List<StockedToken> fresh =
                tokens.stream().filter(token -> !taken.contains(token.serial())).toList();
        insertTokens(session, serviceId, batch, fresh);
        if (session.product().losesBatches() && !fresh.isEmpty()) {
            Batch unused = requireOwner(batch, importId, lock(session, serviceId, batch));
            if (staged(session, serviceId, batch, fresh) < fresh.size()) {
                throw SqlStates.lostRace(
                        "The node rolled the inserts into batch " + batch + " back in favour of another transaction");
            }
        }
        return taken;
    }

    /** Counts those of the tokens that are in the batch. Others are in the batch of the import that was faster. */
    private static int staged(Session session, ServiceId serviceId, BatchId batch, List<StockedToken> tokens)
            throws SQLException {
        return session.only(
                COUNT + " AND serial IN (" + "?, ".repeat(tokens.size() - 1) + "?)",
                parameters -> {
                    key(parameters, serviceId, batch);
                    for (StockedToken token : tokens) {
                        parameters.text(token.serial());
                    }
                },
                row -> row.getInt(1));
    }

    /** Locks the row of a batch, if it exists. */
    private static Optional<Batch> lock(Session session, ServiceId serviceId, BatchId batch) throws SQLException {
        session.engine().prepareForBatches(session);
        return session.first(
                LOCK_BATCH,
                parameters -> key(parameters, serviceId, batch),
                row -> new Batch(new Columns(row).value("import_id", UUID::fromString), row.getBoolean("published")));
    }

    private static Batch requireOwner(BatchId batch, UUID importId, Optional<Batch> locked) {
        return locked.filter(row -> row.importId().equals(importId))
                .orElseThrow(() -> new LostRaceException(
                        "Another import took batch " + batch + " over, and nothing of this import is in stock;"
                                + " check the state of the batch, and import it again",
                        null));
    }

    private static void requireUnpublished(BatchId batch, Batch locked) {
        if (locked.published()) {
            throw new IllegalStateException("Batch " + batch + " is published and cannot change; use another batch");
        }
    }

    /** Returns those of the serial numbers that already have a row. */
    private static Set<SerialNumber> taken(Session session, ServiceId serviceId, List<StockedToken> tokens)
            throws SQLException {
        boolean asRows = session.product().findsRowsOnly();
        String place = asRows ? "(?, ?)" : "?";
        String sql =
                (asRows ? AMONG_ROWS : AMONG_SERIALS) + "(" + (place + ", ").repeat(tokens.size() - 1) + place + ")";
        return new HashSet<>(session.all(
                sql,
                parameters -> {
                    if (!asRows) {
                        parameters.text(serviceId.value());
                    }
                    for (StockedToken token : tokens) {
                        (asRows ? parameters.text(serviceId.value()) : parameters).text(token.serial());
                    }
                },
                row -> new SerialNumber(row.getString(1))));
    }

    private static void insertTokens(Session session, ServiceId serviceId, BatchId batch, List<StockedToken> tokens)
            throws SQLException {
        try (PreparedStatement statement = session.prepare(INSERT_TOKEN)) {
            for (StockedToken token : tokens) {
                SigningColumns.ofStock(
                        Parameters.of(statement)
                                .text(serviceId.value())
                                .text(token.serial())
                                .text(batch.value())
                                .profile(token.profile())
                                .sealed(token.secret())
                                .instant(token.startsAt())
                                .instant(token.expiresAt())
                                .codes(token.codes()),
                        token.signing());
                statement.addBatch();
            }
            DriverCalls.call(session.connection(), statement::executeBatch);
        } catch (SQLException e) {
            throw SqlStates.isTaken(e)
                    ? SqlStates.lostRace("Another transaction took a serial number of batch " + batch + " first")
                    : e;
        }
    }

    static boolean publish(Session session, ServiceId serviceId, BatchId batch, UUID importId, int size)
            throws SQLException {
        Batch unused = requireOwner(batch, importId, lock(session, serviceId, batch));
        return count(session, serviceId, batch) == size
                && session.update(PUBLISH, parameters -> key(parameters, serviceId, batch)) == 1;
    }

    private static int count(Session session, ServiceId serviceId, BatchId batch) throws SQLException {
        return session.only(COUNT, parameters -> key(parameters, serviceId, batch), row -> row.getInt(1));
    }

    /** Deletes an unpublished batch. Returns whether there was one. */
    static boolean discard(Session session, ServiceId serviceId, BatchId batch, UUID importId) throws SQLException {
        Optional<Batch> locked = lock(session, serviceId, batch);
        if (locked.isPresent()) {
            requireUnpublished(batch, requireOwner(batch, importId, locked));
            delete(session, serviceId, batch);
        }
        return locked.isPresent();
    }
}
