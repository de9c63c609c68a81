package dev.watchword.demo.transfer;

import dev.watchword.demo.bank.Micros;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of the transfers. A row leaves the state {@code WAITING} once, by one conditional update. */
@Repository
class TransferRows {
    private static final String SELECT =
            "SELECT id, login_id, payee, payee_name, amount, request_id, method, challenge,"
                    + " state, created_at, expires_at FROM transfer WHERE request_id IS NOT NULL AND ";
    private static final int LISTED = 50;

    private final JdbcClient database;
    private final Pushes pushes;

    TransferRows(JdbcClient database, Pushes pushes) {
        this.database = database;
        this.pushes = pushes;
    }

    /** Adds a transfer, and the request for the app if an app confirms it. Returns false if the same order arrived before. */
    @Transactional
    boolean add(Transfer transfer, UserId user, @Nullable SealedRequest sealed) {
        boolean added = database.sql(
                                "INSERT INTO transfer (id, login_id, payee, payee_name, amount, request_id, method, challenge, state,"
                                        + " created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
                        .param(transfer.id())
                        .param(transfer.holder().value())
                        .param(transfer.payment().payee())
                        .param(transfer.payment().payeeName())
                        .param(transfer.payment().amount())
                        .param(transfer.request().value())
                        .param(transfer.method().name())
                        .param(transfer.challenge())
                        .param(transfer.state().name())
                        .param(Micros.of(transfer.createdAt()))
                        .param(Micros.of(transfer.expiresAt()))
                        .update()
                == 1;
        if (added && sealed != null) {
            pushes.add(transfer, user, sealed);
        }
        return added;
    }

    Optional<Transfer> find(Holder holder, String id) {
        return database.sql(SELECT + "login_id = ? AND id = ?")
                .params(holder.value(), id)
                .query(TransferRows::read)
                .optional();
    }

    Optional<Transfer> ofRequest(RequestId request) {
        return database.sql(SELECT + "request_id = ?")
                .param(request.value())
                .query(TransferRows::read)
                .optional();
    }

    /** Returns the newest transfers first. */
    List<Transfer> of(Holder holder) {
        return database.sql(SELECT + "login_id = ? ORDER BY created_at DESC, id LIMIT ?")
                .params(holder.value(), LISTED)
                .query(TransferRows::read)
                .list();
    }

    /** Finds out whether the customer's limit was lowered below the amount after the order. */
    boolean isOverLimit(Transfer transfer) {
        return database.sql("SELECT transfer_limit FROM customer WHERE login_id = ?")
                        .param(transfer.holder().value())
                        .query(Long.class)
                        .single()
                < transfer.payment().amount();
    }

    /**
     * Executes a transfer, unless it was executed or ended before, its row has another payer or other details, or the amount is over the
     * customer's limit. The update compares them again, because they can change between the confirmation and the execution. The
     * table {@code payment} has at most one row for each request, so a transfer whose state is set back is not paid again.
     */
    @Transactional
    boolean execute(Transfer confirmed) {
        boolean executed = database.sql(
                                "UPDATE transfer SET state = 'EXECUTED' WHERE request_id = ? AND state = 'WAITING'"
                                        + " AND login_id = ? AND payee = ? AND payee_name = ? AND amount = ? AND amount <="
                                        + " (SELECT transfer_limit FROM customer WHERE customer.login_id = transfer.login_id)")
                        .params(
                                confirmed.request().value(),
                                confirmed.holder().value(),
                                confirmed.payment().payee(),
                                confirmed.payment().payeeName(),
                                confirmed.payment().amount())
                        .update()
                == 1;
        if (executed) {
            pay(confirmed.request());
            pushes.remove(confirmed);
        }
        return executed;
    }

    private void pay(RequestId confirmed) {
        database.sql("INSERT INTO payment (request_id, login_id, payee, payee_name, amount)"
                        + " SELECT request_id, login_id, payee, payee_name, amount FROM transfer WHERE request_id = ?"
                        + " ON CONFLICT (request_id) DO NOTHING")
                .param(confirmed.value())
                .update();
    }

    /** Ends a waiting transfer without executing it. */
    @Transactional
    boolean end(Transfer transfer, TransferState state) {
        boolean ended = database.sql("UPDATE transfer SET state = ? WHERE request_id = ? AND state = 'WAITING'")
                        .params(state.name(), transfer.request().value())
                        .update()
                == 1;
        if (ended) {
            pushes.remove(transfer);
        }
        return ended;
    }

    private static Transfer read(ResultSet row, int number) throws SQLException {
        return new Transfer(
                row.getString("id"),
                new Holder(row.getString("login_id")),
                new Payment(row.getString("payee"), row.getString("payee_name"), row.getLong("amount")),
                new RequestId(row.getString("request_id")),
                SigningMethod.valueOf(row.getString("method")),
                row.getString("challenge"),
                TransferState.valueOf(row.getString("state")),
                Micros.toInstant(row.getLong("created_at")),
                Micros.toInstant(row.getLong("expires_at")));
    }
}
