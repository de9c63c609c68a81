package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client.
 *
 * @param id the number in the diary of the round; its event carries the number if the operation takes a text of the caller
 * @param kind the operation
 * @param holder the holder of the token
 * @param serial the holder's token as the client last saw it, or {@code null}
 * @param step the step of the submitted code; {@link #NO_STEP} for no code and for a wrong code
 */
record Request(long id, Kind kind, Holder holder, @Nullable SerialNumber serial, long step) {
    static final long NO_STEP = -1;

    /** The kinds of requests, with the event of a request that succeeds. */
    enum Kind {
        VERIFY(EventType.CODE_ACCEPTED),
        ISSUE(EventType.ISSUED),
        PROVISION(EventType.PROVISIONED),
        ACTIVATE(EventType.ACTIVATED),
        REVOKE(EventType.REVOKED),
        /** The application asks for the signature of a transaction. */
        ASK_TO_SIGN(EventType.SIGNATURE_REQUESTED),
        /** The app signs a transaction, or a wrong response is entered. */
        SIGN(EventType.SIGNATURE_CONFIRMED),
        /** An operator revokes the token. */
        DISMISS(EventType.REVOKED),
        /** An operator resumes the token. */
        RESUME(EventType.RESUMED);

        final EventType event;

        Kind(EventType event) {
            this.event = event;
        }
    }

    Purpose purpose() {
        return new Purpose("request-" + id);
    }

    Operator operator() {
        return new Operator("request-" + id);
    }
}
