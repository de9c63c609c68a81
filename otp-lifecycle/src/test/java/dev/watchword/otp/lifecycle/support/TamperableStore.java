package dev.watchword.otp.lifecycle.support;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store whose data can be changed without the library. */
public final class TamperableStore extends ForwardingStore implements ArchiveStore {
    private final InMemoryTokenStore store;
    public UnaryOperator<List<RecordedEvent>> events = UnaryOperator.identity();
    public UnaryOperator<Optional<HistoryAnchor>> anchor = UnaryOperator.identity();
    public UnaryOperator<Enrolment> enrolment = UnaryOperator.identity();

    public TamperableStore(InMemoryTokenStore store) {
        super(store);
        this.store = store;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return super.find(serviceId, holder).map(enrolment);
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        List<RecordedEvent> all = events.apply(super.history(serviceId, holder, 0, 10_000));
        return all.stream()
                .filter(recorded -> recorded.event().number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return store.holders(serviceId, after, limit);
    }

    @Override
    public Optional<HistoryAnchor> anchor(ServiceId serviceId, Holder holder) {
        return anchor.apply(store.anchor(serviceId, holder));
    }

    @Override
    public boolean archive(ServiceId serviceId, Holder holder, @Nullable HistoryAnchor before, HistoryAnchor anchor) {
        return store.archive(serviceId, holder, before, anchor);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return type == ArchiveStore.class ? Optional.of(type.cast(this)) : super.capability(type);
    }

    public TokenStore untouched() {
        return store;
    }
}
