package dev.watchword.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.StockState;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the bank share the phones, the tokens of the maker and the transfers. */
class TwoInstancesTest {
    @Test
    void aPhoneIsTheSameOnBothInstances(@TempDir Path directory) {
        try (Bank first = Bank.open(directory, null);
                Bank second = Bank.open(directory, null)) {
            Owner owner = new Owner(first, "shared");
            HttpVisitor screen = first.visitor(Locale.JAPANESE);
            Owner.setUp(screen, "taro", owner.issue());
            HttpVisitor other = second.visitor(Locale.JAPANESE);
            owner.activate(Owner.code(other, "taro"));

            HttpVisitor browser = owner.logIn(Owner.code(other, "taro"));
            browser.open("/bank/transfer");
            browser.fill("受取人の口座番号", "0123456");
            browser.fill("受取人の名前", "弘前商店");
            browser.fill("金額（円）", "50000");
            browser.press("承認へ進む");
            other.open("/phones/taro");
            other.press("承認する");
            browser.press("状態を更新");
            assertThat(browser.facts("状態")).containsExactly("実行済み");

            HttpVisitor hand = second.visitor(Locale.JAPANESE);
            hand.open("/hardware/101199980021");
            assertThat(hand.status()).isEqualTo(200);
            assertThat(second.bean(Institution.class).stock().state("101199980021"))
                    .contains(StockState.AVAILABLE);
        }
    }
}
