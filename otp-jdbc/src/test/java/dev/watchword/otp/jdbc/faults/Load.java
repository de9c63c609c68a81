package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.EventFeed;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients that issue, provision, activate, verify right, spent and wrong codes, revoke and resume, for the same holders at once;
 * and a consumer of the feed. All of them write a diary.
 */
final class Load {
    static final int THREADS = 10;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final FakeClock clock;
    private final List<Customer> customers;
    private final Teller teller;
    private final Diary diary;
    private final AtomicLong done = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    private Load(Round round, TokenStore store, Diary diary) {
        this.diary = diary;
        clock = FakeClock.at(round.start());
        customers = round.holders().stream().map(Customer::new).toList();
        teller = new Teller(round.tokens(store, clock), clock, diary);
    }

    /**
     * Starts the load.
     *
     * @param store what the clients use; a saboteur, perhaps
     * @param fed the store behind it, for the feed
     */
    static Load start(Round round, TokenStore store, JdbcTokenStore fed, Diary diary, long seed) {
        Load load = new Load(round, store, diary);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            load.run("client " + i, () -> load.serve(random));
        }
        FakeClock still = FakeClock.at(round.start());
        load.run("consumer", () -> load.consume(round, fed, still));
        return load;
    }

    private void run(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        diary.broken(e);
                    }
                },
                name);
        thread.start();
        threads.add(thread);
    }

    /** Ends the load, once everybody was told something. */
    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void consume(Round round, JdbcTokenStore store, FakeClock still) {
        EventFeed feed = null;
        while (!ended) {
            try {
                if (feed == null) {
                    feed = EventFeed.of(round.serviceId(), store, still, Round.CONSUMER, Round.LEASE);
                }
                feed.deliver(diary::fed);
            } catch (StorageException ignored) {
                // what was not delivered comes again
            }
            LockSupport.parkNanos(IDLE_NANOS);
        }
    }

    private void serve(Random random) {
        while (!ended) {
            Customer customer = customers.get(random.nextInt(customers.size()));
            Phone phone = customer.phone.get();
            if (phone != null) {
                serve(customer, phone, random);
            } else {
                enrol(customer, random);
            }
            if (done.incrementAndGet() % customers.size() == 0) {
                clock.toNextStep(Round.PROFILE);
            }
        }
    }

    private void serve(Customer customer, Phone phone, Random random) {
        int dice = random.nextInt(100);
        if (dice < 3) {
            after(customer, phone, teller.revoke(customer, phone, now()));
        } else if (dice < 5) {
            teller.dismiss(customer.holder);
        } else {
            after(customer, phone, teller.verify(customer, phone, step(phone, dice, random)));
        }
    }

    /** The step of a wrong code, of a spent one, or of now. */
    private long step(Phone phone, int dice, Random random) {
        List<Long> accepted = phone.accepted;
        if (dice < 12) {
            return Request.NO_STEP;
        }
        int last = Math.min(accepted.size(), Round.PAST / 2);
        return dice < 25 && last > 0 ? accepted.get(accepted.size() - 1 - random.nextInt(last)) : now();
    }

    private long now() {
        return Round.PROFILE.stepAt(clock.instant());
    }

    /** One client at a time, as a rule; now and then two get into each other's way. */
    private void enrol(Customer customer, Random random) {
        boolean first = customer.enrolling.compareAndSet(false, true);
        if (!first && random.nextInt(20) > 0) {
            LockSupport.parkNanos(IDLE_NANOS);
            return;
        }
        Phone phone = teller.issue(customer.holder);
        if (phone == null) {
            teller.dismiss(customer.holder);
        } else {
            customer.phone.set(phone);
            teller.activate(customer, phone, now());
        }
        if (first) {
            customer.enrolling.set(false);
        }
    }

    /** What a client does when it learns how the token stands. */
    private void after(Customer customer, Phone phone, @Nullable Object outcome) {
        if (!(outcome instanceof Refused refused)) {
            return;
        }
        if (refused.refusal() == Refusal.SUSPENDED) {
            teller.resume(customer.holder);
        } else if (refused.refusal() == Refusal.NOT_ACTIVE
                && teller.activate(customer, phone, now()) instanceof Refused again
                && again.refusal() == Refusal.NOT_ISSUED) {
            customer.phone.compareAndSet(phone, null);
        }
    }
}
