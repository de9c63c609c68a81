package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Every consumer gets every event, in order for each holder, for any sequence of writers, workers and deaths. */
class EventFeedProperties extends InstitutionFixture {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final List<Holder> HOLDERS = List.of(new Holder("a"), new Holder("b"), new Holder("c"));

    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    /** The events that a consumer has processed, if it remembers the last number of each holder. */
    private final Map<String, List<Long>> done = new HashMap<>();

    @Property(tries = 2_000)
    @Tag("R9.5")
    void noEventIsSkippedOrReordered(@ForAll long seed) {
        new EventFeedProperties().live(new Random(seed));
    }

    private void live(Random random) {
        List<List<EventFeed>> workers = List.of(workers("mail"), workers("limits"));
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> write(HOLDERS.get(random.nextInt(3)));
                case 2 -> clock.advance(Duration.ofMinutes(random.nextInt(4)));
                default -> {
                    int consumer = random.nextInt(2);
                    work(workers.get(consumer), consumer, random, 0);
                }
            }
        }
        clock.advance(LEASE);
        for (int consumer = 0; consumer < 2; consumer++) {
            int to = consumer;
            EventFeed last = workers.get(consumer).get(0);
            Delivered delivered;
            do {
                delivered = last.deliver((holder, event) -> take(to, holder, event));
                assertEquals(List.of(), delivered.failures());
            } while (delivered.events() > 0);
            for (Holder holder : HOLDERS) {
                long all = history(holder).size();
                assertEquals(
                        LongStream.rangeClosed(1, all).boxed().toList(),
                        done.getOrDefault(consumer + " " + holder, List.of()));
            }
        }
    }

    private List<EventFeed> workers(String consumer) {
        ConsumerName name = new ConsumerName(consumer);
        return List.of(bank.feed(name, LEASE), bank.feed(name, LEASE));
    }

    private void write(Holder holder) {
        if (tokens.registration(holder).pending() == null) {
            assertAccepted(tokens.orderHardware(holder, Confirmation.NONE));
        } else {
            assertAccepted(desk.cancel(holder, "again"));
        }
    }

    /**
     * While a worker handles an event it may die, before or after its work, be slow, or meet writers and other workers.
     */
    private void work(List<EventFeed> workers, int consumer, Random random, int depth) {
        try {
            Delivered unused = workers.get(Math.min(depth, 1)).deliver((holder, event) -> {
                int what = random.nextInt(10);
                if (what == 0) {
                    throw new Death();
                }
                take(consumer, holder, event);
                if (what == 1) {
                    throw new Death();
                }
                if (what == 2) {
                    throw new IllegalStateException("it cannot be handled now");
                }
                if (what == 3) {
                    write(HOLDERS.get(random.nextInt(3)));
                }
                if (what == 4 && depth == 0) {
                    clock.advance(LEASE);
                    work(workers, consumer, random, 1);
                }
            });
        } catch (Death e) {
            // a dead worker does nothing
        }
    }

    private void take(int consumer, Holder holder, TokenEvent event) {
        List<Long> taken = done.computeIfAbsent(consumer + " " + holder, key -> new ArrayList<>());
        if (taken.isEmpty() || event.number() > taken.get(taken.size() - 1)) {
            taken.add(event.number());
        }
    }
}
