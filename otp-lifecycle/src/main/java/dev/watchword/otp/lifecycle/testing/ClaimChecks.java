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
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks of user IDs and serial numbers: each one is unique within an institution, permanently. */
final class ClaimChecks {
    private ClaimChecks() {}

    static void userIdIsUnique(Scene scene) {
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));

        scene.expect(scene.first(HANAKO, USER_1, token(SERIAL_2)), CommitResult.USER_ID_TAKEN);
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
    }

    static void serialIsUnique(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.expect(scene.first(HANAKO, USER_2, token(SERIAL_1)), CommitResult.SERIAL_TAKEN);
        scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));

        scene.expect(scene.first(HANAKO, USER_2, token(SERIAL_1)), CommitResult.SERIAL_TAKEN);
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
    }

    /** Commits tokens whose serial numbers a lenient collation considers equal, and one with every allowed character. */
    static void serialsAreExact(Scene scene) {
        List<SerialNumber> serials = Stream.of(
                        "Ab-1",
                        "AB-1",
                        "ab-1",
                        "Ab_1",
                        "Ab%1",
                        "0",
                        "00",
                        "1",
                        "01",
                        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
                        "x".repeat(SerialNumber.MAX_LENGTH))
                .map(SerialNumber::new)
                .toList();
        for (int i = 0; i < serials.size(); i++) {
            Holder holder = new Holder("holder-" + i);
            Enrolment stored = scene.commit(scene.first(holder, ShapeChecks.userId(i), token(serials.get(i))));
            expect("the enrolment", scene.stored(holder), stored);
        }
        for (SerialNumber serial : serials) {
            expect("whether " + serial + " is taken", scene.store.isTaken(scene.serviceId, serial), true);
        }
        for (String free : List.of("aB-1", "Ab-10", "Ab", "000")) {
            expect(
                    "whether " + free + " is taken",
                    scene.store.isTaken(scene.serviceId, new SerialNumber(free)),
                    false);
        }
    }

    static void serialNeverReturns(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment revoked = scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));
        Enrolment again = scene.commit(scene.next(revoked, token(SERIAL_2), 1));
        Enrolment revokedAgain = scene.commit(scene.next(again, revoked(token(SERIAL_2)), 1));

        scene.expect(scene.next(revokedAgain, token(SERIAL_1), 1), CommitResult.SERIAL_TAKEN);
    }

    static void serialDoesNotReturnAtOnce(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment revoked = scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));

        scene.expect(scene.next(revoked, token(SERIAL_1), 1), CommitResult.SERIAL_TAKEN);
    }

    /** The serial number of the second token is taken. */
    static void twoTokensOrNone(Scene scene) {
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        Pending successor = Pending.builder()
                .token(Scene.issued(SERIAL_2))
                .lapsesAt(Scene.NOW.plusSeconds(9))
                .build();
        Enrolment none = scene.none(TARO);
        Enrolment both = Scene.after(none, USER_1, token(SERIAL_1), successor, null, none.credentials(), 1);

        scene.expect(Scene.change(none, both), CommitResult.SERIAL_TAKEN);
        expect(
                "the result of isTaken for the first serial number",
                scene.store.isTaken(scene.serviceId, SERIAL_1),
                false);
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
    }

    static void institutionsAreApart(Scene scene) {
        Scene other = scene.other();
        Enrolment ours = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        expect("the enrolment at the other institution", other.store.find(other.serviceId, TARO), Optional.empty());
        expect("the history at the other institution", other.history(TARO), List.of());

        Enrolment theirs = other.commit(other.first(TARO, USER_1, token(SERIAL_1)));
        other.commit(other.next(theirs, revoked(token(SERIAL_1)), 1));
        expect("our enrolment", scene.stored(TARO), ours);
        expect(
                "the number of events at the first institution",
                scene.history(TARO).size(),
                1);
    }

    static void secretIsDeleted(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));

        Token stored = Objects.requireNonNull(scene.stored(TARO).token());
        expect("the revoked token", stored, revoked(token(SERIAL_1)));
    }

    static void replacement(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment revoked = scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));
        EnrolmentChange again = scene.next(revoked, token(SERIAL_2), 1);
        scene.commit(again);

        expect("the enrolment", scene.stored(TARO), again.after());
        expect("the last event", scene.historyAfter(TARO, 2), again.events());
        expect("the serial numbers of the events", scene.serials(TARO), List.of(SERIAL_1, SERIAL_1, SERIAL_2));
    }
}
