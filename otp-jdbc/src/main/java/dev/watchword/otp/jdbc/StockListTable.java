package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queries of the stock of hardware tokens, each in the order of an index. */
final class StockListTable {
    /** The next batch with a hardware token in a given state. */
    private static final String NEXT_BATCH = """
            SELECT b.batch
            FROM otp_batch b JOIN otp_serial s ON s.service_id = b.service_id AND s.batch = b.batch
            WHERE b.service_id = ? AND b.published = ? AND b.batch > ? AND s.stock_state = ?
            ORDER BY b.service_id, b.batch
            LIMIT 1
            """;

    private static final String OF_BATCH = """
            SELECT s.serial, s.holder, s.expires_at, s.signing_suite, s.withdrawn_at, s.withdrawn_by, s.withdrawn_reason
            FROM otp_serial s
            WHERE s.service_id = ? AND s.batch = ? AND s.stock_state = ? AND s.serial > ?
                AND EXISTS (
                    SELECT 1 FROM otp_batch b
                    WHERE b.service_id = s.service_id AND b.batch = s.batch AND b.published = ?)
            ORDER BY s.service_id, s.batch, s.stock_state, s.serial
            LIMIT ?
            """;

    private static final String IN_RANGE = """
            SELECT s.serial, s.batch, s.holder, s.expires_at, s.signing_suite, s.withdrawn_at, s.withdrawn_by,
                s.withdrawn_reason
            FROM otp_serial s JOIN otp_batch b ON b.service_id = s.service_id AND b.batch = s.batch AND b.published
            WHERE s.service_id = ? AND s.serial >= ? AND s.serial > ? AND s.serial <= ?
            ORDER BY s.service_id, s.serial
            LIMIT ?
            """;

    private StockListTable() {}

    /** Returns a page of hardware tokens, batch by batch. Skips batches that have no hardware token in the given state. */
    static List<ListedStock> byState(
            Session session, ServiceId serviceId, StockState state, @Nullable ListedStock after, int limit)
            throws SQLException {
        List<ListedStock> page = new ArrayList<>();
        BatchId batch = after == null ? nextBatch(session, serviceId, state, "") : after.batch();
        String serial = after == null ? "" : after.serial().value();
        while (batch != null && page.size() < limit) {
            page.addAll(ofBatch(session, serviceId, batch, state, serial, limit - page.size()));
            batch = nextBatch(session, serviceId, state, batch.value());
            serial = "";
        }
        return List.copyOf(page);
    }

    private static @Nullable BatchId nextBatch(Session session, ServiceId serviceId, StockState state, String after)
            throws SQLException {
        return session.first(
                        NEXT_BATCH,
                        parameters -> parameters
                                .text(serviceId.value())
                                .truth(state != StockState.STAGED)
                                .text(after)
                                .number(column(state)),
                        row -> new BatchId(row.getString(1)))
                .orElse(null);
    }

    private static List<ListedStock> ofBatch(
            Session session, ServiceId serviceId, BatchId batch, StockState state, String afterSerial, int limit)
            throws SQLException {
        return session.all(
                OF_BATCH,
                parameters -> parameters
                        .text(serviceId.value())
                        .text(batch.value())
                        .number(column(state))
                        .text(afterSerial)
                        .truth(state != StockState.STAGED)
                        .number(limit),
                row -> listed(new Columns(row), batch));
    }

    /** Returns a page of the tokens of one published batch. */
    static List<ListedStock> ofPublished(
            Session session,
            ServiceId serviceId,
            BatchId batch,
            StockState state,
            @Nullable SerialNumber after,
            int limit)
            throws SQLException {
        return state == StockState.STAGED
                ? List.of()
                : ofBatch(session, serviceId, batch, state, after == null ? "" : after.value(), limit);
    }

    static List<ListedStock> inRange(
            Session session,
            ServiceId serviceId,
            SerialNumber first,
            SerialNumber last,
            @Nullable SerialNumber after,
            int limit)
            throws SQLException {
        return session.all(
                IN_RANGE,
                parameters -> parameters
                        .text(serviceId.value())
                        .text(first)
                        .text(after == null ? "" : after.value())
                        .text(last)
                        .number(limit),
                row -> {
                    Columns columns = new Columns(row);
                    return listed(columns, columns.value("batch", BatchId::new));
                });
    }

    private static ListedStock listed(Columns columns, BatchId batch) throws SQLException {
        SerialNumber serial = columns.value("serial", SerialNumber::new);
        Instant expiresAt = columns.instantOrNull("expires_at");
        if (expiresAt != null) {
            return ListedStock.inStock(serial, batch, expiresAt, !columns.isNull("signing_suite"));
        }
        Instant withdrawnAt = columns.instantOrNull("withdrawn_at");
        return withdrawnAt == null
                ? ListedStock.of(serial, batch, columns.valueOrNull("holder", Holder::new))
                : ListedStock.withdrawn(
                        serial,
                        batch,
                        Withdrawal.of(
                                withdrawnAt,
                                columns.value("withdrawn_by", Operator::new),
                                columns.value("withdrawn_reason", reason -> reason)));
    }

    /** Returns the value of {@code stock_state}. The batch tells whether a token in stock is staged or available. */
    private static int column(StockState state) {
        return switch (state) {
            case STAGED, AVAILABLE -> 0;
            case ASSIGNED -> 1;
            case WITHDRAWN -> 2;
        };
    }
}
