package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.model.Enrolment;
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
    private final HistoryChain chain;

    HistoryVerifier(Context context) {
        this.context = context;
        chain = context.chain();
    }

    HistoryVerdict verify(Holder holder) {
        while (true) {
            Enrolment enrolment = read(holder);
            Optional<HistoryAnchor> anchor = anchor(holder);
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

    /** An event that was written or archived meanwhile can look like a fault. */
    private boolean isUnchanged(Enrolment enrolment, Optional<HistoryAnchor> anchor) {
        Enrolment now = read(enrolment.holder());
        return now.eventCount() == enrolment.eventCount()
                && Objects.equals(now.head(), enrolment.head())
                && anchor(enrolment.holder()).equals(anchor);
    }

    /**
     * A store without an archive has no anchors. Events that were archived through another store then count as missing.
     */
    private Optional<HistoryAnchor> anchor(Holder holder) {
        return context.store()
                .capability(ArchiveStore.class)
                .flatMap(histories -> histories.anchor(context.serviceId(), holder));
    }

    /** One pass over one history. */
    private final class Run {
        private final Enrolment enrolment;
        private final HistoryCursor cursor;
        private final long archived;

        Run(Enrolment enrolment, @Nullable HistoryAnchor anchor) {
            this.enrolment = enrolment;
            cursor = new HistoryCursor(chain, enrolment.holder(), anchor);
            archived = cursor.number();
        }

        HistoryVerdict verify() {
            if (!cursor.isAnchorGenuine()) {
                return broken(archived, HistoryFault.ANCHOR_ALTERED);
            }
            List<RecordedEvent> page;
            do {
                page = context.store().history(context.serviceId(), enrolment.holder(), cursor.number(), PAGE);
                for (RecordedEvent recorded : page) {
                    HistoryFault fault =
                            cursor.number() == enrolment.eventCount() ? HistoryFault.ADDED : cursor.advance(recorded);
                    if (fault != null) {
                        return broken(cursor.number() + 1, fault);
                    }
                }
            } while (page.size() == PAGE);
            return end();
        }

        private HistoryVerdict broken(long at, HistoryFault fault) {
            return HistoryVerdict.of(cursor.number() - archived, archived, HistoryFinding.of(at, fault));
        }

        private HistoryVerdict end() {
            long number = cursor.number();
            if (number < enrolment.eventCount()) {
                return broken(number + 1, HistoryFault.CUT_OFF);
            }
            if (!Objects.equals(cursor.link(), enrolment.head())) {
                return broken(Math.max(1, number), HistoryFault.HEAD_ALTERED);
            }
            return cursor.withoutReason() > 0
                    ? broken(cursor.withoutReason(), HistoryFault.REASON_MISSING)
                    : HistoryVerdict.of(number - archived, archived, null);
        }
    }
}
