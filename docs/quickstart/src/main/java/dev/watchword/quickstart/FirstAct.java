package dev.watchword.quickstart;

import static dev.watchword.quickstart.Bank.HELPDESK;
import static dev.watchword.quickstart.Bank.POLICY;
import static dev.watchword.quickstart.Bank.TARO;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Path;
import java.time.Instant;

/** The first act: from a holder without a token to a login after a suspension, under the policy of the bank. */
final class FirstAct {
    /** The last printed line, followed by the number of steps. The process then waits to be killed. */
    static final String END = "END OF ACT ONE ";

    /** The instant at which this act spends its last code. The second act begins at the same instant. */
    static final Instant LAST_LOGIN = Instant.parse("2026-11-24T01:00:00Z");

    /** The password that the holder chose for confirmations. */
    static final String CONFIRMATION_PASSWORD = "hirosaki1";

    static final String ACTIVATION_PASSWORD = "4726";

    private static final String MAIL_ADDRESS = "taro@example.com";

    /** The entries of the holder for a software token. */
    static final SoftwareRequest REQUEST =
            SoftwareRequest.of(MAIL_ADDRESS, ACTIVATION_PASSWORD).enteredAgain(MAIL_ADDRESS, ACTIVATION_PASSWORD);

    private FirstAct() {}

    /** Plays the act and waits to be killed. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FakeClock clock = FakeClock.at("2026-11-24T00:00:00Z");
        Institution bank = Bank.open(folder, clock);
        TokenService tokens = bank.tokens();
        Phone phone = new Phone(folder, clock);
        Teller teller = new Teller(bank, TARO);

        teller.look("no token yet: login asks for no code", false);

        teller.step(
                "set the confirmation password",
                () -> tokens.setConfirmationPassword(TARO, CONFIRMATION_PASSWORD),
                "accepted");
        CreatedMailCode mail = teller.step(
                        "mail a code to confirm the issue",
                        () -> tokens.createMailCode(TARO, Operation.ISSUE, MAIL_ADDRESS),
                        "accepted")
                .orElseThrow();
        Confirmation confirmation = Confirmation.NONE
                .password(CONFIRMATION_PASSWORD)
                .mailCode(mail.code().exposeText());
        Issued issued = teller.step(
                        "issue a software token", () -> tokens.issueSoftware(TARO, REQUEST, confirmation), "accepted")
                .orElseThrow();

        String userId = issued.userId().value();
        DevicePublicKey device = phone.prepare(userId);
        teller.step(
                "provision the app, wrong activation password",
                () -> tokens.provision(userId, "0000", device),
                "refused: WRONG_ACTIVATION_PASSWORD");
        Provisioned provisioned = teller.step(
                        "provision the app, sealed to this phone alone",
                        () -> tokens.provision(userId, ACTIVATION_PASSWORD, device),
                        "accepted")
                .orElseThrow();
        Teller.say("    the app  " + phone.take(provisioned.sealedAnswer(), userId));

        teller.step(
                "activate it",
                phone.code(),
                code -> tokens.activateSoftware(TARO, Confirmation.NONE.code(code)),
                "accepted");

        clock.toNextStep(POLICY.codes().profile());
        String spent = phone.code();
        teller.step("log in", spent, code -> tokens.verify(TARO, code, Purpose.LOGIN), "accepted");
        teller.step(
                "log in, same code",
                spent,
                code -> tokens.verify(TARO, code, Purpose.LOGIN),
                "refused: REPLAYED, tries left: 5");

        clock.toNextStep(POLICY.codes().profile());
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
                "an operator resumes it",
                () -> bank.desk(HELPDESK).resume(TARO, "identity proven by phone"),
                "accepted");

        clock.set(LAST_LOGIN);
        teller.step("log in", phone.code(), code -> tokens.verify(TARO, code, Purpose.LOGIN), "accepted");

        Teller.say(END + teller.steps());
        System.in.read(); // until this process is killed, or its parent process has ended
        Runtime.getRuntime().halt(1);
    }
}
