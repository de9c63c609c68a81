package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The top page, and the page BOP001 in each state of the customer. */
class SelectionTest extends ScreenTest {
    private static final String ISSUE = "トークン発行";
    private static final String ACTIVATE = "ワンタイムパスワード利用開始";
    private static final String REVOKE = "ワンタイムパスワード利用解除";
    private static final String CANCEL = "申込を中止する";

    @Test
    void theTopPageShowsTheCustomerAndLeadsToTheServices() {
        Person taro = Person.of(bank);
        assertTitle(taro.web, "トップページ");
        assertThat(taro.web.text()).contains("見本 一郎 様").contains("ご利用サービスの変更");
        assertThat(taro.web.facts("登録状況")).containsExactly("未登録");
        assertThat(taro.web.facts("振込・振替限度額")).containsExactly("1,000,000円");
        assertThat(taro.web.offers("振込・振替限度額変更")).isTrue();
        taro.web.open("/bank?lang=en");
        assertThat(taro.web.title()).isEqualTo("Top page");
        assertThat(taro.web.facts("Transfer limit")).containsExactly("1,000,000 yen");
    }

    @Test
    @Tag("R3.1")
    void anUnregisteredCustomerCanIssueOnly() {
        Person taro = at(Person.of(bank));
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
        assertThat(taro.web.facts("登録状況")).containsExactly("未登録");
        assertThat(taro.web.text())
                .contains("登録情報の変更を行う場合は変更対象ボタンを押して下さい。")
                .contains("注意事項")
                .contains("ハードトークンからソフトトークンへの切替")
                .containsSubsequence("ワンタイムパスワードとは", "トークンとは", "ワンタイムパスワード利用解除とは", "トークン発行")
                .doesNotContain("トークン情報");
        assertThat(offers(taro)).containsExactly(ISSUE);
    }

    @Test
    @Tag("R3.1")
    void anIssuedTokenCanBeActivatedAfterTheSetupOfItsAppAndBeCancelled() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        at(taro);
        assertThat(taro.web.facts("登録状況")).containsExactly("トークン発行済");
        assertThat(taro.web.facts("サービスID")).containsExactly("10112235");
        assertThat(taro.web.facts("ユーザID")).hasSize(1).allMatch(id -> id.matches("[0-9]{12}"));
        assertThat(taro.web.facts("状況")).containsExactly("アプリの初期設定前");
        assertThat(taro.web.text()).contains("アプリの初期設定がまだ完了していません。");
        assertThat(offers(taro)).containsExactly(CANCEL);
        FakeAuthenticator phone = taro.setUpApp();
        at(taro);
        assertThat(taro.web.facts("状況")).containsExactly("アプリの初期設定済");
        assertThat(offers(taro)).containsExactly(ACTIVATE, CANCEL);
        assertThat(taro.web.source()).doesNotContain(phone.code());
    }

    @Test
    @Tag("R5.3")
    void anOrderedTokenCanBeActivatedAfterItWasSentAndItsSerialNumberIsNotShown() {
        Person taro = Person.of(bank);
        order(taro);
        at(taro);
        assertThat(taro.web.facts("登録状況")).containsExactly("トークン発行済");
        assertThat(taro.web.facts("状況")).containsExactly("受付済");
        assertThat(taro.web.text()).contains("ハードウェアトークンはまだ発送されていません。").doesNotContain("トークン情報", "サービスID", "ユーザID");
        assertThat(offers(taro)).containsExactly(CANCEL);
        Stocked stocked = Stocked.in(bank, Duration.ofDays(1000));
        taro.send(stocked);
        at(taro);
        assertThat(taro.web.facts("状況")).containsExactly("発送済");
        assertThat(offers(taro)).containsExactly(ACTIVATE, CANCEL);
        assertThat(taro.web.source()).doesNotContain(stocked.serial());
    }

    @Test
    void aTokenInUseShowsItsDataAndCanBeRevoked() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        at(taro);
        assertThat(taro.web.facts("登録状況")).containsExactly("利用中");
        assertThat(taro.web.facts("トークンの種類")).containsExactly("ソフトウェアトークン");
        assertThat(taro.web.facts("シリアル番号")).hasSize(1);
        assertThat(taro.web.facts("有効期限"))
                .allMatch(expiry -> expiry.matches("[0-9]{4}年[0-9]{2}月[0-9]{2}日 [0-9]{2}時[0-9]{2}分"));
        assertThat(offers(taro)).containsExactly(REVOKE);
        taro.web.open("/bank/otp/issue");
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
    }

    @Test
    @Tag("R2.4")
    void aSuspendedCustomerReadsToCallTheCreditUnion() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        assertThat(taro.desk()
                        .suspendHolder(taro.holder, SuspensionReason.FRAUD_SUSPECTED, "test")
                        .isAccepted())
                .isTrue();
        taro.logIn();
        assertThat(taro.web.path()).isEqualTo("/code");
        assertTitle(taro.web, "ご利用停止のお知らせ");
        assertThat(taro.web.text()).contains("当組合へご連絡ください。").doesNotContain("緊急コード");
    }

    @Test
    @Tag("R3.3")
    void aSuspendedCustomerWithoutATokenCannotLogIn() {
        Person taro = Person.of(bank);
        assertThat(taro.desk()
                        .suspendHolder(taro.holder, SuspensionReason.FRAUD_SUSPECTED, "test")
                        .isAccepted())
                .isTrue();
        taro.logIn();
        assertTitle(taro.web, "ご利用停止のお知らせ");
        for (String path : List.of("/bank", "/bank/otp", "/bank/transfer")) {
            taro.web.open(path);
            assertThat(taro.web.path()).as(path).isEqualTo("/code");
        }
        taro.web.press("ログアウト");
        assertThat(taro.web.path()).isEqualTo("/login");
    }

    @Test
    void aSuspendedTokenStopsEverythingButItsReplacement() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        assertThat(taro.desk()
                        .replaceWithSoftware(
                                taro.holder,
                                SuspensionReason.LOST,
                                SoftwareRequest.of(taro.mailAddress(), Person.ACTIVATION),
                                "test")
                        .isAccepted())
                .isTrue();
        taro.logInWithEmergencyCode();
        at(taro);
        assertThat(taro.web.facts("登録状況")).containsExactly("認証停止");
        assertThat(taro.web.text())
                .contains("新しいトークンの利用開始を行うと、再びワンタイムパスワードをご利用いただけます。")
                .contains("再発行のお申込の状況");
        assertThat(offers(taro)).containsExactly(CANCEL);
        taro.move(Duration.ofDays(1));
        FakeAuthenticator phone = taro.setUpApp();
        at(taro);
        assertThat(offers(taro)).containsExactly(ACTIVATE, CANCEL);
        taro.web.press(ACTIVATE);
        taro.web.fill("ワンタイムパスワード", phone.code());
        taro.web.press("利用開始する");
        assertTitle(taro.web, "ワンタイムパスワード利用開始（ソフトウェアトークン完了）");
        at(taro);
        assertThat(taro.web.facts("登録状況")).containsExactly("利用中");
    }

    @Test
    void anExpiredTokenOffersNothing() {
        Person taro = Person.of(bank);
        taro.useHardware(Stocked.in(bank, Duration.ofDays(400)));
        taro.move(Duration.ofDays(400));
        at(taro);
        assertThat(taro.web.text()).contains("トークンの有効期限が過ぎています。当組合へご連絡ください。");
        assertThat(offers(taro)).isEmpty();
    }

    @Test
    void theLanguageSwitchKeepsThePage() {
        Person taro = at(Person.of(bank));
        taro.web.press("English");
        assertThat(taro.web.path()).isEqualTo("/bank/otp");
        assertThat(taro.web.title()).isEqualTo("One-time password selection");
        assertThat(taro.web.toString()).contains("Screen ID: BOP001");
        assertThat(taro.web.facts("Status")).containsExactly("Not registered");
        assertThat(taro.web.offers("Issue a token")).isTrue();
        taro.web.press("日本語");
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
    }

    @Test
    void eachPageLeadsToTheServicesAsInTheManualAndBackToTheDemonstration() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/transfer");
        assertThat(taro.web.texts("nav > ul > li")).contains("ご利用サービスの変更 ワンタイムパスワード");
        taro.web.press("このデモについて");
        assertThat(taro.web.path()).isEqualTo("/");
    }

    @Test
    void theKindOfTokenIsChosenAtBot010() {
        Person taro = at(Person.of(bank));
        taro.web.press(ISSUE);
        assertScreen(taro.web, "BOT010", "トークン発行（選択）");
        assertThat(taro.web.text()).contains("トークンの種類を選択して下さい。").contains("トークンの選択");
        taro.web.pressIn("ハードウェアトークン（キーホルダー型の生成機に表示する方法）", "選択");
        assertTitle(taro.web, "トークン発行（ハードウェアトークン発行確認）");
        taro.web.press("戻る");
        taro.web.pressIn("ソフトウェアトークン（携帯電話またはスマートフォンのアプリに表示する方法）", "選択");
        assertTitle(taro.web, "トークン発行（ソフトウェアトークン発行情報入力）");
        taro.web.open("/bank/otp/issue?lang=en");
        assertThat(taro.web.title()).isEqualTo("Issue a token (kind of token)");
        taro.web.press("Back");
        assertThat(taro.web.path()).isEqualTo("/bank/otp");
    }

    @Test
    void anEnglishBrowserSeesEnglishPages() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        assertThat(taro.web.title()).isEqualTo("Top page");
        taro.web.open("/bank/otp");
        assertThat(taro.web.text()).contains("What is a one-time password?");
    }

    private static void order(Person person) {
        person.web.open("/bank/otp/issue/hardware");
        person.web.fill("確認用パスワード", Person.CONFIRMATION);
        person.web.press("トークンを発行する");
    }

    private static Person at(Person person) {
        person.web.open("/bank/otp");
        return person;
    }

    private static List<String> offers(Person person) {
        List<String> offered = new ArrayList<>(List.of(ISSUE, ACTIVATE, REVOKE, CANCEL));
        offered.removeIf(each -> !person.web.offers(each));
        return offered;
    }
}
