package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.List;
import java.util.stream.LongStream;

/** Each holder has a history, in order and without gaps. */
final class Histories {
    private Histories() {}

    static void historyInPieces(Scene scene) {
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        for (int i = 0; i < 11; i++) {
            enrolment = scene.commit(scene.next(enrolment, token(SERIAL_1), 1 + i % 2));
        }
        List<Long> all = LongStream.rangeClosed(1, 17).boxed().toList();

        expect("all numbers", numbers(scene.history(TARO)), all);
        expect("numbers 1 to 5", numbers(scene.store.history(scene.serviceId, TARO, 0, 5)), all.subList(0, 5));
        expect("numbers 6 to 10", numbers(scene.store.history(scene.serviceId, TARO, 5, 5)), all.subList(5, 10));
        expect("the last number", numbers(scene.store.history(scene.serviceId, TARO, 16, 5)), all.subList(16, 17));
        expect("what follows the last", scene.store.history(scene.serviceId, TARO, 17, 5), List.of());
    }

    private static List<Long> numbers(List<TokenEvent> events) {
        return events.stream().map(TokenEvent::number).toList();
    }

    static void historiesAreApart(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        EnrolmentChange later = scene.next(taro, token(SERIAL_1), 2);
        scene.commit(later);

        expect("the end of one history", scene.historyAfter(TARO, 1), later.events());
        expect("whose events are in the other", scene.serials(HANAKO), List.of(SERIAL_2));
    }
}
