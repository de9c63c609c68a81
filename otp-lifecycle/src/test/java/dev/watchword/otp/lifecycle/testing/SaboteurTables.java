package dev.watchword.otp.lifecycle.testing;

import static java.util.Comparator.comparing;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables that the parts of a {@link Saboteur} share. A caller holds {@link #lock} during each access. */
final class SaboteurTables {
    private record Claim(Object id, String serviceId) {}

    final Object lock = new Object();
    final Set<UUID> changes = new HashSet<>();
    final Set<Holder> locked = new HashSet<>();

    private final Flaw flaw;
    private final Map<Claim, Holder> claims = new HashMap<>();
    private Map<String, Enrolment> enrolments = new HashMap<>();

    SaboteurTables(Flaw flaw) {
        this.flaw = flaw;
    }

    boolean has(Flaw other) {
        return flaw == other;
    }

    /** Returns the key of a holder, in every table. */
    String key(ServiceId serviceId, Holder holder) {
        String reference = holder.value();
        if (has(Flaw.IGNORES_CASE)) {
            reference = reference.toLowerCase(Locale.ROOT);
        }
        if (has(Flaw.NORMALIZES_TEXT)) {
            reference = Normalizer.normalize(reference, Normalizer.Form.NFKC);
        }
        return has(Flaw.MIXES_INSTITUTIONS) ? reference : serviceId + "/" + reference;
    }

    @Nullable
    Enrolment enrolment(ServiceId serviceId, Holder holder) {
        return enrolments.get(key(serviceId, holder));
    }

    List<Enrolment> enrolments() {
        return List.copyOf(enrolments.values());
    }

    void put(Enrolment enrolment) {
        enrolments.put(key(enrolment.serviceId(), enrolment.holder()), enrolment);
    }

    Map<String, Enrolment> copy() {
        return new HashMap<>(enrolments);
    }

    void replaceBy(Map<String, Enrolment> copy) {
        enrolments = copy;
    }

    List<Enrolment> page(ServiceId serviceId, @Nullable Holder after, int limit) {
        synchronized (lock) {
            return enrolments.values().stream()
                    .filter(stored -> stored.serviceId().equals(serviceId) || has(Flaw.LISTS_ALL_INSTITUTIONS))
                    .sorted(comparing(stored -> stored.holder().value()))
                    .filter(stored -> {
                        int place = after == null ? 1 : stored.holder().value().compareTo(after.value());
                        return place > 0 || (place == 0 && has(Flaw.LISTS_A_HOLDER_TWICE));
                    })
                    .limit(limit)
                    .toList();
        }
    }

    List<Enrolment> all(ServiceId serviceId) {
        return page(serviceId, null, Integer.MAX_VALUE);
    }

    private Claim claimOf(ServiceId serviceId, SerialNumber serial) {
        boolean folded = has(Flaw.IGNORES_THE_CASE_OF_SERIALS);
        return new Claim(
                folded ? new SerialNumber(serial.value().toLowerCase(Locale.ROOT)) : serial, serviceId.value());
    }

    boolean isClaimed(ServiceId serviceId, UserId userId) {
        return claims.containsKey(new Claim(userId, serviceId.value()));
    }

    boolean isClaimed(ServiceId serviceId, SerialNumber serial) {
        return claims.containsKey(claimOf(serviceId, serial));
    }

    Optional<Holder> holderOf(ServiceId serviceId, UserId userId) {
        return Optional.ofNullable(claims.get(new Claim(userId, serviceId.value())));
    }

    Optional<Holder> holderOf(ServiceId serviceId, SerialNumber serial) {
        return Optional.ofNullable(claims.get(claimOf(serviceId, serial)));
    }

    void claim(Enrolment owner, UserId userId) {
        claims.put(new Claim(userId, owner.serviceId().value()), owner.holder());
    }

    void claim(Enrolment owner, SerialNumber serial) {
        claims.put(claimOf(owner.serviceId(), serial), owner.holder());
    }

    void free(ServiceId serviceId, SerialNumber serial) {
        claims.remove(claimOf(serviceId, serial));
    }
}
