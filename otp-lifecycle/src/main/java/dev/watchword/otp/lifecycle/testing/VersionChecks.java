package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.revoked;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.List;
import java.util.Optional;

/** Checks that the version decides a race: a stale change changes nothing, and a repeated change changes nothing twice. */
final class VersionChecks {
    private VersionChecks() {}

    static void nothingIsFound(Scene scene) {
        expect("the enrolment", scene.store.find(scene.serviceId, TARO), Optional.empty());
        expect("the history", scene.history(TARO), List.of());
    }

    static void olderIsStale(Scene scene) {
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        EnrolmentChange overtaken = scene.next(first, token(SERIAL_1), 1);
        scene.commit(scene.next(first, token(SERIAL_1), 2));

        scene.expect(overtaken, CommitResult.STALE);
        scene.expect(overtaken, CommitResult.STALE);
    }

    static void secondFirstIsStale(Scene scene) {
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));

        scene.expect(scene.first(TARO, USER_2, token(SERIAL_2)), CommitResult.STALE);
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
    }

    static void newerIsStale(Scene scene) {
        Enrolment notStored = scene.first(TARO, USER_1, token(SERIAL_1)).after();

        scene.expect(scene.next(notStored, token(SERIAL_1), 1), CommitResult.STALE);
    }

    static void twiceIsOnce(Scene scene) {
        EnrolmentChange first = scene.first(TARO, USER_1, token(SERIAL_1));
        Enrolment enrolment = scene.commit(first);
        scene.commit(first);
        EnrolmentChange second = scene.next(enrolment, token(SERIAL_1), 2);
        scene.commit(second);
        scene.commit(second);

        expect("the enrolment", scene.stored(TARO), second.after());
        expect("the number of events", scene.history(TARO).size(), 3);
    }

    static void knownForGood(Scene scene) {
        EnrolmentChange first = scene.first(TARO, USER_1, token(SERIAL_1));
        EnrolmentChange second = scene.next(scene.commit(first), token(SERIAL_1), 2);
        EnrolmentChange third = scene.next(scene.commit(second), token(SERIAL_1), 1);
        scene.commit(third);

        scene.commit(first);
        scene.commit(second);
        expect("the enrolment", scene.stored(TARO), third.after());
    }

    /** An old copy of all rows has the version that is stored, and events that are stored already. */
    static void takenEventIsAFailure(Scene scene) {
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment stored = scene.commit(scene.next(first, token(SERIAL_1), 2));
        List<RecordedEvent> history = scene.history(TARO);
        for (long events = 1; events < stored.eventCount(); events++) {
            Enrolment old = stored.toBuilder().eventCount(events).build();
            expectFailure(scene, scene.next(old, token(SERIAL_1), 1));
            expect("the enrolment, which must be as before", scene.stored(TARO), stored);
            expect("the history, which must be as before", scene.history(TARO), history);
        }
        scene.commit(scene.next(stored, token(SERIAL_1), 1));
    }

    private static void expectFailure(Scene scene, EnrolmentChange change) {
        CommitResult result;
        try {
            result = scene.store.commit(change);
        } catch (IntegrityException e) {
            return;
        }
        throw new AssertionError(
                "A commit whose event number is taken must throw IntegrityException, but the answer is " + result);
    }

    static void stalenessFirst(Scene scene) {
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));

        scene.expect(scene.first(TARO, USER_1, token(SERIAL_1)), CommitResult.STALE);
        scene.expect(scene.first(TARO, USER_2, token(SERIAL_1)), CommitResult.STALE);
    }

    static void stalenessFirstLaterToo(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment revoked = scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        EnrolmentChange overtaken = scene.next(revoked, token(SERIAL_2), 1);
        scene.commit(scene.next(revoked, revoked(token(SERIAL_1)), 1));

        scene.expect(overtaken, CommitResult.STALE);
    }
}
