package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Checks of concurrent commits and reads. */
final class RaceChecks {
    static final int THREADS = 16;

    private RaceChecks() {}

    static void oneOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            Holder holder = new Holder("holder-" + round);
            UserId userId = new UserId("99980000000" + round);
            Token token = token(ShapeChecks.serial(round));
            Enrolment first = scene.commit(scene.first(holder, userId, token));
            Winners winners = Winners.of(scene, THREADS, i -> scene.next(first, token, 1 + i % 3));

            winners.expectOneAnd(CommitResult.STALE);
            expect("the enrolment", scene.stored(holder), winners.change(0).after());
            expect(
                    "the new events",
                    scene.historyAfter(holder, 1),
                    winners.change(0).events());
        }
    }

    static void oneFirstOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            Holder holder = new Holder("holder-" + round);
            int base = round * THREADS;
            Winners winners = Winners.of(
                    scene,
                    THREADS,
                    i -> scene.first(holder, ShapeChecks.userId(base + i), token(ShapeChecks.serial(base + i))));

            winners.expectOneAnd(CommitResult.STALE);
            expect("the enrolment", scene.stored(holder), winners.change(0).after());
            expect("the history", scene.history(holder), winners.change(0).events());
        }
    }

    static void oneSerialOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            Token wanted = token(ShapeChecks.serial(round));
            int base = round * THREADS;
            Winners winners = Winners.of(
                    scene,
                    THREADS,
                    i -> scene.first(new Holder("holder-" + (base + i)), ShapeChecks.userId(base + i), wanted));

            winners.expectOneAnd(CommitResult.SERIAL_TAKEN);
        }
    }

    static void oneUserIdOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            UserId wanted = ShapeChecks.userId(round);
            int base = round * THREADS;
            Winners winners = Winners.of(
                    scene,
                    THREADS,
                    i -> scene.first(new Holder("holder-" + (base + i)), wanted, token(ShapeChecks.serial(base + i))));

            winners.expectOneAnd(CommitResult.USER_ID_TAKEN);
        }
    }

    static void sameChangeByMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            Holder holder = new Holder("holder-" + round);
            Token token = token(ShapeChecks.serial(round));
            EnrolmentChange first = scene.first(holder, ShapeChecks.userId(round), token);
            EnrolmentChange second = scene.next(first.after(), token, 2);

            Winners.of(scene, THREADS, i -> first).expectOneAnd(CommitResult.COMMITTED);
            Winners.of(scene, THREADS, i -> second).expectOneAnd(CommitResult.COMMITTED);
            expect("the enrolment", scene.stored(holder), second.after());
            expect("the number of events", scene.history(holder).size(), 3);
        }
    }

    static void readersSeeWholeChanges(Scene scene) {
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        AtomicBoolean written = new AtomicBoolean();
        Crowd.atOnce(2, i -> i == 0 ? writeOften(scene, first, written) : readUntil(scene, written));
    }

    private static int writeOften(Scene scene, Enrolment first, AtomicBoolean written) {
        try {
            Enrolment enrolment = first;
            for (int i = 0; i < 100; i++) {
                enrolment = scene.commit(scene.next(enrolment, token(SERIAL_1), 2));
            }
            return 100;
        } finally {
            written.set(true);
        }
    }

    private static int readUntil(Scene scene, AtomicBoolean written) {
        int reads = 0;
        for (; !written.get(); reads++) {
            long announced = scene.stored(TARO).eventCount();
            long found = scene.history(TARO).size();
            long announcedThen = scene.stored(TARO).eventCount();
            expect(
                    "whether each read contains a change together with its events",
                    announced <= found && found <= announcedThen,
                    true);
        }
        return reads;
    }

    static void manyAtOnce(Scene scene) {
        int each = 10;
        Winners winners = Winners.of(scene, THREADS, i -> {
            Token token = token(ShapeChecks.serial(i));
            Enrolment enrolment = scene.commit(scene.first(new Holder("holder-" + i), ShapeChecks.userId(i), token));
            for (int k = 0; k < each; k++) {
                enrolment = scene.commit(scene.next(enrolment, token, 1));
            }
            return scene.next(enrolment, token, 1);
        });

        expect("the number of committed changes", winners.count(), THREADS);
        IntStream.range(0, THREADS).forEach(i -> {
            expect(
                    "version of holder " + i,
                    scene.stored(new Holder("holder-" + i)).version(),
                    each + 2L);
            expect(
                    "events of holder " + i,
                    scene.history(new Holder("holder-" + i)).size(),
                    each + 2);
        });
    }
}
