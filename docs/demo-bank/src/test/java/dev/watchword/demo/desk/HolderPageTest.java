package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The search for a customer, and the customer's page with the actions that the state allows. */
class HolderPageTest {
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

    private static HttpVisitor search(String typed) {
        HttpVisitor operator = branch.operator();
        operator.fill(text("desk.search.label"), typed);
        operator.press(text("desk.search.submit"));
        return operator;
    }

    private static List<DeskAction> offered(Holder holder) {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/" + holder.value());
        return Stream.of(DeskAction.values())
                .filter(action -> operator.offers(text("desk.action." + action)))
                .toList();
    }

    @Test
    void aCustomerIsFoundByEachNumberAndByAPartOfTheName() {
        Holder holder = branch.add("saki-01", "むつ 咲");
        branch.stock("20220000001");
        branch.desk().orderHardware(holder, "at the counter").orElseThrow();
        branch.desk().assign(holder, "20220000001").orElseThrow();
        String userId =
                Objects.requireNonNull(branch.registration(holder).userId()).value();
        for (String typed : List.of("saki-01", userId, "20220000001", "２０２２０００００01", "むつ咲", "つ　咲")) {
            HttpVisitor operator = search(typed);
            assertThat(operator.facts("saki-01")).as(typed).containsExactly("むつ 咲");
            assertThat(operator.path()).isEqualTo("/desk");
        }
        HttpVisitor operator = search("むつ");
        operator.pressIn("saki-01", "saki-01");
        assertThat(operator.title()).isEqualTo("Customer むつ 咲");
    }

    @Test
    void aSearchFindsNothingForWildcardsPartsOfNumbersAndUnknownNames() {
        branch.add("tomo", "鰺ヶ沢 智");
        for (String typed : List.of("%", "_", "tom", "999", "!")) {
            assertThat(search(typed).text()).as(typed).contains(text("desk.search.none"));
        }
    }

    @Test
    void anEmptySearchIsReported() {
        assertThat(search(" 　").text()).contains(text("desk.search.empty")).doesNotContain(text("desk.search.none"));
    }

    @Test
    void theAddressOfASearchDoesNotShowTheName() {
        branch.add("umi", "大鰐 海");
        HttpVisitor operator = branch.operator();
        operator.post("/desk/search", Map.of("text", "umi", "_csrf", operator.csrf()));
        assertThat(operator.query()).startsWith("q=").doesNotContain("umi");
    }

    @Test
    void eachStateOffersItsActions() {
        Holder holder = branch.add("aki", "藤崎 亜紀");
        assertThat(offered(holder))
                .containsExactly(
                        DeskAction.SUSPEND_HOLDER, DeskAction.ORDER, DeskAction.RESET_FACTORS, DeskAction.ERASE);

        branch.desk().orderHardware(holder, "at the counter").orElseThrow();
        assertThat(offered(holder))
                .containsExactly(
                        DeskAction.SUSPEND_HOLDER,
                        DeskAction.ASSIGN,
                        DeskAction.RESET_FACTORS,
                        DeskAction.CANCEL,
                        DeskAction.REVOKE);

        branch.desk().cancel(holder, "by mistake").orElseThrow();
        FakeAuthenticator app = branch.provision(holder);
        assertThat(offered(holder))
                .containsExactly(
                        DeskAction.SUSPEND,
                        DeskAction.SUSPEND_HOLDER,
                        DeskAction.RESET_FACTORS,
                        DeskAction.CANCEL,
                        DeskAction.REVOKE);

        branch.tokens()
                .activateSoftware(holder, Confirmation.NONE.code(app.code()))
                .orElseThrow();
        branch.desk().suspend(holder, SuspensionReason.BROKEN, "the screen").orElseThrow();
        HttpVisitor home = branch.operator();
        home.open("/desk");
        assertThat(home.text()).contains("aki 藤崎 亜紀: Broken");
        assertThat(offered(holder))
                .containsExactly(
                        DeskAction.SUSPEND,
                        DeskAction.RESUME,
                        DeskAction.SUSPEND_HOLDER,
                        DeskAction.REPLACE_WITH_HARDWARE,
                        DeskAction.REPLACE_WITH_SOFTWARE,
                        DeskAction.EMERGENCY_CODES,
                        DeskAction.RESET_FACTORS,
                        DeskAction.REVOKE);
    }

    @Test
    void thePageShowsEveryFactAndNoSecret() {
        Holder holder = branch.add("eri", "板柳 恵理");
        branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/eri");
        assertThat(operator.facts(text("desk.facts.service.id"))).containsExactly("10112235");
        assertThat(operator.facts(text("desk.facts.mail"))).containsExactly(Branch.MAIL);
        assertThat(operator.facts(text("desk.facts.asks"))).containsExactly("yes");
        assertThat(operator.facts(text("desk.facts.kind"))).containsExactly("Software token");
        assertThat(operator.facts(text("desk.facts.expires")).get(0))
                .matches("[0-9]{1,2} [A-Za-z]+ [0-9]{4}, [0-9:]{8} Japan time");
        assertThat(operator.facts(text("desk.facts.used")).get(0)).matches("[0-9]{1,2} [A-Za-z]+ [0-9]{4}");
        assertThat(operator.facts(text("desk.facts.signs"))).containsExactly("yes, in the app");
        assertThat(operator.text())
                .containsPattern("is in use, until [0-9]{1,2} [A-Za-z]+ [0-9]{4}, [0-9:]{8} Japan time\\.")
                .containsPattern("within 24 hours from [0-9]{1,2} [A-Za-z]+ [0-9]{4}, 09:00:00 Japan time\\.");
        assertThat(operator.source())
                .doesNotContain(Branch.ACTIVATION_PASSWORD + "<")
                .doesNotContain(Branch.CONFIRMATION_PASSWORD);
    }

    @Test
    void markupInNamesAndReasonsIsText() {
        Holder holder = branch.add("x-1", "<script>alert(1)</script>");
        branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/x-1/suspend");
        operator.choose(text("desk.field.kind"), text("desk.kind.OTHER"));
        operator.fill(text("desk.field.reason"), "<b onclick='alert(2)'>\"lost\"</b>");
        operator.press(text("desk.submit.SUSPEND"));
        assertThat(operator.title()).isEqualTo("Customer <script>alert(1)</script>");
        assertThat(operator.count("main script, main b")).isZero();
        operator.open("/desk/holders/x-1/history");
        assertThat(operator.text()).contains("“<b onclick='alert(2)'>\"lost\"</b>”");
        assertThat(operator.count("main script, main b")).isZero();
    }

    @Test
    void anUnknownCustomerOrActionIsNotFound() {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/nobody");
        assertThat(operator.status()).isEqualTo(404);
        operator.open("/desk/holders/taro/dance");
        assertThat(operator.status()).isEqualTo(404);
    }

    @Test
    void personalDataIsErasedOnlyAfterTheBoxIsChecked() {
        Holder holder = branch.add("wakana", "鶴田 若菜");
        branch.activate(holder);
        HttpVisitor operator = branch.operator();
        operator.open("/desk/holders/wakana");
        operator.press(text("desk.action.REVOKE"));
        operator.fill(text("desk.field.reason"), "the contract has ended");
        operator.press(text("desk.submit.REVOKE"));
        assertThat(operator.text()).contains(text("desk.done.REVOKE"));
        assertThat(operator.facts(text("desk.facts.mail"))).containsExactly(Branch.MAIL);

        operator.press(text("desk.action.ERASE"));
        operator.press(text("desk.submit.ERASE"));
        assertThat(operator.text()).contains(text("desk.error.sure.ERASE"));
        operator.check(text("desk.field.sure.ERASE"));
        operator.press(text("desk.submit.ERASE"));
        assertThat(operator.text()).contains(text("desk.done.ERASE"));
        assertThat(operator.facts(text("desk.facts.mail"))).containsExactly("–");
    }
}
