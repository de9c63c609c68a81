package dev.watchword.otp.lifecycle.support;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A store of one holder, which can be copied. It shows its calls to a test before and after they run. For use by one
 * thread, which may call it again from within.
 */
public final class CopyableStore implements TokenStore {
    /** Runs around a commit. */
    public interface Around {
        CommitResult commit(EnrolmentChange change, TokenStore store);
    }

    private final Map<SerialNumber, StockedToken> stock;
    private final List<RecordedEvent> events;
    private final Map<SerialNumber, DevicePublicKey> devices;
    private @Nullable Enrolment enrolment;
    private @Nullable Around around;

    public CopyableStore() {
        stock = new HashMap<>();
        events = new ArrayList<>();
        devices = new HashMap<>();
    }

    private CopyableStore(CopyableStore from) {
        stock = new HashMap<>(from.stock);
        events = new ArrayList<>(from.events);
        devices = new HashMap<>(from.devices);
        enrolment = from.enrolment;
    }

    public CopyableStore copy() {
        return new CopyableStore(this);
    }

    public void stock(StockedToken token) {
        stock.put(token.serial(), token);
    }

    /** Runs something around the next commit only. */
    public void aroundNextCommit(Around newAround) {
        around = newAround;
    }

    @Nullable
    public Enrolment enrolment() {
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
    public <C> Optional<C> capability(Class<C> type) {
        if (type == DeviceStore.class) {
            DeviceStore found = (serviceId, holder, serial) -> Optional.ofNullable(devices.get(serial));
            return Optional.of(type.cast(found));
        }
        return type == StockStore.class ? Optional.of(type.cast(new Stock())) : Optional.empty();
    }

    /** The stock, of which only the reading part is used. */
    private final class Stock implements StockStore {
        @Override
        public Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
            return Optional.ofNullable(stock.get(serial));
        }

        @Override
        public boolean begin(ServiceId serviceId, BatchId batch, UUID importId) {
            throw new UnsupportedOperationException("Put tokens in stock with stock(token)");
        }

        @Override
        public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens) {
            throw new UnsupportedOperationException("Put tokens in stock with stock(token)");
        }

        @Override
        public boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
            throw new UnsupportedOperationException("Put tokens in stock with stock(token)");
        }

        @Override
        public void discard(ServiceId serviceId, BatchId batch, UUID importId) {
            throw new UnsupportedOperationException("Put tokens in stock with stock(token)");
        }

        @Override
        public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
            return find(serviceId, serial).map(token -> StockState.AVAILABLE);
        }

        @Override
        public boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal) {
            throw new UnsupportedOperationException();
        }
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
        if (change.device() != null) {
            devices.put(requireNonNull(change.after().pendingToken()).serial(), change.device());
        }
        change.changedTokens().stream()
                .filter(token -> token.state() == TokenState.REVOKED)
                .forEach(token -> devices.remove(token.serial()));
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
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        throw new UnsupportedOperationException("There is one holder");
    }
}
