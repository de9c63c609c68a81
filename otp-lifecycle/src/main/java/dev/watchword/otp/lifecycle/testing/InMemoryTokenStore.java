package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A store that forgets everything with the process: for tests, and as the plainest store that keeps the contract. */
public final class InMemoryTokenStore implements TokenStore {
    private record Key(ServiceId serviceId, Holder holder) {}

    private record Known(Key key, UUID change) {}

    private record TakenUserId(ServiceId serviceId, UserId userId) {}

    private record TakenSerial(ServiceId serviceId, SerialNumber serial) {}

    private final Map<Key, Enrolment> enrolments = new HashMap<>();
    private final Map<Key, List<TokenEvent>> histories = new HashMap<>();
    private final Set<TakenUserId> userIds = new HashSet<>();
    private final Set<TakenSerial> serials = new HashSet<>();
    private final Set<Known> changes = new HashSet<>();

    /** Creates an empty store. */
    public InMemoryTokenStore() {}

    @Override
    public synchronized Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        return Optional.ofNullable(enrolments.get(new Key(serviceId, holder)));
    }

    @Override
    public synchronized CommitResult commit(EnrolmentChange change) {
        Enrolment after = change.after();
        ServiceId serviceId = after.serviceId();
        Key key = new Key(serviceId, after.holder());
        if (changes.contains(new Known(key, change.id()))) {
            return CommitResult.COMMITTED;
        }
        Enrolment stored = enrolments.getOrDefault(key, Enrolment.none(serviceId, after.holder()));
        if (stored.version() != change.before().version()) {
            return CommitResult.STALE;
        }
        TakenUserId userId = new TakenUserId(serviceId, Objects.requireNonNull(after.userId()));
        if (change.isFirst() && userIds.contains(userId)) {
            return CommitResult.USER_ID_TAKEN;
        }
        if (change.bringsNewToken()
                && !serials.add(new TakenSerial(
                        serviceId, Objects.requireNonNull(after.token()).serial()))) {
            return CommitResult.SERIAL_TAKEN;
        }
        userIds.add(userId);
        enrolments.put(key, after);
        histories.computeIfAbsent(key, k -> new ArrayList<>()).addAll(change.events());
        changes.add(new Known(key, change.id()));
        return CommitResult.COMMITTED;
    }

    @Override
    public synchronized List<TokenEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return histories.getOrDefault(new Key(serviceId, holder), List.of()).stream()
                .filter(event -> event.number() > after)
                .limit(limit)
                .toList();
    }
}
