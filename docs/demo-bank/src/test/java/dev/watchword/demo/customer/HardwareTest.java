package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.bank.Customers;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The order, the activation and the renewal of a hardware token. */
class HardwareTest extends ScreenTest {
    private static final String ORDER = "トークン発行（ハードウェアトークン発行確認）";
    private static final String ORDERED = "トークン発行（ハードウェアトークン発行完了）";
    private static final String ACTIVATION = "ワンタイムパスワード利用開始（ハードウェアトークン確認）";
    private static final String TWO_CODES = "トークンを長期間ご利用になっていない場合は、2つのワンタイムパスワードを入力する";
    private static final Duration YEARS = Duration.ofDays(1000);

    @Test
    @Tag("R5.2")
    @Tag("R15.1")
    void anOrderAndItsShipmentAreStoredTogether() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/otp/issue/hardware");
        assertTitle(taro.web, ORDER);
        assertThat(taro.web.text())
                .contains("注意事項")
                .contains("再発行は有効期限の90日前より可能")
                .contains("再度ご利用いただけません。");
        assertThat(taro.web.facts("送付先住所")).containsExactly(taro.customer().address());
        taro.web.press("トークンを発行する");
        assertRefused(taro.web, "確認用パスワードを入力してください。");
        order(taro, "wrong123");
        assertRefused(taro.web, "確認用パスワードが正しくありません。");
        assertThat(shipments(taro)).isEmpty();
        order(taro, Person.CONFIRMATION);
        assertTitle(taro.web, ORDERED);
        assertThat(taro.web.text()).contains("ハードウェアトークン発行申請の受付が完了しました。");
        assertThat(shipments(taro)).containsExactly(taro.customer().address());
        assertThat(taro.status()).isEqualTo(RegistrationStatus.ISSUED);
        taro.web.open("/bank/otp/issue/hardware/done");
        assertTitle(taro.web, ORDERED);
        taro.web.press("ワンタイムパスワード申請内容選択へ");
        assertThat(taro.web.facts("登録状況")).containsExactly("トークン発行済");
    }

    @Test
    @Tag("R15.1")
    @Tag("R15.2")
    void aFailureOfTheShipmentUndoesTheOrder() {
        Person taro = Person.of(bank);
        JdbcClient database = bank.bean(JdbcClient.class);
        database.sql("ALTER TABLE shipment RENAME TO shipment_gone").update();
        try {
            taro.web.open("/bank/otp/issue/hardware");
            order(taro, Person.CONFIRMATION);
            assertThat(taro.web.status()).isEqualTo(500);
            assertTitle(taro.web, "ページを表示できません");
        } finally {
            database.sql("ALTER TABLE shipment_gone RENAME TO shipment").update();
        }
        assertThat(taro.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
        taro.web.open("/bank/otp/issue/hardware");
        order(taro, Person.CONFIRMATION);
        assertTitle(taro.web, ORDERED);
    }

    @Test
    @Tag("R5.3")
    void aSentTokenIsActivatedWithItsSerialNumberAndACode() {
        Person taro = Person.of(bank);
        Stocked stocked = sentTo(taro);
        String expiry = DateTimeFormatter.ofPattern("yyyy年MM月dd日 HH時mm分")
                .format(bank.bean(Clock.class).instant().plus(YEARS).atZone(ZoneId.of("Asia/Tokyo")));
        taro.web.open("/bank/otp");
        taro.web.press("ワンタイムパスワード利用開始");
        assertScreen(taro.web, "BOK501", ACTIVATION);
        assertThat(taro.web.text())
                .contains("ハードウェアトークン確認 ハードウェアトークン完了")
                .contains("トークンに記載されているシリアル番号とワンタイムパスワードを入力し、「利用開始する」ボタンを押して下さい。");
        bank.bean(Customers.class).limitTransfers(taro.holder, 200_000);
        activate(taro, fullWidth(stocked.serial()), stocked.display().code());
        assertScreen(taro.web, "BOK502", "ワンタイムパスワード利用開始（ハードウェアトークン完了）");
        assertThat(taro.web.text())
                .contains("以下の内容でワンタイムパスワード利用開始登録を受けました。")
                .contains("次回のログインから、ワンタイムパスワードの入力が必要になります。")
                .contains("下がった振込限度額");
        assertThat(taro.web.facts("シリアル番号")).containsExactly(stocked.serial());
        assertThat(taro.web.facts("有効期限").get(0).substring(0, 11)).isEqualTo(expiry.substring(0, 11));
        taro.web.open("/bank/otp/activate/hardware/done");
        assertScreen(taro.web, "BOK502", "ワンタイムパスワード利用開始（ハードウェアトークン完了）");
    }

    @Test
    @Tag("R5.3")
    void aWrongSerialNumberAndAWrongCodeHaveTheSameAnswer() {
        Person taro = Person.of(bank);
        Stocked stocked = sentTo(taro);
        Stocked other = Stocked.in(bank, YEARS);
        taro.web.open("/bank/otp/activate");
        activate(taro, "1234", "abc");
        assertRefused(taro.web, "シリアル番号を半角数字8～12桁で入力してください。");
        activate(taro, other.serial(), stocked.display().code());
        assertRefused(taro.web, "シリアル番号またはワンタイムパスワードが正しくありません。あと4回間違えると、認証が停止します。");
        assertThat(taro.web.source()).contains("value=\"" + other.serial() + "\"");
        activate(taro, stocked.serial(), stocked.display().wrongCode());
        assertRefused(taro.web, "シリアル番号またはワンタイムパスワードが正しくありません。あと3回間違えると、認証が停止します。");
        activate(taro, stocked.serial(), stocked.display().code());
        assertScreen(taro.web, "BOK502", "ワンタイムパスワード利用開始（ハードウェアトークン完了）");
    }

    @Test
    @Tag("R5.3")
    void aTokenFromADrawerIsActivatedWithTwoCodesInARow() {
        Person taro = Person.of(bank);
        Stocked stocked = sentTo(taro);
        stocked.display().drift(15);
        taro.web.open("/bank/otp/activate");
        assertThat(taro.web.text()).doesNotContain("次のワンタイムパスワード");
        activate(taro, stocked.serial(), stocked.display().code());
        assertRefused(taro.web, "シリアル番号またはワンタイムパスワードが正しくありません。");
        assertThat(taro.web.count("#nextCode")).isZero();
        taro.web.press(TWO_CODES);
        assertRefused(taro.web, "シリアル番号またはワンタイムパスワードが正しくありません。");
        taro.web.fill("ワンタイムパスワード", stocked.display().code(0));
        taro.web.fill("次のワンタイムパスワード", stocked.display().code(1));
        taro.web.press("利用開始する");
        assertScreen(taro.web, "BOK502", "ワンタイムパスワード利用開始（ハードウェアトークン完了）");
        taro.move(Duration.ofMinutes(1));
        taro.logInWith(stocked.display());
        assertTitle(taro.web, "トップページ");
    }

    @Test
    @Tag("R5.3")
    void theFieldForTheNextCodeCanBeOpenedWithoutAWrongCode() {
        Person taro = Person.of(bank);
        Stocked stocked = sentTo(taro);
        stocked.display().drift(15);
        taro.web.open("/bank/otp/activate");
        taro.web.press(TWO_CODES);
        taro.web.press("ワンタイムパスワードを1つだけ入力する");
        assertThat(taro.web.count("#nextCode")).isZero();
        taro.web.press(TWO_CODES);
        taro.web.fill("次のワンタイムパスワード", stocked.display().code(1));
        activate(taro, stocked.serial(), stocked.display().code(0));
        assertScreen(taro.web, "BOK502", "ワンタイムパスワード利用開始（ハードウェアトークン完了）");
    }

    @Test
    void anOrderThatWasNotSentCannotBeActivated() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/otp/issue/hardware");
        order(taro, Person.CONFIRMATION);
        taro.web.open("/bank/otp/activate");
        assertScreen(taro.web, "BOK501", ACTIVATION);
        assertThat(taro.web.text()).contains("ハードウェアトークンはまだ発送されていません。");
        assertThat(taro.web.offers("利用開始する")).isFalse();
    }

    @Test
    @Tag("R6.1")
    @Tag("R6.2")
    void aTokenThatExpiresSoonIsRenewedWithItsCode() {
        Person taro = Person.of(bank);
        Stocked old = Stocked.in(bank, Duration.ofDays(100));
        taro.useHardware(old);
        taro.web.open("/bank/otp");
        assertThat(taro.web.offers("トークン発行")).isFalse();
        taro.move(Duration.ofDays(11));
        taro.web.open("/bank/otp");
        assertThat(taro.web.text()).contains("トークンの有効期限が近づいています。");
        taro.web.press("トークン発行");
        assertScreen(taro.web, "BOT010", "トークン発行（選択）");
        assertThat(taro.web.text()).contains("同じ種類のトークンのみ選択できます。");
        taro.web.press("選択");
        assertTitle(taro.web, ORDER);
        assertThat(taro.web.text()).contains("新しいトークンの利用開始まで、現在のトークンをご利用いただけます。");
        taro.web.press("トークンを発行する");
        assertRefused(taro.web, "確認用パスワードを入力してください。");
        assertThat(taro.web.text()).contains("ワンタイムパスワードを入力してください。");
        String code = old.display().code();
        renew(taro, old.display().wrongCode());
        assertRefused(taro.web, "ワンタイムパスワードが正しくありません。");
        renew(taro, code);
        assertTitle(taro.web, ORDERED);
        assertThat(shipments(taro)).hasSize(1);
        Stocked successor = Stocked.in(bank, YEARS);
        taro.send(successor);
        taro.web.open("/bank/otp");
        assertThat(taro.web.facts("登録状況")).containsExactly("利用中");
        assertThat(taro.web.facts("シリアル番号")).containsExactly(old.serial());
        assertThat(taro.web.text()).contains("再発行のお申込の状況");
        assertThat(taro.web.offers("トークン発行")).isFalse();
        assertThat(taro.web.offers("ワンタイムパスワード利用解除")).isTrue();
        assertThat(taro.web.offers("申込を中止する")).isTrue();
        taro.web.press("ワンタイムパスワード利用開始");
        activate(taro, successor.serial(), successor.display().code());
        assertScreen(taro.web, "BOK502", "ワンタイムパスワード利用開始（ハードウェアトークン完了）");
        assertThat(taro.web.facts("シリアル番号")).containsExactly(successor.serial());
        assertThat(taro.web.text())
                .contains("これまでのトークンは使えなくなりました。")
                .doesNotContain("次回のログインから、ワンタイムパスワードの入力が必要になります。", "下がった振込限度額");
        assertThat(taro.customer().transferLimit())
                .as("superseded is not revoked")
                .isEqualTo(1_000_000);
    }

    @Test
    @Tag("R6.1")
    void aSpentCodeDoesNotRenew() {
        Person taro = Person.of(bank);
        Stocked old = Stocked.in(bank, Duration.ofDays(80));
        taro.useHardware(old);
        taro.web.open("/bank/otp/issue/hardware");
        renew(taro, taro.spent);
        assertRefused(taro.web, "このワンタイムパスワードは使用済みです。次に表示されるものを入力してください。");
        assertThat(shipments(taro)).isEmpty();
    }

    @Test
    void aSoftwareTokenThatExpiresSoonIsNotRenewed() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        taro.move(Duration.ofDays(5 * 365 - 30));
        taro.web.open("/bank/otp");
        assertThat(taro.web.facts("登録状況")).containsExactly("利用中");
        assertThat(taro.web.offers("トークン発行")).isFalse();
        assertThat(taro.web.text()).doesNotContain("有効期限が近づいています");
    }

    @Test
    void thePagesAreInEnglishToo() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        taro.web.open("/bank/otp/issue/hardware");
        assertThat(taro.web.title()).isEqualTo("Issue a token (confirm the hardware token)");
        taro.web.fill("Confirmation password", Person.CONFIRMATION);
        taro.web.press("Request the token");
        assertThat(taro.web.title()).isEqualTo("Issue a token (hardware token requested)");
        Stocked stocked = Stocked.in(bank, YEARS);
        taro.send(stocked);
        taro.web.open("/bank/otp/activate");
        taro.web.fill("Serial number", stocked.serial());
        taro.web.fill("One-time password", stocked.display().code());
        taro.web.press("Start");
        assertThat(taro.web.title()).isEqualTo("Start using one-time passwords (hardware token in use)");
        assertThat(taro.web.facts("Valid until")).allMatch(expiry -> expiry.endsWith("Japan time"));
    }

    private static Stocked sentTo(Person person) {
        person.web.open("/bank/otp/issue/hardware");
        order(person, Person.CONFIRMATION);
        Stocked stocked = Stocked.in(bank, YEARS);
        person.send(stocked);
        return stocked;
    }

    private static void order(Person person, String password) {
        person.web.fill("確認用パスワード", password);
        person.web.press("トークンを発行する");
    }

    private static void renew(Person person, String code) {
        person.web.fill("ワンタイムパスワード", code);
        order(person, Person.CONFIRMATION);
    }

    private static void activate(Person person, String serial, String code) {
        person.web.fill("シリアル番号", serial);
        person.web.fill("ワンタイムパスワード", code);
        person.web.press("利用開始する");
    }

    private static String fullWidth(String digits) {
        return digits.chars()
                .mapToObj(digit -> String.valueOf((char) (digit - '0' + '０')))
                .reduce("", String::concat);
    }

    private static List<String> shipments(Person person) {
        return bank.bean(JdbcClient.class)
                .sql("SELECT address FROM shipment WHERE login_id = ?")
                .param(person.holder.value())
                .query(String.class)
                .list();
    }
}
