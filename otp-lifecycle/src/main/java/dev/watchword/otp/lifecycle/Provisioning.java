package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the app of a software token comes to its secret: once, with an activation password, to one device. Immutable.
 *
 * @param password the sealed hash of the activation password; {@code null} once it is dead, be it used, used up or out of
 *     time
 * @param failures how many wrong activation passwords were charged
 * @param opensAt the instant from which the app may be provisioned
 * @param closesAt the first instant at which the activation password is dead
 * @param provisionedAt when the app was provisioned; {@code null} if it was not yet
 * @param device the fingerprint of the device's public key; {@code null} exactly if the app was not provisioned yet
 */
public record Provisioning(
        @Nullable SealedSecret password,
        int failures,
        Instant opensAt,
        Instant closesAt,
        @Nullable Instant provisionedAt,
        @Nullable DeviceFingerprint device) {
    /**
     * Creates a provisioning from what a store kept.
     *
     * @throws IllegalArgumentException if the values contradict each other
     */
    public Provisioning {
        requireNonNull(opensAt, "opensAt");
        requireNonNull(closesAt, "closesAt");
        boolean done = provisionedAt != null;
        if (failures < 0 || done != (device != null) || (done && password != null)) {
            throw new IllegalArgumentException("Provisioning: " + failures + " failures, provisioned " + provisionedAt
                    + "; one that is done, and no other, has a device, and has no password any more");
        }
    }

    /** What a wrong activation password leaves; the last allowed one kills it. */
    Provisioning afterFailure(int limit) {
        boolean dead = failures + 1 >= limit;
        return new Provisioning(dead ? null : password, failures + 1, opensAt, closesAt, null, null);
    }

    Provisioning done(Instant at, DeviceFingerprint newDevice) {
        return new Provisioning(null, failures, opensAt, closesAt, at, newDevice);
    }

    Provisioning withoutPassword() {
        return new Provisioning(null, failures, opensAt, closesAt, provisionedAt, device);
    }

    boolean isDone() {
        return provisionedAt != null;
    }
}
