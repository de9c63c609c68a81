package dev.watchword.otp.spring.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

/** The delivery of events to beans. */
class FeedTest {
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final Institution bank = TestInstitution.on(clock);

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WatchwordFeedAutoConfiguration.class))
                .withBean(Institution.class, () -> bank)
                .withPropertyValues("watchword.feed.delay=10ms");
    }

    /** A handler by annotation. */
    static class Mailer {
        final BlockingQueue<EventType> received = new LinkedBlockingQueue<>();
        final AtomicBoolean failsOnce = new AtomicBoolean();
        final AtomicBoolean fails = new AtomicBoolean();

        @TokenEventListener(consumer = "mail")
        void mail(Holder holder, TokenEvent event) {
            if (fails.get() || failsOnce.getAndSet(false)) {
                throw new IllegalStateException("The mail server is down");
            }
            received.add(event.type());
        }

        EventType next() throws InterruptedException {
            return requireNonNull(received.poll(20, TimeUnit.SECONDS), "event");
        }

        /** Moves the clock until the delay after a failure is over. */
        EventType nextAfterDelay(FakeClock clock) throws InterruptedException {
            EventType event = null;
            for (int i = 0; event == null && i < 200; i++) {
                clock.advance(Duration.ofSeconds(15));
                event = received.poll(100, TimeUnit.MILLISECONDS);
            }
            return requireNonNull(event, "event");
        }
    }

    /** A handler that waits until the test lets it end. */
    static final class Slow implements FeedHandler {
        final CountDownLatch began = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final AtomicBoolean ended = new AtomicBoolean();

        @Override
        public String consumer() {
            return "slow";
        }

        @Override
        public void handle(Holder holder, TokenEvent event) {
            began.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ended.set(true);
        }
    }

    /** A handler of one type of events. */
    static class Activations {
        final BlockingQueue<EventType> received = new LinkedBlockingQueue<>();

        @TokenEventListener(consumer = "activations", types = EventType.ACTIVATED)
        void activated(Holder holder, TokenEvent event) {
            received.add(event.type());
        }
    }

    @Test
    @Tag("R9.5")
    void aListenerReceivesTheEventsOfItsTypesOnly() {
        Activations activations = new Activations();
        application().withBean(Activations.class, () -> activations).run(context -> {
            assertThat(FakePhone.active(bank.tokens(), TARO, clock)).isNotNull();
            assertThat(activations.received.poll(20, TimeUnit.SECONDS)).isEqualTo(EventType.ACTIVATED);
            assertThat(activations.received).isEmpty();
        });
    }

    /** A handler that is created at each use. */
    static class Forgotten {
        @TokenEventListener(consumer = "mail")
        void mail(Holder holder, TokenEvent event) {}
    }

    @Test
    void aListenerThatIsNoSingletonFailsTheStart() {
        application()
                .withBean(Forgotten.class, Forgotten::new, bean -> bean.setScope(BeanDefinition.SCOPE_PROTOTYPE))
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("must be a singleton"));
    }

    @Test
    @Tag("R9.5")
    void anAnnotatedMethodReceivesTheEventsInOrder() {
        Mailer mailer = new Mailer();
        application().withBean(Mailer.class, () -> mailer).run(application -> {
            assertThat(application).hasNotFailed();
            assertThat(FakePhone.active(bank.tokens(), TARO, clock)).isNotNull();
            assertThat(mailer.next()).isEqualTo(EventType.ISSUED);
            assertThat(mailer.next()).isEqualTo(EventType.PROVISIONED);
            assertThat(mailer.next()).isEqualTo(EventType.ACTIVATED);
        });
    }

    /** A handler of the events from its creation on. */
    static class Newcomer {
        final BlockingQueue<Holder> received = new LinkedBlockingQueue<>();

        @TokenEventListener(consumer = "newcomer", start = FeedStart.NOW)
        void event(Holder holder, TokenEvent event) {
            received.add(holder);
        }
    }

    @Test
    @Tag("R9.5")
    void aNewConsumerCanStartFromNow() {
        assertThat(FakePhone.issued(bank.tokens(), TARO, clock)).isNotNull();
        Newcomer newcomer = new Newcomer();
        Holder zenji = new Holder("zenji");
        application().withBean(Newcomer.class, () -> newcomer).run(application -> {
            assertThat(application).hasNotFailed();
            assertThat(FakePhone.issued(bank.tokens(), zenji, clock)).isNotNull();
            assertThat(newcomer.received.poll(20, TimeUnit.SECONDS)).isEqualTo(zenji);
        });
        assertThat(FakePhone.issued(bank.tokens(), new Holder("saburo"), clock)).isNotNull();
        newcomer.received.clear();
        application().withBean(Newcomer.class, () -> newcomer).run(application -> {
            Holder holder = zenji;
            while (holder != null && holder.equals(zenji)) {
                holder = newcomer.received.poll(20, TimeUnit.SECONDS);
            }
            assertThat(holder).isEqualTo(new Holder("saburo"));
        });
    }

    @Test
    @Tag("R9.5")
    void anEventThatFailedIsDeliveredAgainBeforeTheNext() {
        Mailer mailer = new Mailer();
        mailer.failsOnce.set(true);
        application().withBean(Mailer.class, () -> mailer).run(application -> {
            assertThat(FakePhone.issued(bank.tokens(), TARO, clock)).isNotNull();
            assertThat(mailer.nextAfterDelay(clock)).isEqualTo(EventType.ISSUED);
            assertThat(mailer.next()).isEqualTo(EventType.PROVISIONED);
        });
    }

    @Test
    @Tag("R9.5")
    void theStopWaitsForTheHandler() throws Exception {
        Slow slow = new Slow();
        assertThat(FakePhone.issued(bank.tokens(), TARO, clock)).isNotNull();
        application().withBean(Slow.class, () -> slow).run(application -> {
            assertThat(slow.began.await(20, TimeUnit.SECONDS)).isTrue();
            Thread release = new Thread(slow.mayEnd::countDown);
            FeedWorkers workers = application.getBean(FeedWorkers.class);
            release.start();
            workers.stop();
            assertThat(slow.ended).isTrue();
            assertThat(workers.isRunning()).isFalse();
        });
    }

    @Test
    @Tag("R9.5")
    void theHealthTellsTheBacklogAndParkedEventsWithoutHolders() {
        Mailer mailer = new Mailer();
        mailer.fails.set(true);
        application()
                .withConfiguration(AutoConfigurations.of(WatchwordFeedHealthAutoConfiguration.class))
                .withPropertyValues("watchword.feed.attempts=2", "watchword.feed.first-delay=1s")
                .withBean(Mailer.class, () -> mailer)
                .run(application -> {
                    HealthIndicator indicator = application.getBean(HealthIndicator.class);
                    assertThat(requireNonNull(indicator.health()).getStatus()).isEqualTo(Status.UP);
                    application.getBean(FeedWorkers.class).stop();
                    assertThat(FakePhone.issued(bank.tokens(), TARO, clock)).isNotNull();
                    Health due = requireNonNull(indicator.health());
                    assertThat(due.getStatus()).isEqualTo(Status.UP);
                    assertThat(due.getDetails().toString()).isEqualTo("{mail={holdersDue=1, holdersParked=0}}");

                    EventFeed feed = bank.feed(new ConsumerName("mail"), application.getBean(FeedPolicy.class));
                    assertThat(feed.deliver(mailer::mail).failures()).hasSize(1);
                    clock.advance(Duration.ofSeconds(1));
                    assertThat(feed.deliver(mailer::mail).failures()).hasSize(1);
                    Health parked = requireNonNull(indicator.health());
                    assertThat(parked.getStatus()).isEqualTo(FeedHealthIndicator.ATTENTION);
                    assertThat(parked.getDetails().toString())
                            .isEqualTo("{mail={holdersDue=0, holdersParked=1, parkedSince=" + clock.instant() + "}}")
                            .doesNotContain("taro");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "lease, 0s",
        "delay, 0s",
        "attempts, 1",
        "first-delay, 2d",
        "longest-delay, 1ms",
        "failing-holders, 1",
        "events-of-holder, 0"
    })
    void aWrongValueStopsTheStart(String property, String value) {
        application()
                .withPropertyValues("watchword.feed." + property + "=" + value)
                .run(application -> {
                    assertThat(application).hasFailed();
                    assertThat(NestedExceptionUtils.getMostSpecificCause(
                                    requireNonNull(application.getStartupFailure())))
                            .isInstanceOfSatisfying(
                                    InvalidConfigurationPropertyValueException.class,
                                    wrong -> assertThat(wrong.getName()).isEqualTo("watchword.feed." + property));
                });
    }

    @Test
    void thePolicyIsMadeOfTheProperties() {
        application()
                .withPropertyValues(
                        "watchword.feed.lease=1m",
                        "watchword.feed.attempts=7",
                        "watchword.feed.first-delay=20m",
                        "watchword.feed.longest-delay=1h",
                        "watchword.feed.failing-holders=9",
                        "watchword.feed.events-of-holder=11")
                .run(application -> assertThat(application.getBean(FeedPolicy.class))
                        .isEqualTo(FeedPolicy.builder()
                                .lease(Duration.ofMinutes(1))
                                .attempts(7)
                                .longestDelay(Duration.ofHours(1))
                                .firstDelay(Duration.ofMinutes(20))
                                .failingHolders(9)
                                .eventsOfHolder(11)
                                .build()));
    }

    @Test
    void twoHandlersOfOneConsumerAreRefused() {
        application()
                .withBean("one", Slow.class, Slow::new)
                .withBean("two", Slow.class, Slow::new)
                .run(application ->
                        assertThat(application).getFailure().rootCause().hasMessageContaining("has two handlers"));
    }

    @Test
    void aNodeCanBeWithoutWorkers() {
        application()
                .withPropertyValues("watchword.feed.enabled=false")
                .run(application -> assertThat(application).hasNotFailed().doesNotHaveBean(FeedWorkers.class));
    }
}
