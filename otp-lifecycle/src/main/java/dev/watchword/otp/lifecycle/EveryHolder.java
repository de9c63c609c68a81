package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task for every holder of an institution, page by page. It continues after a holder whose stored data cannot be read. For one run. */
final class EveryHolder {
    private static final Logger LOG = LoggerFactory.getLogger(EveryHolder.class);
    private static final int PAGE = 200;

    private final Context context;
    private final List<Holder> unreadable = new ArrayList<>();
    private long handled;

    EveryHolder(Context context) {
        this.context = context;
    }

    /** Runs the task. The progress receives the number of holders that were handled, after each page. */
    void run(Consumer<Holder> task, LongConsumer progress) {
        Holder last = null;
        List<Holder> page;
        do {
            page = context.store().holders(context.serviceId(), last, PAGE);
            for (Holder holder : page) {
                last = holder;
                handled++;
                take(holder, task);
            }
            progress.accept(handled);
        } while (page.size() == PAGE);
    }

    private void take(Holder holder, Consumer<Holder> task) {
        try {
            task.accept(holder);
        } catch (IntegrityException e) {
            LOG.error("Holder {} was left out, because the stored data cannot be read", holder, e);
            unreadable.add(holder);
        }
    }

    /** Returns the number of holders that were handled. */
    long handled() {
        return handled;
    }

    List<Holder> unreadable() {
        return unreadable;
    }
}
