package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an operator of the institution does. All of it is recorded with the operator's name. Safe for use by several
 * threads.
 *
 * <p>Where a reason is asked for, it is the operator's words, 1 to {@value TokenEvent#MAX_REASON_LENGTH} characters.
 */
public final class OperatorDesk {
    private static final int PAGE = 200;

    private final Operator operator;
    private final ServiceId serviceId;
    private final TokenStore store;
    private final Enrolments enrolments;
    private final Outcomes outcomes;

    OperatorDesk(Operator operator, ServiceId serviceId, TokenStore store, Enrolments enrolments, Outcomes outcomes) {
        this.operator = requireNonNull(operator, "operator");
        this.serviceId = serviceId;
        this.store = store;
        this.enrolments = enrolments;
        this.outcomes = outcomes;
    }

    /**
     * Assigns a fob of the stock to a holder's order. The fob is this holder's, and nobody else's ever again.
     *
     * @param holder a holder who ordered a fob
     * @param serial the serial number on its back
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome assign(Holder holder, SerialNumber serial) {
        requireNonNull(serial, "serial");
        Once<Optional<StockedFob>> fob = new Once<>(() -> store.findInStock(serviceId, serial));
        return outcomes.of(enrolments.change(
                holder,
                TokenAction.ASSIGN,
                (before, now) -> new Command.Assign(fob.get().orElse(null), operator)));
    }

    /**
     * Notes that the assigned fob was sent to the holder, who can activate it from now on.
     *
     * @param holder a holder to whose order a fob was assigned
     * @return accepted or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome send(Holder holder) {
        return change(holder, new Command.Send(operator));
    }

    /**
     * Suspends the holder's tokens, the one in use and the one that waits: no code is accepted until they are resumed.
     * Where one is suspended already, the new reason takes the place of the old one, which stays in the history.
     *
     * @param holder the holder
     * @param why what happened; not {@link SuspensionReason#TOO_MANY_FAILURES}
     * @param reason the operator's words
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text, or why is not an operator's to say
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome suspend(Holder holder, SuspensionReason why, String reason) {
        return suspendOf(holder, null, why, reason);
    }

    /**
     * Suspends one of the holder's tokens, as {@link #suspend(Holder, SuspensionReason, String)} does both.
     *
     * @param holder the holder
     * @param serial the token
     * @param why what happened
     * @param reason the operator's words
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text, or why is not an operator's to say
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome suspend(Holder holder, SerialNumber serial, SuspensionReason why, String reason) {
        return suspendOf(holder, requireNonNull(serial, "serial"), why, reason);
    }

    private Outcome suspendOf(Holder holder, @Nullable SerialNumber serial, SuspensionReason why, String reason) {
        if (requireNonNull(why, "why") == SuspensionReason.TOO_MANY_FAILURES) {
            throw new IllegalArgumentException(
                    "why must be what an operator knows: only wrong codes are TOO_MANY_FAILURES");
        }
        return change(holder, new Command.Suspend(serial, why, operator, requireReason(reason)));
    }

    /**
     * Resumes the holder's suspended tokens, and sets their counters of wrong codes in a row to zero. Nothing else ever
     * resumes them. One that took too many wrong codes in all stays suspended, and can only be replaced.
     *
     * @param holder the holder, having made sure who it is
     * @param reason the operator's words
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome resume(Holder holder, String reason) {
        return change(holder, new Command.Resume(null, operator, requireReason(reason)));
    }

    /**
     * Resumes one of the holder's tokens, as {@link #resume(Holder, String)} does both.
     *
     * @param holder the holder, having made sure who it is
     * @param serial the token
     * @param reason the operator's words
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome resume(Holder holder, SerialNumber serial, String reason) {
        return change(holder, new Command.Resume(requireNonNull(serial, "serial"), operator, requireReason(reason)));
    }

    /**
     * Cancels what waits for its activation. A token in use stays.
     *
     * @param holder the holder
     * @param reason the operator's words
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome cancel(Holder holder, String reason) {
        return change(holder, new Command.CancelByOperator(operator, requireReason(reason)));
    }

    /**
     * Revokes the holder's tokens without a code, the one in use and what waits. The secrets are deleted.
     *
     * @param holder the holder
     * @param reason the operator's words
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome revoke(Holder holder, String reason) {
        return change(holder, new Command.RevokeByOperator(operator, requireReason(reason)));
    }

    /**
     * Lets a holder try the confirmation password and mail codes again, of which too many were wrong.
     *
     * @param holder the holder, having made sure who it is
     * @param reason the operator's words
     * @return accepted or refused
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome resetFactors(Holder holder, String reason) {
        return change(holder, new Command.ResetFactors(operator, requireReason(reason)));
    }

    /**
     * To be called once after the database was restored from a backup, before anybody enters codes: the codes that were spent
     * after the backup was taken would be good again. Afterwards no code is accepted that a token showed before the floor. A
     * token that counts events is suspended, since nobody knows how far it was; resume it when its holder shows it. Mail
     * codes of before are good no more. Can be interrupted, and called again with the same floor.
     *
     * @param floor now, or later than any code was accepted before
     * @param reason the operator's words
     * @param progress is told after each page of holders how many were changed so far
     * @return how many holders were changed
     * @throws IllegalArgumentException if the reason is not such a text
     * @throws WatchwordException if the infrastructure fails
     */
    public long raiseFloor(Instant floor, String reason, LongConsumer progress) {
        Command.RaiseFloor raise =
                new Command.RaiseFloor(requireNonNull(floor, "floor"), operator, requireReason(reason));
        long changed = 0;
        Holder last = null;
        List<Enrolment> page;
        do {
            page = store.page(serviceId, last, PAGE);
            for (Enrolment enrolment : page) {
                last = enrolment.holder();
                if (enrolments
                        .change(enrolment, raise.action(), (before, now) -> raise)
                        .changes()) {
                    changed++;
                }
            }
            progress.accept(changed);
        } while (page.size() == PAGE);
        return changed;
    }

    /**
     * Erases what is known of the person: the mail address, the confirmation password, the operators' words in the
     * history. The history stays, and verifies; it speaks of the holder by the reference, the user ID and serial numbers.
     *
     * @param holder a holder without a token and without an order
     * @return accepted, or refused if there is a token or an order
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome erase(Holder holder) {
        return change(holder, new Command.Erase(operator));
    }

    private Outcome change(Holder holder, Command command) {
        return outcomes.of(enrolments.change(holder, command.action(), (before, now) -> command));
    }

    private static String requireReason(String reason) {
        return Require.text(reason, "reason", TokenEvent.MAX_REASON_LENGTH);
    }
}
