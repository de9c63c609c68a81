package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventFeed;
import dev.watchword.otp.lifecycle.FobStock;
import dev.watchword.otp.lifecycle.HashingPolicy;
import dev.watchword.otp.lifecycle.Helpdesk;
import dev.watchword.otp.lifecycle.HistoryArchiver;
import dev.watchword.otp.lifecycle.HistoryVerdict;
import dev.watchword.otp.lifecycle.HistoryVerifier;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.MailCodeMade;
import dev.watchword.otp.lifecycle.Operation;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.Resealer;
import dev.watchword.otp.lifecycle.SealingException;
import dev.watchword.otp.lifecycle.SeedFileException;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.TokenLists;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.stock.CsvFormat;
import dev.watchword.otp.lifecycle.stock.CsvSeedReader;
import dev.watchword.otp.lifecycle.stock.CsvTokenReader;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets, passwords and codes that are known are looked for wherever anything is shown, logged or stored. */
class CanaryTest {
    private static final ServiceId SERVICE = new ServiceId("10112235");
    private static final Holder TARO = new Holder("customer-4711");
    private static final Holder HANAKO = new Holder("customer-4712");
    private static final String CONFIRMATION_PASSWORD = "CanaryPw9Zq1";
    private static final String ACTIVATION_PASSWORD = "73916482";
    private static final SerialNumber FOB = new SerialNumber("101199980021");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final Map<String, byte[]> canaries = new LinkedHashMap<>();
    private final List<String> shown = new ArrayList<>();

    private <T> T show(T value) {
        shown.add(String.valueOf(value));
        if (value instanceof Refused refused) {
            shown.add(Helpdesk.in(Locale.ENGLISH, ZoneOffset.UTC).refusal(refused));
        }
        return value;
    }

    private void show(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        shown.add(trace.toString());
    }

    private String plant(String what, String text) {
        canaries.put(what + " " + text, text.getBytes(StandardCharsets.UTF_8));
        return text;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private KeySource keys(byte[] sealing, byte[] history) {
        return KeyRing.parse(
                "seal k " + Base64.getEncoder().encodeToString(sealing) + "\nhistory k "
                        + Base64.getEncoder().encodeToString(history),
                "The keys");
    }

    @Test
    @Tag("R10.2")
    @Tag("R9.1")
    void noneIsFoundAnywhere() throws IOException {
        byte[] sealing = random(32);
        byte[] history = random(32);
        byte[] fobSecret = random(20);
        canaries.put("the sealing key", sealing);
        canaries.put("the key of the history", history);
        canaries.put("the fob's secret", fobSecret);
        plant("confirmation password", CONFIRMATION_PASSWORD);
        plant("activation password", ACTIVATION_PASSWORD);
        KeySource keys = show(keys(sealing, history));
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            JdbcTokenStore store = database.tokenStore();
            TokenPolicy policy = TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS);
            TokenService tokens = TokenService.builder(SERVICE, store, keys, clock)
                    .policy(policy)
                    .listener(measured -> {
                        show(measured);
                        throw new IllegalStateException("so that something is logged");
                    })
                    .build();
            OperatorDesk desk = tokens.desk(new Operator("helpdesk-7"));
            software(tokens, desk);
            hardware(tokens, desk, FobStock.of(SERVICE, store, keys, clock, RANDOM), fobSecret);
            migration(tokens);
            failures(store, policy);
            desk.raiseFloor(clock.instant(), "restored", this::show);
            for (Enrolment enrolment : store.page(SERVICE, null, 10)) {
                show(enrolment);
                tokens.history(enrolment.holder(), 0, 100).forEach(this::show);
                for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                    Helpdesk helpdesk = Helpdesk.in(language, policy.zone());
                    shown.addAll(helpdesk.history(tokens.history(enrolment.holder(), 0, 100)));
                    shown.addAll(helpdesk.situation(tokens.registration(enrolment.holder()), clock.instant()));
                }
            }
            store.stockPage(SERVICE, null, 10).forEach(this::show);
            EventFeed.of(SERVICE, store, clock, new ConsumerName("mail"), Duration.ofMinutes(1))
                    .deliver((holder, event) -> show(event));
            jobs(store, sealing, history);
        }
        assertTrue(canaries.size() >= 25, () -> canaries.size() + " canaries");
        assertTrue(shown.size() > 100, () -> shown.size() + " texts");
        String log = Files.readString(Path.of("target/library.log"), StandardCharsets.UTF_8);
        String file = Files.readString(folder.resolve("tokens.mv.db"), StandardCharsets.ISO_8859_1);
        String all = String.join("\n", shown) + log;
        assertTrue(all.contains(FOB.value()) && file.contains(FOB.value()), "what may be found is found");
        assertTrue(log.contains("so that something is logged"));
        canaries.forEach((what, canary) -> forms(canary).forEach(form -> {
            assertFalse(all.contains(form), () -> what + " is shown, as " + form);
            assertFalse(file.contains(form), () -> what + " is stored, as " + form);
        }));
    }

    /** As it is, in hexadecimal, in Base32 and in Base64. */
    private static List<String> forms(byte[] canary) {
        String hex = HexFormat.of().formatHex(canary);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(canary);
        List<String> forms = new ArrayList<>(List.of(
                new String(canary, StandardCharsets.ISO_8859_1),
                hex,
                hex.toUpperCase(Locale.ROOT),
                base64,
                Base64.getUrlEncoder().withoutPadding().encodeToString(canary)));
        if (canary.length >= OtpSecret.MIN_LENGTH) {
            forms.add(OtpSecret.copyOf(canary).exposeBase32());
        }
        return forms;
    }

    private void software(TokenService tokens, OperatorDesk desk) {
        Confirmation password = show(Confirmation.NONE.password(CONFIRMATION_PASSWORD));
        show(tokens.setConfirmationPassword(TARO, CONFIRMATION_PASSWORD));
        show(tokens.setConfirmationPassword(TARO, plant("malformed password", "Canary Pw 8!")));
        MailCodeMade mail = (MailCodeMade) tokens.makeMailCode(TARO, Operation.ISSUE, "taro@bank.example");
        shown.add(mail.toString());
        String mailCode = plant("mail code", mail.code());
        SoftwareRequest request = show(SoftwareRequest.of("taro@bank.example", ACTIVATION_PASSWORD));
        show(tokens.issueSoftware(TARO, request, password.mailCode(plant("wrong mail code", "90317264"))));
        show(tokens.issueSoftware(
                TARO, request, Confirmation.NONE.password("WrongPw1").mailCode(mailCode)));
        Issued issued = (Issued) show(tokens.issueSoftware(TARO, request, password.mailCode(mailCode)));
        DeviceKey device = show(DeviceKey.generate(RANDOM));
        UserId userId = issued.userId();
        show(tokens.provision(userId, plant("wrong activation password", "61827394"), device.publicKey()));
        Provisioned provisioned = (Provisioned) show(tokens.provision(userId, ACTIVATION_PASSWORD, device.publicKey()));
        show(tokens.provision(
                userId, ACTIVATION_PASSWORD, show(DeviceKey.generate(RANDOM)).publicKey()));
        TokenContents contents = show(device.open(provisioned.sealedAnswer(), SERVICE.value(), userId.value())
                .orElseThrow());
        canaries.put("the app's secret", contents.secret().exposeBytes());
        FakeAuthenticator app = new FakeAuthenticator(contents.profile(), contents.secret(), clock);
        show(tokens.activateSoftware(TARO, Confirmation.NONE.code(code(app.wrongCode(718_281)))));
        String spent = code(app.code());
        show(tokens.activateSoftware(TARO, Confirmation.NONE.code(spent)));
        show(tokens.verify(TARO, spent, Purpose.LOGIN));
        show(tokens.verify(TARO, code("１２３４５６７８"), Purpose.LOGIN));
        for (int i = 1; i < 6; i++) {
            show(tokens.verify(TARO, code(app.wrongCode(314_159 + i)), Purpose.LOGIN));
        }
        show(desk.resume(TARO, "identity proven"));
        clock.toNextStep(TotpProfile.BANK);
        show(tokens.resynchronise(TARO, code(app.code()), code(app.code(1))));
        clock.advance(Duration.ofMinutes(3));
        show(tokens.renewSoftware(TARO, request, password.code(code(app.code()))));
        show(desk.suspend(TARO, SuspensionReason.LOST, "lost"));
        show(desk.resume(TARO, "found"));
        show(tokens.revoke(TARO, password.code(code(app.code()))));
        show(desk.erase(TARO));
    }

    private String code(String code) {
        return plant("code", code);
    }

    private void hardware(TokenService tokens, OperatorDesk desk, FobStock stock, byte[] secret) {
        String rows = "serial,secret_hex,kind,digits,step,counter,expiry\n" + FOB + ","
                + HexFormat.of().formatHex(secret) + ",TOTP,8,60,,2028-11-23T09:00:00Z\n";
        for (String file : List.of(rows + rows.lines().skip(1).findFirst().orElseThrow() + "\n", rows)) {
            show(stock.importBatch(
                    new BatchId("b"),
                    CsvSeedReader.open(
                            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), CsvFormat.DEFAULT),
                    this::show));
        }
        Confirmation password = Confirmation.NONE.password(CONFIRMATION_PASSWORD);
        show(tokens.setConfirmationPassword(HANAKO, CONFIRMATION_PASSWORD));
        show(tokens.orderFob(HANAKO, password));
        show(desk.assign(HANAKO, FOB));
        show(desk.send(HANAKO));
        FakeAuthenticator fob = new FakeAuthenticator(TotpProfile.BANK, OtpSecret.copyOf(secret), clock);
        show(tokens.activateHardware(HANAKO, "101199980029", Confirmation.NONE.code(code(fob.code()))));
        show(tokens.activateHardware(HANAKO, FOB.value(), Confirmation.NONE.code(code(fob.code()))));
        clock.toNextStep(TotpProfile.BANK);
        show(tokens.renewFob(HANAKO, password.code(code(fob.code()))));
        show(tokens.cancel(HANAKO, password));
        show(tokens.lapse(HANAKO));
        show(desk.resetFactors(HANAKO, "asked for"));
        show(tokens.makeMailCode(HANAKO, Operation.CANCEL, "not an address"));
    }

    /** A token of another system, whose file is right, and one whose file is wrong. */
    private void migration(TokenService tokens) {
        byte[] secret = random(20);
        canaries.put("a secret of another system", secret);
        String header = "holder,token,serial,secret_hex,kind,digits,step,expiry\n";
        String row =
                "jiro,HARDWARE,101199980077," + HexFormat.of().formatHex(secret) + ",TOTP,8,60,2028-11-23T09:00:00Z\n";
        for (String file :
                List.of(header + row, header + row, header + row.replace(",8,", ",x,"), header + row + "\"")) {
            CsvTokenReader reader = CsvTokenReader.open(
                    new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), CsvFormat.DEFAULT);
            try {
                show(tokens.migration(new Operator("helpdesk-7")).run(reader, this::show));
            } catch (SeedFileException e) {
                show(e);
            }
        }
    }

    /** What operators run over all holders: lists, another key, histories that are verified and archived. */
    private void jobs(JdbcTokenStore store, byte[] sealing, byte[] history) {
        TokenLists lists = TokenLists.of(SERVICE, store);
        lists.expiring(Instant.EPOCH, clock.instant().plus(Duration.ofDays(9_999)), null, 10)
                .forEach(this::show);
        lists.suspended(null, 10).forEach(this::show);
        lists.waiting(Instant.EPOCH, clock.instant().plus(Duration.ofDays(9_999)), null, 10)
                .forEach(this::show);
        for (StockState state : StockState.values()) {
            lists.fobs(state, null, 10).forEach(this::show);
        }
        byte[] next = random(32);
        canaries.put("the next sealing key", next);
        KeyRing ring = KeyRing.parse(
                "seal n " + Base64.getEncoder().encodeToString(next) + " current\nseal k "
                        + Base64.getEncoder().encodeToString(sealing) + "\nhistory k "
                        + Base64.getEncoder().encodeToString(history),
                "The keys");
        show(Resealer.of(SERVICE, store, ring, RANDOM).run(this::show));
        Resealer withoutTheKey = Resealer.of(SERVICE, store, keys(sealing, history), RANDOM);
        show(assertThrows(SealingException.class, () -> withoutTheKey.run(this::show)));
        HistoryVerifier verifier = HistoryVerifier.of(SERVICE, store, ring);
        HistoryArchiver archiver = HistoryArchiver.of(SERVICE, store, ring);
        show(archiver.archive(clock.instant(), (holder, events) -> events.forEach(this::show), this::show));
        for (Enrolment enrolment : store.page(SERVICE, null, 10)) {
            show(enrolment);
            assertInstanceOf(HistoryVerdict.Intact.class, show(verifier.verify(enrolment.holder())));
        }
    }

    /** Keys that are others, and that are lost. */
    private void failures(JdbcTokenStore store, TokenPolicy policy) {
        byte[] other = random(32);
        canaries.put("another key", other);
        TokenService wrong = TokenService.builder(SERVICE, store, keys(other, other), clock)
                .policy(policy)
                .build();
        String code = code("27182818");
        show(assertThrows(SealingException.class, () -> wrong.verify(HANAKO, code, Purpose.LOGIN)));
        KeySource renamed = KeyRing.parse(
                "seal other " + Base64.getEncoder().encodeToString(other) + "\nhistory k "
                        + Base64.getEncoder().encodeToString(other),
                "The keys");
        TokenService lost = TokenService.builder(SERVICE, store, renamed, clock)
                .policy(policy)
                .build();
        show(assertThrows(SealingException.class, () -> lost.verify(HANAKO, code, Purpose.LOGIN)));
        show(assertThrows(
                IllegalArgumentException.class,
                () -> KeyRing.parse("seal a " + Base64.getEncoder().encodeToString(other) + " x", "The keys")));
    }
}
