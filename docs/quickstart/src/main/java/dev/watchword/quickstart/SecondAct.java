package dev.watchword.quickstart;

import static dev.watchword.quickstart.Bank.HELPDESK;
import static dev.watchword.quickstart.Bank.POLICY;
import static dev.watchword.quickstart.Bank.TARO;
import static dev.watchword.quickstart.FirstAct.CONFIRMATION_PASSWORD;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.EmergencyCodes;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The second act: from the killed process to a hardware token, its successor, a replacement, a transfer and the complete history. */
final class SecondAct {
    private static final Confirmation PASSWORD = Confirmation.NONE.password(CONFIRMATION_PASSWORD);
    private static final Instant EXPIRY = Instant.parse("2028-10-31T00:00:00Z");

    private final FakeClock clock = FakeClock.at(FirstAct.LAST_LOGIN);
    private final Path folder;
    private final Institution bank;
    private final TokenService tokens;
    private final OperatorDesk desk;
    private final Teller teller;

    private SecondAct(Path folder) throws IOException {
        this.folder = folder;
        bank = Bank.open(folder, clock);
        tokens = bank.tokens();
        desk = bank.desk(HELPDESK);
        teller = new Teller(bank, TARO);
    }

    /** Plays the act and returns the number of its steps. */
    static int play(Path folder) throws IOException {
        SecondAct act = new SecondAct(folder);
        act.revoke();
        List<FakeAuthenticator> displays = act.stock();
        act.order(displays.get(0));
        act.renew(displays.get(0), displays.get(1));
        act.transfer(act.replace(displays.get(1)));
        act.tellTheHistory();
        return act.teller.steps();
    }

    private void revoke() {
        Phone phone = new Phone(folder, clock);
        teller.step(
                "the code spent before the kill",
                phone.code(),
                code -> tokens.verify(TARO, code, Purpose.LOGIN),
                "refused: REPLAYED, tries left: 5");

        nextCode();
        teller.step("revoke it", phone.code(), code -> tokens.revoke(TARO, PASSWORD.code(code)), "accepted");
        teller.look("login asks for no code", false);
    }

    /** Imports all hardware tokens of a delivery in one atomic step. */
    private List<FakeAuthenticator> stock() throws IOException {
        Path file = folder.resolve("delivery.xml");
        List<FakeAuthenticator> displays = new ArrayList<>();
        Maker.deliver(file, clock, maker -> {
            displays.add(maker.token(Maker.TOKEN, EXPIRY));
            displays.add(maker.token(Maker.NEXT_TOKEN, EXPIRY.plus(Duration.ofDays(1000))));
        });
        try (InputStream in = Files.newInputStream(file);
                PskcReader reader = PskcReader.open(in, PskcKey.password(Maker.PASSWORD.toCharArray()))) {
            BatchId batch = new BatchId("delivery-2026-11");
            teller.step(
                    "import the maker's PSKC file",
                    () -> bank.stock().importBatch(batch, reader, staged -> {}),
                    "accepted");
        }
        return displays;
    }

    private void order(FakeAuthenticator display) {
        teller.step("order a hardware token", () -> tokens.orderHardware(TARO, PASSWORD), "accepted");
        deliver(Maker.TOKEN);
        activate(Maker.TOKEN, display);
        teller.look("login asks for a code", true);
    }

    private void deliver(SerialNumber serial) {
        teller.step("an operator assigns one from stock", () -> desk.assign(TARO, serial.value()), "accepted");
        teller.step("and sends it", () -> desk.send(TARO), "accepted");
    }

    private void activate(SerialNumber serial, FakeAuthenticator display) {
        teller.step(
                "activate it by serial and code",
                display.code(),
                code -> tokens.activateHardware(TARO, serial.value(), Confirmation.NONE.code(code)),
                "accepted");
        nextCode();
    }

    private void renew(FakeAuthenticator old, FakeAuthenticator successor) {
        clock.set(EXPIRY.minus(Duration.ofDays(91)));
        teller.step(
                "renew it, a day too early",
                old.code(),
                code -> tokens.renewHardware(TARO, PASSWORD.code(code)),
                "refused: NOT_YET, tries left: 5");
        clock.set(EXPIRY.minus(Duration.ofDays(90)));
        teller.step("renew it", old.code(), code -> tokens.renewHardware(TARO, PASSWORD.code(code)), "accepted");
        deliver(Maker.NEXT_TOKEN);
        nextCode();
        teller.step(
                "the old one still works", old.code(), code -> tokens.verify(TARO, code, Purpose.LOGIN), "accepted");
        activate(Maker.NEXT_TOKEN, successor);
        teller.step(
                "the old one does not any more",
                old.code(),
                code -> tokens.verify(TARO, code, Purpose.LOGIN),
                "refused: WRONG_CODE, tries left: 4");
        teller.step("log in", successor.code(), code -> tokens.verify(TARO, code, Purpose.LOGIN), "accepted");
    }

    /** The token is lost. An operator replaces it with a phone. Login asks for a code all the time. */
    private Phone replace(FakeAuthenticator lost) throws IOException {
        nextCode();
        Issued issued = teller.step(
                        "it is lost: an operator replaces it",
                        () -> desk.replaceWithSoftware(
                                TARO, SuspensionReason.LOST, FirstAct.REQUEST, "identity proven at the branch"),
                        "accepted")
                .orElseThrow();
        teller.look("login asks for a code", true);
        teller.step(
                "a finder enters its code",
                lost.code(),
                code -> tokens.verify(TARO, code, Purpose.LOGIN),
                "refused: SUSPENDED, tries left: 0");
        useEmergencyCode();
        Phone phone = new Phone(Files.createDirectories(folder.resolve("new-phone")), clock);
        String userId = issued.userId().value();
        DevicePublicKey device = phone.prepare(userId);
        Provisioned provisioned = teller.step(
                        "provision the new app",
                        () -> tokens.provision(userId, FirstAct.ACTIVATION_PASSWORD, device),
                        "accepted")
                .orElseThrow();
        Teller.say("    the app  " + phone.take(provisioned.sealedAnswer(), userId));
        teller.look("login asks for a code", true);
        teller.step(
                "activate it, which ends the lost one",
                phone.code(),
                code -> tokens.activateSoftware(TARO, Confirmation.NONE.code(code)),
                "accepted");
        teller.look("login asks for a code", true);
        nextCode();
        teller.step("log in", phone.code(), code -> tokens.verify(TARO, code, Purpose.LOGIN), "accepted");
        return phone;
    }

    /** The app signs the details of a transfer. Only exactly these are confirmed, and once. */
    private void transfer(Phone phone) {
        TransactionDetails transfer = TransactionDetails.builder()
                .add("payee", "0123456")
                .add("amount", "50000")
                .add("currency", "JPY")
                .build();
        RequestedSignature request = teller.step(
                        "ask the app to sign a transfer",
                        () -> tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, transfer),
                        "accepted")
                .orElseThrow();
        Phone.Signed signed = phone.sign(request.sealedRequest().orElseThrow());
        Teller.say("    the app  " + signed.shown());
        TransactionDetails tampered = TransactionDetails.builder()
                .add("payee", "6660666")
                .add("amount", "50000")
                .add("currency", "JPY")
                .build();
        teller.step(
                "malware changes the payee",
                signed.response(),
                response -> tokens.confirm(TARO, request.id(), tampered, response),
                "refused: OTHER_DETAILS, tries left: 5");
        teller.step(
                "confirm the transfer as it was signed",
                signed.response(),
                response -> tokens.confirm(TARO, request.id(), transfer, response),
                "accepted");
        teller.step(
                "confirm it again",
                signed.response(),
                response -> tokens.confirm(TARO, request.id(), transfer, response),
                "refused: NO_REQUEST, tries left: 5");
    }

    /** The holder logs in without the token until the new one is activated. */
    private void useEmergencyCode() {
        EmergencyCodes codes = teller.step(
                        "the operator issues an emergency code",
                        () -> desk.issueEmergencyCodes(TARO, "identity proven at the branch"),
                        "accepted")
                .orElseThrow();
        String printed = codes.codes().get(0).exposeText();
        String typed = printed.toLowerCase(Locale.ROOT).replace('-', ' ');
        teller.step("log in with it", typed, code -> tokens.useEmergencyCode(TARO, code), "accepted");
        teller.step("it is used up", printed, code -> tokens.useEmergencyCode(TARO, code), "refused: NO_BACKUP_CODES");
    }

    private void nextCode() {
        clock.toNextStep(POLICY.codes().profile());
    }

    private void tellTheHistory() {
        teller.history(
                List.of(
                        EventType.PASSWORD_SET,
                        EventType.MAIL_CODE_MADE,
                        EventType.ISSUED,
                        EventType.WRONG_ACTIVATION_PASSWORD,
                        EventType.PROVISIONED,
                        EventType.ACTIVATED,
                        EventType.CODE_ACCEPTED,
                        EventType.WRONG_CODE,
                        EventType.WRONG_CODE,
                        EventType.WRONG_CODE,
                        EventType.WRONG_CODE,
                        EventType.WRONG_CODE,
                        EventType.SUSPENDED,
                        EventType.RESUMED,
                        EventType.CODE_ACCEPTED,
                        EventType.REVOKED,
                        EventType.ORDERED,
                        EventType.ASSIGNED,
                        EventType.SENT,
                        EventType.ACTIVATED,
                        EventType.ORDERED,
                        EventType.ASSIGNED,
                        EventType.SENT,
                        EventType.CODE_ACCEPTED,
                        EventType.ACTIVATED,
                        EventType.SUPERSEDED,
                        EventType.WRONG_CODE,
                        EventType.CODE_ACCEPTED,
                        EventType.SUSPENDED,
                        EventType.ISSUED,
                        EventType.EMERGENCY_CODES_ISSUED,
                        EventType.EMERGENCY_CODE_ACCEPTED,
                        EventType.PROVISIONED,
                        EventType.ACTIVATED,
                        EventType.SUPERSEDED,
                        EventType.CODE_ACCEPTED,
                        EventType.SIGNATURE_REQUESTED,
                        EventType.SIGNATURE_CONFIRMED),
                clock.instant());
        Teller.verdict(bank.histories().verify(TARO), 38);
    }
}
