package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.NOW;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.Optional;

/** Checks that an attempt reads and commits like other calls, with or without a lock. */
final class AttemptChecks {
    private AttemptChecks() {}

    static void findTheLast(Scene scene) {
        expect("the enrolment of an unknown holder", found(scene), Optional.empty());
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        expect("the enrolment that the attempt reads", found(scene), Optional.of(first));
        Enrolment second = scene.commit(scene.next(first, failed(token(SERIAL_1)), 1));
        expect("the enrolment after a later commit", found(scene), Optional.of(second));
    }

    private static Optional<Enrolment> found(Scene scene) {
        try (Attempt attempt = scene.store.attempt(scene.serviceId, TARO)) {
            return attempt.find();
        }
    }

    static void areStored(Scene scene) {
        EnrolmentChange first = scene.first(TARO, USER_1, token(SERIAL_1));
        expect("the result of the commit", commitInAnAttempt(scene, first), CommitResult.COMMITTED);
        expect("the enrolment", scene.stored(TARO), first.after());
        EnrolmentChange second = scene.next(first.after(), failed(token(SERIAL_1)), 2);
        expect("the result of the commit", commitInAnAttempt(scene, second), CommitResult.COMMITTED);
        expect("the enrolment", scene.stored(TARO), second.after());
        expect("the new events", scene.historyAfter(TARO, 1), second.events());
    }

    private static CommitResult commitInAnAttempt(Scene scene, EnrolmentChange change) {
        try (Attempt attempt = scene.store.attempt(scene.serviceId, TARO)) {
            expect("the holder", attempt.find().map(Enrolment::holder).orElse(TARO), TARO);
            return attempt.commit(change);
        }
    }

    static void olderIsStale(Scene scene) {
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        EnrolmentChange overtaken = scene.next(first, token(SERIAL_1), 1);
        Enrolment second = scene.commit(scene.next(first, token(SERIAL_1), 2));

        expect("the result of the commit", commitInAnAttempt(scene, overtaken), CommitResult.STALE);
        expect(
                "the result of the commit",
                commitInAnAttempt(scene, scene.first(TARO, USER_1, token(SERIAL_1))),
                CommitResult.STALE);
        expect("the enrolment", scene.stored(TARO), second);
        expect("the number of events", scene.history(TARO).size(), 3);
    }

    static void twiceIsOnce(Scene scene) {
        EnrolmentChange first = scene.first(TARO, USER_1, token(SERIAL_1));
        EnrolmentChange second = scene.next(scene.commit(first), token(SERIAL_1), 1);
        expect("the result of the commit", commitInAnAttempt(scene, second), CommitResult.COMMITTED);

        expect("the result of the second commit", commitInAnAttempt(scene, second), CommitResult.COMMITTED);
        expect("the result of a commit without an attempt", scene.store.commit(second), CommitResult.COMMITTED);
        expect(
                "the result of a change that was first committed without an attempt",
                commitInAnAttempt(scene, first),
                CommitResult.COMMITTED);
        expect("the number of events", scene.history(TARO).size(), 2);
    }

    static void leaveNothing(Scene scene) {
        found(scene);
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        found(scene);
        scene.commit(scene.next(first, token(SERIAL_1), 1));
    }

    /** Each thread increments the count that its attempt read, so an attempt with an old count would lose increments. */
    static void noneIsLost(Scene scene) {
        int each = 5;
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Crowd.atOnce(RaceChecks.THREADS, i -> {
            for (int k = 0; k < each; k++) {
                CommitResult result;
                do {
                    result = countOn(scene);
                } while (result == CommitResult.STALE);
                expect("the result of the commit", result, CommitResult.COMMITTED);
            }
            return each;
        });
        Enrolment stored = scene.stored(TARO);
        int all = each * RaceChecks.THREADS;
        expect("the version", stored.version(), all + 1L);
        expect(
                "the number of counted failures",
                requireNonNull(stored.token()).failures().sinceAccepted(),
                all);
        expect("the number of events", scene.history(TARO).size(), all + 1);
    }

    private static CommitResult countOn(Scene scene) {
        try (Attempt attempt = scene.store.attempt(scene.serviceId, TARO)) {
            Enrolment found =
                    attempt.find().orElseThrow(() -> new AssertionError("An attempt must find an enrolled holder"));
            return attempt.commit(scene.next(found, failed(requireNonNull(found.token())), 1));
        }
    }

    private static Token failed(Token token) {
        int failures = token.failures().sinceAccepted() + 1;
        return token.toBuilder().failures(Failures.of(failures, failures, NOW)).build();
    }
}
