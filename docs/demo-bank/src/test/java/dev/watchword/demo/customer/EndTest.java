package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cancellation of an issue or an order, the revocation of a token, and their consequences. */
class EndTest extends ScreenTest {
    private static final String CANCELLATION = "申込の中止（申込中止確認）";
    private static final String REVOCATION = "ワンタイムパスワード利用解除（利用解除確認）";
    private static final String REVOKED = "ワンタイムパスワード利用解除（利用解除完了）";

    @Test
    @Tag("R4.8")
    void anIssueIsCancelledWithTheConfirmationPassword() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        taro.web.open("/bank/otp");
        taro.web.press("申込を中止する");
        assertTitle(taro.web, CANCELLATION);
        assertThat(taro.web.facts("お申込のトークン")).containsExactly("ソフトウェアトークン");
        taro.web.press("申込を中止する");
        assertRefused(taro.web, "確認用パスワードを入力してください。");
        cancel(taro, "wrong123");
        assertRefused(taro.web, "確認用パスワードが正しくありません。");
        cancel(taro, Person.CONFIRMATION);
        assertTitle(taro.web, "申込の中止（申込中止完了）");
        assertThat(taro.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
        taro.web.open("/bank/otp/cancel");
        assertThat(taro.web.path()).isEqualTo("/bank/otp");
    }

    @Test
    @Tag("R5.4")
    void anOrderIsCancelledAndItsTokenStaysUseless() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/otp/issue/hardware");
        taro.web.fill("確認用パスワード", Person.CONFIRMATION);
        taro.web.press("トークンを発行する");
        taro.send(Stocked.in(bank, Duration.ofDays(1000)));
        taro.web.open("/bank/otp/cancel");
        assertThat(taro.web.text()).contains("すでに発送されたハードウェアトークンは、お手元に届いてもご利用いただけません。");
        cancel(taro, Person.CONFIRMATION);
        assertTitle(taro.web, "申込の中止（申込中止完了）");
    }

    @Test
    @Tag("R2.4")
    void anIssueThatAnOperatorSuspendedCannotBeCancelled() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        taro.web.open("/bank/otp/cancel");
        assertThat(taro.desk()
                        .suspend(taro.holder, SuspensionReason.OTHER, "test")
                        .isAccepted())
                .isTrue();
        cancel(taro, Person.CONFIRMATION);
        assertRefused(taro.web, "ワンタイムパスワード認証が停止しています。当組合へご連絡ください。");
        assertThat(taro.web.path()).isEqualTo("/bank/otp");
        assertThat(taro.web.facts("登録状況")).containsExactly("認証停止");
        assertThat(taro.web.offers("申込を中止する")).isFalse();
    }

    @Test
    @Tag("R4.8")
    void anIssueThatLapsedIsGone() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        taro.web.open("/bank/otp/cancel");
        taro.move(Duration.ofDays(60));
        cancel(taro, Person.CONFIRMATION);
        assertRefused(taro.web, "お申込の期限が過ぎました。もう一度トークン発行を行ってください。");
        assertThat(taro.web.facts("登録状況")).containsExactly("未登録");
        assertThat(taro.web.offers("トークン発行")).isTrue();
        taro.web.open("/bank");
        taro.web.open("/bank/otp");
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
    }

    @Test
    @Tag("R7.1")
    @Tag("R7.2")
    @Tag("R7.3")
    @Tag("R7.5")
    void aTokenIsRevokedAndTheLimitFalls() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/otp");
        taro.web.press("ワンタイムパスワード利用解除");
        assertScreen(taro.web, "BOS001", REVOCATION);
        assertThat(taro.web.text())
                .contains("利用解除確認 利用解除完了")
                .contains("確認用パスワード・ワンタイムパスワードを入力し、「解除する」ボタンを押して下さい。")
                .contains("利用解除を行った翌日以降に")
                .contains("振込限度額が20万円となります")
                .contains("一度利用解除を実施したハードウェアトークンについては、再度同トークンにて利用開始登録を実施してもご利用できません。")
                .doesNotContain("再発行のお申込も同時に取り消されます。");
        taro.web.press("解除する");
        assertRefused(taro.web, "確認用パスワードを入力してください。");
        assertThat(taro.web.text()).contains("ワンタイムパスワードを入力してください。");
        revoke(taro, taro.spent);
        assertRefused(taro.web, "このワンタイムパスワードは使用済みです。");
        String code = taro.nextCode(phone);
        revoke(taro, code);
        assertTitle(taro.web, REVOKED);
        assertThat(taro.web.text())
                .contains("以上で、ワンタイムパスワード利用解除の設定は終了です。")
                .contains("「ワンタイムパスワード認証画面」が表示されず、通常のログイン手続きとなります。");
        assertThat(taro.customer().transferLimit())
                .as("not after the feed only")
                .isEqualTo(200_000);
        taro.web.press("ワンタイムパスワード申請内容選択へ");
        assertThat(taro.web.facts("登録状況")).containsExactly("未登録");
        eventually()
                .untilAsserted(() -> assertThat(taro.mails("ワンタイムパスワード利用解除のお知らせ"))
                        .singleElement()
                        .asString()
                        .contains("Your transfer limit became 200,000 yen."));
        taro.logIn();
        assertTitle(taro.web, "トップページ");
        assertThat(taro.web.facts("振込・振替限度額")).containsExactly("200,000円");
        taro.issueSoftware();
        taro.web.open("/bank/otp");
        assertThat(taro.web.text()).contains("00時00分（日本時間）から行えます。");
    }

    @Test
    @Tag("R7.1")
    @Tag("R7.5")
    void aRevocationByAnOperatorLowersTheLimitToo() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        assertThat(taro.desk().revoke(taro.holder, "test").isAccepted()).isTrue();
        eventually()
                .untilAsserted(() -> assertThat(taro.customer().transferLimit()).isEqualTo(200_000));
    }

    @Test
    void theMailsOfAReplacementNameItsReasonAndTheDesk() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        assertThat(taro.desk()
                        .replaceWithSoftware(
                                taro.holder,
                                SuspensionReason.BROKEN,
                                SoftwareRequest.of(taro.mailAddress(), Person.ACTIVATION),
                                "test")
                        .isAccepted())
                .isTrue();
        eventually()
                .untilAsserted(() -> assertThat(taro.mails("トークン発行のご案内"))
                        .hasSize(2)
                        .first()
                        .asString()
                        .contains("窓口でお伝えしたサービスID、ユーザID", "that the operator told you")
                        .doesNotContain("画面に表示された"));
        assertThat(taro.mails("ワンタイムパスワード認証停止のお知らせ"))
                .singleElement()
                .asString()
                .contains("トークン故障のお申し出により", "reported as broken")
                .doesNotContain("紛失");
    }

    @Test
    @Tag("R2.5")
    void wrongCodesSuspendTheTokenAndTheCustomerIsTold() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/otp/revoke");
        for (int left = 4; left > 0; left--) {
            revoke(taro, phone.wrongCode(left));
            assertRefused(taro.web, "あと" + left + "回間違えると、認証が停止します。");
        }
        revoke(taro, phone.wrongCode());
        // the feed may have taken the login back to the code step, which says the same
        assertThat(taro.web.text()).contains("ワンタイムパスワード認証が停止しています。");
        taro.logInWithEmergencyCode();
        taro.web.open("/bank/otp");
        assertThat(taro.web.facts("登録状況")).containsExactly("認証停止");
        assertThat(taro.web.text()).contains("連続して一定回数以上間違えたため、ワンタイムパスワード認証が停止しています。");
        assertThat(taro.web.offers("ワンタイムパスワード利用解除")).isFalse();
        eventually()
                .untilAsserted(() -> assertThat(taro.mails("ワンタイムパスワード認証停止のお知らせ"))
                        .singleElement()
                        .asString()
                        .contains("当組合へご連絡ください。")
                        .contains("Please call the credit union."));
    }

    @Test
    @Tag("R6.2")
    void aRevocationCancelsTheSuccessorAndSaysSo() {
        Person taro = Person.of(bank);
        Stocked old = Stocked.in(bank, Duration.ofDays(80));
        taro.useHardware(old);
        taro.web.open("/bank/otp/issue/hardware");
        taro.web.fill("確認用パスワード", Person.CONFIRMATION);
        taro.web.fill("ワンタイムパスワード", taro.nextCode(old.display()));
        taro.web.press("トークンを発行する");
        taro.web.open("/bank/otp/revoke");
        assertThat(taro.web.text()).contains("再発行のお申込も同時に取り消されます。");
        revoke(taro, taro.nextCode(old.display()));
        assertTitle(taro.web, REVOKED);
        assertThat(taro.registration().pending()).isNull();
        assertThat(taro.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
    }

    @Test
    void theCustomerCanLeaveTheRevocation() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        for (String button : new String[] {"申込を中止する", "戻る"}) {
            taro.web.open("/bank/otp/revoke");
            taro.web.press(button);
            assertThat(taro.web.path()).isEqualTo("/bank/otp");
        }
        taro.web.open("/bank/otp/revoke/done");
        assertThat(taro.web.path()).isEqualTo("/bank/otp");
        assertThat(taro.status()).isEqualTo(RegistrationStatus.ACTIVE);
    }

    @Test
    @Tag("R4.2")
    @Tag("R9.5")
    void theMailOfAnIssueHasTheAddressOfTheAppAndNoSecret() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        eventually()
                .untilAsserted(() -> assertThat(taro.mails("トークン発行のご案内"))
                        .singleElement()
                        .asString()
                        .contains(bank.address() + "/phones")
                        .contains("Open the app at this address.")
                        .doesNotContain(Person.ACTIVATION)
                        .doesNotContain("9998"));
    }

    @Test
    @Tag("R5.2")
    void aCustomerWithAMailAddressReadsThatTheTokenWasSent() {
        Person taro = Person.of(bank);
        taro.issueSoftware();
        assertThat(taro.tokens
                        .cancel(taro.holder, Confirmation.NONE.password(Person.CONFIRMATION))
                        .isAccepted())
                .isTrue();
        taro.web.open("/bank/otp/issue/hardware");
        taro.web.fill("確認用パスワード", Person.CONFIRMATION);
        taro.web.press("トークンを発行する");
        taro.send(Stocked.in(bank, Duration.ofDays(1000)));
        eventually()
                .untilAsserted(() -> assertThat(taro.mails("ハードウェアトークン発送のお知らせ")).hasSize(1));
    }

    @Test
    @Tag("R5.2")
    void aCustomerWhoNeverHadASoftwareTokenReadsMailAtTheRegisteredAddress() {
        Person taro = Person.of(bank);
        Stocked stocked = Stocked.in(bank, Duration.ofDays(1000));
        taro.useHardware(stocked);
        eventually()
                .untilAsserted(() -> assertThat(taro.mailsToRegisteredAddress("ハードウェアトークン発送のお知らせ"))
                        .hasSize(1));
        assertThat(taro.mails("ハードウェアトークン発送のお知らせ")).isEmpty();
    }

    @Test
    void thePagesAreInEnglishToo() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/otp/revoke");
        assertThat(taro.web.title()).isEqualTo("Stop using one-time passwords (confirm)");
        taro.web.fill("Confirmation password", Person.CONFIRMATION);
        taro.web.fill("One-time password", taro.nextCode(phone));
        taro.web.press("Stop");
        assertThat(taro.web.title()).isEqualTo("Stop using one-time passwords (stopped)");
        taro.issueSoftware();
        taro.web.open("/bank/otp/cancel");
        assertThat(taro.web.title()).isEqualTo("Cancel the request (confirm)");
        taro.web.fill("Confirmation password", Person.CONFIRMATION);
        taro.web.press("Cancel the request");
        assertThat(taro.web.title()).isEqualTo("Cancel the request (cancelled)");
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private static void cancel(Person person, String password) {
        person.web.fill("確認用パスワード", password);
        person.web.press("申込を中止する");
    }

    private static void revoke(Person person, String code) {
        person.web.fill("確認用パスワード", Person.CONFIRMATION);
        person.web.fill("ワンタイムパスワード", code);
        person.web.press("解除する");
    }
}
