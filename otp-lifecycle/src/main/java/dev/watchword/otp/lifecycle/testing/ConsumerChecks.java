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
import dev.watchword.otp.lifecycle.model.FeedPosition;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.ConsumerState;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Checks the creation, the renaming and the positions of consumers of the feed. */
final class ConsumerChecks {
    private static final ConsumerName MAIL = new ConsumerName("mail");
    private static final ConsumerName POST = new ConsumerName("post");
    private static final UUID WORKER = new UUID(1, 1);

    private ConsumerChecks() {}

    private static boolean register(Scene scene, ConsumerName consumer, FeedStart start) {
        return scene.feed().register(scene.serviceId, consumer, start);
    }

    private static Set<Holder> due(Scene scene, ConsumerName consumer) {
        return new HashSet<>(scene.feed().due(scene.serviceId, consumer, NOW, null, 100));
    }

    private static Optional<Long> position(Scene scene, ConsumerName consumer, Holder holder) {
        return scene.feed()
                .lease(scene.serviceId, consumer, holder, WORKER, NOW, NOW.plusSeconds(60))
                .map(FeedPlace::number);
    }

    static void createdOnce(Scene scene) {
        expect("the state of an unknown consumer", scene.feed().state(scene.serviceId, MAIL), Optional.empty());
        expect("the consumers", scene.feed().consumers(scene.serviceId), List.of());
        expect("whether a new consumer was created", register(scene, MAIL, FeedStart.FIRST_EVENT), true);
        expect("the state", scene.feed().state(scene.serviceId, MAIL), Optional.of(ConsumerState.of(null)));
        expect("the consumers", scene.feed().consumers(scene.serviceId), List.of(MAIL));
        expect("the consumers of another institution", scene.feed().consumers(scene.other().serviceId), List.of());
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        expect("whether an existing consumer was created", register(scene, MAIL, FeedStart.NOW), false);
        expect("the due holders", due(scene, MAIL), Set.of(TARO));
    }

    static void fromNow(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        expect("whether the consumer was created", register(scene, MAIL, FeedStart.NOW), true);
        expect("the due holders after the creation", due(scene, MAIL), Set.of());
        scene.commit(scene.next(taro, token(SERIAL_1), 1));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        expect("the due holders after two events", due(scene, MAIL), Set.of(TARO, HANAKO));
        expect("the position in an old history", position(scene, MAIL, TARO), Optional.of(1L));
        expect("the position in a new history", position(scene, MAIL, HANAKO), Optional.of(0L));
    }

    static void fromNowBesideParkedEvents(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        register(scene, MAIL, FeedStart.FIRST_EVENT);
        position(scene, MAIL, TARO);
        park(scene, TARO);
        register(scene, POST, FeedStart.NOW);
        expect("the due holders after the creation", due(scene, POST), Set.of());
        scene.commit(scene.next(taro, token(SERIAL_1), 1));
        expect("the due holders after an event", due(scene, POST), Set.of(TARO));
        expect("the due holders of the parked consumer", due(scene, MAIL), Set.of());
    }

    static void renamed(Scene scene) {
        expect("the renaming of an unknown consumer", rename(scene, MAIL, POST), false);
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.next(taro, token(SERIAL_1), 1));
        register(scene, MAIL, FeedStart.FIRST_EVENT);
        position(scene, MAIL, TARO);
        expect("the result of advance", scene.feed().advance(scene.serviceId, MAIL, TARO, WORKER, 1, true), true);
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        position(scene, MAIL, HANAKO);
        park(scene, HANAKO);

        expect("the result of the renaming", rename(scene, MAIL, POST), true);
        expect("the result of the repeated renaming", rename(scene, MAIL, POST), true);
        expect("the state of the old consumer", scene.feed().state(scene.serviceId, MAIL), Optional.empty());
        expect("the due holders of the new consumer", due(scene, POST), Set.of(TARO));
        expect("the position of the new consumer", position(scene, POST, TARO), Optional.of(1L));
        expect(
                "the number of parked streams of the new consumer",
                scene.feed().parked(scene.serviceId, POST, null, 10).size(),
                1);
        register(scene, MAIL, FeedStart.FIRST_EVENT);
        expect("the renaming to a taken name", rename(scene, POST, MAIL), false);
        expect("the repeated renaming to a name that was created again", rename(scene, MAIL, POST), false);
    }

    private static boolean rename(Scene scene, ConsumerName from, ConsumerName to) {
        return scene.feed().rename(scene.serviceId, from, to);
    }

    private static void park(Scene scene, Holder holder) {
        Optional<AfterFailure> unused = scene.feed()
                .fail(
                        scene.serviceId,
                        MAIL,
                        holder,
                        WORKER,
                        0,
                        new DeliveryError("Broken", "no such address"),
                        NOW,
                        count -> new AfterFailure.Park(1));
    }

    static void positions(Scene scene) {
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        register(scene, MAIL, FeedStart.FIRST_EVENT);
        register(scene, POST, FeedStart.NOW);
        position(scene, MAIL, TARO);
        park(scene, TARO);
        expect(
                "the positions",
                Set.copyOf(scene.feed().positions(scene.serviceId, TARO)),
                Set.of(
                        FeedPosition.of(MAIL, 0, new DeliveryError("Broken", "no such address")),
                        FeedPosition.of(POST, 1, null)));
        expect(
                "the positions of another holder",
                Set.copyOf(scene.feed().positions(scene.serviceId, HANAKO)),
                Set.of(FeedPosition.of(MAIL, 0, null), FeedPosition.of(POST, 1, null)));
        expect(
                "the positions at another institution",
                scene.other().feed().positions(scene.other().serviceId, TARO),
                List.of());
    }
}
