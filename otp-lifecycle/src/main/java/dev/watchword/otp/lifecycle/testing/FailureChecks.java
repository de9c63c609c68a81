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
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.ConsumerState;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks that failures are counted, and that backing-off and parked events wait. */
final class FailureChecks {
    private static final ConsumerName MAIL = new ConsumerName("mail");
    private static final ConsumerName LIMITS = new ConsumerName("limits");
    private static final UUID WORKER = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Instant LATER = NOW.plusSeconds(90);
    private static final DeliveryError ERROR =
            new DeliveryError("example.MailException", "x".repeat(DeliveryError.MAX_LENGTH - 1) + "鍵");
    private static final Operator OPERATOR = new Operator("窓口-7");

    private FailureChecks() {}

    /** Commits two events of Taro and one of Hanako, and creates two consumers. */
    private static Enrolment begin(Scene scene) {
        register(scene, MAIL);
        register(scene, LIMITS);
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        return scene.commit(scene.next(taro, token(SERIAL_1), 1));
    }

    private static void register(Scene scene, ConsumerName consumer) {
        boolean unused = scene.feed().register(scene.serviceId, consumer, FeedStart.FIRST_EVENT);
    }

    private static Optional<FeedPlace> lease(Scene scene, Holder holder, Instant now) {
        return scene.feed().lease(scene.serviceId, MAIL, holder, WORKER, now, now.plusSeconds(60));
    }

    private static Optional<AfterFailure> fail(Scene scene, Holder holder, long number, AfterFailure after) {
        return fail(scene, holder, WORKER, number, null, after);
    }

    /** Records a failure and checks the counts, if they are given. */
    private static Optional<AfterFailure> fail(
            Scene scene, Holder holder, UUID worker, long number, @Nullable FailureCount expected, AfterFailure after) {
        return scene.feed().fail(scene.serviceId, MAIL, holder, worker, number, ERROR, NOW, count -> {
            if (expected != null) {
                expect("the counts", count, expected);
            }
            return after;
        });
    }

    private static List<Holder> due(Scene scene, ConsumerName consumer, Instant now) {
        return scene.feed().due(scene.serviceId, consumer, now, null, 100).stream()
                .sorted(Comparator.comparing(Holder::value))
                .toList();
    }

    private static List<Holder> retries(Scene scene, Instant now, int limit) {
        return scene.feed().retries(scene.serviceId, MAIL, now, limit);
    }

    private static List<ParkedStream> parked(Scene scene, @Nullable ParkedStream after, int limit) {
        return scene.feed().parked(scene.serviceId, MAIL, after, limit);
    }

    private static boolean decide(Scene scene, FeedDecision.Kind kind, long number) {
        return decide(scene, NOW, kind, number);
    }

    private static boolean decide(Scene scene, Instant since, FeedDecision.Kind kind, long number) {
        return scene.feed().decide(scene.serviceId, MAIL, TARO, since, decision(kind, number));
    }

    private static FeedDecision decision(FeedDecision.Kind kind, long number) {
        return FeedDecision.of(kind, number, NOW, OPERATOR, "理".repeat(TokenEvent.MAX_REASON_LENGTH));
    }

    static void aDelayIsKept(Scene scene) {
        begin(scene);
        lease(scene, TARO, NOW);
        AfterFailure delay = new AfterFailure.BackOff(1, LATER);
        expect("the result of a failure", fail(scene, TARO, 0, delay), Optional.of(delay));
        for (Instant now : List.of(NOW, LATER.minusNanos(1000))) {
            expect("the due holders during the delay", due(scene, MAIL, now), List.of(HANAKO));
            expect("the retries during the delay", retries(scene, now, 10), List.of());
            expect("the lease during the delay", lease(scene, TARO, now), Optional.empty());
        }
        expect("the due holders of the other consumer", due(scene, LIMITS, NOW), List.of(HANAKO, TARO));
        expect("the retries after the delay", retries(scene, LATER, 10), List.of(TARO));
        expect("the lease after the delay", lease(scene, TARO, LATER), Optional.of(FeedPlace.of(0, true)));
        expect("the retries during the lease", retries(scene, LATER, 10), List.of());
        expect("the due holders after the lease", due(scene, MAIL, LATER.plusSeconds(60)), List.of(HANAKO, TARO));
    }

    static void retriesAreOrdered(Scene scene) {
        begin(scene);
        lease(scene, TARO, NOW);
        lease(scene, HANAKO, NOW);
        fail(scene, HANAKO, 0, new AfterFailure.BackOff(1, LATER));
        fail(scene, TARO, 0, new AfterFailure.BackOff(1, LATER.minusSeconds(1)));
        expect("the first retry", retries(scene, LATER, 1), List.of(TARO));
        expect("all retries", retries(scene, LATER, 10), List.of(TARO, HANAKO));
        expect("the due holders", due(scene, MAIL, LATER), List.of());
    }

    static void attemptsAreCounted(Scene scene) {
        begin(scene);
        for (int attempt = 0; attempt < 3; attempt++) {
            lease(scene, TARO, LATER);
            fail(
                    scene,
                    TARO,
                    WORKER,
                    0,
                    FailureCount.of(attempt, 1, 0, null),
                    new AfterFailure.BackOff(attempt + 1, LATER));
        }
        lease(scene, TARO, LATER);
        fail(scene, TARO, WORKER, 1, FailureCount.of(0, 1, 0, null), new AfterFailure.BackOff(1, LATER));
        expect("the position after progress", lease(scene, TARO, LATER), Optional.of(FeedPlace.of(1, true)));
        expect("the result of advance", scene.feed().advance(scene.serviceId, MAIL, TARO, WORKER, 2, true), true);
        expect("the due holders", due(scene, MAIL, LATER), List.of(HANAKO));
        expect("the retries", retries(scene, LATER, 10), List.of());
    }

    static void onlyTheLeaseFails(Scene scene) {
        begin(scene);
        lease(scene, TARO, NOW);
        AfterFailure park = new AfterFailure.Park(1);
        expect("the failure of another worker", fail(scene, TARO, OTHER, 0, null, park), Optional.empty());
        fail(scene, TARO, 1, new AfterFailure.BackOff(1, NOW));
        expect("the failure after the lease", fail(scene, TARO, 1, park), Optional.empty());
        lease(scene, TARO, NOW);
        expect("the failure before the position", fail(scene, TARO, 0, park), Optional.empty());
        expect("the parked streams", parked(scene, null, 10), List.of());
    }

    static void holdersAreCounted(Scene scene) {
        begin(scene);
        AfterFailure again = new AfterFailure.BackOff(0, NOW);
        lease(scene, TARO, NOW);
        fail(scene, TARO, WORKER, 0, FailureCount.of(0, 1, 0, null), again);
        lease(scene, TARO, NOW);
        fail(scene, TARO, WORKER, 0, FailureCount.of(0, 1, 0, null), again);
        expect("the lease of a failing consumer", lease(scene, HANAKO, NOW), Optional.of(FeedPlace.of(0, true)));
        AfterFailure pause = new AfterFailure.Pause(LATER, 7);
        fail(scene, HANAKO, WORKER, 0, FailureCount.of(0, 2, 0, null), pause);
        expect("the state", scene.feed().state(scene.serviceId, MAIL), Optional.of(ConsumerState.of(LATER)));
        expect("the retries before the end of the pause", retries(scene, NOW, 10), List.of(TARO));
        lease(scene, TARO, NOW);
        fail(scene, TARO, WORKER, 0, FailureCount.of(0, 1, 7, LATER), again);
        scene.feed().recovered(scene.serviceId, MAIL);
        expect("the state", scene.feed().state(scene.serviceId, MAIL), Optional.of(ConsumerState.of(null)));
        expect("the lease of a recovered consumer", lease(scene, TARO, NOW), Optional.of(FeedPlace.of(0, false)));
        fail(scene, TARO, WORKER, 0, FailureCount.of(0, 1, 0, null), again);
    }

    static void aRenamingKeepsFailures(Scene scene) {
        begin(scene);
        lease(scene, TARO, NOW);
        fail(scene, TARO, 0, new AfterFailure.Pause(LATER, 7));
        lease(scene, HANAKO, NOW);
        fail(scene, HANAKO, 0, new AfterFailure.BackOff(0, NOW));
        ConsumerName post = new ConsumerName("post");
        expect("the result of the renaming", scene.feed().rename(scene.serviceId, MAIL, post), true);
        expect("the state", scene.feed().state(scene.serviceId, post), Optional.of(ConsumerState.of(LATER)));
        expect("the result of renaming back", scene.feed().rename(scene.serviceId, post, MAIL), true);
        lease(scene, HANAKO, NOW);
        AfterFailure again = new AfterFailure.BackOff(0, NOW);
        fail(scene, HANAKO, WORKER, 0, FailureCount.of(0, 1, 7, LATER), again);
        lease(scene, TARO, LATER);
        fail(scene, TARO, WORKER, 0, FailureCount.of(0, 2, 7, LATER), again);
    }

    static void parkedEventsWait(Scene scene) {
        Enrolment taro = begin(scene);
        lease(scene, TARO, NOW);
        fail(scene, TARO, 1, new AfterFailure.Park(4));
        ParkedStream parked = ParkedStream.of(TARO, 2, 4, NOW, ERROR);
        expect("the parked streams", parked(scene, null, 10), List.of(parked));
        scene.commit(scene.next(taro, token(SERIAL_1), 1));
        expect("the due holders", due(scene, MAIL, LATER), List.of(HANAKO));
        expect("the retries", retries(scene, LATER, 10), List.of());
        expect("the lease", lease(scene, TARO, LATER), Optional.empty());
        expect("the due holders of the other consumer", due(scene, LIMITS, NOW), List.of(HANAKO, TARO));
        lease(scene, HANAKO, NOW);
        fail(scene, HANAKO, 0, new AfterFailure.Park(1));
        expect("the first page", parked(scene, null, 1).size(), 1);
        expect(
                "the second page",
                parked(scene, parked(scene, null, 1).get(0), 5).size(),
                1);
        expect("the last page", parked(scene, parked(scene, null, 2).get(1), 5), List.of());
        expect(
                "the parked streams of the other consumer",
                scene.feed().parked(scene.serviceId, LIMITS, null, 10),
                List.of());
    }

    static void operatorsDecide(Scene scene) {
        begin(scene);
        expect("a decision about an event that is due", decide(scene, FeedDecision.Kind.SKIP, 1), false);
        lease(scene, TARO, NOW);
        fail(scene, TARO, 0, new AfterFailure.Park(4));
        expect("a decision about another event", decide(scene, FeedDecision.Kind.SKIP, 2), false);
        expect("a retry", decide(scene, FeedDecision.Kind.RETRY, 1), true);
        expect("a second decision", decide(scene, FeedDecision.Kind.RETRY, 1), false);
        expect("the due holders after the retry", due(scene, MAIL, NOW), List.of(HANAKO, TARO));
        expect("the position after the retry", lease(scene, TARO, NOW).map(FeedPlace::number), Optional.of(0L));
        fail(scene, TARO, WORKER, 0, FailureCount.of(0, 1, 0, null), new AfterFailure.Park(1));
        expect("a skip", decide(scene, FeedDecision.Kind.SKIP, 1), true);
        expect("the position after the skip", lease(scene, TARO, NOW).map(FeedPlace::number), Optional.of(1L));
        fail(scene, TARO, 1, new AfterFailure.Park(1));
        expect("a skip of the last event", decide(scene, FeedDecision.Kind.SKIP, 2), true);
        expect("the due holders after the last skip", due(scene, MAIL, NOW), List.of(HANAKO));
        expect("the parked streams", parked(scene, null, 10), List.of());
        expect(
                "the decisions",
                scene.feed().decisions(scene.serviceId, MAIL, TARO, 10),
                List.of(
                        decision(FeedDecision.Kind.RETRY, 1),
                        decision(FeedDecision.Kind.SKIP, 1),
                        decision(FeedDecision.Kind.SKIP, 2)));
        expect(
                "the decisions about another holder",
                scene.feed().decisions(scene.serviceId, MAIL, HANAKO, 10),
                List.of());
    }

    /** An operator decides by a list that shows the first parking. Another operator has ended that parking. */
    static void aStaleDecisionIsNotRecorded(Scene scene) {
        begin(scene);
        for (Instant since : List.of(NOW, LATER)) {
            lease(scene, TARO, NOW);
            Optional<AfterFailure> unused = scene.feed()
                    .fail(scene.serviceId, MAIL, TARO, WORKER, 0, ERROR, since, count -> new AfterFailure.Park(4));
            if (since.equals(NOW)) {
                expect("the first retry", decide(scene, NOW, FeedDecision.Kind.RETRY, 1), true);
            }
        }
        ParkedStream parked = ParkedStream.of(TARO, 1, 4, LATER, ERROR);
        for (FeedDecision.Kind stale : FeedDecision.Kind.values()) {
            expect("a decision about the first parking", decide(scene, NOW, stale, 1), false);
            expect("the parked streams", parked(scene, null, 10), List.of(parked));
        }
        expect("a decision about the second parking", decide(scene, LATER, FeedDecision.Kind.SKIP, 1), true);
        expect(
                "the decisions",
                scene.feed().decisions(scene.serviceId, MAIL, TARO, 10),
                List.of(decision(FeedDecision.Kind.RETRY, 1), decision(FeedDecision.Kind.SKIP, 1)));
    }

    static void oneOfManyDecides(Scene scene) {
        begin(scene);
        lease(scene, TARO, NOW);
        fail(scene, TARO, 0, new AfterFailure.Park(4));
        List<Boolean> decided = Crowd.atOnce(8, i -> decide(scene, FeedDecision.Kind.SKIP, 1));
        expect(
                "the number of recorded decisions",
                decided.stream().filter(made -> made).count(),
                1L);
        expect(
                "the number of decisions",
                scene.feed().decisions(scene.serviceId, MAIL, TARO, 10).size(),
                1);
    }

    static void manyFailuresAreCounted(Scene scene) {
        begin(scene);
        lease(scene, TARO, NOW);
        lease(scene, HANAKO, NOW);
        List<Optional<AfterFailure>> unused =
                Crowd.atOnce(2, i -> fail(scene, i == 0 ? TARO : HANAKO, 0, new AfterFailure.BackOff(1, NOW)));
        lease(scene, TARO, NOW);
        fail(scene, TARO, WORKER, 0, FailureCount.of(1, 2, 0, null), new AfterFailure.BackOff(1, NOW));
    }

    static void textsAreErased(Scene scene) {
        Enrolment taro = begin(scene);
        lease(scene, TARO, NOW);
        fail(scene, TARO, 0, new AfterFailure.Park(4));
        expect("a retry", decide(scene, FeedDecision.Kind.RETRY, 1), true);
        for (Holder holder : List.of(TARO, HANAKO)) {
            lease(scene, holder, NOW);
            fail(scene, holder, 0, new AfterFailure.Park(4));
        }
        scene.commit(HistoryChecks.event(taro, EventType.ERASED, null));
        DeliveryError erased = new DeliveryError(ERROR.type(), null);
        expect(
                "the parked streams",
                parked(scene, null, 10),
                List.of(ParkedStream.of(HANAKO, 1, 4, NOW, ERROR), ParkedStream.of(TARO, 1, 4, NOW, erased)));
        expect(
                "the decisions",
                scene.feed().decisions(scene.serviceId, MAIL, TARO, 10),
                List.of(FeedDecision.of(FeedDecision.Kind.RETRY, 1, NOW, OPERATOR, null)));
    }
}
