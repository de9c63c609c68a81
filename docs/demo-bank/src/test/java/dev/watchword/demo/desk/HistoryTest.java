package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history in sentences, its verification and its download. */
class HistoryTest {
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

    private static HttpVisitor history(String loginId) {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/" + loginId);
        operator.press(text("desk.history"));
        return operator;
    }

    @Test
    void eventsAreToldPageByPage() {
        Holder holder = branch.add("pico", "おいらせ 光");
        branch.activate(holder);
        for (int i = 0; i < 10; i++) {
            branch.desk().suspend(holder, SuspensionReason.OTHER, "number " + i).orElseThrow();
            branch.desk().resume(holder, "number " + i).orElseThrow();
        }
        HttpVisitor operator = history("pico");
        assertThat(operator.title()).isEqualTo("History of おいらせ 光");
        assertThat(operator.text()).contains(text("desk.history.intact", 25));
        assertThat(operator.facts("1").get(0))
                .matches("[0-9]{1,2} [A-Za-z]+ [0-9]{4}, [0-9:]{8} Japan time: The confirmation password was set\\.");
        assertThat(operator.facts("20")).hasSize(1);
        operator.press(text("desk.history.newest"));
        assertThat(operator.texts("main tbody th")).hasSize(20).startsWith("6").endsWith("25");
        operator.open("/desk/holders/pico/history");
        operator.press(text("desk.history.next"));
        assertThat(operator.facts("25").get(0))
                .contains("was resumed. By suzuki. In the words of the operator: “number 9”");
        assertThat(operator.offers(text("desk.history.next"))).isFalse();
        operator.press(text("desk.history.earlier"));
        assertThat(operator.texts("main tbody th")).hasSize(20).startsWith("1").endsWith("20");
        assertThat(operator.offers(text("desk.history.earlier"))).isFalse();
    }

    /** The customer has one event already. */
    @Test
    void aFullLastPageHasNoNextPage() {
        Holder holder = branch.add("noa", "野辺地 乃亜");
        for (int i = 0; i < 19; i++) {
            branch.tokens().setConfirmationPassword(holder, "kakunin" + i).orElseThrow();
        }
        HttpVisitor operator = history("noa");
        assertThat(operator.texts("main tbody th")).hasSize(20).endsWith("20");
        assertThat(operator.offers(text("desk.history.next"))).isFalse();
        assertThat(operator.offers(text("desk.history.earlier"))).isFalse();
    }

    @Test
    @Tag("R9.3")
    void aHistoryThatWasAlteredInTheDatabaseIsNotIntact() {
        Holder holder = branch.add("rei", "三戸 怜");
        branch.activate(holder);
        branch.desk().suspend(holder, SuspensionReason.STOLEN, "at the station").orElseThrow();
        assertThat(history("rei").text()).contains(text("desk.history.intact", 6));
        int rows = branch.bean(JdbcClient.class)
                .sql("UPDATE otp_event SET operator = 'sato' WHERE holder = 'rei' AND event_number = 6")
                .update();
        assertThat(rows).isOne();
        HttpVisitor operator = history("rei");
        assertThat(operator.text())
                .contains(text("desk.history.broken"), "Event 6: was altered")
                .doesNotContain("The history is intact");
    }

    @Test
    void anAlteredRegistrationIsReported() {
        Holder holder = branch.add("sena", "五戸 瀬名");
        branch.activate(holder);
        branch.bean(JdbcClient.class)
                .sql("UPDATE otp_enrolment SET mail_address = 'thief@bank.example' WHERE holder = 'sena'")
                .update();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/sena/history");
        assertThat(operator.text()).contains(text("desk.history.row"));
    }

    @Test
    @Tag("R9.7")
    void theDownloadHasOneObjectForEachEvent() {
        branch.add("towa", "田子 永遠");
        HttpVisitor operator = history("towa");
        operator.press(text("desk.history.export"));
        assertThat(operator.header("Content-Disposition")).hasValue("attachment; filename=\"history.jsonl\"");
        assertThat(operator.header("Content-Type").orElse("")).startsWith("application/jsonl");
        assertThat(operator.body().lines())
                .singleElement()
                .asString()
                .startsWith("{\"format\":1,")
                .contains("\"type\":\"PASSWORD_SET\"");
    }
}
