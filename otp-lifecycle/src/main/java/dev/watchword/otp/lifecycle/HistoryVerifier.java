package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.HistoryStore;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that the histories of an institution are as they were written: no event changed, missing, reordered, added or
 * cut off. What it cannot find is an enrolment that was put back whole to an earlier state, history and all, as from a
 * backup: keep the heads elsewhere to find that. Safe for use by several threads; writers need not wait.
 */
public final class HistoryVerifier {
    private static final int PAGE = 500;

    private final ServiceId serviceId;
    private final TokenStore store;
    private final HistoryStore histories;
    private final HistoryChain chain;

    private HistoryVerifier(ServiceId serviceId, TokenStore store, HistoryStore histories, KeySource keys) {
        this.serviceId = serviceId;
        this.store = store;
        this.histories = histories;
        chain = new HistoryChain(keys, serviceId);
    }

    /**
     * Creates a verifier.
     *
     * @param serviceId the institution
     * @param store where its histories are kept
     * @param keys where the keys come from that tied them
     * @param <S> the store
     * @return the verifier
     */
    public static <S extends TokenStore & HistoryStore> HistoryVerifier of(
            ServiceId serviceId, S store, KeySource keys) {
        return new HistoryVerifier(
                requireNonNull(serviceId, "serviceId"),
                requireNonNull(store, "store"),
                store,
                requireNonNull(keys, "keys"));
    }

    /**
     * Verifies the history of one holder.
     *
     * @param holder the holder
     * @return intact, or the first event with which something is wrong
     * @throws SealingException if a key of the history is not in the key source
     * @throws StorageException if the store fails
     */
    public HistoryVerdict verify(Holder holder) {
        while (true) {
            Enrolment enrolment = read(holder);
            Optional<HistoryAnchor> anchor = histories.anchor(serviceId, holder);
            HistoryVerdict verdict = new Run(enrolment, anchor.orElse(null)).verify();
            if (verdict instanceof HistoryVerdict.Intact || isUnchanged(enrolment, anchor)) {
                return verdict;
            }
        }
    }

    private Enrolment read(Holder holder) {
        return store.find(serviceId, holder).orElseGet(() -> Enrolment.none(serviceId, holder));
    }

    /** What looks wrong may be what was written, or archived, meanwhile. */
    private boolean isUnchanged(Enrolment enrolment, Optional<HistoryAnchor> anchor) {
        Enrolment now = read(enrolment.holder());
        return now.eventCount() == enrolment.eventCount()
                && Objects.equals(now.head(), enrolment.head())
                && histories.anchor(serviceId, enrolment.holder()).equals(anchor);
    }

    /** One walk along one history. */
    private final class Run {
        private final Enrolment enrolment;
        private final @Nullable HistoryAnchor anchor;
        private long number;
        private @Nullable ChainLink link;
        private long withoutReason;

        Run(Enrolment enrolment, @Nullable HistoryAnchor anchor) {
            this.enrolment = enrolment;
            this.anchor = anchor;
            number = anchor == null ? 0 : anchor.number();
            link = anchor == null ? null : anchor.last();
        }

        HistoryVerdict verify() {
            long archived = number;
            if (anchor != null && !chain.isGenuine(enrolment.holder(), anchor)) {
                return new HistoryVerdict.Broken(number, HistoryFault.ANCHOR_ALTERED);
            }
            List<RecordedEvent> page;
            do {
                page = store.history(serviceId, enrolment.holder(), number, PAGE);
                for (RecordedEvent recorded : page) {
                    HistoryFault fault = fault(recorded);
                    if (fault != null) {
                        return new HistoryVerdict.Broken(number + 1, fault);
                    }
                    number++;
                    link = recorded.link();
                    note(recorded);
                }
            } while (page.size() == PAGE);
            return end(archived);
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

        private HistoryVerdict end(long archived) {
            if (number < enrolment.eventCount()) {
                return new HistoryVerdict.Broken(number + 1, HistoryFault.CUT_OFF);
            }
            if (!Objects.equals(link, enrolment.head())) {
                return new HistoryVerdict.Broken(Math.max(1, number), HistoryFault.HEAD_ALTERED);
            }
            return withoutReason > 0
                    ? new HistoryVerdict.Broken(withoutReason, HistoryFault.REASON_MISSING)
                    : new HistoryVerdict.Intact(number - archived, archived);
        }
    }
}
