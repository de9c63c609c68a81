package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.operations.HistoryFault;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in a holder's history. It moves from event to event while each has the next number and follows the link of the
 * previous one. For one thread.
 */
final class HistoryCursor {
    private final HistoryChain chain;
    private final Holder holder;
    private final @Nullable HistoryAnchor anchor;
    private long number;
    private @Nullable ChainLink link;
    private final List<Long> withoutReason = new ArrayList<>();

    /** Begins at an anchor, or before the first event if there is no anchor. */
    HistoryCursor(HistoryChain chain, Holder holder, @Nullable HistoryAnchor anchor) {
        this.chain = chain;
        this.holder = holder;
        this.anchor = anchor;
        number = anchor == null ? 0 : anchor.number();
        link = anchor == null ? null : anchor.last();
    }

    /** Returns whether the institution made the anchor, if there is one. */
    boolean isAnchorGenuine() {
        return anchor == null || chain.isGenuine(holder, anchor);
    }

    /** Returns the number of the last event, or that of the anchor. */
    long number() {
        return number;
    }

    /** Returns the link of the last event, or that of the anchor. */
    @Nullable
    ChainLink link() {
        return link;
    }

    /** Returns the numbers of the first events whose reason is missing without a later erasure, at most {@link HistoryVerdict#MAX_FINDINGS}. */
    List<Long> withoutReason() {
        return withoutReason;
    }

    /** Moves to the next event and returns null, or stays and returns the fault of the event. */
    @Nullable
    HistoryFault advance(RecordedEvent recorded) {
        if (recorded.event().number() != number + 1) {
            return HistoryFault.MISSING;
        }
        if (!chain.fits(holder, recorded, link)) {
            return HistoryFault.ALTERED;
        }
        number++;
        link = recorded.link();
        note(recorded);
        return null;
    }

    /** Moves to an event with a fault. The next event must follow its link. */
    void pass(RecordedEvent recorded) {
        number = Math.max(number + 1, recorded.event().number());
        link = recorded.link();
    }

    private void note(RecordedEvent recorded) {
        boolean gone = recorded.reasonMac() != null && !recorded.event().hasWords();
        if (recorded.event().type() == EventType.ERASED) {
            withoutReason.clear();
        } else if (gone && withoutReason.size() < HistoryVerdict.MAX_FINDINGS) {
            withoutReason.add(number);
        }
    }
}
