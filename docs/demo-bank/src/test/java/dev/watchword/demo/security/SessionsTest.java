package dev.watchword.demo.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sessions of customers. */
class SessionsTest {
    private static final int ROUNDS = 10;
    private static final int PARALLEL = 4;

    private static Bank bank;

    @BeforeAll
    static void open() {
        bank = Bank.open();
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    private static HttpVisitor loggedIn(String loginId) {
        HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
        customer(visitor, loginId);
        return visitor;
    }

    private static void customer(HttpVisitor visitor, String loginId) {
        visitor.open("/login");
        visitor.fill("Login ID", loginId);
        visitor.fill("Password", "taro-demo-1");
        visitor.press("Log in");
    }

    private static void operator(HttpVisitor visitor) {
        visitor.open("/desk/login");
        visitor.fill("Operator ID", "sato");
        visitor.fill("Password", "desk-demo-1");
        visitor.press("Log in");
    }

    @Test
    void aRefusedLoginKeepsNothingThatWasTyped() {
        for (String page : List.of("/login", "/desk/login")) {
            HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
            visitor.open(page);
            visitor.fill(page.equals("/login") ? "Login ID" : "Operator ID", "mistyped-name");
            visitor.fill("Password", "mistyped-password");
            visitor.press("Log in");
            assertThat(visitor.title()).startsWith("Error");
        }
        assertThat(kept()).isNotEmpty().noneMatch(bytes -> bytes.contains("mistyped"));
    }

    /** Returns the attributes of all sessions. */
    private static List<String> kept() {
        return bank.bean(JdbcClient.class)
                .sql("SELECT attribute_bytes FROM spring_session_attributes")
                .query((row, number) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                .list();
    }

    @Test
    void aStrangersRequestIsNotKept() {
        HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
        visitor.open("/bank/x?stranger=" + "q".repeat(1000));
        assertThat(visitor.path()).isEqualTo("/login");
        assertThat(kept()).noneMatch(bytes -> bytes.contains("stranger"));
    }

    @Test
    void eachStepChangesTheSession() {
        Owner owner = new Owner(bank, "rotated");
        HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
        visitor.open("/login");
        String anonymous = visitor.session();
        visitor.fill("Login ID", "rotated");
        visitor.fill("Password", "taro-demo-1");
        visitor.press("Log in");
        String afterPassword = visitor.session();
        HttpVisitor phone = bank.visitor(Locale.JAPANESE);
        Owner.setUp(phone, "taro", owner.issue());
        visitor.open("/bank/otp/activate/software");
        String csrf = visitor.csrf();
        visitor.fill("One-time password", Owner.code(phone, "taro"));
        visitor.press("Start");
        String afterActivation = visitor.session();

        visitor.open("/bank");
        assertThat(visitor.path()).as("no second code").isEqualTo("/bank");
        assertThat(Stream.of(anonymous, afterPassword, afterActivation)).doesNotHaveDuplicates();
        assertThat(visitor.csrf()).isNotEqualTo(csrf);
    }

    @Test
    void aRevocationEndsTheOtherSessions() {
        Owner owner = new Owner(bank, "revoking");
        owner.activeOn("hanako");
        HttpVisitor phone = bank.visitor(Locale.JAPANESE);
        HttpVisitor thief = owner.logIn(Owner.code(phone, "hanako"));
        owner.nextCode();
        HttpVisitor customer = owner.logIn(Owner.code(phone, "hanako"));
        owner.nextCode();
        String code = Owner.code(phone, "hanako");
        customer.open("/bank/otp/revoke");
        customer.fill("確認用パスワード", Owner.PASSWORD);
        customer.fill("ワンタイムパスワード", code);
        customer.press("解除する");

        customer.open("/bank");
        thief.open("/bank");
        assertThat(customer.path()).isEqualTo("/bank");
        assertThat(thief.path()).isEqualTo("/login");
    }

    @Test
    @Tag("R2.1")
    @Tag("R9.5")
    void aSuspensionByTheLibraryTakesALoginBackToTheCodeStep() {
        Owner owner = new Owner(bank, "guessed");
        owner.activeOn("jiro");
        HttpVisitor phone = bank.visitor(Locale.JAPANESE);
        HttpVisitor customer = owner.logIn(Owner.code(phone, "jiro"));
        owner.nextCode();
        int right = Integer.parseInt(Owner.code(phone, "jiro"));
        TokenService tokens = bank.bean(TokenService.class);
        for (int guess = 1; guess <= 5; guess++) {
            String wrong = String.format(Locale.ROOT, "%08d", (right + guess) % 100_000_000);
            assertThat(tokens.verify(owner.holder(), wrong, Purpose.LOGIN).isAccepted())
                    .isFalse();
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            customer.open("/bank");
            assertThat(customer.path()).isEqualTo("/code");
        });
        assertThat(customer.text()).contains("ワンタイムパスワード認証が停止しています。");
    }

    @Test
    @Tag("R9.5")
    void anEventEndsNoLoginAfterIt() {
        Owner owner = new Owner(bank, "recovering");
        owner.activeOn("yuki");
        OperatorDesk desk = bank.bean(Institution.class).desk(new Operator("sato"));
        HttpVisitor before = owner.logIn(Owner.code(bank.visitor(Locale.JAPANESE), "yuki"));
        desk.suspend(owner.holder(), SuspensionReason.LOST, "lost").orElseThrow();
        TokenEvent suspended = TokenEvent.builder()
                .number(1_000)
                .type(EventType.SUSPENDED)
                .at(bank.bean(Clock.class).instant())
                .build();
        HttpVisitor after = owner.logIn();
        after.fill(
                "緊急コード",
                desk.issueEmergencyCodes(owner.holder(), "lost")
                        .orElseThrow()
                        .codes()
                        .get(0)
                        .exposeText());
        after.press("緊急コードでログインする");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            before.open("/bank");
            assertThat(before.path()).isEqualTo("/code");
        });
        bank.bean(CustomerSessions.class).end(owner.holder(), suspended);
        after.open("/bank");
        assertThat(after.path()).as("delivered again").isEqualTo("/bank");
        desk.revoke(owner.holder(), "found no more").orElseThrow();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            after.open("/bank");
            assertThat(after.path()).isEqualTo("/login");
        });
    }

    @Test
    void aLogoutEndsOneOfTwoLogins() {
        HttpVisitor visitor = loggedIn("taro");
        operator(visitor);
        visitor.open("/bank");
        visitor.press("Log out");
        visitor.open("/bank");
        assertThat(visitor.path()).isEqualTo("/login");
        visitor.open("/desk/stock");
        assertThat(visitor.path()).as("the operator").isEqualTo("/desk/stock");

        customer(visitor, "taro");
        visitor.open("/desk");
        visitor.press("Log out");
        visitor.open("/desk");
        assertThat(visitor.path()).isEqualTo("/desk/login");
        visitor.open("/bank");
        assertThat(visitor.path()).as("the customer").isEqualTo("/bank");
    }

    @Test
    void aFormThatWasOpenWhenTheLoginEndedLeadsToTheLogin() {
        HttpVisitor visitor = loggedIn("taro");
        visitor.open("/bank/otp/issue/hardware");
        Map<String, String> form = Map.of("_csrf", visitor.csrf(), "password", "x");
        visitor.press("Log out");
        assertThat(visitor.path()).isEqualTo("/login");
        assertThat(visitor.text()).contains("You have logged out.");
        visitor.post("/bank/otp/issue/hardware", form);
        assertThat(visitor.path()).isEqualTo("/login");
        assertThat(visitor.text()).contains("Your login has ended, so the form was not sent.");

        customer(visitor, "taro");
        visitor.post("/bank/otp/issue/hardware", form);
        assertThat(visitor.status()).as("a form of another session").isEqualTo(403);
        visitor.open("/bank/otp/issue/hardware");
        Map<String, String> open = Map.of("_csrf", visitor.csrf(), "password", "x");
        bank.bean(CustomerSessions.class).end(new Holder("taro"));
        visitor.post("/bank/otp/issue/hardware", open);
        assertThat(visitor.text()).contains("Your login has ended, so the form was not sent.");
        visitor.open("/bank");
        assertThat(visitor.path()).isEqualTo("/login");
        assertThat(visitor.text()).doesNotContain("Your login has ended");
    }

    @Test
    void theLastLogoutEndsTheSession() {
        HttpVisitor visitor = loggedIn("taro");
        String session = visitor.session();
        visitor.press("Log out");
        assertThat(visitor.session()).isNotEqualTo(session);
        assertThat(bank.bean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM spring_session WHERE session_id = ?")
                        .param(new String(Base64.getDecoder().decode(session), StandardCharsets.UTF_8))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void eachAnswerHasTheHeadersAlsoThatOfTheFirewall() {
        HttpVisitor visitor = bank.visitor(Locale.ENGLISH);
        for (String path : List.of("/login", "/style.css", "/login;a=b", "/bank//otp")) {
            visitor.open(path);
            assertThat(visitor.status()).as(path).isEqualTo(path.contains(";") || path.contains("//") ? 400 : 200);
            assertThat(visitor.header("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none';"));
            assertThat(visitor.header("X-Content-Type-Options")).as(path).hasValue("nosniff");
            assertThat(visitor.header("Referrer-Policy")).as(path).hasValue("same-origin");
        }
    }

    /** A double click sends a form twice. Both answers must be pages. */
    @Test
    void parallelRequestsOfOneSessionDoNotFail() {
        new Owner(bank, "hasty");
        HttpClient client = HttpClient.newHttpClient();
        for (int round = 0; round < ROUNDS; round++) {
            HttpVisitor visitor = loggedIn("hasty");
            visitor.open("/bank/otp/issue/hardware");
            HttpRequest request = HttpRequest.newBuilder(bank.address().resolve("/bank/otp/issue/hardware"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Cookie", "SESSION=" + visitor.session())
                    .POST(BodyPublishers.ofString("password=&_csrf=" + visitor.csrf()))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                            () -> client.sendAsync(request, BodyHandlers.ofString()))
                    .limit(PARALLEL)
                    .toList();
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(302);
        }
    }
}
