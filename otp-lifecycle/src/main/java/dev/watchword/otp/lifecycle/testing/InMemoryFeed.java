package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The progress of the consumers of one institution. */
final class InMemoryFeed {
    /**
     * A consumer's position in a holder's history, and the lease of its worker; the worker is null if it returned the
     * lease.
     */
    private record Place(long number, @Nullable UUID worker, Instant until) {
        static final Place START = new Place(0, null, Instant.MIN);

        boolean isFree(Instant now) {
            return worker == null || !now.isBefore(until);
        }
    }

    private final Map<ConsumerName, Map<Holder, Place>> consumers = new HashMap<>();

    void register(ConsumerName consumer) {
        consumers.putIfAbsent(consumer, new HashMap<>());
    }

    void retire(ConsumerName consumer) {
        consumers.remove(consumer);
    }

    boolean isDue(ConsumerName consumer, Holder holder, long eventCount, Instant now) {
        Map<Holder, Place> places = consumers.get(consumer);
        if (places == null) {
            return false;
        }
        Place place = places.getOrDefault(holder, Place.START);
        return place.number < eventCount && place.isFree(now);
    }

    OptionalLong lease(ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until) {
        Map<Holder, Place> places = consumers.get(consumer);
        if (places == null) {
            return OptionalLong.empty();
        }
        Place place = places.getOrDefault(holder, Place.START);
        if (!place.isFree(now) && !worker.equals(place.worker)) {
            return OptionalLong.empty();
        }
        places.put(holder, new Place(place.number, worker, until));
        return OptionalLong.of(place.number);
    }

    boolean advance(ConsumerName consumer, Holder holder, UUID worker, long number, boolean done) {
        Map<Holder, Place> places = consumers.getOrDefault(consumer, Map.of());
        Place place = places.getOrDefault(holder, Place.START);
        if (!worker.equals(place.worker) || number < place.number) {
            return false;
        }
        places.put(holder, new Place(number, done ? null : worker, place.until));
        return true;
    }

    /** Whether every consumer has received a holder's events up to and including a number. */
    boolean isConsumed(Holder holder, long number) {
        return consumers.values().stream()
                .allMatch(places -> places.getOrDefault(holder, Place.START).number >= number);
    }
}
