package dev.watchword.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A phone shows no code of an expired token. */
class ExpiredTokenTest {
    @Test
    @Tag("R4.6")
    void anExpiredTokenShowsNoCodeAndNoRing() {
        try (Bank bank = Bank.open()) {
            HttpVisitor screen = bank.visitor(Locale.JAPANESE);
            Owner.setUp(screen, "taro", new Owner(bank, "expired").issue());
            bank.bean(StageTime.class).move(Duration.ofDays(5 * 366));
            screen.open("/phones/taro");
            assertThat(screen.text()).contains("このトークンは有効期限が切れています。").doesNotContainPattern("パスワード [0-9]{8}");
            assertThat(screen.source()).doesNotContain("<svg", "data-reload-after");
        }
    }
}
