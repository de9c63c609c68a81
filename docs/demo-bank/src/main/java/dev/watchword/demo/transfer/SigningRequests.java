package dev.watchword.demo.transfer;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.signing.TransactionDetails;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The signing requests of transfers. The library decides about them, and its events record the origin of each call. */
@Component
class SigningRequests {
    /** The name of this program in events. */
    private static final Operator PROGRAM = new Operator("transfers");

    private final Institution institution;

    SigningRequests(Institution institution) {
        this.institution = institution;
    }

    Outcome<RequestedSignature> request(Origin origin, Holder holder, UUID transfer, TransactionDetails details) {
        return institution
                .from(origin.reference("transfer " + transfer))
                .tokens()
                .requestSignature(holder, Purpose.FUNDS_TRANSFER, details);
    }

    /** Confirms with the digest of the details as the reference, by which the feed finds out what was confirmed. */
    Outcome<Registration> confirm(Origin origin, Transfer transfer, TransactionDetails details, String response) {
        return institution
                .from(origin.reference(Payment.fingerprint(details)))
                .tokens()
                .confirm(transfer.holder(), transfer.request(), details, response);
    }

    Outcome<Registration> refuse(Origin origin, Transfer transfer) {
        return institution.from(origin).tokens().refuse(transfer.holder(), transfer.request());
    }

    /** Withdraws a request on behalf of the bank. If it is not open, nothing happens. */
    void withdraw(Origin origin, Transfer transfer, String reason) {
        Outcome<Registration> unused =
                institution.from(origin).desk(PROGRAM).withdrawRequest(transfer.holder(), transfer.request(), reason);
    }
}
