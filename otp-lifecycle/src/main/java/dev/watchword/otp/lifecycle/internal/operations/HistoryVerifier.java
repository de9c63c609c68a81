package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.operations.HistoryFault;
import dev.watchword.otp.lifecycle.operations.HistoryFinding;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies a holder's history against its chain, its anchor and the head in the enrolment. */
final class HistoryVerifier {
    private static final int PAGE = 500;

    private final Context context;
    private final ArchiveStore histories;
    private final HistoryChain chain;

    HistoryVerifier(Context context) {
        this.context = context;
        histories = context.require(ArchiveStore.class);
        chain = context.chain();
    }

    HistoryVerdict verify(Holder holder) {
        while (true) {
            Enrolment enrolment = read(holder);
            Optional<HistoryAnchor> anchor = histories.anchor(context.serviceId(), holder);
            HistoryVerdict verdict = new Run(enrolment, anchor.orElse(null)).verify();
            if (verdict.isIntact() || isUnchanged(enrolment, anchor)) {
                return verdict;
            }
        }
    }

    private Enrolment read(Holder holder) {
        return context.store()
                .find(context.serviceId(), holder)
                .orElseGet(() -> Enrolment.none(context.serviceId(), holder));
    }

    /** A fault can be an event that was written or archived meanwhile. */
    private boolean isUnchanged(Enrolment enrolment, Optional<HistoryAnchor> anchor) {
        Enrolment now = read(enrolment.holder());
        return now.eventCount() == enrolment.eventCount()
                && Objects.equals(now.head(), enrolment.head())
                && histories.anchor(context.serviceId(), enrolment.holder()).equals(anchor);
    }

    /** One pass over one history. */
    private final class Run {
        private final Enrolment enrolment;
        private final @Nullable HistoryAnchor anchor;
        private final long archived;
        private long number;
        private @Nullable ChainLink link;
        private long withoutReason;

        Run(Enrolment enrolment, @Nullable HistoryAnchor anchor) {
            this.enrolment = enrolment;
            this.anchor = anchor;
            archived = anchor == null ? 0 : anchor.number();
            number = archived;
            link = anchor == null ? null : anchor.last();
        }

        HistoryVerdict verify() {
            if (anchor != null && !chain.isGenuine(enrolment.holder(), anchor)) {
                return broken(number, HistoryFault.ANCHOR_ALTERED);
            }
            List<RecordedEvent> page;
            do {
                page = context.store().history(context.serviceId(), enrolment.holder(), number, PAGE);
                for (RecordedEvent recorded : page) {
                    HistoryFault fault = fault(recorded);
                    if (fault != null) {
                        return broken(number + 1, fault);
                    }
                    number++;
                    link = recorded.link();
                    note(recorded);
                }
            } while (page.size() == PAGE);
            return end();
        }

        private HistoryVerdict broken(long at, HistoryFault fault) {
            return HistoryVerdict.of(number - archived, archived, HistoryFinding.of(at, fault));
        }

        private @Nullable HistoryFault fault(RecordedEvent recorded) {
            if (number == enrolment.eventCount()) {
                return HistoryFault.ADDED;
            }
            if (recorded.event().number() != number + 1) {
                return HistoryFault.MISSING;
            }
            return chain.fits(enrolment.holder(), recorded, link) ? null : HistoryFault.ALTERED;
        }

        private void note(RecordedEvent recorded) {
            boolean gone = recorded.reasonMac() != null && recorded.event().reason() == null;
            if (recorded.event().type() == EventType.ERASED) {
                withoutReason = 0;
            } else if (gone && withoutReason == 0) {
                withoutReason = number;
            }
        }

        private HistoryVerdict end() {
            if (number < enrolment.eventCount()) {
                return broken(number + 1, HistoryFault.CUT_OFF);
            }
            if (!Objects.equals(link, enrolment.head())) {
                return broken(Math.max(1, number), HistoryFault.HEAD_ALTERED);
            }
            return withoutReason > 0
                    ? broken(withoutReason, HistoryFault.REASON_MISSING)
                    : HistoryVerdict.of(number - archived, archived, null);
        }
    }
}
