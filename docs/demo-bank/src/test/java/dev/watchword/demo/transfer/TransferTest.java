package dev.watchword.demo.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A transfer is executed once, as the customer approved it, or not at all. */
@ExtendWith(OutputCaptureExtension.class)
class TransferTest {
    private static Bank bank;

    @BeforeAll
    static void open() {
        bank = Bank.open();
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    private static HttpVisitor loggedIn(Owner owner, String phone) {
        HttpVisitor browser = owner.logIn(Owner.code(bank.visitor(Locale.JAPANESE), phone));
        owner.nextCode();
        return browser;
    }

    private static void order(HttpVisitor browser, String payee, String name, String amount) {
        browser.open("/bank/transfer");
        browser.fill("受取人の口座番号", payee);
        browser.fill("受取人の名前", name);
        browser.fill("金額（円）", amount);
        browser.press("承認へ進む");
    }

    private static HttpVisitor phone(String name) {
        HttpVisitor screen = bank.visitor(Locale.JAPANESE);
        screen.open("/phones/" + name);
        return screen;
    }

    private static long events(Owner owner, EventType type) {
        return bank.bean(Institution.class).histories().read(owner.holder(), 0, 1000).stream()
                .filter(event -> event.type() == type)
                .count();
    }

    @Test
    @Tag("R13.4")
    void theAppShowsEveryDetailAndItsApprovalExecutesTheTransfer() {
        Owner owner = new Owner(bank, "approves");
        owner.activeOn("taro");
        HttpVisitor browser = loggedIn(owner, "taro");
        order(browser, "０１２３４５６", "弘前 商店", "50,000");
        assertThat(browser.title()).isEqualTo("振込の承認");
        assertThat(browser.facts("状態")).containsExactly("承認待ち");
        assertThat(browser.facts("金額（円）")).containsExactly("50,000");
        assertThat(browser.offers("承認する")).as("the page takes no code").isFalse();

        HttpVisitor screen = phone("taro");
        assertThat(screen.text()).contains("承認待ちの取引：見本信用組合");
        assertThat(screen.facts("受取人の口座番号")).containsExactly("0123456");
        assertThat(screen.facts("受取人の名前")).containsExactly("弘前 商店");
        assertThat(screen.facts("金額（円）")).containsExactly("50,000");
        assertThat(screen.facts("通貨")).containsExactly("JPY");
        screen.press("承認する");
        assertThat(screen.text()).contains("取引を承認しました。取引は実行されました。");
        assertThat(screen.offers("承認する")).isFalse();

        browser.press("状態を更新");
        assertThat(browser.facts("状態")).containsExactly("実行済み");
        browser.press("振込の一覧へ");
        assertThat(browser.text()).contains("実行済み");
        assertThat(events(owner, EventType.SIGNATURE_CONFIRMED)).isEqualTo(1);
    }

    @Test
    @Tag("R13.4")
    void theAppRefusesATransferAndSuspendsNothing() {
        Owner owner = new Owner(bank, "refuses");
        owner.activeOn("taro-new");
        HttpVisitor browser = loggedIn(owner, "taro-new");
        order(browser, "0123456", "弘前商店", "1");
        HttpVisitor screen = phone("taro-new");
        screen.press("拒否する");
        assertThat(screen.text()).contains("取引を拒否しました。");
        browser.press("状態を更新");
        assertThat(browser.facts("状態")).containsExactly("拒否");
        assertThat(browser.text()).contains("お金は支払われていません。");
        assertThat(events(owner, EventType.SIGNATURE_REFUSED)).isEqualTo(1);
        order(browser, "0123456", "弘前商店", "1");
        assertThat(browser.facts("状態")).containsExactly("承認待ち");
    }

    @Test
    void theCustomerCancelsATransferAtTheBank() {
        Owner owner = new Owner(bank, "cancels");
        owner.activeOn("yuki");
        HttpVisitor browser = loggedIn(owner, "yuki");
        order(browser, "0123456", "弘前商店", "1");
        browser.press("この振込を取り消す");
        assertThat(browser.facts("状態")).containsExactly("取消");
        assertThat(browser.text()).contains("振込を取り消しました。");
        assertThat(phone("yuki").offers("承認する")).isFalse();
    }

    @Test
    @Tag("R13.2")
    void anExpiredTransferIsNotExecuted() {
        Owner owner = new Owner(bank, "late");
        owner.activeOn("hanako");
        HttpVisitor browser = loggedIn(owner, "hanako");
        order(browser, "0123456", "弘前商店", "1");
        HttpVisitor screen = phone("hanako");
        bank.bean(StageTime.class).move(Duration.ofMinutes(10));
        screen.press("承認する");
        assertThat(screen.text()).contains("この取引は回答を受け付けていません。");
        browser.press("状態を更新");
        assertThat(browser.facts("状態")).containsExactly("期限切れ");
        assertThat(browser.offers("この振込を取り消す")).isFalse();
        assertThat(events(owner, EventType.SIGNATURE_CONFIRMED)).isZero();
    }

    @Test
    @Tag("R13.2")
    void aTransferWhosePayeeWasChangedInTheBankIsStopped(CapturedOutput log) {
        Owner owner = new Owner(bank, "attacked");
        owner.activeOn("jiro");
        HttpVisitor browser = loggedIn(owner, "jiro");
        order(browser, "0123456", "黒石商店", "1");
        HttpVisitor attacker = bank.visitor(Locale.JAPANESE);
        attacker.open("/stage/tamper");
        attacker.pressIn("黒石商店", "受取人を6660666に書き換える");
        assertThat(attacker.facts("黒石商店").get(0)).isEqualTo("6660666");

        HttpVisitor screen = phone("jiro");
        assertThat(screen.facts("受取人の口座番号")).containsExactly("0123456");
        screen.press("承認する");
        assertThat(screen.text()).contains("取引は中止されました。お金は支払われていません。");
        browser.press("状態を更新");
        assertThat(browser.facts("状態")).containsExactly("中止");
        assertThat(events(owner, EventType.SIGNATURE_CONFIRMED)).isZero();
        assertThat(log)
                .contains("was stopped: its row or the customer's limit was changed")
                .doesNotContain("6660666", "黒石商店", "attacked");

        bank.bean(JdbcClient.class)
                .sql("UPDATE transfer SET payee = '0123456' WHERE login_id = 'attacked'")
                .update();
        assertThat(phone("jiro").offers("承認する")).as("the app has answered").isFalse();
        assertThat(events(owner, EventType.SIGNATURE_WITHDRAWN)).isEqualTo(1);
        assertThat(events(owner, EventType.SIGNATURE_REFUSED))
                .as("the customer refused nothing")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "123456, 弘前商店, 1, 受取人の口座番号は7桁の数字で入力してください。",
        "12345678, 弘前商店, 1, 受取人の口座番号は7桁の数字で入力してください。",
        "1234567, ' ', 1, 受取人の名前は1～50文字で入力してください。",
        "1234567, '弘前\u202e商店', 1, 受取人の名前は1～50文字で入力してください。",
        "1234567, 弘前商店, 0, 金額は1円以上の整数で入力してください。",
        "1234567, 弘前商店, -5, 金額は1円以上の整数で入力してください。",
        "1234567, 弘前商店, 1.5, 金額は1円以上の整数で入力してください。",
        "1234567, 弘前商店, 1000001, '金額が1回の振込限度額（1,000,000円）を超えています。'"
    })
    void aWrongEntryIsNamedAndNothingIsOrdered(
            String payee, String name, String amount, String error, @TempDir Path directory) {
        Owner owner = new Owner(bank, "wrong-" + payee.length() + "-" + name.length() + amount);
        HttpVisitor browser = owner.logIn(Device.of(owner, bank, directory).code());
        order(browser, payee, name, amount);
        assertThat(browser.title()).isEqualTo("エラー：振込");
        assertThat(browser.offers(error)).isTrue();
        assertThat(browser.source()).contains("value=\"" + payee + "\"");
        assertThat(events(owner, EventType.SIGNATURE_REQUESTED)).isZero();
    }

    @Test
    void theLimitOfTheCustomerCounts() {
        Owner owner = new Owner(bank, "limited");
        owner.activeOn("jiro-new");
        bank.bean(JdbcClient.class)
                .sql("UPDATE customer SET transfer_limit = 200000 WHERE login_id = 'limited'")
                .update();
        HttpVisitor browser = loggedIn(owner, "jiro-new");
        order(browser, "0123456", "弘前商店", "200001");
        assertThat(browser.text()).contains("金額が1回の振込限度額（200,000円）を超えています。");
        order(browser, "0123456", "弘前商店", "200000");
        assertThat(browser.facts("状態")).containsExactly("承認待ち");
    }

    @Test
    void aCustomerWithoutATokenLearnsWhatToDo() {
        Owner owner = new Owner(bank, "tokenless");
        HttpVisitor browser = owner.logIn();
        browser.open("/bank/transfer");
        assertThat(browser.text()).contains("こちらでトークンを発行し、利用を開始してください");
        assertThat(browser.offers("承認へ進む")).isFalse();
        String unused = owner.issue();
        browser.open("/bank/transfer");
        assertThat(browser.text()).contains("発行済みのトークンの利用開始が必要です。").doesNotContain("トークンを発行し");
        assertThat(browser.offers("承認へ進む")).isFalse();
        browser.post(
                "/bank/transfer",
                Map.of("_csrf", browser.csrf(), "payee", "0123456", "payeeName", "弘前商店", "amount", "1"));
        assertThat(browser.title()).isEqualTo("エラー：振込");
        assertThat(browser.text()).contains("発行済みのトークンの利用開始が必要です。");
        assertThat(events(owner, EventType.SIGNATURE_REQUESTED)).isZero();
    }

    @Test
    void atMostThreeTransfersWaitAndOnlyTheirCustomerSeesThem() {
        Owner owner = new Owner(bank, "busy");
        owner.activeOn("yuki-new");
        HttpVisitor browser = loggedIn(owner, "yuki-new");
        for (int i = 0; i < 3; i++) {
            order(browser, "0123456", "弘前商店", "1");
        }
        String path = browser.path();
        order(browser, "0123456", "弘前商店", "1");
        assertThat(browser.text()).contains("承認待ちの振込が多すぎます。");

        HttpVisitor other = new Owner(bank, "curious").logIn();
        other.open(path);
        assertThat(other.status()).isEqualTo(404);
        browser.open(path);
        assertThat(browser.status()).isEqualTo(200);
    }

    @Test
    @Tag("R2.4")
    void aSuspensionEndsTheWaitingTransfer() {
        Owner owner = new Owner(bank, "suspended");
        owner.activeOn("hanako-new");
        HttpVisitor browser = loggedIn(owner, "hanako-new");
        order(browser, "0123456", "弘前商店", "1");
        HttpVisitor screen = phone("hanako-new");
        bank.bean(Institution.class)
                .desk(new Operator("sato"))
                .suspend(owner.holder(), SuspensionReason.LOST, "lost")
                .orElseThrow();
        screen.press("承認する");
        assertThat(screen.text()).contains("ワンタイムパスワード認証が停止しています。");
        HttpVisitor after = owner.logIn();
        after.fill("緊急コード", emergencyCode(owner));
        after.press("緊急コードでログインする");
        after.open(browser.path());
        assertThat(after.facts("状態")).containsExactly("承認待ち");
        after.open("/bank/transfer");
        assertThat(after.text()).contains("ワンタイムパスワード認証が停止しています。当組合へご連絡ください。").doesNotContain("トークンを発行し");
        assertThat(after.offers("承認へ進む")).isFalse();
    }

    private static String emergencyCode(Owner owner) {
        return bank.bean(Institution.class)
                .desk(new Operator("sato"))
                .issueEmergencyCodes(owner.holder(), "lost")
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
    }
}
