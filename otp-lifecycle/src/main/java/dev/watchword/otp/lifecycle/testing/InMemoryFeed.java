package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedPosition;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.ConsumerState;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The progress of the consumers of one institution. */
final class InMemoryFeed {
    private static final Comparator<Holder> BY_REFERENCE = Comparator.comparing(Holder::value);
    private static final Comparator<ParkedStream> LONGEST_FIRST =
            Comparator.comparing(ParkedStream::since).thenComparing(ParkedStream::holder, BY_REFERENCE);

    /** A consumer's position in a holder's history. The worker is null if no worker has a lease. */
    private static final class Place {
        long number;

        @Nullable
        UUID worker;

        Instant until = Instant.MIN;
        int attempts;
        long failedStreak = -1;

        @Nullable
        Instant retryAt;

        @Nullable
        ParkedStream parked;

        boolean isFree(Instant now) {
            return worker == null || !now.isBefore(until);
        }

        void endLease() {
            worker = null;
        }
    }

    /** A consumer. Its streaks, which are numbered, are the periods between its successes and pauses. */
    private static final class Consumer {
        final Map<Holder, Place> places = new TreeMap<>(BY_REFERENCE);

        @Nullable
        ConsumerName renamedFrom;

        long streak;
        int failing;
        int pauses;

        @Nullable
        Instant pausedUntil;

        Place place(Holder holder) {
            return places.computeIfAbsent(holder, key -> new Place());
        }
    }

    private final Map<ConsumerName, Consumer> consumers = new TreeMap<>(Comparator.comparing(ConsumerName::value));
    private final Map<String, List<FeedDecision>> decisions = new TreeMap<>();

    /** Creates a consumer that has received the given events. */
    boolean register(ConsumerName consumer, Map<Holder, Long> received) {
        if (consumers.containsKey(consumer)) {
            return false;
        }
        forgetRenaming(consumer);
        Consumer created = new Consumer();
        received.forEach((holder, number) -> created.place(holder).number = number);
        consumers.put(consumer, created);
        return true;
    }

    boolean rename(ConsumerName from, ConsumerName to) {
        Consumer present = consumers.get(from);
        Consumer other = consumers.get(to);
        if (present == null || other != null) {
            return present == null && other != null && from.equals(other.renamedFrom);
        }
        forgetRenaming(to);
        present.renamedFrom = from;
        consumers.put(to, present);
        consumers.remove(from);
        return true;
    }

    private void forgetRenaming(ConsumerName name) {
        for (Consumer consumer : consumers.values()) {
            consumer.renamedFrom = name.equals(consumer.renamedFrom) ? null : consumer.renamedFrom;
        }
    }

    List<ConsumerName> consumers() {
        return List.copyOf(consumers.keySet());
    }

    void retire(ConsumerName consumer) {
        consumers.remove(consumer);
    }

    Optional<ConsumerState> state(ConsumerName consumer) {
        return Optional.ofNullable(consumers.get(consumer)).map(found -> ConsumerState.of(found.pausedUntil));
    }

    boolean isDue(ConsumerName consumer, Holder holder, long eventCount, Instant now) {
        Consumer found = consumers.get(consumer);
        if (found == null) {
            return false;
        }
        Place place = found.places.getOrDefault(holder, new Place());
        return place.number < eventCount && place.isFree(now) && place.retryAt == null && place.parked == null;
    }

    List<Holder> retries(ConsumerName consumer, Instant now, int limit) {
        return places(consumer)
                .filter(entry -> isOver(entry.getValue().retryAt, now))
                .sorted(Comparator.comparing(InMemoryFeed::delay))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    private Stream<Map.Entry<Holder, Place>> places(ConsumerName consumer) {
        Consumer found = consumers.get(consumer);
        return found == null ? Stream.of() : found.places.entrySet().stream();
    }

    private static Instant delay(Map.Entry<Holder, Place> entry) {
        Instant retryAt = entry.getValue().retryAt;
        return retryAt == null ? Instant.MAX : retryAt;
    }

    private static boolean isOver(@Nullable Instant delay, Instant now) {
        return delay != null && !now.isBefore(delay);
    }

    Optional<FeedPlace> lease(ConsumerName consumer, Holder holder, UUID worker, Instant now, Instant until) {
        Consumer found = consumers.get(consumer);
        if (found == null) {
            return Optional.empty();
        }
        Place place = found.place(holder);
        boolean leased = !place.isFree(now) && !worker.equals(place.worker);
        if (leased || place.parked != null || (place.retryAt != null && !isOver(place.retryAt, now))) {
            return Optional.empty();
        }
        place.worker = worker;
        place.until = until;
        place.retryAt = null;
        return Optional.of(FeedPlace.of(place.number, found.failing > 0 || found.pauses > 0));
    }

    boolean advance(ConsumerName consumer, Holder holder, UUID worker, long number, boolean done) {
        Consumer found = consumers.get(consumer);
        Place place = found == null ? new Place() : found.place(holder);
        if (!worker.equals(place.worker) || number < place.number) {
            return false;
        }
        moveTo(place, number);
        if (done) {
            place.endLease();
        }
        return true;
    }

    private static void moveTo(Place place, long number) {
        place.attempts = number > place.number ? 0 : place.attempts;
        place.number = number;
    }

    Optional<AfterFailure> fail(
            ConsumerName consumer,
            Holder holder,
            UUID worker,
            long number,
            DeliveryError error,
            Instant now,
            Function<FailureCount, AfterFailure> decision) {
        Consumer found = consumers.get(consumer);
        Place place = found == null ? new Place() : found.place(holder);
        if (found == null || !worker.equals(place.worker) || number < place.number) {
            return Optional.empty();
        }
        moveTo(place, number);
        int holders = found.failing + (place.failedStreak == found.streak ? 0 : 1);
        AfterFailure after = decision.apply(FailureCount.of(place.attempts, holders, found.pauses, found.pausedUntil));
        place.endLease();
        place.failedStreak = found.streak;
        found.failing = holders;
        if (after instanceof AfterFailure.BackOff delay) {
            place.attempts = delay.attempts();
            place.retryAt = delay.until();
        } else if (after instanceof AfterFailure.Park park) {
            place.attempts = park.attempts();
            place.parked = ParkedStream.of(holder, number + 1, park.attempts(), now, error);
        } else if (after instanceof AfterFailure.Pause pause) {
            place.retryAt = pause.until();
            found.pauses = pause.pauses();
            found.pausedUntil = pause.until();
            endStreak(found);
        }
        return Optional.of(after);
    }

    private static void endStreak(Consumer consumer) {
        consumer.streak++;
        consumer.failing = 0;
    }

    void recovered(ConsumerName consumer) {
        Consumer found = consumers.get(consumer);
        if (found != null) {
            endStreak(found);
            found.pauses = 0;
            found.pausedUntil = null;
        }
    }

    List<ParkedStream> parked(ConsumerName consumer, @Nullable ParkedStream after, int limit) {
        return places(consumer)
                .flatMap(entry -> Stream.ofNullable(entry.getValue().parked))
                .sorted(LONGEST_FIRST)
                .filter(parked -> after == null || LONGEST_FIRST.compare(parked, after) > 0)
                .limit(limit)
                .toList();
    }

    boolean decide(ConsumerName consumer, Holder holder, Instant since, FeedDecision decision) {
        Consumer found = consumers.get(consumer);
        Place place = found == null ? new Place() : found.place(holder);
        if (place.parked == null
                || place.parked.number() != decision.number()
                || !place.parked.since().equals(since)) {
            return false;
        }
        place.parked = null;
        place.attempts = 0;
        if (decision.kind() == FeedDecision.Kind.SKIP) {
            place.number = decision.number();
        }
        decisions
                .computeIfAbsent(key(consumer, holder), unused -> new ArrayList<>())
                .add(decision);
        return true;
    }

    private static String key(ConsumerName consumer, Holder holder) {
        return holder.value() + "\n" + consumer.value();
    }

    List<FeedDecision> decisions(ConsumerName consumer, Holder holder, int limit) {
        return decisions.getOrDefault(key(consumer, holder), List.of()).stream()
                .limit(limit)
                .toList();
    }

    /** Removes the texts of a holder's errors and decisions. */
    void erase(Holder holder) {
        consumers.values().forEach(consumer -> {
            Place place = consumer.places.get(holder);
            if (place != null && place.parked != null) {
                ParkedStream parked = place.parked;
                place.parked = ParkedStream.of(
                        holder,
                        parked.number(),
                        parked.attempts(),
                        parked.since(),
                        new DeliveryError(parked.error().type(), null));
            }
        });
        decisions.forEach((key, made) -> {
            if (key.startsWith(holder.value() + "\n")) {
                made.replaceAll(one -> FeedDecision.of(one.kind(), one.number(), one.at(), one.operator(), null));
            }
        });
    }

    List<FeedPosition> positions(Holder holder) {
        return consumers.entrySet().stream()
                .map(entry -> {
                    Place place = entry.getValue().places.getOrDefault(holder, new Place());
                    ParkedStream parked = place.parked;
                    return FeedPosition.of(entry.getKey(), place.number, parked == null ? null : parked.error());
                })
                .toList();
    }

    /** Whether every consumer has received a holder's events up to and including a number. */
    boolean isConsumed(Holder holder, long number) {
        return positions(holder).stream().allMatch(position -> position.number() >= number);
    }
}
