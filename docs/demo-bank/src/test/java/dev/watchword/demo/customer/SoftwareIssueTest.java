package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The issue of a software token, from the entry to the result. */
class SoftwareIssueTest extends ScreenTest {
    private static final String ENTRY = "トークン発行（ソフトウェアトークン発行情報入力）";
    private static final String CONFIRM = "トークン発行（ソフトウェアトークン発行情報入力内容確認）";
    private static final String DONE = "トークン発行（ソフトウェアトークン発行完了）";

    @Test
    @Tag("R4.1")
    @Tag("R4.2")
    void aCustomerIssuesATokenWithAMailCode() {
        Person taro = entered(Person.of(bank));
        assertTitle(taro.web, CONFIRM);
        assertThat(taro.web.facts("携帯電話メールアドレス")).containsExactly(taro.mailAddress());
        assertThat(taro.web.facts("送信先メールアドレス")).containsExactly(taro.mailAddress());
        String mail = mail(taro);
        String sentAt = taro.web.facts("送信日時").get(0);
        assertThat(sentAt).matches("[0-9]{4}年[0-9]{2}月[0-9]{2}日 [0-9]{2}時[0-9]{2}分[0-9]{2}秒");
        assertThat(mail).contains("送信日時：" + sentAt).contains("Mail code: " + code(mail));
        assertThat(taro.web.source()).doesNotContain(code(mail)).doesNotContain("47261593");
        confirm(taro, code(mail), Person.CONFIRMATION);
        assertTitle(taro.web, DONE);
        assertThat(taro.web.text())
                .contains("トークン発行を受け付けました。")
                .contains("迷惑メール対策")
                .contains("アプリの初期設定がまだ完了していません。");
        assertThat(taro.web.facts("サービスID")).containsExactly("10112235");
        List<String> userId = taro.web.facts("ユーザID");
        taro.web.open("/bank/otp/issue/software/done");
        assertTitle(taro.web, DONE);
        assertThat(taro.web.facts("ユーザID")).isEqualTo(userId);
        assertThat(taro.web.facts("携帯電話メールアドレス")).containsExactly(taro.mailAddress());
        taro.web.press("ワンタイムパスワード申請内容選択へ");
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
        taro.web.open("/bank/otp/issue/software/confirm");
        assertThat(taro.web.path()).as("the draft is gone").isEqualTo("/bank/otp");
    }

    @Test
    @Tag("R4.1")
    void allInvalidFieldsAreReportedAtOnce() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/otp/issue/software");
        fill(taro, "taro＠example.com", "jiro@example.com", "12a", "4726");
        taro.web.press("次へ");
        assertRefused(taro.web, "携帯電話メールアドレスを半角英数字記号で");
        assertThat(taro.web.text())
                .contains("携帯電話メールアドレスと確認用の入力が一致しません。")
                .contains("利用開始パスワードを4～8桁の数字で入力してください。")
                .contains("利用開始パスワードと確認用の入力が一致しません。");
        assertThat(taro.web.offers("利用開始パスワードと確認用の入力が一致しません。")).isTrue();
        assertThat(taro.web.source())
                .contains("value=\"taro＠example.com\"")
                .contains("value=\"jiro@example.com\"")
                .doesNotContain("12a");
        assertThat(taro.mails("メール通知パスワードのお知らせ")).isEmpty();
    }

    @Test
    void theProblemsStayAfterAReloadAndInAnotherLanguageUntilAnotherPageIsOpened() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/otp/issue/software");
        fill(taro, "a@example.com", "b@example.com", "4726", "4726");
        taro.web.press("次へ");
        taro.web.open("/bank/otp/issue/software");
        assertRefused(taro.web, "一致しません");
        taro.web.press("English");
        assertThat(taro.web.title()).isEqualTo("Error: Issue a token (details of the software token)");
        assertThat(taro.web.text()).contains("The two mail addresses differ.");
        assertThat(taro.web.source()).contains("value=\"a@example.com\"");
        taro.web.open("/bank/otp");
        taro.web.open("/bank/otp/issue/software");
        assertThat(taro.web.title()).isEqualTo("Issue a token (details of the software token)");
        assertThat(taro.web.source()).doesNotContain("a@example.com");
    }

    @Test
    @Tag("R8.1")
    void emptyFactorsAreReportedTogetherAndNotCharged() {
        Person taro = entered(Person.of(bank));
        String mail = mail(taro);
        for (int i = 0; i < 6; i++) {
            taro.web.press("確定する");
            assertRefused(taro.web, "メール通知パスワードを入力してください。");
            assertThat(taro.web.text()).contains("確認用パスワードを入力してください。");
        }
        confirm(taro, code(mail), Person.CONFIRMATION);
        assertTitle(taro.web, DONE);
    }

    @Test
    @Tag("R8.3")
    void wrongFactorsAreRefusedAndTheRightOnesStillWork() {
        Person taro = entered(Person.of(bank));
        String code = code(mail(taro));
        confirm(taro, code.equals("00000000") ? "00000001" : "00000000", Person.CONFIRMATION);
        assertRefused(taro.web, "メール通知パスワードが正しくありません。");
        confirm(taro, code, "wrong123");
        assertRefused(taro.web, "確認用パスワードが正しくありません。");
        assertThat(taro.web.source()).doesNotContain("wrong123").doesNotContain(code);
        assertThat(taro.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
        confirm(taro, code.substring(0, 4) + " " + code.substring(4), Person.CONFIRMATION);
        assertTitle(taro.web, DONE);
    }

    @Test
    @Tag("R8.3")
    void anExpiredMailCodeIsRefusedAndANewOneIsSent() {
        Person taro = entered(Person.of(bank));
        String old = code(mail(taro));
        taro.move(Duration.ofMinutes(10));
        confirm(taro, old, Person.CONFIRMATION);
        assertRefused(taro.web, "メール通知パスワードの有効期限が過ぎました。再送信してください。");
        taro.web.press("メール通知パスワードを再送信する");
        assertTitle(taro.web, CONFIRM);
        assertThat(taro.mails("メール通知パスワードのお知らせ")).hasSize(2);
        assertThat(mail(taro)).contains(taro.web.facts("送信日時").get(0));
        confirm(taro, code(mail(taro)), Person.CONFIRMATION);
        assertTitle(taro.web, DONE);
    }

    @Test
    void aFewMailsAreSentWithinTenMinutes() {
        Person taro = entered(Person.of(bank));
        for (int i = 1; i < 5; i++) {
            taro.web.press("メール通知パスワードを再送信する");
            assertTitle(taro.web, CONFIRM);
        }
        taro.web.press("メール通知パスワードを再送信する");
        assertRefused(taro.web, "メール通知パスワードの送信回数の上限に達しました。");
        taro.web.press("戻る");
        enter(taro);
        assertRefused(taro.web, "メール通知パスワードの送信回数の上限に達しました。");
        assertThat(taro.mails("メール通知パスワードのお知らせ")).hasSize(5);
        taro.move(Duration.ofMinutes(10));
        enter(taro);
        assertTitle(taro.web, CONFIRM);
        assertThat(taro.mails("メール通知パスワードのお知らせ")).hasSize(6);
    }

    @Test
    void theCustomerGoesBackWithTheAddressAndCanAbandonTheIssue() {
        Person taro = entered(Person.of(bank));
        taro.web.press("戻る");
        assertTitle(taro.web, ENTRY);
        assertThat(taro.web.source()).contains(taro.mailAddress()).doesNotContain("47261593");
        taro.web.open("/bank/otp/issue/software/confirm");
        taro.web.press("申込を中止する");
        assertScreen(taro.web, "BOP001", "ワンタイムパスワード申請内容選択");
        taro.web.open("/bank/otp/issue/software/confirm");
        assertTitle(taro.web, ENTRY);
        assertThat(taro.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
    }

    @Test
    void theSessionKeepsTheDraftEncryptedAndForItsCustomerOnly() {
        Person taro = entered(Person.of(bank));
        List<byte[]> kept = bank.bean(JdbcClient.class)
                .sql("SELECT attribute_bytes FROM spring_session_attributes WHERE attribute_name = 'customer.issue'")
                .query((row, number) -> row.getBytes(1))
                .list();
        assertThat(kept)
                .isNotEmpty()
                .noneMatch(
                        bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).contains("47261593"));
        Person jiro = Person.of(bank);
        taro.web.open("/login");
        taro.web.fill("ログインID", jiro.holder.value());
        taro.web.fill("ログインパスワード", Person.PASSWORD);
        taro.web.press("ログイン");
        taro.web.open("/bank/otp/issue/software/confirm");
        assertTitle(taro.web, ENTRY);
        assertThat(taro.web.source()).doesNotContain(taro.mailAddress());
    }

    @Test
    void aSecondIssueIsRefused() {
        Person taro = entered(Person.of(bank));
        String code = code(mail(taro));
        taro.issueSoftware();
        confirm(taro, code, Person.CONFIRMATION);
        assertRefused(taro.web, "登録状況が変わったため、お手続きできません。");
        taro.web.open("/bank/otp/issue/software");
        assertThat(taro.web.path()).isEqualTo("/bank/otp");
    }

    @Test
    @Tag("R8.2")
    void tooManyWrongConfirmationPasswordsLockThem() {
        Person taro = entered(Person.of(bank));
        String code = code(mail(taro));
        for (int i = 0; i < 5; i++) {
            confirm(taro, code, "wrong123");
            assertRefused(taro.web, "確認用パスワードが正しくありません。");
        }
        confirm(taro, code, Person.CONFIRMATION);
        assertRefused(taro.web, "確認用パスワードを一定回数以上間違えたため、お手続きできません。当組合へご連絡ください。");
    }

    @Test
    void thePagesAreInEnglishToo() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        taro.web.open("/bank/otp/issue/software");
        taro.web.fill("Mobile mail address", taro.mailAddress());
        taro.web.fill("Mobile mail address (again)", taro.mailAddress());
        taro.web.fill("Activation password", "47261593");
        taro.web.fill("Activation password (again)", "47261593");
        taro.web.press("Next");
        assertThat(taro.web.title()).isEqualTo("Issue a token (confirm the details of the software token)");
        assertThat(taro.web.facts("Sent at")).allMatch(sentAt -> sentAt.endsWith("Japan time"));
        taro.web.fill("Mail code", code(mail(taro)));
        taro.web.fill("Confirmation password", Person.CONFIRMATION);
        taro.web.press("Confirm");
        assertThat(taro.web.title()).isEqualTo("Issue a token (software token issued)");
        assertThat(taro.web.facts("Service ID")).containsExactly("10112235");
    }

    private static Person entered(Person person) {
        person.web.open("/bank/otp/issue/software");
        assertTitle(person.web, ENTRY);
        enter(person);
        return person;
    }

    private static void enter(Person person) {
        fill(person, person.mailAddress(), person.mailAddress(), "47261593", "47261593");
        person.web.press("次へ");
    }

    private static void fill(Person person, String mail, String again, String password, String passwordAgain) {
        person.web.fill("携帯電話メールアドレス", mail);
        person.web.fill("携帯電話メールアドレス (確認用)", again);
        person.web.fill("利用開始パスワード", password);
        person.web.fill("利用開始パスワード (確認用)", passwordAgain);
    }

    private static void confirm(Person person, String code, String password) {
        person.web.fill("メール通知パスワード", code);
        person.web.fill("確認用パスワード", password);
        person.web.press("確定する");
    }

    private static String mail(Person person) {
        return person.mails("メール通知パスワードのお知らせ").get(0);
    }

    private static String code(String mail) {
        Matcher code = Pattern.compile("メール通知パスワード：([0-9]{8})").matcher(mail);
        assertThat(code.find()).as(mail).isTrue();
        return code.group(1);
    }
}
