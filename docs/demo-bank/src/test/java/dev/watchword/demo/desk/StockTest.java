package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.StockState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stock of hardware tokens by state, and withdrawals from it. */
class StockTest {
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

    private static StockState state(String serial) {
        return branch.institution().stock().state(serial).orElseThrow();
    }

    @Test
    void theStockIsReadPageByPage() {
        branch.stock(
                IntStream.range(0, 25).mapToObj(i -> "40440000" + (100 + i)).toArray(String[]::new));
        String batch = branch.batch();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock?batch=" + batch + "&after=4044000");
        assertThat(operator.facts("40440000100")).contains(batch);
        assertThat(operator.count("main tbody tr")).isEqualTo(20);
        operator.press(text("desk.stock.next"));
        assertThat(operator.facts("40440000124")).contains(batch);
        assertThat(operator.text()).doesNotContain("40440000119");
    }

    /** The sample data has two tokens with a keypad. */
    @Test
    void theStockShowsWhichTokensSign() {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock?batch=batch-1-keypad.xm&after=1");
        assertThat(operator.facts("101199980031")).contains("yes, with its keypad");
        operator.open("/desk/stock/token?serial=101199980031");
        assertThat(operator.facts(text("desk.facts.signs"))).containsExactly("yes, with its keypad");
        assertThat(operator.facts(text("desk.facts.expires")).get(0)).endsWith("Japan time");
    }

    @Test
    void oneTokenIsFoundWithItsCustomer() {
        Holder holder = branch.add("waka", "階上 和歌");
        branch.stock("50550000001", "50550000002");
        branch.desk().orderHardware(holder, "at the counter").orElseThrow();
        branch.desk().assign(holder, "50550000001").orElseThrow();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock");
        operator.fill(text("desk.field.serialNumber"), "50550000001");
        operator.press(text("desk.stock.find"));
        assertThat(operator.facts(text("desk.stock.states"))).containsExactly(text("desk.stock.ASSIGNED"));
        assertThat(operator.facts(text("desk.stock.holder"))).containsExactly("waka 階上 和歌");
        assertThat(operator.facts(text("desk.stock.batch"))).containsExactly(branch.batch());
        assertThat(operator.facts(text("desk.facts.signs"))).containsExactly("no, it has no keypad");
        assertThat(operator.facts(text("desk.facts.expires")).get(0)).endsWith("Japan time");
        assertThat(operator.offers(text("desk.withdraw.title"))).isFalse();
        operator.open("/desk/stock?state=ASSIGNED");
        assertThat(operator.facts("50550000001")).contains("waka 階上 和歌");
        branch.desk().revoke(holder, "the contract has ended").orElseThrow();
        operator.open("/desk/stock/token?serial=50550000001");
        assertThat(operator.text()).contains(text("desk.token.ended")).doesNotContain(text("desk.facts.expires"));
        operator.open("/desk/stock/token?serial=50559999999");
        assertThat(operator.text()).contains(text("desk.token.unknown"));
    }

    @Test
    @Tag("R5.5")
    void oneTokenIsWithdrawnWithAReason() {
        branch.stock("60660000001");
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock/token?serial=60660000001");
        operator.press(text("desk.withdraw.title"));
        operator.press(text("desk.withdraw.submit"));
        assertThat(operator.title()).isEqualTo("Error: " + text("desk.withdraw.title"));
        assertThat(operator.text()).contains(text("desk.error.reason"));
        assertThat(state("60660000001")).isEqualTo(StockState.AVAILABLE);

        operator.fill(text("desk.field.reason"), "the display is dark");
        operator.press(text("desk.withdraw.submit"));
        assertThat(operator.text()).contains(text("desk.stock.withdrawn", 1));
        assertThat(operator.facts("60660000001").get(1)).endsWith(", by sato: the display is dark");
        assertThat(state("60660000001")).isEqualTo(StockState.WITHDRAWN);

        operator.open("/desk/stock/token?serial=60660000001");
        assertThat(operator.facts(text("desk.stock.batch"))).containsExactly(branch.batch());
        assertThat(operator.facts(text("desk.stock.withdrawal")).get(0)).endsWith(", by sato: the display is dark");

        operator.open("/desk/stock/withdraw?serial=60660000001");
        operator.fill(text("desk.field.reason"), "once more");
        operator.press(text("desk.withdraw.submit"));
        assertThat(operator.text()).contains("The hardware token is not in stock");
    }

    @Test
    @Tag("R12.3")
    void aBatchIsWithdrawnAfterADryRunThatChangesNothing() {
        Holder holder = branch.add("yoko", "南部 洋子");
        branch.stock("70770000001", "70770000002", "70770000003");
        branch.desk().orderHardware(holder, "at the counter").orElseThrow();
        branch.desk().assign(holder, "70770000002").orElseThrow();
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock");
        operator.press(text("desk.bulk.title"));
        operator.fill(text("desk.bulk.batch"), branch.batch());
        operator.fill(text("desk.field.reason"), "recalled by the maker");
        operator.press(text("desk.bulk.submit"));
        assertThat(operator.text())
                .contains("2 tokens would be withdrawn", "70770000001", "70770000003")
                .doesNotContain("70770000002");
        assertThat(operator.query()).doesNotContain("recalled").doesNotContain(branch.batch());
        assertThat(state("70770000001")).isEqualTo(StockState.AVAILABLE);

        operator.press(text("desk.plan.run", 2));
        assertThat(operator.text()).contains(text("desk.stock.withdrawn", 2));
        assertThat(state("70770000001")).isEqualTo(StockState.WITHDRAWN);
        assertThat(state("70770000002")).isEqualTo(StockState.ASSIGNED);
    }

    @Test
    void aRangeIsWithdrawn() {
        branch.stock("80880000001", "80880000002", "80880000003");
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock/withdraw-many");
        operator.fill(text("desk.bulk.first"), "80880000003");
        operator.fill(text("desk.bulk.last"), "80880000001");
        operator.fill(text("desk.field.reason"), "a wet box");
        operator.press(text("desk.bulk.submit"));
        assertThat(operator.text()).contains(text("desk.error.last.order"));
        operator.fill(text("desk.bulk.first"), "80880000001");
        operator.fill(text("desk.bulk.last"), "80880000002");
        operator.press(text("desk.bulk.submit"));
        operator.press(text("desk.plan.run", 2));
        assertThat(state("80880000002")).isEqualTo(StockState.WITHDRAWN);
        assertThat(state("80880000003")).isEqualTo(StockState.AVAILABLE);
    }

    @Test
    void eachErrorOfAWithdrawalHasItsSentence() {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock/withdraw-many");
        operator.press(text("desk.bulk.submit"));
        assertThat(errors(operator)).containsExactly(text("desk.error.batch"), text("desk.error.reason"));
        operator.fill(text("desk.bulk.batch"), "two words");
        operator.press(text("desk.bulk.submit"));
        assertThat(errors(operator)).containsExactly(text("desk.error.batch.name"), text("desk.error.reason"));
        operator.fill(text("desk.bulk.last"), "80880000001");
        operator.press(text("desk.bulk.submit"));
        assertThat(errors(operator)).containsExactly(text("desk.error.batch"), text("desk.error.reason"));
        operator.fill(text("desk.bulk.batch"), "");
        operator.fill(text("desk.field.reason"), " a wet box");
        operator.press(text("desk.bulk.submit"));
        assertThat(errors(operator)).containsExactly(text("desk.error.first"));
        operator.fill(text("desk.bulk.first"), "80880000001");
        operator.press(text("desk.bulk.submit"));
        assertThat(errors(operator)).containsExactly(text("desk.error.reason"));
    }

    private static List<String> errors(HttpVisitor operator) {
        return operator.texts("[role=alert] a");
    }

    @Test
    void aPlanIsShownAgainAfterTenMinutes() {
        branch.stock("90990000001");
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock/withdraw-many");
        operator.fill(text("desk.bulk.batch"), branch.batch());
        operator.fill(text("desk.field.reason"), "a wet box");
        operator.press(text("desk.bulk.submit"));
        branch.move(Duration.ofMinutes(10));
        operator.press(text("desk.plan.run", 1));
        assertThat(errors(operator)).containsExactly(text("desk.error.batch.over"));
        assertThat(state("90990000001")).isEqualTo(StockState.AVAILABLE);

        operator.press(text("desk.bulk.submit"));
        branch.move(Duration.ofMinutes(9));
        operator.press(text("desk.plan.run", 1));
        assertThat(state("90990000001")).isEqualTo(StockState.WITHDRAWN);
    }

    @Test
    void aPlanIsShownAgainIfTheStockHasChanged() {
        branch.stock("81880000001");
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock/withdraw-many");
        operator.fill(text("desk.bulk.first"), "81880000001");
        operator.fill(text("desk.bulk.last"), "81880000002");
        operator.fill(text("desk.field.reason"), "a wet box");
        operator.press(text("desk.bulk.submit"));
        branch.stock("81880000002");
        operator.press(text("desk.plan.run", 1));
        assertThat(operator.text()).contains(text("desk.plan.changed"), "81880000002");
        assertThat(state("81880000001")).isEqualTo(StockState.AVAILABLE);

        operator.press(text("desk.plan.run", 2));
        assertThat(state("81880000002")).isEqualTo(StockState.WITHDRAWN);
    }

    @Test
    void aPlanThatTheBankDidNotMakeIsNotRun() {
        HttpVisitor operator = branch.operator();
        operator.post("/desk/stock/withdraw-many/run", Map.of("plan", "AAAA", "shown", "1", "_csrf", operator.csrf()));
        assertThat(operator.status()).isEqualTo(404);
    }
}
