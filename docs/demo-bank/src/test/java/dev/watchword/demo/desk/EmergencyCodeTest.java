package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator issues an emergency code, which logs the customer in once. */
class EmergencyCodeTest {
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

    private static HttpVisitor issue(String loginId) {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/" + loginId);
        operator.press(text("desk.action.EMERGENCY_CODES"));
        operator.fill(text("desk.field.reason"), "lost on a journey; called back");
        operator.press(text("desk.submit.EMERGENCY_CODES"));
        return operator;
    }

    @Test
    @Tag("R14.1")
    void theCodeIsShownOnceAndLogsTheCustomerIn() {
        Holder holder = branch.add("maki", "東北 真希");
        branch.activate(holder);
        branch.desk().suspend(holder, SuspensionReason.LOST, "lost").orElseThrow();
        HttpVisitor operator = issue("maki");
        String code = operator.facts(text("desk.codes.code")).get(0);
        assertThat(code).matches("[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}");
        assertThat(operator.title()).isEqualTo(text("desk.codes.title"));
        assertThat(operator.header("Cache-Control").orElse("")).contains("no-store");

        operator.open(operator.path());
        assertThat(operator.text()).contains(text("desk.codes.gone")).doesNotContain(code);

        HttpVisitor customer = branch.customer(holder);
        assertThat(customer.path()).isEqualTo("/code");
        customer.post("/login/code", Map.of("emergencyCode", code, "_csrf", customer.csrf()));
        assertThat(customer.path()).isEqualTo("/bank");

        HttpVisitor again = branch.customer(holder);
        again.post("/login/code", Map.of("emergencyCode", code, "_csrf", again.csrf()));
        assertThat(again.path()).isEqualTo("/code");
        assertThat(branch.institution().histories().read(holder, 0, 100).stream().map(TokenEvent::type))
                .contains(EventType.EMERGENCY_CODE_ACCEPTED);
    }

    @Test
    void theSessionNeverHasTheCodeInTheClear() {
        Holder holder = branch.add("nana", "六戸 奈々");
        branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/nana/emergency-codes");
        String csrf = operator.csrf();
        operator.stay("/desk/holders/nana/emergency-codes", Map.of("reason", "called back", "_csrf", csrf));
        assertThat(operator.status()).isEqualTo(302);
        List<byte[]> attributes = branch.bean(JdbcClient.class)
                .sql("SELECT attribute_bytes FROM spring_session_attributes")
                .query((row, number) -> row.getBytes(1))
                .list();
        operator.open("/desk/holders/nana/issued-codes");
        String code = operator.facts(text("desk.codes.code")).get(0);
        assertThat(attributes).isNotEmpty();
        assertThat(attributes).noneMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(code));
        assertThat(attributes)
                .anyMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("sealedCodes"));
    }

    @Test
    void aCustomerWithoutATokenGetsNoCode() {
        branch.add("oto", "七戸 音");
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/oto/emergency-codes");
        operator.press(text("desk.submit.EMERGENCY_CODES"));
        assertThat(operator.text()).contains(text("desk.error.reason"));
        operator.fill(text("desk.field.reason"), "called back");
        operator.press(text("desk.submit.EMERGENCY_CODES"));
        assertThat(operator.text()).contains("The holder has no token in use.");
    }
}
