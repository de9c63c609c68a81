package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.Attempt;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Checks of an enrolment whose row is missing although its history exists. */
final class MissingRowChecks {
    private MissingRowChecks() {}

    static void withEvents(Scene scene, BiConsumer<ServiceId, Holder> deletion) {
        Enrolment other = scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        deletion.accept(scene.serviceId, TARO);

        expectFailures(scene);
        expect("the other enrolment", scene.stored(HANAKO), other);
        expect("an unknown holder", scene.other().store.find(scene.other().serviceId, TARO), Optional.empty());
    }

    static void withAnAnchor(Scene scene, BiConsumer<ServiceId, Holder> deletion) {
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        HistoryAnchor anchor = new HistoryAnchor(
                enrolment.eventCount(), requireNonNull(enrolment.head()), requireNonNull(enrolment.head()));
        expect("that it is archived", scene.archive().archive(scene.serviceId, TARO, null, anchor), true);
        deletion.accept(scene.serviceId, TARO);

        expectFailures(scene);
    }

    private static void expectFailures(Scene scene) {
        expectFailure(() -> scene.store.find(scene.serviceId, TARO));
        expectFailure(() -> {
            try (Attempt attempt = scene.store.attempt(scene.serviceId, TARO)) {
                return attempt.find();
            }
        });
    }

    private static void expectFailure(Supplier<Optional<Enrolment>> find) {
        Optional<Enrolment> found;
        try {
            found = find.get();
        } catch (IntegrityException e) {
            return;
        }
        throw new AssertionError("The store must throw IntegrityException, but found " + found);
    }
}
