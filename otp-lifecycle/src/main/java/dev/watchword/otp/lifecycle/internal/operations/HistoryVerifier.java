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
import java.util.ArrayList;
import java.util.Comparator;
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

    /** One pass over one history. It goes on after a fault. */
    private final class Run {
        private final Enrolment enrolment;
        private final HistoryCursor cursor;
        private final long archived;
        private final List<HistoryFinding> findings = new ArrayList<>();
        private long intact;
        private boolean isLastIntact = true;

        Run(Enrolment enrolment, @Nullable HistoryAnchor anchor) {
            this.enrolment = enrolment;
            cursor = new HistoryCursor(chain, enrolment.holder(), anchor);
            archived = cursor.number();
        }

        HistoryVerdict verify() {
            if (!cursor.isAnchorGenuine()) {
                find(archived, HistoryFault.ANCHOR_ALTERED);
            }
            List<RecordedEvent> page;
            do {
                page = context.store().history(context.serviceId(), enrolment.holder(), cursor.number(), PAGE);
                page.forEach(this::verify);
            } while (page.size() == PAGE);
            verifyEnd();
            return verdict();
        }

        private void verify(RecordedEvent recorded) {
            if (cursor.number() >= enrolment.eventCount()) {
                verifyHead();
                find(cursor.number() + 1, HistoryFault.ADDED);
                cursor.pass(recorded);
                return;
            }
            HistoryFault fault = cursor.advance(recorded);
            isLastIntact = fault == null;
            if (fault == null) {
                intact++;
            } else {
                find(cursor.number() + 1, fault);
                cursor.pass(recorded);
            }
        }

        private void verifyEnd() {
            if (cursor.number() < enrolment.eventCount()) {
                find(cursor.number() + 1, HistoryFault.CUT_OFF);
            } else {
                verifyHead();
            }
        }

        /** Compares the head with the last event that the enrolment counts, unless the event has a fault. */
        private void verifyHead() {
            if (cursor.number() == enrolment.eventCount()
                    && isLastIntact
                    && !Objects.equals(cursor.link(), enrolment.head())) {
                find(Math.max(1, cursor.number()), HistoryFault.HEAD_ALTERED);
            }
        }

        private HistoryVerdict verdict() {
            cursor.withoutReason().forEach(number -> find(number, HistoryFault.REASON_MISSING));
            return HistoryVerdict.of(
                    intact,
                    archived,
                    findings.stream()
                            .sorted(Comparator.comparingLong(HistoryFinding::number))
                            .limit(HistoryVerdict.MAX_FINDINGS)
                            .toList());
        }

        private void find(long number, HistoryFault fault) {
            if (findings.size() < 2 * HistoryVerdict.MAX_FINDINGS) {
                findings.add(HistoryFinding.of(number, fault));
            }
        }
    }
}
