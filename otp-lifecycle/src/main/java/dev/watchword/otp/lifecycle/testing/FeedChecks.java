package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.NOW;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks that each consumer has its own position in each history, and that one worker at a time holds the lease. */
final class FeedChecks {
    private static final ConsumerName MAIL = new ConsumerName("mail");
    private static final ConsumerName LIMITS = new ConsumerName("Mail 限度額");
    private static final UUID WORKER = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Instant LATER = NOW.plusSeconds(60);

    private FeedChecks() {}

    /** Commits two events of Taro and one of Hanako, and returns the enrolment of Taro. */
    private static Enrolment twoHolders(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        return scene.commit(scene.next(taro, token(SERIAL_1), 1));
    }

    private static Set<Holder> due(Scene scene, ConsumerName consumer, Instant now) {
        return new HashSet<>(due(scene, consumer, now, null, 100));
    }

    private static List<Holder> due(
            Scene scene, ConsumerName consumer, Instant now, @Nullable Holder after, int limit) {
        return scene.feed().due(scene.serviceId, consumer, now, after, limit);
    }

    private static Optional<Long> lease(Scene scene, Holder holder, UUID worker, Instant now) {
        return lease(scene, MAIL, holder, worker, now);
    }

    private static Optional<Long> lease(Scene scene, ConsumerName consumer, Holder holder, UUID worker, Instant now) {
        return scene.feed()
                .lease(scene.serviceId, consumer, holder, worker, now, now.plusSeconds(60))
                .map(FeedPlace::number);
    }

    private static void register(Scene scene, ConsumerName consumer) {
        boolean unused = scene.feed().register(scene.serviceId, consumer, FeedStart.FIRST_EVENT);
    }

    private static boolean advance(Scene scene, UUID worker, long number, boolean done) {
        return scene.feed().advance(scene.serviceId, MAIL, TARO, worker, number, done);
    }

    static void whatIsNotConsumedIsDue(Scene scene) {
        expect("the due holders of an unknown consumer", due(scene, MAIL, NOW), Set.of());
        register(scene, MAIL);
        Enrolment taro = twoHolders(scene);
        expect("the due holders", due(scene, MAIL, NOW), Set.of(TARO, HANAKO));
        expect("the position", lease(scene, TARO, WORKER, NOW), Optional.of(0L));
        expect("the result of advance", advance(scene, WORKER, 1, true), true);
        expect("the due holders after one of two events", due(scene, MAIL, NOW), Set.of(TARO, HANAKO));
        expect("the position", lease(scene, TARO, WORKER, NOW), Optional.of(1L));
        expect("the result of advance", advance(scene, WORKER, 2, true), true);
        expect("the due holders after both events", due(scene, MAIL, NOW), Set.of(HANAKO));
        scene.commit(scene.next(taro, token(SERIAL_1), 1));
        expect("the due holders after another event", due(scene, MAIL, NOW), Set.of(TARO, HANAKO));
        expect("the position", lease(scene, TARO, OTHER, NOW), Optional.of(2L));
    }

    static void dueInPages(Scene scene) {
        register(scene, MAIL);
        twoHolders(scene);
        List<Holder> first = due(scene, MAIL, NOW, null, 1);
        List<Holder> second = due(scene, MAIL, NOW, first.isEmpty() ? null : first.get(0), 1);
        Set<Holder> both = new HashSet<>(first);
        both.addAll(second);
        expect("both pages", both, Set.of(TARO, HANAKO));
        expect("the page after the last holder", due(scene, MAIL, NOW, second.get(0), 1), List.of());
    }

    static void oneWorkerAtATime(Scene scene) {
        register(scene, MAIL);
        twoHolders(scene);
        expect("the position", lease(scene, TARO, WORKER, NOW), Optional.of(0L));
        expect("the other worker's lease", lease(scene, TARO, OTHER, NOW.plusSeconds(59)), Optional.empty());
        expect("the due holders", due(scene, MAIL, NOW.plusSeconds(59)), Set.of(HANAKO));
        expect("the lease of another holder", lease(scene, HANAKO, OTHER, NOW), Optional.of(0L));
        expect("a longer lease", lease(scene, TARO, WORKER, NOW.plusSeconds(30)), Optional.of(0L));
        expect("the other worker's lease", lease(scene, TARO, OTHER, LATER), Optional.empty());
        expect("the result of advance", advance(scene, WORKER, 1, false), true);
        expect("the other worker's lease", lease(scene, TARO, OTHER, LATER), Optional.empty());
    }

    static void leasesEnd(Scene scene) {
        register(scene, MAIL);
        twoHolders(scene);
        lease(scene, TARO, WORKER, NOW);
        expect("the result of advance", advance(scene, WORKER, 1, false), true);
        expect("the due holders after the end of the lease", due(scene, MAIL, LATER), Set.of(TARO, HANAKO));
        expect("the other worker's lease", lease(scene, TARO, OTHER, LATER), Optional.of(1L));
        expect("the result of advance for the first worker", advance(scene, WORKER, 2, true), false);
        expect("the result of advance for the other worker", advance(scene, OTHER, 2, true), true);
        expect("the result of advance without a lease", advance(scene, OTHER, 2, true), false);
    }

    static void consumersAreApart(Scene scene) {
        Scene other = scene.other();
        register(scene, MAIL);
        register(scene, LIMITS);
        register(scene, LIMITS);
        twoHolders(scene);
        lease(scene, TARO, WORKER, NOW);
        advance(scene, WORKER, 2, true);
        expect("the due holders of the other consumer", due(scene, LIMITS, NOW), Set.of(TARO, HANAKO));
        expect("the other consumer's position", lease(scene, LIMITS, TARO, OTHER, NOW), Optional.of(0L));
        register(other, MAIL);
        expect("the due holders at another institution", due(other, MAIL, NOW), Set.of());
    }

    static void aLateConsumerGetsAll(Scene scene) {
        register(scene, MAIL);
        twoHolders(scene);
        for (Holder holder : List.of(TARO, HANAKO)) {
            lease(scene, holder, WORKER, NOW);
            long all = scene.stored(holder).eventCount();
            boolean advanced = scene.feed().advance(scene.serviceId, MAIL, holder, WORKER, all, true);
            expect("the result of advance", advanced, true);
        }
        expect("the due holders", due(scene, MAIL, NOW), Set.of());
        register(scene, LIMITS);
        expect("the due holders of the late consumer", due(scene, LIMITS, NOW), Set.of(TARO, HANAKO));
        expect("the due holders of the first consumer", due(scene, MAIL, NOW), Set.of());
    }

    static void retired(Scene scene) {
        register(scene, MAIL);
        twoHolders(scene);
        lease(scene, TARO, WORKER, NOW);
        advance(scene, WORKER, 2, true);
        scene.feed().retire(scene.serviceId, MAIL);
        scene.feed().retire(scene.serviceId, MAIL);
        expect("the due holders", due(scene, MAIL, NOW), Set.of());
        expect("the lease", lease(scene, TARO, WORKER, NOW), Optional.empty());
        register(scene, MAIL);
        expect("the position of a consumer that is registered again", lease(scene, TARO, WORKER, NOW), Optional.of(0L));
    }

    static void unconsumedIsNotArchived(Scene scene) {
        register(scene, MAIL);
        register(scene, LIMITS);
        twoHolders(scene);
        HistoryAnchor anchor = new HistoryAnchor(1, Scene.link(1), Scene.link(2));
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, null, anchor), false);
        lease(scene, TARO, WORKER, NOW);
        advance(scene, WORKER, 1, true);
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, null, anchor), false);
        expect("the number of events", scene.history(TARO).size(), 2);
        scene.feed().retire(scene.serviceId, LIMITS);
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, null, anchor), true);
        expect("the number of remaining events", scene.history(TARO).size(), 1);
    }

    static void oneLeaseOfMany(Scene scene) {
        register(scene, MAIL);
        twoHolders(scene);
        List<Optional<Long>> leases = Crowd.atOnce(16, i -> lease(scene, TARO, new UUID(7, i), NOW));
        long won = leases.stream().filter(Optional::isPresent).count();
        expect("the number of workers with the lease", won, 1L);
    }
}
