package dev.watchword.demo.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A test of screens in one bank. Each test adds its customers. */
abstract class ScreenTest {
    static Bank bank;

    @BeforeAll
    static void open() {
        bank = Bank.open();
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    /** The page has this ID of the manual and this title. */
    static void assertScreen(HttpVisitor web, String id, String title) {
        assertThat(web.toString()).contains("画面ID : " + id);
        assertTitle(web, title);
    }

    static void assertTitle(HttpVisitor web, String title) {
        assertThat(web.title()).as(web.toString()).isEqualTo(title);
        assertThat(web.text()).contains(title);
    }

    /** The form was refused: the title says so, and the alert has this sentence. */
    static void assertRefused(HttpVisitor web, String sentence) {
        assertThat(web.title()).as(web.toString()).startsWith("エラー：");
        assertThat(web.text()).contains("次の内容をご確認ください。").contains(sentence);
    }
}
