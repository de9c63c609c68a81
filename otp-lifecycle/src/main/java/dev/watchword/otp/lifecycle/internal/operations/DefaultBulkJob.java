package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.machine.Command;
import dev.watchword.otp.lifecycle.internal.machine.Criterion;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Lapse;
import dev.watchword.otp.lifecycle.internal.machine.NoEvidence;
import dev.watchword.otp.lifecycle.internal.machine.OnSelected;
import dev.watchword.otp.lifecycle.internal.machine.RevokeByOperator;
import dev.watchword.otp.lifecycle.internal.machine.Suspend;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.operations.BulkAction;
import dev.watchword.otp.lifecycle.operations.BulkItem;
import dev.watchword.otp.lifecycle.operations.BulkJob;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import dev.watchword.otp.lifecycle.operations.Selection;
import dev.watchword.otp.lifecycle.spi.StockStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A bulk job over the lists of a store. */
public final class DefaultBulkJob implements BulkJob {
    private final Context context;
    private final Engine engine;
    private final Selection selection;
    private final BulkAction action;
    private final Operator operator;
    private final String reason;
    private final Criterion criterion;

    /**
     * Creates the job.
     *
     * @throws IllegalArgumentException if the action does not apply to the selection
     * @throws UnsupportedOperationException if the store lacks the lists or the stock
     */
    public DefaultBulkJob(
            Context context, Engine engine, Selection selection, BulkAction action, Operator operator, String reason) {
        this.context = context;
        this.engine = engine;
        this.selection = selection;
        this.action = action;
        this.operator = operator;
        this.reason = reason;
        boolean ofStock = selection instanceof Selection.OfBatch || selection instanceof Selection.OfSerials;
        if ((action instanceof BulkAction.Lapse) != (selection instanceof Selection.Overdue)
                || (action instanceof BulkAction.Withdraw && !ofStock)) {
            throw new IllegalArgumentException("The action " + action + " is not one for the selection " + selection
                    + "; withdraw tokens by batch or serial numbers, and let lapse what is overdue");
        }
        criterion = selected().criterion();
    }

    private SelectedTokens selected() {
        StockState stockState = action instanceof BulkAction.Withdraw ? StockState.AVAILABLE : StockState.ASSIGNED;
        return SelectedTokens.of(context, selection, stockState);
    }

    @Override
    public BulkResult dryRun(Consumer<BulkItem> each) {
        return new Run(this::wouldChange, each).over(selected(), handled -> {});
    }

    @Override
    public BulkResult run(LongConsumer progress) {
        return new Run(this::change, item -> {}).over(selected(), progress);
    }

    private boolean wouldChange(BulkItem item) {
        Holder holder = item.holder();
        return holder == null
                ? stock().state(context.serviceId(), requireNonNull(item.serial()))
                        .filter(state -> state == StockState.AVAILABLE)
                        .isPresent()
                : isDone(engine.rehearse(holder, command(item.serial()), (before, now) -> NoEvidence.NONE));
    }

    private boolean change(BulkItem item) {
        Holder holder = item.holder();
        return holder == null
                ? stock().withdraw(
                                context.serviceId(),
                                requireNonNull(item.serial()),
                                Withdrawal.of(context.now(), operator, reason))
                : isDone(engine.change(holder, command(item.serial())));
    }

    private static boolean isDone(Decision decision) {
        return decision.refusal() == null;
    }

    private StockStore stock() {
        return context.require(StockStore.class);
    }

    private Command<NoEvidence> command(@Nullable SerialNumber serial) {
        if (action instanceof BulkAction.Lapse || serial == null) {
            return new Lapse();
        }
        Command<NoEvidence> command = action instanceof BulkAction.Suspend suspend
                ? new Suspend(serial, suspend.why(), operator, reason)
                : new RevokeByOperator(serial, operator, reason);
        return new OnSelected(serial, criterion, command);
    }

    /** One run. For one thread. */
    private static final class Run {
        private final Predicate<BulkItem> changes;
        private final Consumer<BulkItem> each;
        private final List<Holder> unreadable = new ArrayList<>();
        private long changed;
        private long handled;

        Run(Predicate<BulkItem> changes, Consumer<BulkItem> each) {
            this.changes = changes;
            this.each = each;
        }

        BulkResult over(SelectedTokens selected, LongConsumer progress) {
            for (List<BulkItem> page = selected.next(); !page.isEmpty(); page = selected.next()) {
                page.forEach(this::take);
                progress.accept(handled);
            }
            return BulkResult.of(changed, handled - changed - unreadable.size(), unreadable);
        }

        private void take(BulkItem item) {
            handled++;
            try {
                if (changes.test(item)) {
                    changed++;
                    each.accept(item);
                }
            } catch (IntegrityException e) {
                Holder holder = item.holder();
                if (holder == null || unreadable.size() == BulkResult.MAX_UNREADABLE) {
                    throw e;
                }
                unreadable.add(holder);
            }
        }
    }
}
