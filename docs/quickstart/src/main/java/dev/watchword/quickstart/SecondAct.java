package dev.watchword.quickstart;

import static dev.watchword.otp.lifecycle.EventType.ACTIVATED;
import static dev.watchword.otp.lifecycle.EventType.CODE_ACCEPTED;
import static dev.watchword.otp.lifecycle.EventType.ISSUED;
import static dev.watchword.otp.lifecycle.EventType.RESUMED;
import static dev.watchword.otp.lifecycle.EventType.REVOKED;
import static dev.watchword.otp.lifecycle.EventType.SUSPENDED;
import static dev.watchword.otp.lifecycle.EventType.WRONG_CODE;
import static dev.watchword.quickstart.Institution.HELPDESK;
import static dev.watchword.quickstart.Institution.POLICY;
import static dev.watchword.quickstart.Institution.TARO;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.HardwareToken;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** From the death of the process to a fob in use, and the history of it all. */
final class SecondAct {
    private static final String FOB_SERIAL = "101199980021";

    private SecondAct() {}

    /** Plays the act, and returns how many steps it had. */
    static int play(Path folder) throws IOException {
        FakeClock clock = FakeClock.at(FirstAct.LAST_LOGIN);
        TokenService tokens = Institution.tokens(folder, clock);
        Teller teller = new Teller(tokens, TARO);
        FakeAuthenticator phone = Phone.app(folder, clock);

        teller.step(
                "the code spent before the kill",
                phone.code(),
                code -> tokens.verify(TARO, code, Purpose.LOGIN),
                "refused: REPLAYED, tries left: 5");

        clock.toNextStep(POLICY.profile());
        teller.step("revoke it", phone.code(), code -> tokens.revoke(TARO, code), "accepted");
        teller.look("login asks for no code", false);

        OtpSecret secret = OtpSecret.random(POLICY.profile().algorithm(), new SecureRandom());
        Instant expiresAt = Instant.parse("2031-10-31T00:00:00Z");
        HardwareToken fob = new HardwareToken(new SerialNumber(FOB_SERIAL), secret, POLICY.profile(), expiresAt);
        FakeAuthenticator display = new FakeAuthenticator(POLICY.profile(), secret, clock);
        teller.step("issue a fob", () -> tokens.issueHardware(TARO, fob, HELPDESK), "accepted");
        secret.destroy();

        teller.step(
                "activate it by serial and code",
                display.code(),
                code -> tokens.activateHardware(TARO, FOB_SERIAL, code),
                "accepted");
        teller.look("login asks for a code", true);

        teller.history(List.of(
                ISSUED,
                ACTIVATED,
                CODE_ACCEPTED,
                WRONG_CODE,
                WRONG_CODE,
                WRONG_CODE,
                WRONG_CODE,
                WRONG_CODE,
                SUSPENDED,
                RESUMED,
                CODE_ACCEPTED,
                REVOKED,
                ISSUED,
                ACTIVATED));
        return teller.steps();
    }
}
