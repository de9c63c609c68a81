package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.machine.RaiseFloor;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
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
     * Raises the floor after a restored backup. Call it once, before anyone enters codes: the codes that were spent after the backup
     * would be accepted again. Afterwards no code that a TOTP token can have shown before the floor is accepted. This also holds
     * for a drift that was learned after the backup. A HOTP token must be resynchronised before its next code, because its last
     * spent counter is unknown. Mail codes, activation passwords and open proofs from before the floor are removed.
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
