package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The serial numbers of {@code otp_serial}, which are tokens' or fobs', and the batches of {@code otp_batch}. */
final class SerialTable {
    private static final String CLAIM = "INSERT INTO otp_serial (service_id, holder, serial) VALUES (?, ?, ?)";

    private static final String IS_TAKEN = "SELECT 1 FROM otp_serial WHERE service_id = ? AND serial = ?";

    private static final String AMONG_SERIALS = "SELECT serial FROM otp_serial WHERE service_id = ? AND serial IN ";

    private static final String AMONG_ROWS = "SELECT serial FROM otp_serial WHERE (service_id, serial) IN ";

    private static final String GIVE_OUT = """
            UPDATE otp_serial SET holder = ?, algorithm = NULL, digits = NULL, time_step_seconds = NULL,
                t0_seconds = NULL, key_name = NULL, sealed_secret = NULL, starts_at = NULL, expires_at = NULL,
                last_step = NULL, drift = NULL
            WHERE service_id = ? AND serial = ? AND holder IS NULL AND EXISTS (
                SELECT 1 FROM otp_batch b
                WHERE b.service_id = otp_serial.service_id AND b.batch = otp_serial.batch AND b.published)
            """;

    private static final String FIND = """
            SELECT s.*, b.published
            FROM otp_serial s JOIN otp_batch b ON b.service_id = s.service_id AND b.batch = s.batch
            WHERE s.service_id = ? AND s.serial = ?
            """;

    private static final String LOCK_BATCH =
            "SELECT published FROM otp_batch WHERE service_id = ? AND batch = ? FOR UPDATE";

    private static final String INSERT_BATCH =
            "INSERT INTO otp_batch (service_id, batch, published) VALUES (?, ?, FALSE)";

    private static final String PUBLISH = "UPDATE otp_batch SET published = TRUE WHERE service_id = ? AND batch = ?";

    private static final String COUNT = "SELECT COUNT(*) FROM otp_serial WHERE service_id = ? AND batch = ?";

    private static final String DELETE_FOBS = "DELETE FROM otp_serial WHERE service_id = ? AND batch = ?";

    private static final String DELETE_BATCH = "DELETE FROM otp_batch WHERE service_id = ? AND batch = ?";

    private static final String INSERT_FOB = """
            INSERT INTO otp_serial (service_id, serial, batch, algorithm, digits, time_step_seconds, t0_seconds,
                key_name, sealed_secret, starts_at, expires_at, last_step, drift)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String PAGE = """
            SELECT * FROM otp_serial
            WHERE service_id = ? AND given_out = FALSE AND serial > ?
            ORDER BY service_id, given_out, serial
            LIMIT ?
            """;

    private static final String RESEAL = """
            UPDATE otp_serial SET key_name = ?, sealed_secret = ?
            WHERE service_id = ? AND serial = ? AND sealed_secret = ?
            """;

    private SerialTable() {}

    static boolean isTaken(Connection connection, ServiceId serviceId, SerialNumber serial) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_TAKEN)) {
            Parameters.of(statement).text(serviceId.value()).text(serial);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Takes the serial number of a new token for ever: it must be in stock, or free. */
    static CommitResult take(Connection connection, Enrolment enrolment, Token token) throws SQLException {
        String serviceId = enrolment.serviceId().value();
        String holder = enrolment.holder().reference();
        boolean fromStock = EnrolmentChange.isFromStock(token);
        try (PreparedStatement statement = connection.prepareStatement(fromStock ? GIVE_OUT : CLAIM)) {
            Parameters.of(statement)
                    .text(fromStock ? holder : serviceId)
                    .text(fromStock ? serviceId : holder)
                    .text(token.serial());
            if (fromStock) {
                return statement.executeUpdate() == 1 ? CommitResult.COMMITTED : CommitResult.NOT_IN_STOCK;
            }
            return SqlStates.inserts(statement) ? CommitResult.COMMITTED : CommitResult.SERIAL_TAKEN;
        }
    }

    static Optional<StockedFob> findInStock(Connection connection, ServiceId serviceId, SerialNumber serial)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            Parameters.of(statement).text(serviceId.value()).text(serial);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && state(row) == StockState.AVAILABLE
                        ? Optional.of(read(new Columns(row), serial))
                        : Optional.empty();
            }
        }
    }

    static Optional<StockState> state(Connection connection, ServiceId serviceId, SerialNumber serial)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            Parameters.of(statement).text(serviceId.value()).text(serial);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        }
    }

    private static StockState state(ResultSet row) throws SQLException {
        if (row.getString("holder") != null) {
            return StockState.ASSIGNED;
        }
        return row.getBoolean("published") ? StockState.AVAILABLE : StockState.STAGED;
    }

    private static StockedFob read(Columns columns, SerialNumber serial) throws SQLException {
        return new StockedFob(
                serial,
                TokenRow.profile(columns),
                columns.sealed("key_name", "sealed_secret"),
                columns.instantOrNull("starts_at"),
                columns.instant("expires_at"),
                TokenRow.codes(columns));
    }

    /** Fobs that no holder has. */
    static List<StockedFob> page(Connection connection, ServiceId serviceId, @Nullable SerialNumber after, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            Parameters.of(statement)
                    .text(serviceId.value())
                    .text(after == null ? "" : after.value())
                    .number(limit);
            try (ResultSet rows = statement.executeQuery()) {
                Columns columns = new Columns(rows);
                List<StockedFob> page = new ArrayList<>();
                while (rows.next()) {
                    page.add(read(columns, columns.value("serial", SerialNumber::new)));
                }
                return List.copyOf(page);
            }
        }
    }

    static int reseal(Connection connection, ServiceId serviceId, List<StockedFob> before, List<StockedFob> after)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESEAL)) {
            for (int i = 0; i < before.size(); i++) {
                Parameters.of(statement)
                        .sealed(after.get(i).secret())
                        .text(serviceId.value())
                        .text(before.get(i).serial())
                        .bytes(before.get(i).secret().bytes());
                statement.addBatch();
            }
            return Arrays.stream(statement.executeBatch()).sum();
        }
    }

    /** Stages fobs in a batch that is locked, and says which of their serial numbers are taken. */
    static Set<SerialNumber> stage(
            Connection connection, Product product, ServiceId serviceId, BatchId batch, List<StockedFob> fobs)
            throws SQLException {
        Boolean published = lock(connection, serviceId, batch);
        if (published == null) {
            insertBatch(connection, serviceId, batch);
        }
        requireUnpublished(batch, published);
        Set<SerialNumber> taken = taken(connection, product, serviceId, fobs);
        List<StockedFob> fresh =
                fobs.stream().filter(fob -> !taken.contains(fob.serial())).toList();
        insertFobs(connection, serviceId, batch, fresh);
        return taken;
    }

    private static @Nullable Boolean lock(Connection connection, ServiceId serviceId, BatchId batch)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_BATCH)) {
            Parameters.of(statement).text(serviceId.value()).text(batch.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? (Boolean) row.getBoolean(1) : null;
            }
        }
    }

    private static void insertBatch(Connection connection, ServiceId serviceId, BatchId batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_BATCH)) {
            Parameters.of(statement).text(serviceId.value()).text(batch.name());
            if (!SqlStates.inserts(statement)) {
                throw SqlStates.lostRace("Batch " + batch + " was begun by another at the same moment");
            }
        }
    }

    private static void requireUnpublished(BatchId batch, @Nullable Boolean published) {
        if (published != null && published) {
            throw new IllegalStateException("Batch " + batch + " is published: it stays as it is");
        }
    }

    /** Which serial numbers are there. */
    private static Set<SerialNumber> taken(
            Connection connection, Product product, ServiceId serviceId, List<StockedFob> fobs) throws SQLException {
        Set<SerialNumber> taken = new HashSet<>();
        if (fobs.isEmpty()) {
            return taken;
        }
        boolean asRows = product.findsRowsOnly();
        String place = asRows ? "(?, ?)" : "?";
        String sql = (asRows ? AMONG_ROWS : AMONG_SERIALS) + "(" + (place + ", ").repeat(fobs.size() - 1) + place + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters parameters = Parameters.of(statement);
            if (!asRows) {
                parameters.text(serviceId.value());
            }
            for (StockedFob fob : fobs) {
                (asRows ? parameters.text(serviceId.value()) : parameters).text(fob.serial());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(new SerialNumber(rows.getString(1)));
                }
            }
        }
        return taken;
    }

    private static void insertFobs(Connection connection, ServiceId serviceId, BatchId batch, List<StockedFob> fobs)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_FOB)) {
            for (StockedFob fob : fobs) {
                Parameters.of(statement)
                        .text(serviceId.value())
                        .text(fob.serial())
                        .text(batch.name())
                        .profile(fob.profile())
                        .sealed(fob.secret())
                        .instant(fob.startsAt())
                        .instant(fob.expiresAt())
                        .codes(fob.codes());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw SqlStates.isTaken(e)
                    ? SqlStates.lostRace("A serial number of batch " + batch + " was taken at the same moment")
                    : e;
        }
    }

    static boolean publish(Connection connection, ServiceId serviceId, BatchId batch, int size) throws SQLException {
        lock(connection, serviceId, batch);
        return count(connection, serviceId, batch) == size && update(connection, PUBLISH, serviceId, batch) == 1;
    }

    private static int count(Connection connection, ServiceId serviceId, BatchId batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            Parameters.of(statement).text(serviceId.value()).text(batch.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    static int discard(Connection connection, ServiceId serviceId, BatchId batch) throws SQLException {
        requireUnpublished(batch, lock(connection, serviceId, batch));
        int fobs = update(connection, DELETE_FOBS, serviceId, batch);
        update(connection, DELETE_BATCH, serviceId, batch);
        return fobs;
    }

    private static int update(Connection connection, String sql, ServiceId serviceId, BatchId batch)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement).text(serviceId.value()).text(batch.name());
            return statement.executeUpdate();
        }
    }
}
