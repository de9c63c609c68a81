package dev.watchword.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The phones are set up, show codes and forget tokens through their pages. */
class PhoneTest {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private static Bank bank;

    private HttpVisitor screen;

    @BeforeAll
    static void open() {
        bank = Bank.open();
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    @BeforeEach
    void takeAPhone() {
        screen = bank.visitor(Locale.JAPANESE);
    }

    @Test
    void listsThePhonesInBothLanguages() {
        screen.open("/phones");
        assertThat(screen.title()).isEqualTo("スマートフォン");
        screen.press("花子の新しいスマートフォン");
        assertThat(screen.path()).isEqualTo("/phones/hanako-new");
        assertThat(screen.title()).isEqualTo("初期設定");
        screen.open("/phones?lang=en");
        assertThat(screen.offers("Taro's new phone")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/phones/nobody",
                "/phones/..",
                "/phones/%2e%2e",
                "/phones/..%2fkeys",
                "/phones/taro%2f..%2fhanako",
                "/phones/%2e%2e%2f%2e%2e/setup",
                "/phones/../keys/removal?userId=999800000001"
            })
    void onlyThePhonesOfTheListExist(String path) {
        screen.open(path);
        assertThat(screen.status()).isIn(400, 404);
    }

    @ParameterizedTest
    @CsvSource({
        "1011223, 999800000001, 4726, サービスIDは8桁の数字で入力してください。",
        "10112235, 99980000000x, 4726, ユーザIDは12桁の数字で入力してください。",
        "10112235, 999800000001, 47, 利用開始パスワードは4～8桁の数字で入力してください。"
    })
    void namesTheFieldThatCannotBeRight(String serviceId, String userId, String password, String error) {
        screen.open("/phones/jiro/setup");
        screen.fill("サービスID", serviceId);
        screen.fill("ユーザID", userId);
        screen.fill("利用開始パスワード", password);
        screen.check("上記の内容に同意する。");
        screen.press("送信");
        assertThat(screen.title()).isEqualTo("エラー：初期設定");
        assertThat(screen.offers(error)).isTrue();
        assertThat(screen.source()).contains("value=\"" + userId + "\"").doesNotContain("value=\"" + password + "\"");
    }

    @Test
    void asksForConsent() {
        screen.open("/phones/jiro/setup");
        screen.fill("サービスID", Owner.SERVICE_ID);
        screen.fill("ユーザID", "999800000001");
        screen.fill("利用開始パスワード", "4726");
        screen.press("送信");
        assertThat(screen.offers("ご利用には上記の内容への同意が必要です。")).isTrue();
    }

    @Test
    @Tag("R4.3")
    void theSetupEndsWithACodeThatTheBankAccepts() {
        Owner owner = new Owner(bank, "setup");
        String userId = owner.issue();
        screen.open("/phones/taro");
        screen.fill("サービスID", "１０１１　２２３５");
        screen.fill("ユーザID", userId);
        screen.fill("利用開始パスワード", Owner.ACTIVATION_PASSWORD);
        screen.check("上記の内容に同意する。");
        screen.press("送信");
        assertThat(screen.title()).isEqualTo("初期設定完了");
        assertThat(screen.text()).contains("初期設定が正常に完了しました。");
        screen.press("次へ");

        assertThat(screen.path()).isEqualTo("/phones/taro");
        assertThat(screen.text()).contains("見本信用組合");
        assertThat(screen.facts("ユーザID")).containsExactly(userId);
        assertThat(screen.facts("SerialNo").get(0)).matches("[0-9]{8,12}");
        LocalDate today = LocalDate.ofInstant(bank.bean(Clock.class).instant(), JAPAN);
        assertThat(screen.facts("利用開始日").get(0)).startsWith(today.format(DateTimeFormatter.ofPattern("yyyy年MM月dd日")));
        assertThat(screen.facts("有効期限（日本時間）").get(0)).matches("[0-9]{4}年[0-9]{2}月[0-9]{2}日 [0-9]{2}時[0-9]{2}分");

        String first = screen.facts("パスワード").get(0);
        assertThat(first).matches("[0-9]{8}");
        owner.activate(first);
        screen.press("次のパスワードを表示");
        String second = screen.facts("パスワード").get(0);
        assertThat(second).isNotEqualTo(first);
        HttpVisitor browser = owner.logIn();
        assertThat(browser.title()).isEqualTo("ワンタイムパスワード認証");
        browser.open("/bank/transfer");
        assertThat(browser.path()).isEqualTo("/code");
        browser = owner.logIn(second);
        browser.open("/bank/transfer");
        assertThat(browser.title()).isEqualTo("振込");
    }

    @Test
    void theRingEndsWithTheCode() {
        String userId = new Owner(bank, "ring").issue();
        Owner.setUp(screen, "taro-new", userId);
        screen.open("/phones/taro-new");
        long second = bank.bean(Clock.class).instant().getEpochSecond() % 60;
        Element ring = Jsoup.parse(screen.source()).expectFirst("svg.ring");
        Element circle = ring.expectFirst("animate");
        double left = Integer.parseInt(circle.attr("dur").replace("ms", "")) / 1000.0;
        assertThat((60 - left + 60) % 60).as("seconds that have passed").isBetween(second - 3.0, second + 1.0);
        assertThat(Double.parseDouble(circle.attr("from")))
                .isBetween(100 - 100 * left / 60 - 2, 100 - 100 * left / 60 + 2);
        assertThat(circle.attr("to")).isEqualTo("100");
        long reload = Long.parseLong(
                Jsoup.parse(screen.source()).select("[data-reload-after]").attr("data-reload-after"));
        assertThat((double) reload).isBetween(left, left + 1);
        assertThat(ring.attr("aria-label")).isEqualTo("残り" + reload + "秒");
        assertThat(screen.source()).doesNotContain("style=\"");
    }

    @Test
    @Tag("R4.3")
    void twoPhonesDoNotShareAToken() {
        String userId = new Owner(bank, "two-phones").issue();
        Owner.setUp(screen, "hanako", userId);
        assertThat(screen.title()).isEqualTo("初期設定完了");
        Owner.setUp(screen, "hanako-new", userId);
        assertThat(screen.title()).isEqualTo("エラー：初期設定");
        assertThat(screen.text()).contains("別の端末で初期設定済みです");
        screen.open("/phones/hanako-new");
        assertThat(screen.title()).isEqualTo("初期設定");
    }

    @Test
    @Tag("R4.5")
    void onePhoneHasSeveralTokensAndForgetsOne() {
        String first = new Owner(bank, "several-1").issue();
        String second = new Owner(bank, "several-2").issue();
        Owner.setUp(screen, "yuki", first);
        Owner.setUp(screen, "yuki", second);
        screen.open("/phones/yuki");
        assertThat(screen.text()).contains(first).contains(second);
        screen.open("/phones/yuki/removal?userId=" + first);
        assertThat(screen.title()).isEqualTo("トークンの削除");
        screen.press("削除する");
        assertThat(screen.path()).isEqualTo("/phones/yuki");
        assertThat(screen.text()).doesNotContain(first).contains(second);
        screen.open("/phones/yuki/removal?userId=" + first);
        assertThat(screen.status()).isEqualTo(404);
        screen.open("/phones/yuki");
        screen.press("このトークンを削除する");
        screen.press("削除する");
        assertThat(screen.title()).isEqualTo("初期設定");
    }

    @Test
    @Tag("R7.3")
    void aNewPhoneWaitsUntilTomorrow() {
        Owner owner = new Owner(bank, "new-phone");
        String userId = owner.activeOn("jiro");
        owner.revoke(Owner.code(screen, "jiro"));
        owner.issue();
        LocalDate tomorrow =
                LocalDate.ofInstant(bank.bean(Clock.class).instant(), JAPAN).plusDays(1);
        Owner.setUp(screen, "jiro-new", userId);
        assertThat(screen.text())
                .contains("このスマートフォンの初期設定は " + tomorrow.format(DateTimeFormatter.ofPattern("yyyy年MM月dd日"))
                        + " 00時00分（日本時間）から行えます。");
        bank.bean(StageTime.class)
                .move(Duration.between(
                                bank.bean(Clock.class).instant(),
                                tomorrow.atStartOfDay(JAPAN).toInstant())
                        .plusSeconds(1));
        Owner.setUp(screen, "jiro-new", userId);
        assertThat(screen.title()).isEqualTo("初期設定完了");
        owner.activate(Owner.code(screen, "jiro-new"));
    }

    @Test
    void refusesAWrongPasswordUntilItIsDead() {
        String userId = new Owner(bank, "wrong").issue();
        for (int tries = 0; tries < 6; tries++) {
            screen.open("/phones/yuki-new/setup");
            screen.fill("サービスID", Owner.SERVICE_ID);
            screen.fill("ユーザID", userId);
            screen.fill("利用開始パスワード", "0000");
            screen.check("上記の内容に同意する。");
            screen.press("送信");
            assertThat(screen.text()).contains(tries < 5 ? "ユーザIDまたは利用開始パスワードが正しくありません。" : "利用開始パスワードは無効になりました。");
        }
    }

    @Test
    void anotherInstitutionsServiceIdSpendsNothing() {
        String userId = new Owner(bank, "typo").issue();
        screen.open("/phones/yuki-new/setup");
        screen.fill("サービスID", "10112236");
        screen.fill("ユーザID", userId);
        screen.fill("利用開始パスワード", Owner.ACTIVATION_PASSWORD);
        screen.check("上記の内容に同意する。");
        screen.press("送信");
        assertThat(screen.text()).contains("サービスIDが正しくありません。");
        Owner.setUp(screen, "yuki-new", userId);
        assertThat(screen.title()).isEqualTo("初期設定完了");
    }
}
