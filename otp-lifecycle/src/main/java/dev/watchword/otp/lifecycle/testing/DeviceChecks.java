package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.NOW;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** The checks of the keys of devices. */
final class DeviceChecks {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();

    private DeviceChecks() {}

    static void comeBack(Scene scene) {
        for (DeviceKeyType type : DeviceKeyType.values()) {
            Scene other = scene.other();
            DevicePublicKey key = key(type);
            Enrolment provisioned = other.commit(provisioned(issued(other), key));

            expectKey(other, SERIAL_1, key);
            expect(
                    "an enrolment beside the key of a device",
                    other.store.find(other.serviceId, TARO),
                    Optional.of(provisioned));
        }
    }

    static void areOfOneToken(Scene scene) {
        scene.commit(provisioned(issued(scene), key(DeviceKeyType.P256)));

        expect("the key of another token", scene.devices().device(scene.serviceId, TARO, SERIAL_2), Optional.empty());
        expect(
                "the key of another holder",
                scene.devices().device(scene.serviceId, HANAKO, SERIAL_1),
                Optional.empty());
        expect(
                "the key at another institution",
                scene.devices().device(scene.other().serviceId, TARO, SERIAL_1),
                Optional.empty());
    }

    static void areReplaced(Scene scene) {
        Enrolment first = scene.commit(provisioned(issued(scene), key(DeviceKeyType.X_WING)));
        DevicePublicKey key = key(DeviceKeyType.P256);
        scene.commit(provisioned(first, key));

        expectKey(scene, SERIAL_1, key);
    }

    /** A token ends when it is cancelled, when its successor is activated, and when it is revoked. */
    static void endWithTheirToken(Scene scene) {
        Enrolment provisioned = scene.commit(provisioned(issued(scene), key(DeviceKeyType.P256)));
        Token pending = requireNonNull(provisioned.pendingToken());
        scene.commit(scene.waiting(provisioned, null, Scene.revoked(pending)));
        expectNone(scene, SERIAL_1);

        Scene other = scene.other();
        Enrolment next = other.commit(provisioned(issued(other), key(DeviceKeyType.P256)));
        Token token = Scene.token(SERIAL_1).toBuilder()
                .provisioning(requireNonNull(next.pendingToken()).provisioning())
                .build();
        Enrolment active = other.commit(
                Scene.change(next, Scene.after(next, USER_1, token, null, next.mailAddress(), next.credentials(), 1)));
        expect(
                "the key of a token in use",
                other.devices().device(other.serviceId, TARO, SERIAL_1).isPresent(),
                true);
        other.commit(other.next(active, Scene.revoked(token), 1));
        expectNone(other, SERIAL_1);
    }

    static void ofAStaleChangeAreNotStored(Scene scene) {
        Enrolment issued = issued(scene);
        DevicePublicKey key = key(DeviceKeyType.P256);
        scene.commit(provisioned(issued, key));
        scene.expect(provisioned(issued, key(DeviceKeyType.P256)), CommitResult.STALE);

        expectKey(scene, SERIAL_1, key);
    }

    private static DevicePublicKey key(DeviceKeyType type) {
        return DeviceKey.generate(type, RANDOM).publicKey();
    }

    private static Enrolment issued(Scene scene) {
        return scene.commit(scene.waiting(
                scene.none(TARO),
                Pending.builder().token(Scene.issued(SERIAL_1)).lapsesAt(LATER).build()));
    }

    private static EnrolmentChange provisioned(Enrolment before, DevicePublicKey key) {
        Pending pending = requireNonNull(before.pending());
        Token token = requireNonNull(pending.token());
        Provisioning done = requireNonNull(token.provisioning()).toBuilder()
                .password(null)
                .provisionedAt(NOW)
                .device(DeviceFingerprint.of(key))
                .build();
        Pending after = pending.toBuilder()
                .token(token.toBuilder().provisioning(done).build())
                .build();
        EnrolmentChange change = Scene.change(
                before,
                Scene.after(
                        before, before.userId(), before.token(), after, before.mailAddress(), before.credentials(), 1));
        return EnrolmentChange.builder()
                .id(change.id())
                .before(change.before())
                .after(change.after())
                .events(change.events())
                .device(key)
                .build();
    }

    private static void expectKey(Scene scene, SerialNumber serial, DevicePublicKey key) {
        expect("the key of a device", scene.devices().device(scene.serviceId, TARO, serial), Optional.of(key));
    }

    private static void expectNone(Scene scene, SerialNumber serial) {
        expect(
                "the key of a token that ended",
                scene.devices().device(scene.serviceId, TARO, serial),
                Optional.empty());
    }
}
