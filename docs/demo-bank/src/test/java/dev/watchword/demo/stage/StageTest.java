package dev.watchword.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.demo.DemoBank;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** The pages and the limits of the demonstration itself. */
class StageTest {
    private static Bank bank;

    @BeforeAll
    static void open() {
        bank = Bank.open();
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    @Test
    void theStartShowsTheSampleUsersInBothLanguages() {
        HttpVisitor visitor = bank.visitor(Locale.JAPANESE);
        visitor.open("/");
        assertThat(visitor.title()).isEqualTo("デモ信用組合");
        assertThat(visitor.facts("青森 太郎")).containsExactly("taro", "taro-demo-1", "kakunin1");
        visitor.press("English");
        assertThat(visitor.title()).isEqualTo("The demo bank");
        visitor.open("/stage/time");
        assertThat(visitor.title()).isEqualTo("Time");
    }

    @Test
    void anUnknownLanguageChangesNothing() {
        HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
        visitor.open("/?lang=xx");
        assertThat(visitor.status()).isEqualTo(200);
        assertThat(visitor.title()).isEqualTo("The demo bank");
    }

    @Test
    void theTimeMovesForwardOnly() {
        Clock clock = bank.bean(Clock.class);
        HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
        visitor.open("/stage/time");
        Instant before = clock.instant();
        visitor.press("30 days later");
        assertThat(Duration.between(before, clock.instant())).isBetween(Duration.ofDays(30), Duration.ofDays(31));
        assertThatThrownBy(() -> bank.bean(StageTime.class).move(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noPageIsLeftWithoutItsHeaders() {
        HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
        for (String path :
                new String[] {"/", "/login", "/desk/login", "/bank", "/desk", "/app/unknown", "/style.css"}) {
            visitor.open(path);
            assertThat(visitor.header("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'none';");
            assertThat(visitor.header("X-Frame-Options")).as(path).contains("DENY");
        }
    }

    @Test
    void theDemonstrationRefusesEveryAddressButLoopback(@TempDir Path directory) {
        assertThatThrownBy(() -> SpringApplication.run(
                        DemoBank.class,
                        "--spring.profiles.active=demo",
                        "--server.port=0",
                        "--server.address=0.0.0.0",
                        "--demo.directory=" + directory))
                .hasStackTraceContaining("server.address must be a loopback address");
    }

    @Test
    void theBankDoesNotStartWithoutTheDemonstrationOrKeysOfItsOwn(@TempDir Path directory) {
        assertThatThrownBy(
                        () -> SpringApplication.run(DemoBank.class, "--server.port=0", "--demo.directory=" + directory))
                .hasStackTraceContaining("Watchword has no keys");
    }
}
