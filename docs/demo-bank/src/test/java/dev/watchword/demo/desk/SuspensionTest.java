package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.demo.visit.Texts;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator stops tokens and customers, and lets them go on. */
class SuspensionTest {
    private static Branch branch;

    @BeforeAll
    static void open() {
        branch = new Branch();
    }

    @AfterAll
    static void close() {
        branch.close();
    }

    private static String text(String key, Object... values) {
        return branch.texts.of(key, values);
    }

    private static Refused<Registration> enterWrong(Holder holder, FakeAuthenticator app) {
        Outcome<Registration> outcome = branch.tokens().verify(holder, app.wrongCode(), Purpose.LOGIN);
        return (Refused<Registration>) outcome;
    }

    @Test
    @Tag("R2.3")
    void aTokenWithFiveWrongCodesIsResumedWithAReasonAndANewCount() {
        Holder holder = branch.add("kenji", "五所川原 健二");
        FakeAuthenticator app = branch.activate(holder);
        for (int i = 0; i < 5; i++) {
            enterWrong(holder, app);
        }
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/kenji");
        assertThat(operator.facts(text("desk.facts.status"))).containsExactly(text("desk.status.SUSPENDED"));
        assertThat(operator.text()).contains("too many wrong codes in a row. If it is safe, make sure who asks");

        operator.press(text("desk.action.RESUME"));
        operator.press(text("desk.submit.RESUME"));
        assertThat(operator.title()).isEqualTo("Error: " + text("desk.action.RESUME"));
        assertThat(operator.text()).contains(text("desk.error.reason"));
        assertThat(branch.registration(holder).status()).isEqualTo(RegistrationStatus.SUSPENDED);

        operator.fill(text("desk.field.reason"), "called back, passport seen");
        operator.press(text("desk.submit.RESUME"));
        assertThat(operator.text()).contains(text("desk.done.RESUME"));
        assertThat(operator.facts(text("desk.facts.status"))).containsExactly(text("desk.status.ACTIVE"));
        assertThat(operator.offers(text("desk.action.RESUME"))).isFalse();

        assertThat(enterWrong(holder, app).triesLeft()).hasValue(4);
        assertThat(branch.tokens().verify(holder, app.code(), Purpose.LOGIN).isAccepted())
                .isTrue();
        operator.open("/desk/holders/kenji/history");
        assertThat(operator.text())
                .contains("was resumed. By sato. In the words of the operator: “called back, passport seen”");
    }

    @Test
    void anotherResumptionIsRefusedInASentence() {
        Holder holder = branch.add("mika", "黒石 美香");
        branch.activate(holder);
        branch.desk().suspend(holder, SuspensionReason.OTHER, "a test").orElseThrow();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/mika/resume");
        branch.desk().resume(holder, "somebody was faster").orElseThrow();
        operator.fill(text("desk.field.reason"), "too late");
        operator.press(text("desk.submit.RESUME"));
        assertThat(operator.text()).contains("The token or the holder is not suspended.");
        assertThat(operator.path()).isEqualTo("/desk/holders/mika/resume");
    }

    @Test
    void aSuspendedTokenEndsTheCustomersSessionButNotTheOperators() {
        Holder holder = branch.add("naomi", "三沢 直美");
        HttpVisitor both = branch.customer(holder);
        both.open("/bank");
        assertThat(both.path()).isEqualTo("/bank");
        branch.activate(holder);
        both.open("/desk/login");
        both.fill(text("desk.login.name"), "sato");
        both.fill(text("login.password"), "desk-demo-1");
        both.press(text("login.submit"));

        both.open("/desk/holders/naomi/suspend");
        both.fill(text("desk.field.reason"), "reported by telephone");
        both.press(text("desk.submit.SUSPEND"));
        assertThat(both.text()).contains(text("desk.error.kind"));
        both.choose(text("desk.field.kind"), text("desk.kind.STOLEN"));
        both.press(text("desk.submit.SUSPEND"));
        assertThat(both.text()).contains(text("desk.done.SUSPEND"));
        assertThat(both.facts(text("desk.facts.suspended")).get(0))
                .startsWith("Stolen, since ")
                .endsWith(", by sato");
        both.open("/bank");
        assertThat(both.path()).isEqualTo("/login");
        both.open("/desk");
        assertThat(both.path()).isEqualTo("/desk");
    }

    @Test
    @Tag("R2.4")
    void aCustomerIsSuspendedAndResumed() {
        Holder holder = branch.add("ryo", "平川 涼");
        FakeAuthenticator app = branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/ryo");
        operator.press(text("desk.action.SUSPEND_HOLDER"));
        operator.choose(text("desk.field.kind"), text("desk.kind.FRAUD_SUSPECTED"));
        operator.fill(text("desk.field.reason"), "transfers to an unknown payee");
        operator.press(text("desk.submit.SUSPEND_HOLDER"));
        assertThat(operator.facts(text("desk.facts.suspension")).get(0)).startsWith("Fraud is suspected, since ");
        assertThat(enterWrong(holder, app).refusal()).isEqualTo(Refusal.HOLDER_SUSPENDED);
        assertThat(operator.offers(text("desk.action.SUSPEND_HOLDER"))).isFalse();

        operator.press(text("desk.action.RESUME_HOLDER"));
        operator.fill(text("desk.field.reason"), "the payee is her landlord");
        operator.press(text("desk.submit.RESUME_HOLDER"));
        assertThat(operator.text()).contains(text("desk.done.RESUME_HOLDER"));
        assertThat(branch.tokens().verify(holder, app.code(), Purpose.LOGIN).isAccepted())
                .isTrue();
    }

    @Test
    @Tag("R12.1")
    void thePageIsInTheLanguageOfTheOperator() {
        Holder holder = branch.add("shin", "深浦 真");
        branch.activate(holder);
        branch.desk().suspend(holder, SuspensionReason.LOST, "電話で連絡").orElseThrow();
        Texts japanese = new Texts(Locale.JAPANESE);
        HttpVisitor operator = branch.operator(japanese);
        operator.open("/desk/holders/shin");
        assertThat(operator.title()).isEqualTo("お客様 深浦 真");
        assertThat(operator.facts("登録状況")).containsExactly("認証停止");
        assertThat(operator.text()).contains("紛失");
        operator.press("トークンの停止解除");
        operator.fill("理由", "見つかった");
        operator.press("停止を解除する");
        assertThat(operator.text()).contains("トークンの停止を解除しました。");
    }
}
