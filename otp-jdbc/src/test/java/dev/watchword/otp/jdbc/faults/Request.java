package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
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
 * @param step the step of the submitted code, or the {@linkplain EmergencyCode#number() number} of the emergency code; {@link
 *     #NO_STEP} for no code and for a wrong code
 */
record Request(long id, Kind kind, Holder holder, @Nullable SerialNumber serial, long step) {
    static final long NO_STEP = -1;

    /** The kinds of requests, with the event of a request that succeeds, and that of a wrong code or response. */
    enum Kind {
        VERIFY(EventType.CODE_ACCEPTED, EventType.WRONG_CODE),
        ISSUE(EventType.ISSUED),
        PROVISION(EventType.PROVISIONED),
        ACTIVATE(EventType.ACTIVATED, EventType.WRONG_CODE),
        REVOKE(EventType.REVOKED, EventType.WRONG_CODE),
        /** The application asks for the signature of a transaction. */
        ASK_TO_SIGN(EventType.SIGNATURE_REQUESTED),
        /** The app signs a transaction, or a wrong response is entered. */
        SIGN(EventType.SIGNATURE_CONFIRMED, EventType.WRONG_SIGNATURE),
        /** The bank withdraws the request to sign a transaction. */
        WITHDRAW(EventType.SIGNATURE_WITHDRAWN),
        /** The holder logs in with an emergency code, or enters a wrong one. */
        USE_EMERGENCY_CODE(EventType.EMERGENCY_CODE_ACCEPTED, EventType.WRONG_EMERGENCY_CODE),
        /** An operator issues emergency codes. */
        ISSUE_EMERGENCY_CODES(EventType.EMERGENCY_CODES_ISSUED),
        /** An operator revokes the token. */
        DISMISS(EventType.REVOKED),
        /** An operator resumes the token. */
        RESUME(EventType.RESUMED);

        final EventType event;

        /** {@code null} if the request submits neither a code nor a response. */
        final @Nullable EventType wrong;

        Kind(EventType event) {
            this(event, null);
        }

        Kind(EventType event, @Nullable EventType wrong) {
            this.event = event;
            this.wrong = wrong;
        }

        boolean isByOperator() {
            return this == DISMISS || this == RESUME || this == ISSUE_EMERGENCY_CODES || this == WITHDRAW;
        }
    }

    Purpose purpose() {
        return new Purpose("request-" + id);
    }

    Operator operator() {
        return new Operator("request-" + id);
    }

    Origin origin() {
        return Origin.NONE.reference("request-" + id);
    }
}
