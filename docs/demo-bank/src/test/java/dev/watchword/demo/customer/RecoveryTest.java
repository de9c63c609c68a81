package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logins without the token: recovery codes and emergency codes. */
class RecoveryTest extends ScreenTest {
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}");

    @Test
    @Tag("R14.2")
    void recoveryCodesAreShownUntilThePageIsLeftAndLogInOnceEach() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/recovery");
        assertTitle(taro.web, "リカバリーコードの作成");
        assertThat(taro.web.facts("未使用のリカバリーコード")).containsExactly("0");
        taro.web.press("作成する");
        assertRefused(taro.web, "確認用パスワードを入力してください。");
        create(taro, phone.wrongCode());
        assertRefused(taro.web, "ワンタイムパスワードが正しくありません。");
        create(taro, taro.nextCode(phone));
        assertTitle(taro.web, "リカバリーコードの作成（完了）");
        List<String> codes = codes(taro);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        taro.web.press("English");
        assertThat(codes(taro)).isEqualTo(codes);
        taro.web.press("日本語");
        taro.web.press("保管しましたので、トップページへ");
        taro.web.open("/bank/recovery/codes");
        assertTitle(taro.web, "リカバリーコードの作成");
        assertThat(taro.web.facts("未使用のリカバリーコード")).containsExactly("10");
        assertThat(taro.web.source()).doesNotContainPattern(CODE);
        taro.logIn();
        recover(taro, codes.get(3));
        assertTitle(taro.web, "トップページ");
        taro.logIn();
        recover(taro, codes.get(3));
        assertThat(taro.web.title()).isEqualTo("エラー：ワンタイムパスワード認証");
        recover(taro, codes.get(4).toLowerCase(Locale.ROOT));
        assertTitle(taro.web, "トップページ");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(taro.mails("リカバリーコードによるログインのお知らせ")).hasSize(2));
    }

    @Test
    @Tag("R14.2")
    void aFormThatIsSentTwiceLosesNoCodes() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/recovery");
        Map<String, String> form =
                Map.of("password", Person.CONFIRMATION, "code", taro.nextCode(phone), "_csrf", taro.web.csrf());
        taro.web.post("/bank/recovery", form);
        List<String> codes = codes(taro);
        assertThat(codes).hasSize(10);
        taro.web.post("/bank/recovery", form);
        assertTitle(taro.web, "リカバリーコードの作成（完了）");
        assertThat(codes(taro)).isEqualTo(codes);
        taro.logIn();
        recover(taro, codes.get(0));
        assertTitle(taro.web, "トップページ");
    }

    @Test
    void withoutATokenNoRecoveryCodesAreCreated() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/recovery");
        assertThat(taro.web.text()).contains("リカバリーコードの作成には、ワンタイムパスワードのご利用が必要です。");
        assertThat(taro.web.offers("作成する")).isFalse();
    }

    @Test
    @Tag("R14.1")
    void anEmergencyCodeLogsInWhileTheTokenIsSuspended() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        assertThat(taro.desk()
                        .suspend(taro.holder, SuspensionReason.LOST, "test")
                        .isAccepted())
                .isTrue();
        String code = taro.desk()
                .issueEmergencyCodes(taro.holder, "test")
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
        taro.logIn();
        assertThat(taro.web.path()).isEqualTo("/code");
        taro.web.open("/bank/otp");
        assertThat(taro.web.path()).as("nothing is shown before the code").isEqualTo("/code");
        taro.web.fill("緊急コード", code);
        taro.web.press("緊急コードでログインする");
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
        assertThat(taro.web.facts("登録状況")).containsExactly("認証停止");
        taro.logIn();
        taro.web.fill("緊急コード", code);
        taro.web.press("緊急コードでログインする");
        assertThat(taro.web.title()).isEqualTo("エラー：ワンタイムパスワード認証");
        assertThat(taro.web.source()).doesNotContain(code);
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.7")
    void theCodeStepSaysThatTheTokenIsSuspendedWhateverCodeWasEntered() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        String right = taro.nextCode(phone);
        taro.logIn();
        String page = taro.web.source();
        for (int left = 5; left > 0; left--) {
            assertThat(taro.web.text()).doesNotContain("停止");
            taro.web.fill("ワンタイムパスワード", phone.wrongCode(left));
            taro.web.press("次へ");
        }
        assertThat(taro.web.title()).isEqualTo("エラー：ワンタイムパスワード認証");
        String told = taro.web.text();
        assertThat(told)
                .contains("連続して一定回数以上間違えたため、ワンタイムパスワード認証が停止しています。")
                .contains("当組合へご連絡ください。")
                .contains("ワンタイムパスワードが認証されませんでした。")
                .doesNotContain("次に表示されるものを待って入力してください。", "緊急コードまたはリカバリーコードが認証され");
        assertThat(taro.web.count("input[name=code]")).isZero();
        taro.web.post("/login/code", Map.of("code", right, "_csrf", taro.web.csrf()));
        assertThat(taro.web.path()).isEqualTo("/code");
        assertThat(taro.web.text()).as("the right code").isEqualTo(told);
        assertThat(page).doesNotContain("停止");
        taro.logInWithEmergencyCode();
        assertTitle(taro.web, "トップページ");
    }

    @Test
    @Tag("R4.6")
    void theCodeStepSaysThatTheTokenHasExpired() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        taro.useSoftware();
        taro.move(Duration.ofDays(3650));
        taro.logIn();
        assertThat(taro.web.path()).isEqualTo("/code");
        assertThat(taro.web.text()).contains("Your token has expired. Please call the credit union.");
        assertThat(taro.web.count("input[name=code]")).isZero();
        assertThat(taro.web.count("input[name=emergencyCode]")).isEqualTo(1);
    }

    @Test
    @Tag("R4.6")
    @Tag("R14.1")
    void noPageAsksForACodeOfAnExpiredToken() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        taro.move(Duration.ofDays(3650));
        taro.logInWithEmergencyCode();
        assertTitle(taro.web, "トップページ");
        for (String path : List.of("/bank", "/bank/otp", "/bank/limit", "/bank/recovery", "/bank/transfer")) {
            taro.web.open(path);
            assertThat(taro.web.text()).as(path).contains("トークンの有効期限が過ぎています。当組合へご連絡ください。");
            assertThat(taro.web.count("main form[method=post]")).as(path).isZero();
        }
    }

    @Test
    @Tag("R2.7")
    void theCodeStepNamesTheFormThatWasRefusedAndNotTheReason() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        taro.logIn();
        for (String code : List.of(taro.spent, phone.wrongCode(1))) {
            taro.web.fill("ワンタイムパスワード", code);
            taro.web.press("次へ");
            assertThat(taro.web.text())
                    .contains("ワンタイムパスワードが認証されませんでした。 次に表示されるものを待って入力してください。")
                    .doesNotContain("緊急コードまたは");
        }
        recover(taro, "00000-00000-00000");
        assertThat(taro.web.text()).contains("緊急コードまたはリカバリーコードが認証されませんでした。").doesNotContain("ワンタイムパスワードが認証されませんでした。");
    }

    @Test
    void aCustomerWithoutACodeCanLogOut() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        taro.logIn();
        assertThat(taro.web.path()).isEqualTo("/code");
        taro.web.press("ログアウト");
        assertThat(taro.web.path()).isEqualTo("/login");
        taro.web.open("/code");
        assertThat(taro.web.path()).as("nobody is at the code step").isEqualTo("/login");
    }

    @Test
    void thePagesAreInEnglishToo() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/recovery");
        taro.web.fill("Confirmation password", Person.CONFIRMATION);
        taro.web.fill("One-time password", taro.nextCode(phone));
        taro.web.press("Create");
        assertThat(taro.web.title()).isEqualTo("Create recovery codes (created)");
        String code = codes(taro).get(0);
        taro.logIn();
        taro.web.fill("Recovery code", code);
        taro.web.press("Continue with the recovery code");
        assertThat(taro.web.title()).isEqualTo("Top page");
    }

    private static void create(Person person, String code) {
        person.web.fill("確認用パスワード", Person.CONFIRMATION);
        person.web.fill("ワンタイムパスワード", code);
        person.web.press("作成する");
    }

    private static void recover(Person person, String code) {
        person.web.fill("リカバリーコード", code);
        person.web.press("リカバリーコードでログインする");
    }

    private static List<String> codes(Person person) {
        return CODE.matcher(person.web.text()).results().map(MatchResult::group).toList();
    }
}
