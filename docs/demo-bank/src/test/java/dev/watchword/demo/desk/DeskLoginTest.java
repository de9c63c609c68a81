package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators and customers are different people, and each action needs a form of the bank. */
class DeskLoginTest {
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

    private static HttpVisitor login(String page, String label, String name, String password) {
        HttpVisitor visitor = branch.visitor();
        visitor.open(page);
        visitor.fill(text(label), name);
        visitor.fill(text("login.password"), password);
        visitor.press(text("login.submit"));
        return visitor;
    }

    @Test
    void anOperatorHasNoCustomersPages() {
        HttpVisitor operator = branch.operator();
        assertThat(operator.path()).isEqualTo("/desk");
        operator.open("/bank");
        assertThat(operator.path()).isEqualTo("/login");
        HttpVisitor asCustomer = login("/login", "login.id", "sato", "desk-demo-1");
        assertThat(asCustomer.title()).isEqualTo("Error: " + text("login.title"));
    }

    @Test
    void aCustomerHasNoDesk() {
        HttpVisitor customer = login("/login", "login.id", "taro", "taro-demo-1");
        for (String path : new String[] {"/desk", "/desk/holders/taro", "/desk/stock", "/desk/lists", "/desk/feed"}) {
            customer.open(path);
            assertThat(customer.path()).as(path).isEqualTo("/desk/login");
        }
        HttpVisitor asOperator = login("/desk/login", "desk.login.name", "taro", "taro-demo-1");
        assertThat(asOperator.title()).isEqualTo("Error: " + text("desk.login.title"));
    }

    @Test
    void anActionWithoutTheTokenOfAFormChangesNothing() {
        Holder holder = branch.add("vera", "弘前 ベラ");
        HttpVisitor operator = branch.operator();
        operator.post("/desk/holders/vera/order", Map.of("reason", "forged by another site"));
        assertThat(operator.status()).isEqualTo(403);
        assertThat(branch.registration(holder).status()).isEqualTo(RegistrationStatus.UNREGISTERED);
        operator.open("/desk/holders/vera/order");
        operator.post("/desk/holders/vera/order", Map.of("reason", "from the form", "_csrf", operator.csrf()));
        assertThat(branch.registration(holder).status()).isEqualTo(RegistrationStatus.ISSUED);
    }

    @Test
    void afterTheLogoutTheDeskIsClosed() {
        HttpVisitor operator = branch.operator();
        operator.press(text("nav.logout"));
        operator.open("/desk");
        assertThat(operator.path()).isEqualTo("/desk/login");
    }
}
