package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store with exactly one {@link Flaw}. This class is the mandatory part. Each optional part has its own class, such as
 * {@link StockSaboteur}.
 */
final class Saboteur implements TokenStore {
    static final long NANOS_TO_LOSE_A_RACE = 500_000;

    private final Flaw flaw;
    private final SaboteurTables tables;
    private final FieldSaboteur fields;
    private final HistorySaboteur histories;
    private final StockSaboteur stock;
    private final DeviceSaboteur devices;
    private final CommitSaboteur commits;
    private final FeedSaboteur feeds;
    private final List<Object> capabilities;

    Saboteur(Flaw flaw) {
        this.flaw = flaw;
        tables = new SaboteurTables(flaw);
        fields = new FieldSaboteur(flaw);
        histories = new HistorySaboteur(tables, fields);
        stock = new StockSaboteur(flaw, tables);
        devices = new DeviceSaboteur(tables);
        commits = new CommitSaboteur(tables, histories, stock, devices);
        feeds = new FeedSaboteur(tables);
        capabilities = List.of(
                stock,
                new ArchiveSaboteur(tables, histories, feeds),
                feeds,
                new ReencryptionSaboteur(tables, stock),
                new ListSaboteur(tables, stock),
                new KeyCheckSaboteur(tables),
                devices);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type.isInstance(this)) {
            return flaw == Flaw.OFFERS_ITSELF ? Optional.of(type.cast(this)) : Optional.empty();
        }
        Optional<C> offered =
                capabilities.stream().filter(type::isInstance).map(type::cast).findFirst();
        if (offered.isPresent()) {
            return offered;
        }
        return flaw == Flaw.OFFERS_UNKNOWN_CAPABILITIES ? Optional.of(pretended(type)) : Optional.empty();
    }

    private static <C> C pretended(Class<C> type) {
        Object nothing = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "toString" -> "nothing";
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
        return type.cast(nothing);
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
        synchronized (tables.lock) {
            Enrolment stored = tables.enrolment(serviceId, holder);
            if (stored == null) {
                return flaw == Flaw.FINDS_MISSING_ENROLMENTS
                        ? Optional.of(Enrolment.none(serviceId, holder))
                        : Optional.empty();
            }
            return Optional.of(fields.read(stored));
        }
    }

    @Override
    public Optional<Enrolment> find(ServiceId serviceId, UserId userId) {
        synchronized (tables.lock) {
            return flaw == Flaw.FINDS_NOBODY_BY_USER_ID
                    ? Optional.empty()
                    : tables.enrolments().stream()
                            .filter(stored -> stored.serviceId().equals(serviceId) && userId.equals(stored.userId()))
                            .findFirst()
                            .map(fields::read);
        }
    }

    @Override
    public boolean isTaken(ServiceId serviceId, SerialNumber serial) {
        synchronized (tables.lock) {
            boolean claimed = tables.isClaimed(serviceId, serial);
            boolean stocked = stock.state(serviceId, serial).isPresent();
            return (claimed && flaw != Flaw.KNOWS_NO_CLAIMED_SERIALS)
                    || (stocked && flaw != Flaw.KNOWS_NO_STOCKED_SERIALS);
        }
    }

    @Override
    public Attempt attempt(ServiceId serviceId, Holder holder) {
        return new AttemptSaboteur(flaw, this, serviceId, holder);
    }

    /** Locks a holder and never releases the lock. */
    void lock(Holder holder) {
        synchronized (tables.lock) {
            tables.locked.add(holder);
        }
    }

    @Override
    public CommitResult commit(EnrolmentChange change) {
        return commit(change, false);
    }

    /** Commits a change; a blind commit ignores the version. */
    CommitResult commit(EnrolmentChange change, boolean blind) {
        CommitResult result = commits.commit(change, blind);
        if (result == CommitResult.COMMITTED && change.erases()) {
            feeds.erase(change.after().serviceId(), change.after().holder());
        }
        return result;
    }

    @Override
    public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
        List<Enrolment> page = tables.page(serviceId, after, limit);
        boolean dropsLast = page.size() < limit && flaw == Flaw.LEAVES_OUT_THE_LAST_HOLDER;
        return page.stream()
                .limit(dropsLast ? page.size() - 1 : page.size())
                .map(Enrolment::holder)
                .toList();
    }

    @Override
    public List<RecordedEvent> history(ServiceId serviceId, Holder holder, long after, int limit) {
        return histories.read(serviceId, holder, after, limit);
    }
}
