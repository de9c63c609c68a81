package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator orders, assigns and sends hardware tokens, and replaces lost tokens. */
class ReplacementTest {
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

    private static void act(HttpVisitor operator, DeskAction action) {
        operator.press(text("desk.submit." + action));
        assertThat(operator.text()).contains(text("desk.done." + action));
    }

    @Test
    void aHardwareTokenIsOrderedAssignedSentAndActivated() {
        Holder holder = branch.add("goro", "今別 五郎");
        FakeAuthenticator display = branch.stock("30330000001", "30330000002").get(1);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/goro");
        operator.press(text("desk.action.ORDER"));
        operator.fill(text("desk.field.reason"), "at the counter");
        act(operator, DeskAction.ORDER);

        operator.open("/desk");
        operator.press("goro");
        operator.press(text("desk.action.ASSIGN"));
        assertThat(operator.facts(text("desk.address"))).containsExactly("青森市新町2-2");
        assertThat(operator.count("datalist option[value=30330000001]")).isOne();
        operator.fill(text("desk.field.serialNumber"), "30330000002");
        act(operator, DeskAction.ASSIGN);

        operator.press(text("desk.action.SEND"));
        assertThat(operator.facts(text("desk.address"))).containsExactly("青森市新町2-2");
        act(operator, DeskAction.SEND);
        assertThat(operator.facts(text("desk.facts.order"))).containsExactly("sent");
        assertThat(branch.tokens()
                        .activateHardware(holder, "30330000002", Confirmation.NONE.code(display.code()))
                        .isAccepted())
                .isTrue();
    }

    @Test
    void aSerialNumberThatIsNotInStockIsRefused() {
        Holder holder = branch.add("haru", "外ヶ浜 春");
        branch.desk().orderHardware(holder, "at the counter").orElseThrow();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/haru/assign");
        operator.fill(text("desk.field.serialNumber"), "99999999999");
        operator.press(text("desk.submit.ASSIGN"));
        assertThat(operator.text()).contains("The hardware token is not in stock");
        operator.fill(text("desk.field.serialNumber"), "x");
        operator.press(text("desk.submit.ASSIGN"));
        assertThat(operator.text()).contains(text("desk.error.serialNumber"));
        assertThat(operator.count("#serialNumber[aria-invalid=true]")).isOne();
    }

    @Test
    void aLostTokenIsReplacedByAHardwareToken() {
        Holder holder = branch.add("isao", "蓬田 功");
        FakeAuthenticator lost = branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/isao");
        operator.press(text("desk.action.REPLACE_WITH_HARDWARE"));
        operator.choose(text("desk.field.kind"), text("desk.kind.LOST"));
        operator.fill(text("desk.field.reason"), "lost on a journey");
        act(operator, DeskAction.REPLACE_WITH_HARDWARE);
        assertThat(branch.tokens().verify(holder, lost.code(), Purpose.LOGIN).isAccepted())
                .isFalse();
        assertThat(branch.registration(holder).loginAsksForCode()).isTrue();

        operator.press(text("desk.action.CANCEL"));
        operator.fill(text("desk.field.reason"), "it was found");
        act(operator, DeskAction.CANCEL);
        assertThat(branch.registration(holder).pending()).isNull();
    }

    @Test
    void aTokenThatSignsLessIsAssignedOnlyAfterTheBoxIsChecked() {
        Holder holder = branch.add("kei", "風間浦 圭");
        branch.activate(holder);
        branch.stock("30440000001");
        branch.desk()
                .replaceWithHardware(holder, SuspensionReason.BROKEN, "the screen")
                .orElseThrow();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/kei/assign");
        assertThat(operator.facts(text("desk.assign.signs"))).containsExactly("yes, in the app");
        assertThat(operator.count("option[value=30440000001][label=no, it has no keypad]"))
                .isOne();
        assertThat(operator.count("#sure")).isZero();
        operator.fill(text("desk.field.serialNumber"), "30440000001");
        operator.press(text("desk.submit.ASSIGN"));
        assertThat(operator.text()).contains(text("desk.error.sure.ASSIGN"));
        assertThat(branch.institution().stock().state("30440000001")).hasValue(StockState.AVAILABLE);

        operator.check(text("desk.field.sure.ASSIGN"));
        act(operator, DeskAction.ASSIGN);
    }

    @Test
    void aTokenWithAKeypadIsAssignedAtOnce() {
        Holder holder = branch.add("rui", "佐井 塁");
        branch.activate(holder);
        branch.desk()
                .replaceWithHardware(holder, SuspensionReason.BROKEN, "the screen")
                .orElseThrow();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/rui/assign");
        operator.fill(text("desk.field.serialNumber"), "101199980031");
        act(operator, DeskAction.ASSIGN);
    }

    @Test
    void aTokenThatExpiresStaysInUseBesideItsSoftwareSuccessor() {
        Holder holder = branch.add("jun", "中泊 純");
        FakeAuthenticator old = branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/jun/replace-with-software");
        assertThat(operator.texts("select[name=kind] option")).doesNotContain(text("desk.kind.STAYS_IN_USE"));
        operator.post(
                "/desk/holders/jun/replace-with-hardware",
                Map.of("kind", "STAYS_IN_USE", "reason", "too early", "_csrf", operator.csrf()));
        assertThat(operator.text()).contains(text("desk.error.kind"));
        assertThat(branch.registration(holder).pending()).isNull();
        Instant expiry =
                Objects.requireNonNull(branch.registration(holder).token()).expiresAt();
        branch.move(Duration.between(branch.bean(Clock.class).instant(), expiry.minus(Duration.ofDays(89))));
        operator.open("/desk/holders/jun/replace-with-software");
        operator.choose(text("desk.field.kind"), text("desk.kind.STAYS_IN_USE"));
        operator.fill(text("desk.field.mailAddress"), "jun@bank.example");
        operator.fill(text("desk.field.mailAddressAgain"), "other@bank.example");
        operator.fill(text("desk.field.activationPassword"), "8642");
        operator.fill(text("desk.field.activationPasswordAgain"), "8642");
        operator.press(text("desk.submit.REPLACE_WITH_SOFTWARE"));
        assertThat(operator.text()).contains(text("desk.error.mailAddressAgain"), text("desk.error.reason"));
        assertThat(operator.source()).contains("jun@bank.example").doesNotContain("8642");

        operator.fill(text("desk.field.mailAddressAgain"), "jun@bank.example");
        operator.fill(text("desk.field.activationPassword"), Branch.ACTIVATION_PASSWORD);
        operator.fill(text("desk.field.activationPasswordAgain"), Branch.ACTIVATION_PASSWORD);
        operator.fill(text("desk.field.reason"), "at the counter");
        act(operator, DeskAction.REPLACE_WITH_SOFTWARE);
        assertThat(branch.tokens().verify(holder, old.code(), Purpose.LOGIN).isAccepted())
                .isTrue();

        FakeAuthenticator app = branch.app(
                Objects.requireNonNull(branch.registration(holder).userId()).value());
        assertThat(branch.tokens()
                        .activateSoftware(holder, Confirmation.NONE.code(app.code()))
                        .isAccepted())
                .isTrue();
    }

    @Test
    void aBrokenTokenIsReplacedBySoftware() {
        Holder holder = branch.add("kana", "横浜 加奈");
        branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/kana/replace-with-software");
        operator.choose(text("desk.field.kind"), text("desk.kind.BROKEN"));
        operator.fill(text("desk.field.mailAddress"), Branch.MAIL);
        operator.fill(text("desk.field.mailAddressAgain"), Branch.MAIL);
        operator.fill(text("desk.field.activationPassword"), Branch.ACTIVATION_PASSWORD);
        operator.fill(text("desk.field.activationPasswordAgain"), Branch.ACTIVATION_PASSWORD);
        operator.fill(text("desk.field.reason"), "it fell into the sea");
        act(operator, DeskAction.REPLACE_WITH_SOFTWARE);
        assertThat(branch.registration(holder).status()).isEqualTo(RegistrationStatus.SUSPENDED);
    }

    @Test
    void countersOfFactorsAreReset() {
        Holder holder = branch.add("leo", "佐井 玲央");
        for (int i = 0; i < 5; i++) {
            Object unused = branch.tokens().orderHardware(holder, Confirmation.NONE.password("wrong123"));
        }
        Confirmation right = Confirmation.NONE.password(Branch.CONFIRMATION_PASSWORD);
        assertThat(branch.tokens().orderHardware(holder, right).isAccepted()).isFalse();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/leo");
        operator.press(text("desk.action.RESET_FACTORS"));
        operator.fill(text("desk.field.reason"), "passport seen");
        act(operator, DeskAction.RESET_FACTORS);
        assertThat(branch.tokens().orderHardware(holder, right).isAccepted()).isTrue();
    }
}
