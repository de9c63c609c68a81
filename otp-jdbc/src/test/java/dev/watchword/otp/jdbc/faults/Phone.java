package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.Totp;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A holder's phone, and its codes that clients saw accepted. Safe for use by several threads. */
final class Phone {
    final SerialNumber serial;
    final List<Long> accepted = new CopyOnWriteArrayList<>();

    /** The latest requests to sign a transaction, open or closed. */
    final Deque<RequestedSignature> toSign = new ConcurrentLinkedDeque<>();

    private final Totp totp;
    private final FakeAuthenticator authenticator;
    private final DeviceKey device;
    private final TokenContents contents;

    Phone(DeviceKey device, TokenContents contents, FakeClock clock) {
        this.device = device;
        this.contents = contents;
        serial = new SerialNumber(contents.serial());
        totp = Totp.of(Round.PROFILE, contents.secret());
        authenticator = new FakeAuthenticator(Round.PROFILE, contents.secret(), clock);
    }

    /** Returns the response to a request. */
    String sign(RequestedSignature requested) {
        OcraSuite suite = contents.signingSuite().orElseThrow();
        SigningRequest request =
                device.open(requested.sealedRequest().orElseThrow(), contents).orElseThrow();
        return Ocra.of(suite, contents.signingSecret().orElseThrow()).generate(OcraInput.of(request.challenge(suite)));
    }

    String code(long step) {
        return totp.generate(Round.PROFILE.startOf(step));
    }

    String wrongCode() {
        return authenticator.wrongCode();
    }
}
