package dev.watchword.otp.jdbc.faults;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.FailedDelivery;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.testing.FakeClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients that issue, provision, activate, verify right, spent and wrong codes, sign transactions, issue and use emergency codes, revoke
 * and resume, for the same holders at once, and a consumer of the feed. All of them write a diary.
 */
final class Load {
    static final int THREADS = 10;
    private static final int LATEST_REQUESTS = 4;
    /** The refusals after which new emergency codes are issued. */
    private static final Set<Refusal> OVER =
            EnumSet.of(Refusal.NO_BACKUP_CODES, Refusal.BACKUP_CODES_LOCKED, Refusal.NOT_ACTIVE);

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
        teller = new Teller(round.bank(store, clock), clock, diary);
    }

    /**
     * Starts the load.
     *
     * @param store the clients' store, which may be a saboteur
     * @param fed the store for the feed, which is no saboteur
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

    /** Returns whether a client is still at work. A client ends at a failure that no fault can explain. */
    boolean serves() {
        return threads.stream().limit(THREADS).anyMatch(Thread::isAlive);
    }

    /** Ends the load, once every client has an answer. */
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
                    Institution bank = round.bank(store, still);
                    bank.consumers().create(Round.CONSUMER, FeedStart.FIRST_EVENT);
                    feed = bank.feed(Round.CONSUMER, FeedPolicy.STANDARD.withLease(Round.LEASE));
                }
                List<FailedDelivery> failures = feed.deliver(diary::fed).failures();
                if (!failures.isEmpty()) {
                    throw new IllegalStateException("Not delivered: " + failures);
                }
            } catch (StorageException | LostRaceException | UnknownOutcomeException ignored) {
                // the feed delivers the event again
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
        } else if (dice < 22) {
            sign(customer, phone, random);
        } else if (dice < 40) {
            logInWithoutPhone(customer, random);
        } else {
            after(customer, phone, teller.verify(customer, phone, step(phone, dice, random)));
        }
    }

    /**
     * Asks for a signature, or signs or withdraws one of the latest requests, which can be closed already. Sometimes the response is
     * wrong.
     */
    private void sign(Customer customer, Phone phone, Random random) {
        List<RequestedSignature> latest = List.copyOf(phone.toSign);
        if (latest.isEmpty() || random.nextInt(3) == 0) {
            teller.askToSign(customer, phone);
            return;
        }
        RequestedSignature requested = latest.get(random.nextInt(latest.size()));
        if (random.nextInt(4) == 0) {
            teller.withdraw(customer, requested);
            return;
        }
        after(customer, phone, teller.sign(customer, phone, requested, random.nextInt(10) > 0));
        if (latest.size() > LATEST_REQUESTS) {
            phone.toSign.remove(latest.get(0));
        }
    }

    /** Has emergency codes issued, or uses one of the latest codes, which can be used already. Sometimes the code is wrong. */
    private void logInWithoutPhone(Customer customer, Random random) {
        List<EmergencyCode> latest = customer.emergencyCodes;
        if (latest.isEmpty() || random.nextInt(10) == 0) {
            teller.issueEmergencyCodes(customer);
            return;
        }
        boolean isWrong = random.nextInt(10) == 0;
        Outcome<Registration> outcome =
                teller.useEmergencyCode(customer, isWrong ? null : latest.get(random.nextInt(latest.size())));
        if (outcome != null && OVER.contains(refusal(outcome))) {
            customer.emergencyCodes = List.of();
        }
    }

    /** Returns the step of a wrong code, of a spent code, or of the current code. */
    private long step(Phone phone, int dice, Random random) {
        List<Long> accepted = phone.accepted;
        if (dice < 46) {
            return Request.NO_STEP;
        }
        int last = Math.min(accepted.size(), Round.PAST / 2);
        return dice < 55 && last > 0 ? accepted.get(accepted.size() - 1 - random.nextInt(last)) : now();
    }

    private long now() {
        return Round.PROFILE.stepAt(clock.instant());
    }

    /** Usually one client at a time serves a holder. Sometimes two clients conflict. */
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

    /** Chooses a client's next request for a token in this state. */
    private void after(Customer customer, Phone phone, @Nullable Outcome<Registration> outcome) {
        if (isRefused(outcome, Refusal.SUSPENDED)) {
            teller.resume(customer.holder);
        } else if (isRefused(outcome, Refusal.NOT_ACTIVE)
                && isRefused(teller.activate(customer, phone, now()), Refusal.NOT_ISSUED)) {
            customer.phone.compareAndSet(phone, null);
        }
    }

    private static boolean isRefused(@Nullable Outcome<Registration> outcome, Refusal refusal) {
        return outcome != null && refusal(outcome) == refusal;
    }
}
