package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.SerialNumber;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param id its number in the diary of its round, by which its event is known again wherever the caller has a word in it
 * @param kind what is asked for
 * @param holder for whom
 * @param serial the token that the client believes the holder to have; {@code null} if it knows none
 * @param step whose code is submitted; {@link #NO_STEP} for none and for a wrong one
 */
record Request(long id, Kind kind, Holder holder, @Nullable SerialNumber serial, long step) {
    static final long NO_STEP = -1;

    /** What can be asked for, and the event that a right answer has. */
    enum Kind {
        VERIFY(EventType.CODE_ACCEPTED),
        ISSUE(EventType.ISSUED),
        PROVISION(EventType.PROVISIONED),
        ACTIVATE(EventType.ACTIVATED),
        REVOKE(EventType.REVOKED),
        /** To revoke by an operator. */
        DISMISS(EventType.REVOKED),
        /** To resume by an operator. */
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
