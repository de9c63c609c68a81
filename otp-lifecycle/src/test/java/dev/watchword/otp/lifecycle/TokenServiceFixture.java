package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** A service in memory on a fake clock, with the words to act on it and to say what is expected. */
abstract class TokenServiceFixture {
    static final Holder TARO = new Holder("taro");
    static final Holder HANAKO = new Holder("hanako");
    static final Operator OPERATOR = new Operator("helpdesk-7");
    static final SerialNumber SERIAL = new SerialNumber("101199980021");

    final FakeClock clock = FakeClock.at("2026-11-23T09:00:00.123456789Z");
    final InMemoryTokenStore store = new InMemoryTokenStore();
    final TokenService tokens = InMemoryTokens.builder(store, clock).build();

    FakeAuthenticator issue(Holder holder) {
        Issued issued = assertInstanceOf(Issued.class, tokens.issueSoftware(holder));
        return new FakeAuthenticator(TotpProfile.BANK, issued.secret(), clock);
    }

    FakeAuthenticator activate(Holder holder) {
        FakeAuthenticator phone = issue(holder);
        assertAccepted(tokens.activateSoftware(holder, phone.code()));
        clock.toNextStep(TotpProfile.BANK);
        return phone;
    }

    HardwareToken fob(SerialNumber serial) {
        OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, new SecureRandom());
        return new HardwareToken(
                serial, secret, TotpProfile.BANK, clock.instant().plus(Duration.ofDays(365)));
    }

    Outcome login(Holder holder, String code) {
        return tokens.verify(holder, code, Purpose.LOGIN);
    }

    static void assertAccepted(Outcome outcome) {
        assertInstanceOf(Accepted.class, outcome);
    }

    static void assertRefused(Refusal refusal, int triesLeft, Outcome outcome) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(refusal, refused.refusal());
        assertEquals(triesLeft, refused.triesLeft());
    }

    List<EventType> history(Holder holder) {
        return tokens.history(holder, 0, 100).stream().map(TokenEvent::type).toList();
    }
}
