package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of the desk, each with its pages. */
class ListsTest {
    private static final int MORE_THAN_A_PAGE = 23;
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

    private static HttpVisitor list(String parameters) {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/lists?list=" + parameters);
        return operator;
    }

    /** Returns the number of rows on all pages, and fails if a holder is listed twice or the address names one. */
    private static long rows(HttpVisitor operator, String prefix) {
        Set<String> seen = new HashSet<>();
        while (true) {
            for (String holder : operator.texts("main tbody th")) {
                assertThat(seen.add(holder)).as(holder).isTrue();
            }
            assertThat(operator.query()).doesNotContain(prefix);
            if (!operator.offers(text("desk.lists.next"))) {
                return seen.stream().filter(holder -> holder.startsWith(prefix)).count();
            }
            operator.press(text("desk.lists.next"));
        }
    }

    @Test
    void suspendedCustomersFillTwoPages() {
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            branch.desk()
                    .suspendHolder(new Holder("frozen-" + i), SuspensionReason.OTHER, "a test")
                    .orElseThrow();
        }
        assertThat(rows(list("suspended-holders"), "frozen-")).isEqualTo(MORE_THAN_A_PAGE);
    }

    @Test
    void waitingOrdersFillTwoPages() {
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            branch.desk().orderHardware(new Holder("waiting-" + i), "a test").orElseThrow();
        }
        HttpVisitor operator = list("pending");
        assertThat(operator.text()).contains("Hardware token").contains("ordered");
        assertThat(rows(operator, "waiting-")).isEqualTo(MORE_THAN_A_PAGE);
    }

    @Test
    @Tag("R12.2")
    void activeTokensAreListedByExpiryUseAndSuspension() {
        int customers = 21;
        for (int i = 0; i < customers; i++) {
            branch.activate(branch.add("user-" + i, "利用者 " + i));
        }
        String day = LocalDate.ofInstant(branch.bean(Clock.class).instant(), ZoneOffset.UTC)
                .plusDays(1)
                .toString();
        assertThat(rows(list("expiring&days=1"), "user-")).isZero();
        assertThat(rows(list("expiring&days=1900"), "user-")).isEqualTo(customers);
        assertThat(rows(list("unused&since=" + day), "user-")).isEqualTo(customers);
        HttpVisitor unused = list("unused&since=" + day);
        assertThat(unused.texts("thead th").subList(0, 2))
                .containsExactly(text("desk.lists.holder"), text("desk.lists.at.UNUSED"));
        assertThat(unused.texts("main tbody th")).allMatch(text -> text.matches("user-([0-9]+) 利用者 \\1"));
        assertThat(unused.texts("main tbody th + td")).allMatch(text -> text.matches("[0-9]{1,2} [A-Za-z]+ [0-9]{4}"));
        assertThat(rows(list("unused"), "user-")).isZero();
        assertThat(rows(list("suspended"), "user-")).isZero();
        for (int i = 0; i < customers; i++) {
            branch.desk()
                    .suspend(new Holder("user-" + i), SuspensionReason.LOST, "a test")
                    .orElseThrow();
        }
        HttpVisitor suspended = list("suspended");
        assertThat(suspended.text()).contains("Lost");
        assertThat(rows(suspended, "user-")).isEqualTo(customers);
    }

    @Test
    void theChosenListAndItsPeriodAreKept() {
        branch.move(Duration.ofDays(1));
        HttpVisitor operator = list("expiring");
        operator.fill(text("desk.lists.days"), "30");
        operator.press(text("desk.lists.show"));
        assertThat(operator.title()).isEqualTo("Lists: Expiring");
        assertThat(operator.query()).contains("days=30");
        operator.press(text("desk.list.UNUSED"));
        operator.fill(text("desk.lists.since"), "2020-01-01");
        operator.press(text("desk.lists.show"));
        assertThat(operator.text()).contains(text("desk.lists.none"));
        operator.open("/desk/lists?list=unused&since=yesterday");
        assertThat(operator.status()).isEqualTo(400);
        operator.open("/desk/lists?list=unused&since=2020-01-01&after=forged");
        assertThat(operator.status()).isEqualTo(200);
    }
}
