package dev.watchword.quickstart;

import static dev.watchword.quickstart.Institution.HELPDESK;
import static dev.watchword.quickstart.Institution.POLICY;
import static dev.watchword.quickstart.Institution.TARO;

import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Path;
import java.time.Instant;

/** From no token to a login after a suspension. */
final class FirstAct {
    /** Said at the end, with the number of steps; then the process waits to be killed. */
    static final String END = "END OF ACT ONE ";

    /** When the last code of this act is spent; the second act begins at the same time. */
    static final Instant LAST_LOGIN = Instant.parse("2026-11-24T01:00:00Z");

    private FirstAct() {}

    /** Plays the act, and waits to be killed. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FakeClock clock = FakeClock.at("2026-11-24T00:00:00Z");
        TokenService tokens = Institution.tokens(folder, clock);
        Teller teller = new Teller(tokens, TARO);

        teller.look("no token yet: login asks for no code", false);

        Issued issued = (Issued) teller.step("issue a software token", () -> tokens.issueSoftware(TARO), "accepted");
        Phone.remember(folder, issued.secret());
        FakeAuthenticator phone = Phone.app(folder, clock);

        teller.step("activate it", phone.code(), code -> tokens.activateSoftware(TARO, code), "accepted");

        clock.toNextStep(POLICY.profile());
        String spent = phone.code();
        teller.step("log in", spent, code -> tokens.verify(TARO, code, Purpose.LOGIN), "accepted");
        teller.step(
                "log in, same code",
                spent,
                code -> tokens.verify(TARO, code, Purpose.LOGIN),
                "refused: REPLAYED, tries left: 5");

        clock.toNextStep(POLICY.profile());
        for (int left = 4; left >= 0; left--) {
            teller.step(
                    "log in, wrong code",
                    phone.wrongCode(),
                    code -> tokens.verify(TARO, code, Purpose.LOGIN),
                    "refused: WRONG_CODE, tries left: " + left);
        }
        teller.step(
                "log in, right code",
                phone.code(),
                code -> tokens.verify(TARO, code, Purpose.LOGIN),
                "refused: SUSPENDED, tries left: 0");
        teller.step(
                "an operator resumes it", () -> tokens.resume(TARO, HELPDESK, "identity proven by phone"), "accepted");

        clock.set(LAST_LOGIN);
        teller.step("log in", phone.code(), code -> tokens.verify(TARO, code, Purpose.LOGIN), "accepted");

        Teller.say(END + teller.steps());
        System.in.read(); // until it is killed, or whoever would kill it is gone
        Runtime.getRuntime().halt(1);
    }
}
