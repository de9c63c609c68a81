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
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Each consumer has its own place in each history, and one worker at a time is there. */
final class FeedChecks {
    private static final ConsumerName MAIL = new ConsumerName("mail");
    private static final ConsumerName LIMITS = new ConsumerName("Mail 限度額");
    private static final UUID WORKER = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Instant LATER = NOW.plusSeconds(60);

    private FeedChecks() {}

    /** Two holders, with two events and one. */
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

    private static OptionalLong lease(Scene scene, Holder holder, UUID worker, Instant now) {
        return scene.feed().lease(scene.serviceId, MAIL, holder, worker, now, now.plusSeconds(60));
    }

    private static boolean advance(Scene scene, UUID worker, long number, boolean done) {
        return scene.feed().advance(scene.serviceId, MAIL, TARO, worker, number, done);
    }

    static void whatIsNotConsumedIsDue(Scene scene) {
        expect("what is due to nobody", due(scene, MAIL, NOW), Set.of());
        scene.feed().register(scene.serviceId, MAIL);
        Enrolment taro = twoHolders(scene);
        expect("who is due", due(scene, MAIL, NOW), Set.of(TARO, HANAKO));
        expect("the place", lease(scene, TARO, WORKER, NOW), OptionalLong.of(0));
        expect("that it is recorded", advance(scene, WORKER, 1, true), true);
        expect("who is due after one of two", due(scene, MAIL, NOW), Set.of(TARO, HANAKO));
        expect("the place", lease(scene, TARO, WORKER, NOW), OptionalLong.of(1));
        expect("that it is recorded", advance(scene, WORKER, 2, true), true);
        expect("who is due after both", due(scene, MAIL, NOW), Set.of(HANAKO));
        scene.commit(scene.next(taro, token(SERIAL_1), 1));
        expect("who is due after another", due(scene, MAIL, NOW), Set.of(TARO, HANAKO));
        expect("the place", lease(scene, TARO, OTHER, NOW), OptionalLong.of(2));
    }

    static void dueInPages(Scene scene) {
        scene.feed().register(scene.serviceId, MAIL);
        twoHolders(scene);
        List<Holder> first = due(scene, MAIL, NOW, null, 1);
        List<Holder> second = due(scene, MAIL, NOW, first.isEmpty() ? null : first.get(0), 1);
        Set<Holder> both = new HashSet<>(first);
        both.addAll(second);
        expect("both pages", both, Set.of(TARO, HANAKO));
        expect("what follows", due(scene, MAIL, NOW, second.get(0), 1), List.of());
    }

    static void oneWorkerAtATime(Scene scene) {
        scene.feed().register(scene.serviceId, MAIL);
        twoHolders(scene);
        expect("the place", lease(scene, TARO, WORKER, NOW), OptionalLong.of(0));
        expect("the other's lease", lease(scene, TARO, OTHER, NOW.plusSeconds(59)), OptionalLong.empty());
        expect("who is due", due(scene, MAIL, NOW.plusSeconds(59)), Set.of(HANAKO));
        expect("the lease of another holder", lease(scene, HANAKO, OTHER, NOW), OptionalLong.of(0));
        expect("a longer lease", lease(scene, TARO, WORKER, NOW.plusSeconds(30)), OptionalLong.of(0));
        expect("the other's lease", lease(scene, TARO, OTHER, LATER), OptionalLong.empty());
        expect("that it is recorded", advance(scene, WORKER, 1, false), true);
        expect("the other's lease", lease(scene, TARO, OTHER, LATER), OptionalLong.empty());
    }

    static void leasesEnd(Scene scene) {
        scene.feed().register(scene.serviceId, MAIL);
        twoHolders(scene);
        lease(scene, TARO, WORKER, NOW);
        expect("that it is recorded", advance(scene, WORKER, 1, false), true);
        expect("who is due then", due(scene, MAIL, LATER), Set.of(TARO, HANAKO));
        expect("the other's lease", lease(scene, TARO, OTHER, LATER), OptionalLong.of(1));
        expect("that the first goes on", advance(scene, WORKER, 2, true), false);
        expect("that the other goes on", advance(scene, OTHER, 2, true), true);
        expect("that it goes on without a lease", advance(scene, OTHER, 2, true), false);
    }

    static void consumersAreApart(Scene scene) {
        Scene other = scene.other();
        scene.feed().register(scene.serviceId, MAIL);
        scene.feed().register(scene.serviceId, LIMITS);
        scene.feed().register(scene.serviceId, LIMITS);
        twoHolders(scene);
        lease(scene, TARO, WORKER, NOW);
        advance(scene, WORKER, 2, true);
        expect("who is due to the other consumer", due(scene, LIMITS, NOW), Set.of(TARO, HANAKO));
        expect(
                "the other consumer's place",
                scene.feed().lease(scene.serviceId, LIMITS, TARO, OTHER, NOW, LATER),
                OptionalLong.of(0));
        other.feed().register(other.serviceId, MAIL);
        expect("who is due at another institution", due(other, MAIL, NOW), Set.of());
    }

    static void aLateConsumerGetsAll(Scene scene) {
        scene.feed().register(scene.serviceId, MAIL);
        twoHolders(scene);
        for (Holder holder : List.of(TARO, HANAKO)) {
            lease(scene, holder, WORKER, NOW);
            long all = scene.stored(holder).eventCount();
            boolean advanced = scene.feed().advance(scene.serviceId, MAIL, holder, WORKER, all, true);
            expect("that the progress is recorded", advanced, true);
        }
        expect("who is due", due(scene, MAIL, NOW), Set.of());
        scene.feed().register(scene.serviceId, LIMITS);
        expect("who is due to the late one", due(scene, LIMITS, NOW), Set.of(TARO, HANAKO));
        expect("who is due to the first", due(scene, MAIL, NOW), Set.of());
    }

    static void retired(Scene scene) {
        scene.feed().register(scene.serviceId, MAIL);
        twoHolders(scene);
        lease(scene, TARO, WORKER, NOW);
        advance(scene, WORKER, 2, true);
        scene.feed().retire(scene.serviceId, MAIL);
        scene.feed().retire(scene.serviceId, MAIL);
        expect("who is due", due(scene, MAIL, NOW), Set.of());
        expect("the lease", lease(scene, TARO, WORKER, NOW), OptionalLong.empty());
        scene.feed().register(scene.serviceId, MAIL);
        expect("the place of one that begins anew", lease(scene, TARO, WORKER, NOW), OptionalLong.of(0));
    }

    static void unconsumedIsNotArchived(Scene scene) {
        scene.feed().register(scene.serviceId, MAIL);
        scene.feed().register(scene.serviceId, LIMITS);
        twoHolders(scene);
        HistoryAnchor anchor = new HistoryAnchor(1, Scene.link(1), Scene.link(2));
        expect("the answer", scene.archive().archive(scene.serviceId, TARO, null, anchor), false);
        lease(scene, TARO, WORKER, NOW);
        advance(scene, WORKER, 1, true);
        expect("the answer", scene.archive().archive(scene.serviceId, TARO, null, anchor), false);
        expect("how many events there are", scene.history(TARO).size(), 2);
        scene.feed().retire(scene.serviceId, LIMITS);
        expect("the answer", scene.archive().archive(scene.serviceId, TARO, null, anchor), true);
        expect("how many events are left", scene.history(TARO).size(), 1);
    }

    static void oneLeaseOfMany(Scene scene) {
        scene.feed().register(scene.serviceId, MAIL);
        twoHolders(scene);
        try (Crowd crowd = new Crowd(16)) {
            List<OptionalLong> leases = crowd.atOnce(i -> lease(scene, TARO, new UUID(7, i), NOW));
            long won = leases.stream().filter(OptionalLong::isPresent).count();
            expect("how many have the lease", won, 1L);
        }
    }
}
