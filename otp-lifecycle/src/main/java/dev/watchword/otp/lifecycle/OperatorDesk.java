package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.IssueEmergencyCodes;
import dev.watchword.otp.lifecycle.internal.machine.RaiseFloor;
import dev.watchword.otp.lifecycle.internal.machine.Reanchor;
import dev.watchword.otp.lifecycle.internal.operations.DefaultBulkJob;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.operations.BulkAction;
import dev.watchword.otp.lifecycle.operations.BulkJob;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import dev.watchword.otp.lifecycle.operations.Selection;
import dev.watchword.otp.lifecycle.spi.StockStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The operations of an operator of the institution. Each is recorded with the operator's name. Obtain it from
 * {@link Institution#desk}. Thread-safe.
 */
public final class OperatorDesk extends HolderDesk {
    private static final int FLOOR_AHEAD_MINUTES = 5;

    OperatorDesk(Context context, Engine engine, Operator operator) {
        super(context, engine, operator);
    }

    /**
     * Withdraws a hardware token from the stock, such as a faulty one or one that was lost in shipment (R5.5). Its secret is deleted,
     * and it never returns. For a whole delivery use {@link #bulk}.
     *
     * @param serial the entered serial number
     * @param reason the operator's reason
     * @return the new state, or refused if the token is not in stock
     * @throws UnsupportedOperationException if the store has no {@link StockStore}
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<StockState> withdraw(@Nullable String serial, @Nullable String reason) {
        Optional<SerialNumber> parsed = SerialNumber.parse(serial);
        Set<Field> malformed = EnumSet.noneOf(Field.class);
        if (parsed.isEmpty()) {
            malformed.add(Field.SERIAL_NUMBER);
        }
        if (!isReason(reason)) {
            malformed.add(Field.REASON);
        }
        if (!malformed.isEmpty()) {
            return outcomes.malformed(malformed);
        }
        Withdrawal withdrawal = Withdrawal.of(context.now(), operator, requireNonNull(reason));
        return context.require(StockStore.class).withdraw(context.serviceId(), parsed.get(), withdrawal)
                ? Accepted.of(StockState.WITHDRAWN)
                : Refused.of(Refusal.NOT_IN_STOCK);
    }

    /**
     * Issues emergency codes to a holder whose token is lost, for logins until a replacement is activated (R14.1). They replace
     * earlier ones. They end with their time, with the activation of another token, and, by the policy's default, with the next
     * accepted code of the token. They are accepted while the token is suspended, and not while the holder is. Identify the holder
     * before.
     *
     * @param holder a holder with a token in use, so that login asks for a code; the token may be suspended or expired
     * @param reason the operator's reason
     * @return the codes to give to the holder, or refused
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<EmergencyCodes> issueEmergencyCodes(Holder holder, @Nullable String reason) {
        if (!isReason(reason)) {
            return outcomes.malformed(Set.of(Field.REASON));
        }
        DrawnCodes drawn = DrawnCodes.emergency(context, holder);
        IssueEmergencyCodes command = new IssueEmergencyCodes(operator, requireNonNull(reason));
        Decision decision =
                engine.change(holder, command, (before, now) -> drawn.hashed()).decision();
        return outcomes.of(decision, issued -> issued(issued, drawn), Set.of());
    }

    private EmergencyCodes issued(Decision decision, DrawnCodes drawn) {
        BackupCodeSet set = requireNonNull(decision.enrolment().backupCodes().emergency(), "emergency codes");
        return EmergencyCodes.of(
                drawn.printed(), requireNonNull(set.expiresAt(), "expiresAt"), outcomes.registration(decision));
    }

    /**
     * Prepares an action on many tokens (R12.3). Nothing is changed before {@link BulkJob#run}.
     *
     * @param selection the tokens
     * @param action the action
     * @param reason the operator's reason, which each event records
     * @return the job, or refused as malformed
     * @throws IllegalArgumentException if the action does not apply to the selection
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.ListStore}
     */
    public Outcome<BulkJob> bulk(Selection selection, BulkAction action, @Nullable String reason) {
        requireNonNull(selection, "selection");
        requireNonNull(action, "action");
        return isReason(reason)
                ? Accepted.of(new DefaultBulkJob(context, engine, selection, action, operator, requireNonNull(reason)))
                : outcomes.malformed(Set.of(Field.REASON));
    }

    /**
     * Continues every history under the current history key after the previous key leaked (R10.6). Each holder whose last event
     * is under another key gets the event {@link dev.watchword.otp.lifecycle.model.EventType#REANCHORED}. Afterwards no operation
     * on such a holder needs the previous key, except the verification and archiving of events before that one. The job can be
     * stopped and run again.
     *
     * @param reason the operator's reason
     * @param progress receives the number of holders that were handled, after each page; an exception that it throws stops the job
     * @return the number of continued histories, the number of histories that were already under the current key, and the holders
     *     whose stored data cannot be read; or refused as malformed
     * @throws WatchwordException if the infrastructure fails; run the job again
     */
    public Outcome<BulkResult> reanchorHistories(@Nullable String reason, LongConsumer progress) {
        if (!isReason(reason)) {
            return outcomes.malformed(Set.of(Field.REASON));
        }
        Reanchor command = new Reanchor(context.keys().historyKeyName(), operator, requireNonNull(reason));
        LongAdder changed = new LongAdder();
        EveryHolder holders = new EveryHolder(context);
        holders.run(
                holder -> {
                    if (engine.change(holder, command).changes()) {
                        changed.increment();
                    }
                },
                progress);
        long unreadable = holders.unreadable().size();
        return Accepted.of(
                BulkResult.of(changed.sum(), holders.handled() - changed.sum() - unreadable, holders.unreadable()));
    }

    /**
     * Raises the floor after a restored backup. Call it once, before anyone enters codes: the codes that were spent after the backup
     * would be accepted again. Afterwards no code that a TOTP token can have shown before the floor is accepted. This also holds
     * for a drift that was learned after the backup. A HOTP token must be resynchronised before its next code, because its last
     * spent counter is unknown. Mail codes, activation passwords, open proofs, emergency codes and recovery codes from before the floor
     * are removed.
     *
     * <p>The job continues after a holder whose stored data cannot be read, and reports the holder. It can be interrupted and
     * repeated with the same floor.
     *
     * @param floor the current instant, or an instant after every accepted code; at most {@value #FLOOR_AHEAD_MINUTES} minutes
     *     after now
     * @param reason the operator's reason
     * @param progress receives the number of holders that were handled, after each page
     * @return the result, or refused as malformed
     * @throws IllegalArgumentException if the floor is too late
     * @throws WatchwordException if the infrastructure fails
     */
    public Outcome<RaisedFloor> raiseFloor(Instant floor, @Nullable String reason, LongConsumer progress) {
        requireNonNull(floor, "floor");
        if (!isReason(reason)) {
            return outcomes.malformed(Set.of(Field.REASON));
        }
        Instant latest = context.now().plus(Duration.ofMinutes(FLOOR_AHEAD_MINUTES));
        if (floor.isAfter(latest)) {
            throw new IllegalArgumentException("floor must not be later than " + latest + ", which is "
                    + FLOOR_AHEAD_MINUTES + " minutes from now: no code is accepted until then; it is " + floor);
        }
        return Accepted.of(new FloorRaiser(context, engine, new RaiseFloor(floor, operator, requireNonNull(reason)))
                .run(progress));
    }
}
