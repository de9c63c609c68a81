package dev.watchword.demo.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.ChromeVisitor;
import dev.watchword.demo.visit.Inspector;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StageInBrowser {
    @Test
    void smoke() {
        try (Bank bank = Bank.open()) {
            for (boolean scripts : new boolean[] {true, false}) {
                long start = System.nanoTime();
                try (ChromeVisitor visitor =
                        ChromeVisitor.start(bank.address(), Locale.JAPANESE, scripts, new Inspector())) {
                    visitor.open("/");
                    assertThat(visitor.title()).isEqualTo("デモ銀行");
                    visitor.shoot("start-" + scripts);
                    visitor.press("English");
                    visitor.open("/stage/time");
                    visitor.press("30 days later");
                    visitor.open("/login");
                    visitor.fill("Login ID", "taro");
                    visitor.fill("Password", "taro-demo-1");
                    visitor.press("Log in");
                    System.out.println(scripts + " " + visitor + " " + (System.nanoTime() - start) / 1000000);
                }
            }
        }
    }
}
