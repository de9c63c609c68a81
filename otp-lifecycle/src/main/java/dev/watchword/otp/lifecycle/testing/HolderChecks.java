package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.revoked;
import static dev.watchword.otp.lifecycle.testing.Scene.token;
import static dev.watchword.otp.lifecycle.testing.ShapeChecks.INSTANTS;
import static dev.watchword.otp.lifecycle.testing.ShapeChecks.TEXTS;
import static dev.watchword.otp.lifecycle.testing.ShapeChecks.pick;
import static dev.watchword.otp.lifecycle.testing.ShapeChecks.serial;
import static dev.watchword.otp.lifecycle.testing.ShapeChecks.userId;

import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks that a store returns everything about a holder unchanged, with or without a token. */
final class HolderChecks {
    private HolderChecks() {}

    /** Commits enrolments without a token: first without a user ID, then with one. */
    static void holdersComeBack(Scene scene) {
        SealedSecret hash = new SealedSecret("k", new byte[] {1, 2, 3});
        MailAddress address = new MailAddress("o'brien+a_b%c@xn--bcher-kva.example");
        MailCode code = MailCode.builder()
                .hash(hash)
                .operation(Operation.ISSUE)
                .destination(address)
                .sentAt(pick(INSTANTS, 3))
                .expiresAt(pick(INSTANTS, 4))
                .build();
        Enrolment before = scene.none(TARO);
        for (Credentials factors : List.of(
                Credentials.builder().password(hash).build(),
                Credentials.builder().mailCode(code).mailCodeFailures(4).build(),
                Credentials.builder()
                        .password(hash)
                        .passwordFailures(3)
                        .mailCode(code)
                        .build(),
                Credentials.NONE)) {
            Enrolment after = Scene.after(before, null, null, null, address, factors, 1);
            before = scene.commit(Scene.change(before, after));
            expect("the enrolment", scene.stored(TARO), after);
        }
        Enrolment revoked = Enrolment.builder()
                .serviceId(scene.serviceId)
                .holder(TARO)
                .version(before.version() + 1)
                .userId(USER_1)
                .softwareEndedAt(pick(INSTANTS, 3))
                .eventCount(before.eventCount() + 1)
                .head(Scene.link(before.eventCount() + 1))
                .rowMac(Scene.rowMac(before.version() + 1))
                .build();
        scene.commit(Scene.change(before, revoked));
        expect("the enrolment", scene.stored(TARO), revoked);
        expect("the enrolment by its user ID", scene.store.find(scene.serviceId, USER_1), Optional.of(revoked));
    }

    /** The first change suspends the holder. Later changes replace every field of the suspension, and end it. */
    static void suspendedHoldersComeBack(Scene scene) {
        List<SuspensionReason> reasons = Arrays.stream(SuspensionReason.values())
                .filter(SuspensionReason::isForHolders)
                .toList();
        Enrolment before = scene.none(TARO);
        for (int i = 0; i < 8; i++) {
            HolderSuspension suspension =
                    PartChecks.suspension(pick(reasons, i), pick(INSTANTS, i), new Operator(pick(TEXTS, i)), i % 4 < 2);
            Enrolment after = Scene.after(before, null, null, null, null, before.credentials(), 1).toBuilder()
                    .suspension(i == 6 ? null : suspension)
                    .build();
            before = scene.commit(Scene.change(before, after));
            expect("the enrolment", scene.stored(TARO), after);
        }
    }

    static void holdersAreExact(Scene scene) {
        for (int i = 0; i < TEXTS.size(); i++) {
            scene.commit(scene.first(new Holder(TEXTS.get(i)), userId(i), token(serial(i))));
        }
        for (int i = 0; i < TEXTS.size(); i++) {
            Holder holder = new Holder(TEXTS.get(i));
            expect(
                    "the enrolment of " + holder,
                    scene.stored(holder),
                    scene.first(holder, userId(i), token(serial(i))).after());
        }
    }
}
