package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The activation of a software token. */
class SoftwareActivationTest extends ScreenTest {
    private static final String CONFIRM = "ワンタイムパスワード利用開始（ソフトウェアトークン確認）";
    private static final String DONE = "ワンタイムパスワード利用開始（ソフトウェアトークン完了）";

    @Test
    @Tag("R4.7")
    void aCodeOfTheAppActivatesTheTokenAndThisLoginGoesOn() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        FakeAuthenticator phone = taro.setUpApp();
        taro.web.open("/bank/otp");
        taro.web.press("ワンタイムパスワード利用開始");
        assertTitle(taro.web, CONFIRM);
        assertThat(taro.web.text()).contains("ソフトウェアトークン確認 ソフトウェアトークン完了");
        String code = phone.code();
        taro.web.fill("ワンタイムパスワード", code.substring(0, 4) + " " + code.substring(4));
        taro.web.press("利用開始する");
        assertTitle(taro.web, DONE);
        assertThat(taro.web.text()).contains("以上で、ワンタイムパスワード利用開始登録は終了です。").contains("次回のログインから、ワンタイムパスワードの入力が必要になります。");
        assertThat(taro.web.facts("シリアル番号")).hasSize(1);
        taro.web.open("/bank/otp/activate/software/done");
        assertTitle(taro.web, DONE);
        taro.logIn();
        assertThat(taro.web.path()).isEqualTo("/code");
        taro.web.fill("ワンタイムパスワード", code);
        taro.web.press("次へ");
        assertThat(taro.web.title()).startsWith("エラー：");
        taro.web.fill("ワンタイムパスワード", taro.nextCode(phone));
        taro.web.press("次へ");
        assertTitle(taro.web, "トップページ");
    }

    @Test
    @Tag("R4.7")
    void aTokenWhoseAppIsNotSetUpSaysSo() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        taro.web.open("/bank/otp/activate");
        assertTitle(taro.web, CONFIRM);
        assertThat(taro.web.text()).contains("アプリの初期設定がまだ完了していません。");
        assertThat(taro.web.offers("利用開始する")).isFalse();
        taro.web.press("戻る");
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
    }

    @Test
    @Tag("R2.5")
    void wrongCodesAreCountedAndSuspendTheToken() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        FakeAuthenticator phone = taro.setUpApp();
        taro.web.open("/bank/otp/activate");
        taro.web.press("利用開始する");
        assertRefused(taro.web, "ワンタイムパスワードを入力してください。");
        enter(taro, "12345");
        assertRefused(taro.web, "トークンに表示されている数字をすべて入力してください。");
        for (int left = 4; left > 0; left--) {
            enter(taro, phone.wrongCode(left));
            assertRefused(taro.web, "あと" + left + "回間違えると、認証が停止します。");
        }
        enter(taro, phone.wrongCode());
        assertRefused(taro.web, "ワンタイムパスワード認証が停止しています。当組合へご連絡ください。");
        assertThat(taro.web.path()).isEqualTo("/bank/otp");
        assertThat(taro.web.facts("登録状況")).containsExactly("認証停止");
        assertThat(taro.web.text()).contains("申込を中止してもう一度お申し込みください。");
        assertThat(taro.web.offers("ワンタイムパスワード利用開始")).isFalse();
        assertThat(taro.web.offers("申込を中止する")).isTrue();
    }

    @Test
    void theIssueCanBeCancelledFromThisPage() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        taro.web.open("/bank/otp/activate");
        taro.web.press("申込を中止する");
        assertTitle(taro.web, "申込の中止（申込中止確認）");
    }

    @Test
    void withoutAnIssueThePageLeadsToTheSelection() {
        Person taro = Person.of(bank);
        for (String path : new String[] {"", "/software", "/hardware", "/software/done", "/hardware/done"}) {
            taro.web.open("/bank/otp/activate" + path);
            assertThat(taro.web.path()).isEqualTo("/bank/otp");
        }
        assertThat(taro.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
    }

    @Test
    void thePagesAreInEnglishToo() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        taro.issueSoftware();
        FakeAuthenticator phone = taro.setUpApp();
        taro.web.open("/bank/otp/activate");
        assertThat(taro.web.title()).isEqualTo("Start using one-time passwords (confirm the software token)");
        taro.web.fill("One-time password", phone.code());
        taro.web.press("Start");
        assertThat(taro.web.title()).isEqualTo("Start using one-time passwords (software token in use)");
    }

    private static void enter(Person person, String code) {
        person.web.fill("ワンタイムパスワード", code);
        person.web.press("利用開始する");
    }
}
