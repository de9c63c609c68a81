package dev.watchword.demo.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
        visitor.open("/login");
        visitor.fill("Login ID", loginId);
        visitor.fill("Password", "taro-demo-1");
        visitor.press("Log in");
        return visitor;
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
