package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.expect;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** The writers, consumers and operators of a {@link FeedSchedules schedule}, and a record of what the consumers received. */
final class FeedWorld {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);
    private static final Operator OPERATOR = new Operator("helpdesk-7");
    private static final List<ConsumerName> CONSUMERS = List.of(new ConsumerName("mail"), new ConsumerName("limits"));

    /** Ends a worker in the middle of its work, while it holds a lease. */
    private static final class Death extends InternalError {
        private static final long serialVersionUID = 1;
    }

    /** The events of one holder that one consumer handled, and those that an operator skipped. */
    private static final class Received {
        long last;
        final Set<Long> skipped = new HashSet<>();
        final Set<Long> broken = new HashSet<>();
        int ofRound;
        int ofFirst;

        void beginRound() {
            ofRound = 0;
            ofFirst = 0;
        }

        void handle(String whose, long number) {
            if (skipped.contains(number)) {
                throw new AssertionError("Event " + number + " of " + whose + " was skipped by an operator");
            }
            long next = next();
            if (number > next) {
                throw new AssertionError("Event " + number + " of " + whose + " came before event " + next);
            }
            last = Math.max(last, number);
        }

        long next() {
            long next = last + 1;
            while (skipped.contains(next)) {
                next++;
            }
            return next;
        }
    }

    final Random random;
    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final TokenStore store;
    private final Institution bank;
    private final List<Holder> holders;
    private final FeedPolicy policy;
    private final Map<ConsumerName, Map<Holder, Received>> received = new HashMap<>();
    private final Map<ConsumerName, List<EventFeed>> workers = new HashMap<>();
    private boolean down;
    private boolean healthy;

    FeedWorld(TokenStore store, Random random, int holders) {
        this.store = store;
        this.random = random;
        this.holders = IntStream.range(0, holders)
                .mapToObj(i -> new Holder("holder-" + i))
                .toList();
        bank = Institution.builder(new Scene(store).serviceId, store, TestInstitution.KEYS)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .withoutKeyCheck()
                .build();
        policy = FeedPolicy.builder()
                .lease(LEASE)
                .eventsOfHolder(1 + random.nextInt(4))
                .attempts(2 + random.nextInt(3))
                .firstDelay(Duration.ofSeconds(10))
                .longestDelay(LONGEST_DELAY)
                .failingHolders(2 + random.nextInt(holders - 2))
                .build();
        for (ConsumerName consumer : CONSUMERS) {
            bank.consumers().create(consumer, FeedStart.FIRST_EVENT);
            workers.put(consumer, List.of(bank.feed(consumer, policy), bank.feed(consumer, policy)));
            received.put(consumer, new HashMap<>());
        }
    }

    /** Stops random deaths and new random failures. Outages still cause failures. */
    void onlyOutages() {
        healthy = true;
    }

    void outage(boolean newDown) {
        down = newDown;
    }

    /** Lets a random number of seconds pass, up to a maximum, and returns that number. */
    int pass(int seconds) {
        int passed = 1 + random.nextInt(seconds);
        clock.advance(Duration.ofSeconds(passed));
        return passed;
    }

    void writeForAll() {
        holders.forEach(this::write);
    }

    void write() {
        write(holders.get(random.nextInt(holders.size())));
    }

    private void write(Holder holder) {
        Outcome<?> outcome = bank.tokens().registration(holder).pending() == null
                ? bank.tokens().orderHardware(holder, Confirmation.NONE)
                : bank.desk(OPERATOR).cancel(holder, "again");
        expect("whether " + outcome + " is accepted", outcome.isAccepted(), true);
    }

    void archive() {
        bank.histories().archive(clock.instant(), (holder, events) -> {}, done -> {});
    }

    /**
     * Lets an operator decide about one parked stream of each consumer, if there is one. About half of the retries repair the
     * event.
     */
    void decide() {
        for (ConsumerName consumer : CONSUMERS) {
            for (ParkedStream parked : bank.consumers().parked(consumer, null, 1)) {
                Received of = of(consumer, parked.holder());
                if (random.nextBoolean()) {
                    expect(
                            "a skip",
                            bank.consumers()
                                    .skip(consumer, parked, OPERATOR, "not needed")
                                    .isAccepted(),
                            true);
                    of.skipped.add(parked.number());
                } else {
                    retry(consumer, parked, random.nextBoolean());
                }
            }
        }
    }

    private void retry(ConsumerName consumer, ParkedStream parked, boolean repaired) {
        expect(
                "a retry",
                bank.consumers().retry(consumer, parked, OPERATOR, "repaired").isAccepted(),
                true);
        if (repaired) {
            of(consumer, parked.holder()).broken.remove(parked.number());
        }
    }

    void expectNothingParked() {
        for (ConsumerName consumer : CONSUMERS) {
            expect("the parked streams", bank.consumers().parked(consumer, null, 10), List.of());
        }
    }

    private Received of(ConsumerName consumer, Holder holder) {
        return received.getOrDefault(consumer, new HashMap<>()).computeIfAbsent(holder, key -> new Received());
    }

    /** Runs one round of one worker and checks that no holder was delayed by another. */
    void work() {
        ConsumerName consumer = CONSUMERS.get(random.nextInt(CONSUMERS.size()));
        List<EventFeed> both = workers.getOrDefault(consumer, List.of());
        Optional<Instant> paused = bank.consumers().pausedUntil(consumer);
        List<Holder> due = both.get(0).due(null, 100);
        holders.forEach(holder -> of(consumer, holder).beginRound());
        try {
            Delivered delivered = both.get(random.nextInt(2))
                    .deliver((holder, event) -> handle(consumer, holder, event, both.get(0), true));
            expect("the pause of the round", paused.isEmpty() || delivered.pausedUntil() != null, true);
            if (delivered.pausedUntil() == null) {
                due.forEach(holder -> expect("whether " + holder + " waits", of(consumer, holder).ofRound > 0, true));
            }
            int failures = delivered.failures().size();
            expect(
                    "whether " + failures + " holders fail in a row",
                    healthy && failures > policy.failingHolders(),
                    false);
        } catch (Death e) {
            // a dead worker does nothing
        }
    }

    private void handle(ConsumerName consumer, Holder holder, TokenEvent event, EventFeed other, boolean isFirst) {
        Received of = of(consumer, holder);
        of.ofRound++;
        of.ofFirst += isFirst ? 1 : 0;
        expect("whether " + of.ofFirst + " events are too many", of.ofFirst > policy.eventsOfHolder(), false);
        if (down) {
            throw new IllegalStateException("The mail server is down");
        }
        int what = healthy ? 100 : random.nextInt(30);
        if (what == 0) {
            throw new Death();
        }
        if (what == 1) {
            of.broken.add(event.number());
        }
        if (what == 2 || of.broken.contains(event.number())) {
            throw new IllegalStateException("The event cannot be handled");
        }
        of.handle(consumer + " " + holder, event.number());
        if (what == 3) {
            throw new Death();
        }
        if (what == 4) {
            write();
        }
        if (what == 5 && isFirst) {
            clock.advance(LEASE);
            overtake(consumer, other);
        }
    }

    /** Runs a round of another worker after the lease of the first worker has ended. */
    private void overtake(ConsumerName consumer, EventFeed other) {
        try {
            Delivered unused = bank.feed(consumer, policy)
                    .deliver((holder, event) -> handle(consumer, holder, event, other, false));
        } catch (Death e) {
            // a dead worker does nothing
        }
    }

    /** Repairs all events, delivers the remaining ones, and compares the received events with the histories. */
    void finish() {
        down = false;
        healthy = true;
        for (ConsumerName consumer : CONSUMERS) {
            received.getOrDefault(consumer, Map.of()).values().forEach(of -> of.broken.clear());
            long events = 1;
            for (int round = 0; round < 200 && (events > 0 || !hasAll(consumer)); round++) {
                events = finishRound(consumer);
            }
            expect("whether " + consumer + " has all events", hasAll(consumer), true);
        }
        expect(
                "the histories that wait",
                bank.histories()
                        .archive(Instant.MAX, (holder, events) -> {}, done -> {})
                        .waiting(),
                List.of());
    }

    /** Runs a round after the end of all leases, delays and pauses, and returns the number of handled events. */
    private long finishRound(ConsumerName consumer) {
        clock.advance(LEASE);
        for (ParkedStream parked : bank.consumers().parked(consumer, null, 100)) {
            retry(consumer, parked, true);
        }
        Delivered delivered = bank.feed(consumer, policy)
                .deliver((holder, event) -> of(consumer, holder).handle(consumer + " " + holder, event.number()));
        expect("the failures", delivered.failures(), List.of());
        return delivered.events();
    }

    private boolean hasAll(ConsumerName consumer) {
        return holders.stream().allMatch(holder -> of(consumer, holder).next() == events(holder) + 1);
    }

    private long events(Holder holder) {
        return store.find(bank.serviceId(), holder).map(Enrolment::eventCount).orElse(0L);
    }
}
