package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writers whose transactions commit out of order, and workers of two consumers, some of which die, on each database.
 */
class FeedRaceTest {
    private static final int HOLDERS = 12;
    private static final int WRITERS = 6;
    private static final int CHANGES = 40;
    private static final int WORKERS = 3;
    private static final Holder TARO = new Holder("taro");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final List<ConsumerName> CONSUMERS = List.of(new ConsumerName("mail"), new ConsumerName("limits"));

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final AtomicInteger writing = new AtomicInteger(WRITERS);

    /** The number of the last event that a consumer got, by holder. */
    private final Map<ConsumerName, Map<Holder, Long>> handed = new HashMap<>();

    private final List<String> gaps = new ArrayList<>();
    private int deaths;

    private volatile Runnable beforeCommit = () -> {};

    /** Ends a worker in the middle of its work, while it holds a lease. */
    private static final class Death extends InternalError {
        private static final long serialVersionUID = 1;
    }

    private synchronized void hand(ConsumerName consumer, Holder holder, long number) {
        Map<Holder, Long> ofConsumer = handed.computeIfAbsent(consumer, key -> new HashMap<>());
        long last = ofConsumer.getOrDefault(holder, 0L);
        if (number > last + 1) {
            gaps.add(consumer + " was handed event " + number + " of " + holder + " after " + last);
        }
        ofConsumer.put(holder, Math.max(last, number));
    }

    private synchronized void dieNowAndThen() {
        if (ThreadLocalRandom.current().nextInt(40) == 0) {
            deaths++;
            throw new Death();
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R9.5")
    void everyConsumerIsHandedEachHoldersEventsInOrder(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcSchema.apply(database);
            JdbcTokenStore store = JdbcTokenStore.on(committingLate(database));
            Institution bank = TestInstitution.builder(store, clock).build();
            List<Holder> holders = IntStream.range(0, HOLDERS)
                    .mapToObj(i -> new Holder("holder-" + i))
                    .toList();
            holders.forEach(holder -> assertNotNull(FakePhone.active(bank.tokens(), holder, clock)));

            ExecutorService threads = Executors.newCachedThreadPool();
            try {
                List<Future<?>> ends = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    ends.add(threads.submit(() -> write(bank.desk(new Operator("operator")), holders)));
                }
                for (ConsumerName consumer : CONSUMERS) {
                    for (int i = 0; i < WORKERS; i++) {
                        ends.add(threads.submit(() -> work(store, consumer)));
                    }
                }
                for (Future<?> end : ends) {
                    end.get(2, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }
            clock.advance(LEASE.multipliedBy(2)); // those of the dead end
            for (ConsumerName consumer : CONSUMERS) {
                EventFeed last = feed(store, consumer);
                EventFeed.Handler handler = (holder, event) -> hand(consumer, holder, event.number());
                while (last.deliver(handler).events() > 0) {
                    // repeats until nothing is due
                }
            }

            assertEquals(List.of(), gaps);
            assertTrue(deaths > 0, "some worker died");
            for (Holder holder : store.holders(TestInstitution.SERVICE_ID, null, HOLDERS)) {
                Enrolment enrolment =
                        store.find(TestInstitution.SERVICE_ID, holder).orElseThrow();
                for (Map<Holder, Long> last : handed.values()) {
                    assertEquals(enrolment.eventCount(), last.get(holder));
                }
            }
            assertEquals(Set.copyOf(CONSUMERS), handed.keySet());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R9.5")
    void concurrentRegistrationsMissNoHolder(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcTokenStore store = storeWithTaro(database);
            JdbcTokenStore slow = JdbcTokenStore.on(proxy(DataSource.class, database, () -> beforeCommit.run()));

            List<Future<EventFeed>> registered = new ArrayList<>();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                deliver(
                        feed(slow, CONSUMERS.get(0)),
                        (holder, event) -> beforeCommit = () -> {
                            beforeCommit = () -> {};
                            registered.add(thread.submit(() -> feed(store, CONSUMERS.get(1))));
                            waitALittle(registered.get(0));
                        });
                EventFeed second = registered.get(0).get(1, TimeUnit.MINUTES);

                assertEquals(List.of(TARO), second.due(null, 10));
                assertEquals(3, second.deliver((holder, event) -> {}).events());
            } finally {
                thread.shutdownNow();
            }
        }
    }

    /**
     * A late worker leaves a position behind. A consumer that registers under the same name again begins at the start.
     */
    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R9.5")
    void aConsumerThatRegistersAgainMissesNoEvent(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcTokenStore store = storeWithTaro(database);
            ConsumerName mail = CONSUMERS.get(0);
            deliver(feed(store, mail), (holder, event) -> {});
            List<String> places = EmptyDatabase.query(database, "SELECT event_number FROM otp_feed");
            feedOf(store).retire(TestInstitution.SERVICE_ID, mail);
            assertEquals(List.of(), EmptyDatabase.query(database, "SELECT event_number FROM otp_feed"));
            EmptyDatabase.execute(
                    database,
                    "INSERT INTO otp_feed (service_id, consumer, holder, event_number) VALUES ('"
                            + TestInstitution.SERVICE_ID.value() + "', 'mail', 'taro', " + places.get(0) + ")");

            assertEquals(3, feed(store, mail).deliver((holder, event) -> {}).events());
        }
    }

    /** The registering process dies at its first, second or third commit. */
    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R9.5")
    void anInterruptedRegistrationLeavesNoHolderOut(Product product) throws Exception {
        for (int deaths = 1; deaths <= 3; deaths++) {
            try (HikariDataSource database = EmptyDatabase.of(product)) {
                JdbcTokenStore store = storeWithTaro(database);
                deliver(feed(store, CONSUMERS.get(0)), (holder, event) -> {});
                AtomicInteger commits = new AtomicInteger(deaths);
                JdbcTokenStore dying = JdbcTokenStore.on(proxy(DataSource.class, database, () -> {
                    if (commits.decrementAndGet() == 0) {
                        throw new Death();
                    }
                }));

                assertThrows(Death.class, () -> feed(dying, CONSUMERS.get(1)));

                EventFeed second = feed(store, CONSUMERS.get(1));
                assertEquals(List.of(TARO), second.due(null, 10));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void nobodyIsLookedAtForAConsumerThatIsRetired(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcTokenStore store = storeWithTaro(database);
            feed(store, CONSUMERS.get(1));
            deliver(feed(store, CONSUMERS.get(0)), (holder, event) -> {});
            String unfed = "SELECT holder FROM otp_enrolment WHERE unfed = TRUE";
            assertEquals(List.of("taro"), EmptyDatabase.query(database, unfed));

            feedOf(store).retire(TestInstitution.SERVICE_ID, CONSUMERS.get(1));

            assertEquals(List.of(), EmptyDatabase.query(database, unfed));
        }
    }

    /** The index over {@code unfed}, which finds due holders, leaves out a holder whose events are backing off or parked. */
    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R9.5")
    void waitingHoldersAreLeftOutByTheIndex(Product product) throws Exception {
        try (HikariDataSource database = EmptyDatabase.of(product)) {
            JdbcTokenStore store = storeWithTaro(database);
            Institution bank = TestInstitution.builder(store, clock).build();
            FeedPolicy policy = FeedPolicy.builder().attempts(2).build();
            bank.consumers().create(CONSUMERS.get(0), FeedStart.FIRST_EVENT);
            EventFeed feed = bank.feed(CONSUMERS.get(0), policy);
            String unfed = "SELECT holder FROM otp_enrolment WHERE unfed = TRUE";
            assertEquals(List.of("taro"), EmptyDatabase.query(database, unfed));
            for (int attempt = 1; attempt <= 2; attempt++) {
                assertEquals(
                        1, feed.deliver((holder, event) -> fail()).failures().size());
                assertEquals(List.of(), EmptyDatabase.query(database, unfed));
                assertAccepted(bank.desk(new Operator("operator")).suspend(TARO, SuspensionReason.OTHER, "lost"));
                assertAccepted(bank.desk(new Operator("operator")).resume(TARO, "found"));
                assertEquals(List.of(), EmptyDatabase.query(database, unfed));
                clock.advance(policy.longestDelay());
            }
            ParkedStream parked =
                    bank.consumers().parked(CONSUMERS.get(0), null, 10).get(0);
            assertTrue(bank.consumers()
                    .retry(CONSUMERS.get(0), parked, new Operator("operator"), "repaired")
                    .isAccepted());
            assertEquals(List.of("taro"), EmptyDatabase.query(database, unfed));
            assertEquals(7, feed.deliver((holder, event) -> {}).events());
            assertEquals(List.of(), EmptyDatabase.query(database, unfed));
        }
    }

    private static void fail() {
        throw new IllegalStateException("The event cannot be handled");
    }

    /** The process dies at each commit of a creation from now, or of a renaming. Its repetition completes it. */
    @ParameterizedTest
    @EnumSource(Product.class)
    @Tag("R9.5")
    void anInterruptedCreationOrRenamingIsCompleted(Product product) throws Exception {
        ConsumerName mail = CONSUMERS.get(0);
        ConsumerName post = CONSUMERS.get(1);
        boolean interrupted = true;
        for (int deaths = 1; interrupted; deaths++) {
            try (HikariDataSource database = EmptyDatabase.of(product)) {
                JdbcTokenStore store = storeWithTaro(database);
                AtomicInteger commits = new AtomicInteger(deaths);
                FeedStore dying = feedOf(JdbcTokenStore.on(proxy(DataSource.class, database, () -> {
                    if (commits.decrementAndGet() == 0) {
                        throw new Death();
                    }
                })));
                FeedStore feeds = feedOf(store);
                interrupted = dies(() -> assertTrue(dying.register(TestInstitution.SERVICE_ID, mail, FeedStart.NOW)));
                Institution bank = TestInstitution.builder(store, clock).build();
                bank.consumers().create(mail, FeedStart.NOW);
                assertEquals(List.of(), bank.feed(mail).due(null, 10));
                if (!interrupted) {
                    interrupted = dies(() -> assertTrue(dying.rename(TestInstitution.SERVICE_ID, mail, post)));
                }
                assertTrue(feeds.rename(TestInstitution.SERVICE_ID, mail, post));
                assertEquals(List.of(), bank.feed(post).due(null, 10));
                assertThrows(IllegalStateException.class, () -> bank.feed(mail).due(null, 10));
                assertAccepted(bank.desk(new Operator("operator")).suspend(TARO, SuspensionReason.OTHER, "lost"));
                assertEquals(1, bank.feed(post).deliver((holder, event) -> {}).events());
            }
        }
    }

    private static boolean dies(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Death death) {
            return true;
        }
    }

    private JdbcTokenStore storeWithTaro(DataSource database) {
        JdbcSchema.apply(database);
        JdbcTokenStore store = JdbcTokenStore.on(database);
        assertNotNull(
                FakePhone.active(TestInstitution.builder(store, clock).build().tokens(), TARO, clock));
        return store;
    }

    /** A writer that waits for a lock does not block the feed. */
    private static void waitALittle(Future<?> registered) {
        try {
            registered.get(300, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // the writer waits for the lock
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A writer that is refused, because the token already has the state, changes nothing. */
    private void write(OperatorDesk desk, List<Holder> holders) {
        try {
            for (int i = 0; i < CHANGES; i++) {
                Holder holder = holders.get(ThreadLocalRandom.current().nextInt(HOLDERS));
                assertAccepted(desk.suspend(holder, SuspensionReason.OTHER, "to and"));
                Refusal refusal = refusal(desk.resume(holder, "fro"));
                assertTrue(refusal == null || refusal == Refusal.NOT_SUSPENDED, () -> "" + refusal);
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    private static FeedStore feedOf(JdbcTokenStore store) {
        return store.capability(FeedStore.class).orElseThrow();
    }

    /** Creates the consumer, unless it exists, and a worker. */
    private EventFeed feed(JdbcTokenStore store, ConsumerName consumer) {
        Institution bank = TestInstitution.builder(store, clock).build();
        bank.consumers().create(consumer, FeedStart.FIRST_EVENT);
        return bank.feed(consumer, FeedPolicy.STANDARD.withLease(LEASE));
    }

    private static void deliver(EventFeed worker, EventFeed.Handler handler) {
        assertEquals(List.of(), worker.deliver(handler).failures());
    }

    private void work(JdbcTokenStore store, ConsumerName consumer) {
        EventFeed worker = feed(store, consumer);
        while (writing.get() > 0) {
            try {
                deliver(worker, (holder, event) -> {
                    dieNowAndThen();
                    hand(consumer, holder, event.number());
                });
                clock.advance(Duration.ofSeconds(5)); // so that leases end, under workers that live too
            } catch (Death death) {
                worker = feed(store, consumer);
            }
        }
    }

    /** Each commit waits for a random time, while its changes are made but not visible yet. */
    private static DataSource committingLate(DataSource around) {
        return proxy(
                DataSource.class,
                around,
                () -> LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000)));
    }

    private static <T> T proxy(Class<T> type, T target, Runnable before) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getName().equals("commit")) {
                before.run();
            }
            try {
                Object result = method.invoke(target, args);
                return result instanceof Connection connection ? proxy(Connection.class, connection, before) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
