package dev.watchword.otp.bench;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A store of one enrolment in memory, which keeps no events. Its cost is close to nothing. A frozen store confirms changes and keeps
 * none, so that the same code is accepted again and again. For one thread.
 */
final class OneHolderStore implements TokenStore {
    private final AtomicReference<@Nullable Enrolment> stored = new AtomicReference<>();
    private boolean frozen;

    void freeze() {
        frozen = true;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return Optional.ofNullable(stored.get());
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return Optional.ofNullable(stored.get());
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return false;
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        Enrolment before = stored.get();
        boolean expected =
                (before == null ? 0 : before.version()) == change.before().version();
        return expected && (frozen || stored.compareAndSet(before, change.after()))
                ? CommitResult.COMMITTED
                : CommitResult.STALE;
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        return List.of();
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return List.of();
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return Optional.empty();
    }
}
