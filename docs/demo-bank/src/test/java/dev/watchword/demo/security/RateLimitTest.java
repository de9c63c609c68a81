package dev.watchword.demo.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.demo.visit.Texts;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One client address sends a limited number of passwords and codes. */
class RateLimitTest {
    private static final Texts TEXTS = new Texts(Locale.JAPANESE);

    private static void enter(HttpVisitor visitor, String page) {
        enter(visitor, page, "nobody");
    }

    private static void enter(HttpVisitor visitor, String page, String name) {
        visitor.open(page);
        visitor.fill(TEXTS.of(page.equals("/login") ? "login.id" : "desk.login.name"), name);
        visitor.fill(TEXTS.of("login.password"), "guess");
        visitor.press(TEXTS.of("login.submit"));
    }

    @Test
    void theFourthPasswordOfAMinuteIsRefusedUntilTimeHasPassed() {
        try (Bank bank = Bank.with("--bank.rate.posts-per-minute=3")) {
            HttpVisitor visitor = bank.visitor(Locale.JAPANESE);
            for (int i = 0; i < 3; i++) {
                enter(visitor, "/login");
                assertThat(visitor.title()).isEqualTo("エラー：" + TEXTS.of("login.title"));
            }
            enter(visitor, "/login");
            assertThat(visitor.status()).isEqualTo(429);
            assertThat(visitor.title()).isEqualTo(TEXTS.of("failure.title"));
            assertThat(Integer.parseInt(visitor.header("Retry-After").orElseThrow()))
                    .isBetween(1, 21);
            assertThat(visitor.header("Content-Security-Policy")).isPresent();

            // another path and each page without a password are not limited
            enter(visitor, "/desk/login");
            assertThat(visitor.path()).isEqualTo("/desk/login");
            visitor.open("/login");
            assertThat(visitor.status()).isEqualTo(200);

            bank.bean(StageTime.class).move(Duration.ofSeconds(21));
            enter(visitor, "/login");
            assertThat(visitor.title()).isEqualTo("エラー：" + TEXTS.of("login.title"));
        }
    }

    @Test
    void theAppAndTheCodeStepAreLimitedToo() {
        try (Bank bank = Bank.with("--bank.rate.posts-per-minute=3")) {
            HttpVisitor visitor = bank.visitor(Locale.JAPANESE);
            for (String path : new String[] {"/app/requests", "/login/code"}) {
                for (int i = 0; i < 3; i++) {
                    post(visitor, path);
                    assertThat(visitor.status()).as(path).isNotEqualTo(429);
                }
                post(visitor, path);
                assertThat(visitor.status()).as(path).isEqualTo(429);
            }
        }
    }

    private static void post(HttpVisitor visitor, String path) {
        visitor.open("/login");
        visitor.post(path, Map.of("_csrf", visitor.csrf()));
    }

    @Test
    void aForgedFormCountsForNobody() {
        try (Bank bank = Bank.with("--bank.rate.posts-per-minute=3")) {
            HttpVisitor visitor = bank.visitor(Locale.JAPANESE);
            for (int i = 0; i < 5; i++) {
                visitor.post("/login", Map.of("username", "taro"));
                assertThat(visitor.text()).contains(TEXTS.of("login.ended"));
            }
            enter(visitor, "/login");
            assertThat(visitor.status()).isEqualTo(200);
        }
    }

    @Test
    void aLoginNameIsLimitedFromAllAddresses() {
        try (Bank bank = Bank.with("--bank.rate.logins-of-name-in-10-minutes=2")) {
            HttpVisitor visitor = bank.visitor(Locale.JAPANESE);
            for (int i = 0; i < 2; i++) {
                enter(visitor, "/login");
                assertThat(visitor.status()).isEqualTo(200);
            }
            for (String spelling : new String[] {"nobody", " nobody", "nobody ", "\tnobody", "Nobody"}) {
                enter(visitor, "/login", spelling);
                assertThat(visitor.status()).as(spelling).isEqualTo(429);
            }
            bank.bean(StageTime.class).move(Duration.ofMinutes(5));
            enter(visitor, "/login");
            assertThat(visitor.status()).isEqualTo(200);
        }
    }

    @Test
    void theAddressesOfOneNetworkCountTogether() {
        assertThat(RateLimits.network("2001:db8:1:2:3:4:5:6")).isEqualTo(RateLimits.network("2001:db8:1:2::1"));
        assertThat(RateLimits.network("2001:db8:1:3::1")).isNotEqualTo(RateLimits.network("2001:db8:1:2::1"));
        assertThat(RateLimits.network("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(RateLimits.network("::nonsense::")).isEqualTo("::nonsense::");
    }
}
