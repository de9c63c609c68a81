package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A holder's phone, and its codes that clients saw accepted. Safe for use by several threads. */
final class Phone {
    final SerialNumber serial;
    final List<Long> accepted = new CopyOnWriteArrayList<>();

    private final Totp totp;
    private final FakeAuthenticator authenticator;

    Phone(SerialNumber serial, OtpSecret secret, FakeClock clock) {
        this.serial = serial;
        totp = Totp.of(Round.PROFILE, secret);
        authenticator = new FakeAuthenticator(Round.PROFILE, secret, clock);
    }

    String code(long step) {
        return totp.generate(Round.PROFILE.startOf(step));
    }

    String wrongCode() {
        return authenticator.wrongCode();
    }
}
