package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.Helpdesk;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.Reencryption;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.CsvTokenReader;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
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

/** Known secrets, passwords and codes must not occur in anything that is shown, logged or stored. */
class CanaryTest {
    private static final ServiceId SERVICE = new ServiceId("10112235");
    private static final Holder TARO = new Holder("customer-4711");
    private static final Holder HANAKO = new Holder("customer-4712");
    private static final String CONFIRMATION_PASSWORD = "CanaryPw9Zq1";
    private static final String ACTIVATION_PASSWORD = "73916482";
    private static final SerialNumber TOKEN = new SerialNumber("101199980021");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final Map<String, byte[]> canaries = new LinkedHashMap<>();
    private final List<String> shown = new ArrayList<>();

    private <T> T show(T value) {
        shown.add(String.valueOf(value));
        return value;
    }

    private <T> Outcome<T> show(Outcome<T> outcome) {
        shown.add(outcome.toString());
        Helpdesk helpdesk = Helpdesk.in(Locale.ENGLISH, ZoneOffset.UTC);
        shown.add(outcome.fold(accepted -> accepted.toString(), refused -> helpdesk.refusal(refused)));
        return outcome;
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

    private Institution.Builder bank(JdbcTokenStore store, KeySource keys, TokenPolicy policy) {
        return Institution.builder(SERVICE, store, keys).clock(clock).policy(policy);
    }

    @Test
    @Tag("R10.2")
    @Tag("R9.1")
    void noSecretIsShownLoggedOrStored() throws IOException {
        byte[] sealing = random(32);
        byte[] history = random(32);
        byte[] hardwareSecret = random(20);
        canaries.put("the sealing key", sealing);
        canaries.put("the key of the history", history);
        canaries.put("the hardware token's secret", hardwareSecret);
        plant("confirmation password", CONFIRMATION_PASSWORD);
        plant("activation password", ACTIVATION_PASSWORD);
        KeySource keys = show(keys(sealing, history));
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            JdbcTokenStore store = database.tokenStore();
            TokenPolicy policy = TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING);
            Institution bank = bank(store, keys, policy)
                    .listener(measured -> {
                        show(measured);
                        throw new IllegalStateException("so that something is logged");
                    })
                    .build();
            TokenService tokens = bank.tokens();
            OperatorDesk desk = bank.desk(new Operator("helpdesk-7"));
            software(tokens, desk);
            hardware(tokens, desk, bank.stock(), hardwareSecret);
            migration(bank);
            failures(store, policy, history);
            show(desk.raiseFloor(clock.instant(), "restored", this::show));
            for (Enrolment enrolment : enrolments(store)) {
                show(enrolment);
                bank.histories().read(enrolment.holder(), 0, 100).forEach(this::show);
                for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                    Helpdesk helpdesk = Helpdesk.in(language, policy.zone());
                    shown.addAll(helpdesk.history(bank.histories().read(enrolment.holder(), 0, 100)));
                    shown.addAll(helpdesk.situation(tokens.registration(enrolment.holder()), clock.instant()));
                }
            }
            store.stockPage(SERVICE, null, 10).forEach(this::show);
            ConsumerName mail = new ConsumerName("mail");
            bank.consumers().create(mail, FeedStart.FIRST_EVENT);
            show(bank.feed(mail).deliver((holder, event) -> show(event)));
            jobs(store, policy, sealing, history);
        }
        assertTrue(canaries.size() >= 25, () -> canaries.size() + " canaries");
        assertTrue(shown.size() > 100, () -> shown.size() + " texts");
        String log = Files.readString(Path.of("target/library.log"), StandardCharsets.UTF_8);
        String file = Files.readString(folder.resolve("tokens"), StandardCharsets.ISO_8859_1);
        String all = String.join("\n", shown) + log;
        assertTrue(all.contains(TOKEN.value()) && file.contains(TOKEN.value()), "what may be found is found");
        assertTrue(log.contains("so that something is logged"));
        canaries.forEach((what, canary) -> forms(canary).forEach(form -> {
            assertFalse(all.contains(form), () -> what + " is shown, as " + form);
            assertFalse(file.contains(form), () -> what + " is stored, as " + form);
        }));
    }

    /** The plain bytes, and their forms in hexadecimal, Base32 and Base64. */
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
        CreatedMailCode mail = show(tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example"))
                .orElseThrow();
        String mailCode = plant("mail code", show(mail.code()).exposeText());
        SoftwareRequest request = show(SoftwareRequest.of("taro@bank.example", ACTIVATION_PASSWORD));
        show(tokens.issueSoftware(TARO, request, password.mailCode(plant("wrong mail code", "90317264"))));
        show(tokens.issueSoftware(
                TARO, request, Confirmation.NONE.password("WrongPw1").mailCode(mailCode)));
        Issued issued = show(tokens.issueSoftware(TARO, request, password.mailCode(mailCode)))
                .orElseThrow();
        DeviceKey device = show(DeviceKey.generate(RANDOM));
        String userId = issued.userId().value();
        show(tokens.provision(userId, plant("wrong activation password", "61827394"), device.publicKey()));
        Provisioned provisioned = show(tokens.provision(userId, ACTIVATION_PASSWORD, device.publicKey()))
                .orElseThrow();
        show(tokens.provision(
                userId, ACTIVATION_PASSWORD, show(DeviceKey.generate(RANDOM)).publicKey()));
        TokenContents contents = show(
                device.open(provisioned.sealedAnswer(), SERVICE.value(), userId).orElseThrow());
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

    private void hardware(TokenService tokens, OperatorDesk desk, TokenStock stock, byte[] secret) {
        String rows = "serial,secret_hex,kind,digits,step,counter,expiry\n" + TOKEN + ","
                + HexFormat.of().formatHex(secret) + ",TOTP,8,60,,2028-11-23T09:00:00Z\n";
        for (String file : List.of(rows + rows.lines().skip(1).findFirst().orElseThrow() + "\n", rows)) {
            show(stock.importBatch(
                    new BatchId("b"),
                    CsvSeedReader.open(
                            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), TextLayout.DEFAULT),
                    this::show));
        }
        Confirmation password = Confirmation.NONE.password(CONFIRMATION_PASSWORD);
        show(tokens.setConfirmationPassword(HANAKO, CONFIRMATION_PASSWORD));
        show(tokens.orderHardware(HANAKO, password));
        show(desk.assign(HANAKO, TOKEN.value()));
        show(desk.send(HANAKO));
        FakeAuthenticator token = new FakeAuthenticator(TotpProfile.BANK, OtpSecret.copyOf(secret), clock);
        show(tokens.activateHardware(HANAKO, "101199980029", Confirmation.NONE.code(code(token.code()))));
        show(tokens.activateHardware(HANAKO, TOKEN.value(), Confirmation.NONE.code(code(token.code()))));
        clock.toNextStep(TotpProfile.BANK);
        show(tokens.renewHardware(HANAKO, password.code(code(token.code()))));
        show(tokens.cancel(HANAKO, password));
        show(tokens.lapse(HANAKO));
        show(desk.resetFactors(HANAKO, "asked for"));
        show(tokens.createMailCode(HANAKO, Operation.CANCEL, "not an address"));
    }

    /** Migrates a token from a correct file and one from a defective file. */
    private void migration(Institution bank) {
        byte[] secret = random(20);
        canaries.put("a secret of another system", secret);
        String header = "holder,token,serial,secret_hex,kind,digits,step,expiry\n";
        String row =
                "jiro,HARDWARE,101199980077," + HexFormat.of().formatHex(secret) + ",TOTP,8,60,2028-11-23T09:00:00Z\n";
        for (String file :
                List.of(header + row, header + row, header + row.replace(",8,", ",x,"), header + row + "\"")) {
            CsvTokenReader reader = CsvTokenReader.open(
                    new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), TextLayout.DEFAULT);
            try {
                show(bank.migration(new Operator("helpdesk-7")).run(reader, this::show));
            } catch (SeedFileException e) {
                show(e);
            }
        }
    }

    /** Runs the operations on all holders: lists, re-encryption, and verification and archiving of histories. */
    private void jobs(JdbcTokenStore store, TokenPolicy policy, byte[] sealing, byte[] history) {
        TokenLists lists = bank(store, keys(sealing, history), policy).build().lists();
        lists.expiring(Instant.EPOCH, clock.instant().plus(Duration.ofDays(9_999)), null, 10)
                .forEach(this::show);
        lists.suspended(null, 10).forEach(this::show);
        lists.suspendedHolders(null, 10).forEach(this::show);
        lists.pending(Instant.EPOCH, clock.instant().plus(Duration.ofDays(9_999)), null, 10)
                .forEach(this::show);
        for (StockState state : StockState.values()) {
            lists.stock(state, null, 10).forEach(this::show);
        }
        byte[] next = random(32);
        canaries.put("the next sealing key", next);
        KeyRing ring = KeyRing.parse(
                "seal n " + Base64.getEncoder().encodeToString(next) + " current\nseal k "
                        + Base64.getEncoder().encodeToString(sealing) + "\nhistory k "
                        + Base64.getEncoder().encodeToString(history),
                "The keys");
        Institution rotated = bank(store, ring, policy).build();
        show(rotated.checkKeys());
        store.keyChecks(SERVICE).forEach(this::show);
        show(rotated.reencryption().run(this::show));
        Reencryption withoutTheKey =
                bank(store, keys(sealing, history), policy).build().reencryption();
        show(assertThrows(KeyUnavailableException.class, () -> withoutTheKey.run(this::show)));
        Histories histories = rotated.histories();
        show(histories.archive(clock.instant(), (holder, events) -> events.forEach(this::show), this::show));
        for (Enrolment enrolment : enrolments(store)) {
            show(enrolment);
            assertTrue(show(histories.verify(enrolment.holder())).isIntact());
        }
    }

    private static List<Enrolment> enrolments(JdbcTokenStore store) {
        return store.holders(SERVICE, null, 10).stream()
                .map(holder -> store.find(SERVICE, holder).orElseThrow())
                .toList();
    }

    /** Uses other keys, and missing keys. */
    private void failures(JdbcTokenStore store, TokenPolicy policy, byte[] history) {
        byte[] other = random(32);
        canaries.put("another key", other);
        Institution.Builder unchecked = bank(store, keys(other, other), policy);
        show(assertThrows(KeyUnavailableException.class, unchecked::build));
        TokenService wrong = unchecked.withoutKeyCheck().build().tokens();
        String code = code("27182818");
        show(assertThrows(IntegrityException.class, () -> wrong.verify(HANAKO, code, Purpose.LOGIN)));
        KeySource renamed = KeyRing.parse(
                "seal other " + Base64.getEncoder().encodeToString(other) + "\nhistory k "
                        + Base64.getEncoder().encodeToString(history),
                "The keys");
        TokenService lost =
                bank(store, renamed, policy).withoutKeyCheck().build().tokens();
        show(assertThrows(KeyUnavailableException.class, () -> lost.verify(HANAKO, code, Purpose.LOGIN)));
        show(assertThrows(
                IllegalArgumentException.class,
                () -> KeyRing.parse("seal a " + Base64.getEncoder().encodeToString(other) + " x", "The keys")));
    }
}
