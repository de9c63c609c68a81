package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.bank.TransferLimits;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The transfer limit. */
class LimitTest extends ScreenTest {
    private static final String TITLE = "振込・振替限度額変更";

    @Test
    @Tag("R1.5")
    void aCodeOfTheTokenChangesTheLimit() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        bank.bean(Customers.class).limitTransfers(taro.holder, 200_000);
        taro.web.open("/bank");
        taro.web.press(TITLE);
        assertTitle(taro.web, TITLE);
        assertThat(taro.web.facts("振込・振替限度額")).containsExactly("200,000円");
        taro.web.press("変更する");
        assertRefused(taro.web, "新しい限度額を入力してください。");
        assertThat(taro.web.text()).contains("ワンタイムパスワードを入力してください。");
        for (String amount : new String[] {"1,000,001", "0", "-5", "abc", "99999999"}) {
            change(taro, amount, taro.nextCode(phone));
            assertRefused(taro.web, "新しい限度額を1円から1,000,000円までの数字で入力してください。");
            assertThat(taro.web.source()).contains("value=\"" + amount.replace(",", "") + "\"");
        }
        change(taro, "1,000,000", phone.wrongCode());
        assertRefused(taro.web, "ワンタイムパスワードが正しくありません。");
        assertThat(taro.customer().transferLimit()).isEqualTo(200_000);
        change(taro, "1,000,000", phone.code());
        assertTitle(taro.web, "振込・振替限度額変更（完了）");
        assertThat(taro.web.facts("振込・振替限度額")).containsExactly("1,000,000円");
        assertThat(taro.customer().transferLimit()).isEqualTo(1_000_000);
    }

    @Test
    @Tag("R1.2")
    void aSpentCodeDoesNotChangeTheLimit() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        taro.web.open("/bank/limit");
        change(taro, "500000", taro.spent);
        assertRefused(taro.web, "このワンタイムパスワードは使用済みです。");
        assertThat(taro.customer().transferLimit()).isEqualTo(1_000_000);
    }

    @Test
    void withoutATokenTheLimitCannotBeChanged() {
        Person taro = Person.of(bank);
        taro.web.open("/bank/limit");
        assertThat(taro.web.text()).contains("限度額の変更には、ワンタイムパスワードのご利用が必要です。");
        assertThat(taro.web.offers("変更する")).isFalse();
        assertThat(bank.bean(TransferLimits.class).change(taro.holder, 900_000)).isFalse();
        assertThat(taro.customer().transferLimit()).isEqualTo(1_000_000);
    }

    @Test
    void whileTheTokenIsSuspendedThePageSaysSo() {
        Person taro = Person.of(bank);
        taro.useSoftware();
        assertThat(taro.desk()
                        .suspend(taro.holder, SuspensionReason.BROKEN, "test")
                        .isAccepted())
                .isTrue();
        taro.logInWithEmergencyCode();
        taro.web.open("/bank/limit");
        assertThat(taro.web.text())
                .contains("ワンタイムパスワード認証が停止しています。当組合へご連絡ください。")
                .doesNotContain("利用開始後に変更してください。");
        assertThat(taro.web.offers("変更する")).isFalse();
    }

    @Test
    @Tag("R7.5")
    @Tag("R9.5")
    void aRevocationThatIsDeliveredTwiceLowersTheLimitOnceAndNeverRaisesIt() {
        Person taro = Person.of(bank);
        TransferLimits limits = bank.bean(TransferLimits.class);
        TokenEvent revoked = TokenEvent.builder()
                .number(1_000)
                .type(EventType.REVOKED)
                .at(java.time.Instant.EPOCH)
                .build();
        limits.lower(taro.holder, revoked);
        assertThat(taro.customer().transferLimit()).isEqualTo(200_000);
        bank.bean(Customers.class).limitTransfers(taro.holder, 700_000);
        limits.lower(taro.holder, revoked);
        assertThat(taro.customer().transferLimit()).as("delivered again").isEqualTo(700_000);
        bank.bean(Customers.class).limitTransfers(taro.holder, 100_000);
        limits.lower(taro.holder, revoked.toBuilder().number(1_001).build());
        assertThat(taro.customer().transferLimit()).as("a lower limit stays").isEqualTo(100_000);
    }

    @Test
    void aTokenThatEndedMeanwhileDoesNotChangeTheLimit() {
        Person taro = Person.of(bank);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/limit");
        String code = taro.nextCode(phone);
        assertThat(taro.tokens
                        .revoke(
                                taro.holder,
                                Confirmation.NONE.password(Person.CONFIRMATION).code(code))
                        .isAccepted())
                .isTrue();
        change(taro, "900000", taro.nextCode(phone));
        assertRefused(taro.web, "登録状況が変わったため、お手続きできません。");
    }

    @Test
    void thePageIsInEnglishToo() {
        Person taro = Person.of(bank, Locale.ENGLISH);
        FakeAuthenticator phone = taro.useSoftware();
        taro.web.open("/bank/limit");
        taro.web.fill("New limit", "300000");
        taro.web.fill("One-time password", taro.nextCode(phone));
        taro.web.press("Change");
        assertThat(taro.web.title()).isEqualTo("Change the transfer limit (changed)");
        assertThat(taro.web.facts("Transfer limit")).containsExactly("300,000 yen");
    }

    private static void change(Person person, String amount, String code) {
        person.web.fill("新しい限度額", amount);
        person.web.fill("ワンタイムパスワード", code);
        person.web.press("変更する");
    }
}
