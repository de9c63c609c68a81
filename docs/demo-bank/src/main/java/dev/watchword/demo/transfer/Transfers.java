package dev.watchword.demo.transfer;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Orders, confirms and executes transfers. The confirmation names the details of the row that is executed, so a changed row is never
 * executed.
 */
@Service
public class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

    private final SigningRequests requests;
    private final TokenService tokens;
    private final TransferRows rows;
    private final Clock clock;

    Transfers(SigningRequests requests, TokenService tokens, TransferRows rows, Clock clock) {
        this.requests = requests;
        this.tokens = tokens;
        this.rows = rows;
        this.clock = clock;
    }

    /** {@return a transfer of this customer} */
    Optional<Transfer> find(Holder holder, String id) {
        return rows.find(holder, id).map(transfer -> transfer.at(clock.instant()));
    }

    /** {@return the customer's transfers, the newest first} */
    List<Transfer> of(Holder holder) {
        return rows.of(holder).stream()
                .map(transfer -> transfer.at(clock.instant()))
                .toList();
    }

    /**
     * Requests the customer's signature of a payment, and then stores the transfer with the ID of the request. If the process dies in
     * between, the request expires, and nothing refers to it.
     *
     * @param origin where the order came from
     * @param holder the customer
     * @param id the ID of the transfer; an order that arrives twice has one ID
     * @param payment the payment
     * @return the transfer, or the one that an earlier call ordered with this ID, which can have another payment; or refused
     */
    public Outcome<Transfer> order(Origin origin, Holder holder, UUID id, Payment payment) {
        Optional<Transfer> earlier = find(holder, id.toString());
        if (earlier.isPresent()) {
            return Accepted.of(earlier.get());
        }
        Outcome<RequestedSignature> requested =
                requests.request(origin, holder, id, payment.details().orElseThrow());
        return requested.map(request -> stored(origin, id, holder, payment, request));
    }

    private Transfer stored(Origin origin, UUID id, Holder holder, Payment payment, RequestedSignature request) {
        Transfer transfer = new Transfer(
                id.toString(),
                holder,
                payment,
                request.id(),
                request.method(),
                request.challenge().orElse(null),
                TransferState.WAITING,
                clock.instant(),
                request.expiresAt());
        UserId user = requireNonNull(tokens.registration(holder).userId(), "user ID");
        if (rows.add(transfer, user, request.sealedRequest().orElse(null))) {
            return transfer;
        }
        requests.withdraw(origin, transfer, "the same order arrived before");
        return rows.find(holder, transfer.id()).orElseThrow();
    }

    /**
     * Confirms a transfer with the response of the token, and executes it once. The origin of the confirmation has a digest of the
     * details, so that {@link #complete} finds out what was confirmed if this process dies before the execution.
     *
     * @param origin where the response came from
     * @param request the signing request
     * @param response the response
     * @return the executed transfer, also if an earlier call executed it; or refused
     */
    public Outcome<Transfer> confirm(Origin origin, RequestId request, String response) {
        Optional<Transfer> found = rows.ofRequest(request);
        if (found.isEmpty()) {
            return Refused.of(Refusal.NO_REQUEST);
        }
        Transfer transfer = found.get();
        Optional<TransactionDetails> details = transfer.payment().details();
        if (details.isEmpty() || rows.isOverLimit(transfer)) {
            stop(origin, transfer);
            return settled(transfer, TransferState.EXECUTED, Refused.of(Refusal.OTHER_DETAILS));
        }
        Outcome<Registration> outcome = requests.confirm(origin, transfer, details.get(), response);
        if (outcome.isAccepted()) {
            execute(origin, transfer);
        } else if (outcome instanceof Refused<?> refused && refused.refusal() == Refusal.OTHER_DETAILS) {
            stop(origin, transfer);
        }
        return settled(transfer, TransferState.EXECUTED, outcome);
    }

    /**
     * Ends a transfer that the customer does not want.
     *
     * @param origin where the refusal came from
     * @param request the signing request
     * @param state {@code REFUSED} in the app, or {@code CANCELLED} on the bank's page
     * @return the transfer, also if an earlier call ended it in this state; or refused
     */
    public Outcome<Transfer> refuse(Origin origin, RequestId request, TransferState state) {
        Optional<Transfer> found = rows.ofRequest(request);
        if (found.isEmpty()) {
            return Refused.of(Refusal.NO_REQUEST);
        }
        Transfer transfer = found.get();
        Outcome<Registration> outcome = requests.refuse(origin, transfer);
        if (outcome.isAccepted()) {
            rows.end(transfer, state);
        }
        return settled(transfer, state, outcome);
    }

    /**
     * Executes a confirmed transfer whose confirmation was committed, but which was not executed.
     *
     * @param holder the customer who confirmed it
     * @param request the confirmed request
     * @param fingerprint the digest of the confirmed details
     */
    void complete(Holder holder, RequestId request, String fingerprint) {
        rows.ofRequest(request).ifPresent(transfer -> {
            Optional<TransactionDetails> details = transfer.payment().details();
            boolean isConfirmed = transfer.holder().equals(holder)
                    && details.map(Payment::fingerprint)
                            .filter(fingerprint::equals)
                            .isPresent();
            if (isConfirmed) {
                execute(Origin.NONE, transfer);
            } else {
                stop(Origin.NONE, transfer);
            }
        });
    }

    /** Executes a transfer, or stops it if its row has other details now, or the customer a lower limit. */
    private void execute(Origin origin, Transfer confirmed) {
        if (!rows.execute(confirmed)) {
            stop(origin, confirmed);
        }
    }

    /**
     * Stops a transfer that still waits, and withdraws its request if that is open. Otherwise the row could be changed back, and the
     * customer's response would be accepted.
     */
    private void stop(Origin origin, Transfer transfer) {
        requests.withdraw(origin, transfer, "the transfer or the limit was changed after the order");
        if (rows.end(transfer, TransferState.STOPPED)) {
            LOG.warn(
                    "Transfer {} was stopped: its row or the customer's limit was changed after the customer was asked to confirm it",
                    transfer.id());
        }
    }

    /** Returns the transfer if it reached the state by this call or an earlier one. */
    private Outcome<Transfer> settled(Transfer transfer, TransferState reached, Outcome<Registration> outcome) {
        Transfer now = rows.ofRequest(transfer.request()).orElse(transfer);
        if (now.state() == TransferState.STOPPED) {
            return Refused.of(Refusal.OTHER_DETAILS);
        }
        return now.state() == reached ? Accepted.of(now) : outcome.map(unused -> now);
    }
}
