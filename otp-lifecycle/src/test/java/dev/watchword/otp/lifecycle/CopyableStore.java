package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store of one holder, which can be copied, and shows its calls to a test before and after they are done. Used by one
 * thread, which may call it again from within.
 */
final class CopyableStore implements TokenStore {
    /** What happens around a commit. */
    interface Around {
        CommitResult commit(EnrolmentChange change, TokenStore store);
    }

    private final Map<SerialNumber, StockedFob> stock;
    private final List<RecordedEvent> events;
    private @Nullable Enrolment enrolment;
    private @Nullable Around around;

    CopyableStore() {
        stock = new HashMap<>();
        events = new ArrayList<>();
    }

    private CopyableStore(CopyableStore from) {
        stock = new HashMap<>(from.stock);
        events = new ArrayList<>(from.events);
        enrolment = from.enrolment;
    }

    CopyableStore copy() {
        return new CopyableStore(this);
    }

    void stock(StockedFob fob) {
        stock.put(fob.serial(), fob);
    }

    /** Does something around the next commit, and around no other. */
    void aroundNextCommit(Around newAround) {
        around = newAround;
    }

    @Nullable
    Enrolment enrolment() {
        return enrolment;
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return Optional.ofNullable(enrolment);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        return Optional.ofNullable(enrolment).filter(found -> userId.equals(found.userId()));
    }

    @Override
    public Optional<StockedFob> findInStock(ServiceId serviceId, SerialNumber serial) {
        return Optional.ofNullable(stock.get(serial));
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        return stock.containsKey(serial);
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        Around now = around;
        around = null;
        return now == null ? write(change) : now.commit(change, this);
    }

    private CommitResult write(EnrolmentChange change) {
        if ((enrolment == null ? 0 : enrolment.version()) != change.before().version()) {
            return CommitResult.STALE;
        }
        for (Token token : change.broughtTokens()) {
            if (EnrolmentChange.isFromStock(token) && stock.remove(token.serial()) == null) {
                return CommitResult.NOT_IN_STOCK;
            }
        }
        enrolment = change.after();
        events.addAll(change.events());
        return CommitResult.COMMITTED;
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return events.stream()
                .filter(event -> event.event().number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Enrolment> page(ServiceId serviceId, @Nullable Holder after, int limit) {
        throw new UnsupportedOperationException("There is one holder");
    }
}
