package dev.watchword.demo.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hardware tokens show codes that the bank accepts, and their maker's files can be imported. */
class HardwareTest {
    private static Bank bank;

    private HttpVisitor hand;

    @BeforeAll
    static void open() {
        bank = Bank.open();
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    @BeforeEach
    void takeAToken() {
        hand = bank.visitor(Locale.JAPANESE);
    }

    private static TokenService tokens() {
        return bank.bean(TokenService.class);
    }

    /** An operator sends a customer a token. */
    private static Owner owner(String loginId, String serial) {
        Owner owner = new Owner(bank, loginId);
        owner.order();
        OperatorDesk desk = bank.bean(Institution.class).desk(new Operator("sato"));
        desk.assign(owner.holder(), serial).orElseThrow();
        desk.send(owner.holder()).orElseThrow();
        return owner;
    }

    private String display(String serial) {
        hand.open("/hardware/" + serial);
        hand.press("ボタンを押す");
        String text = hand.text();
        assertThat(text).containsPattern("表示： [0-9]{8}");
        return text.replaceFirst(".*表示： ([0-9]{8}).*", "$1");
    }

    @Test
    @Tag("R5.1")
    void theDisplayIsDarkUntilTheButtonIsPressedAndTheBankAcceptsItsCode() {
        hand.open("/hardware");
        hand.press("101199980021");
        assertThat(hand.title()).isEqualTo("ハードウェアトークン 101199980021");
        assertThat(hand.text()).contains("（消灯）");
        assertThat(hand.facts("有効期限").get(0)).matches("[0-9]{4}年[0-9]{2}月[0-9]{2}日 [0-9]{2}時[0-9]{2}分");
        String code = display("101199980021");
        hand.open(hand.path());
        assertThat(hand.text()).contains("（消灯）").doesNotContain(code);

        Owner owner = owner("hardware", "101199980021");
        tokens().activateHardware(owner.holder(), "101199980021", Confirmation.NONE.code(code))
                .orElseThrow();
        owner.nextCode();
        HttpVisitor browser = owner.logIn(display("101199980021"));
        browser.open("/bank/transfer");
        assertThat(browser.title()).isEqualTo("振込");
    }

    @Test
    @Tag("R5.3")
    void aTokenFromTheDrawerIsActivatedWithTwoCodes() {
        String serial = "101199980028";
        hand.open("/hardware/" + serial);
        assertThat(hand.text()).contains("時計が15分遅れています");
        Owner owner = owner("drawer", serial);
        beginMinute();
        String first = display(serial);
        Outcome<Registration> single = tokens().activateHardware(owner.holder(), serial, Confirmation.NONE.code(first));
        assertThat(((Refused<?>) single).refusal()).isEqualTo(Refusal.WRONG_CODE);
        owner.nextCode();
        String second = display(serial);
        tokens().activateHardware(owner.holder(), serial, Confirmation.NONE.code(first), second)
                .orElseThrow();
        owner.nextCode();
        HttpVisitor browser = owner.logIn(display(serial));
        browser.open("/bank/transfer");
        assertThat(browser.title()).isEqualTo("振込");
    }

    /** Moves the time to the begin of a minute, so that no other one begins between two codes that must be consecutive. */
    private static void beginMinute() {
        long past = bank.bean(Clock.class).instant().getEpochSecond() % 60;
        bank.bean(StageTime.class).move(Duration.ofSeconds(61 - past));
    }

    @Test
    @Tag("R13.2")
    void aTokenWithAKeypadConfirmsATransfer() {
        String serial = "101199980031";
        Owner owner = owner("keypad", serial);
        tokens().activateHardware(owner.holder(), serial, Confirmation.NONE.code(display(serial)))
                .orElseThrow();
        owner.nextCode();
        HttpVisitor browser = owner.logIn(display(serial));
        browser.open("/bank/transfer");
        browser.fill("受取人の口座番号", "0123456");
        browser.fill("受取人の名前", "弘前商店");
        browser.fill("金額（円）", "50000");
        browser.press("承認へ進む");
        browser.fill("トークンに表示された番号", "0000");
        browser.press("承認する");
        assertThat(browser.title()).isEqualTo("エラー：振込の承認");
        assertThat(browser.text()).contains("トークンに表示された8桁の番号を入力してください。");
        browser.fill("トークンに表示された番号", "00000000");
        browser.press("承認する");
        assertThat(browser.text()).contains("番号が正しくありません。残り4回です。");

        hand.open("/hardware/" + serial);
        hand.fill("トークンに入力する番号", browser.facts("トークンに入力する番号").get(0));
        hand.press("OK");
        String response = hand.text().replaceFirst(".*表示： ([0-9]{8}).*", "$1");
        browser.fill("トークンに表示された番号", response);
        browser.press("承認する");
        assertThat(browser.facts("状態")).containsExactly("実行済み");
    }

    @Test
    void aTokenWithoutAKeypadConfirmsByAnOrdinaryCode() {
        String serial = "101199980022";
        hand.open("/hardware/" + serial);
        assertThat(hand.offers("OK")).isFalse();
        Owner owner = owner("no-keypad", serial);
        tokens().activateHardware(owner.holder(), serial, Confirmation.NONE.code(display(serial)))
                .orElseThrow();
        owner.nextCode();
        HttpVisitor browser = owner.logIn(display(serial));
        browser.open("/bank/transfer");
        browser.fill("受取人の口座番号", "0123456");
        browser.fill("受取人の名前", "弘前商店");
        browser.fill("金額（円）", "50000");
        browser.press("承認へ進む");
        String transfer = browser.path();
        owner.nextCode();
        String code = display(serial);
        browser.open(transfer);
        browser.fill("トークンに表示された番号", code);
        browser.press("承認する");
        assertThat(browser.facts("状態")).containsExactly("実行済み");
    }

    @Test
    void aChallengeThatTheTokenDoesNotTakeLeavesItDark() {
        hand.open("/hardware/101199980032");
        for (String typed : new String[] {"", "abc", "123456789", "1".repeat(1000)}) {
            hand.fill("トークンに入力する番号", typed);
            hand.press("OK");
            assertThat(hand.status()).isEqualTo(200);
            assertThat(hand.text()).as(typed).contains("（消灯）");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hardware/101199980099",
                "/hardware/101199980051",
                "/hardware/{x}",
                "/hardware/files/keys",
                "/hardware/files/..",
                "/hardware/files/..%2fkeys",
                "/hardware/files/%2e%2e%2fbank.db",
                "/hardware/files/batch-1.csv/../../../keys"
            })
    void onlyTheMakersTokensAndFilesExist(String path) {
        hand.open(path.replace("{x}", "%7Bx%7D"));
        assertThat(hand.status()).isIn(400, 404);
    }

    @Test
    @Tag("R5.1")
    void theSecondDeliveryIsForTheOperatorAndAFaultyFileIsRefused() throws Exception {
        TokenService unused = tokens();
        assertThat(bank.bean(Institution.class).stock().state("101199980041")).isEmpty();
        Outcome<Imported> second = imported("batch-2.csv");
        assertThat(second.orElseThrow().tokens()).isEqualTo(4);
        assertThat(bank.bean(Institution.class).stock().state("101199980041")).contains(StockState.AVAILABLE);
        Refused<Imported> faulty = (Refused<Imported>) imported("faulty.csv");
        assertThat(faulty.badRecords().orElseThrow().total()).isEqualTo(2);
    }

    private static Outcome<Imported> imported(String name) throws IOException, InterruptedException {
        URI address = bank.address().resolve("/hardware/files/" + name);
        HttpResponse<byte[]> file =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        assertThat(file.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
        try (SeedReader reader = CsvSeedReader.open(new ByteArrayInputStream(file.body()), TextLayout.DEFAULT)) {
            return bank.bean(Institution.class).stock().importBatch(new BatchId(name), reader, staged -> {});
        }
    }

    @Test
    @Tag("R10.2")
    void noSecretIsOnAPage() throws Exception {
        URI address = bank.address().resolve("/hardware/files/batch-1.csv");
        String csv = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
        String secret = csv.lines().skip(3).findFirst().orElseThrow().split(",", -1)[1];
        assertThat(secret).matches("[0-9a-f]{40}");
        hand.open("/hardware");
        assertThat(hand.source()).contains("101199980023").doesNotContain(secret);
        String unused = display("101199980023");
        assertThat(hand.source()).doesNotContain(secret);
    }

    @Test
    void anotherStartAndAnotherInstanceLeaveTheStockAsItIs() {
        bank.bean(Maker.class).stockTheBank();
        assertThat(bank.bean(Institution.class).stock().state("101199980025")).contains(StockState.AVAILABLE);
        assertThat(bank.bean(HardwareTokens.class).all()).hasSize(14);
    }
}
