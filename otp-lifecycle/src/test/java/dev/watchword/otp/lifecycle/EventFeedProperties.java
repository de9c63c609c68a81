package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
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

/** Writers, workers, deaths and slow workers in any order: every consumer gets every event, in order for each holder. */
class EventFeedProperties extends TokenServiceFixture {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final List<Holder> HOLDERS = List.of(new Holder("a"), new Holder("b"), new Holder("c"));

    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    /** What a consumer that remembers the last number of each holder has really done. */
    private final Map<String, List<Long>> done = new HashMap<>();

    @Property(tries = 2_000)
    @Tag("R9.5")
    void nothingIsSkippedAndNothingOvertakes(@ForAll long seed) {
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
            workers.get(consumer).get(0).deliver((holder, event) -> take(to, holder, event));
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
        return List.of(
                EventFeed.of(InMemoryTokens.SERVICE_ID, store, clock, name, LEASE),
                EventFeed.of(InMemoryTokens.SERVICE_ID, store, clock, name, LEASE));
    }

    private void write(Holder holder) {
        if (tokens.registration(holder).waiting() == null) {
            tokens.orderFob(holder, Confirmation.NONE);
        } else {
            desk.cancel(holder, "again");
        }
    }

    /** While it handles an event a worker may die, before or after it did what it does, be slow, or meet writers and others. */
    private void work(List<EventFeed> workers, int consumer, Random random, int depth) {
        try {
            workers.get(Math.min(depth, 1)).deliver((holder, event) -> {
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
            // it does nothing any more
        }
    }

    private void take(int consumer, Holder holder, TokenEvent event) {
        List<Long> taken = done.computeIfAbsent(consumer + " " + holder, key -> new ArrayList<>());
        if (taken.isEmpty() || event.number() > taken.get(taken.size() - 1)) {
            taken.add(event.number());
        }
    }
}
