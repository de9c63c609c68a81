package dev.watchword.demo.phone;

import static java.util.Objects.requireNonNull;

import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import java.time.Duration;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A customer of a test, with a confirmation password. The token is issued and activated behind the pages. */
public final class Owner {
    /** The password that the customer chose for the setup of the app. */
    public static final String ACTIVATION_PASSWORD = "4726";

    /** The service ID of the bank. */
    public static final String SERVICE_ID = "10112235";

    /** The confirmation password. */
    public static final String PASSWORD = "kakunin1";

    private static final String MAIL = "customer@example.com";

    private final Bank bank;
    private final TokenService tokens;
    private final Holder holder;

    /**
     * Adds a customer to the bank.
     *
     * @param bank the bank
     * @param loginId the login ID of no other customer
     */
    public Owner(Bank bank, String loginId) {
        this.bank = bank;
        tokens = bank.bean(TokenService.class);
        holder = new Holder(loginId);
        bank.bean(JdbcClient.class)
                .sql("INSERT INTO customer (login_id, password, name, address, transfer_limit)"
                        + " SELECT ?, password, name, address, 1000000 FROM customer WHERE login_id = 'taro'")
                .param(loginId)
                .update();
        tokens.setConfirmationPassword(holder, PASSWORD).orElseThrow();
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the user ID of a new software token, which waits for its app} */
    public String issue() {
        String code = tokens.createMailCode(holder, Operation.ISSUE, MAIL)
                .orElseThrow()
                .code()
                .exposeText();
        return tokens.issueSoftware(
                        holder,
                        SoftwareRequest.of(MAIL, ACTIVATION_PASSWORD),
                        Confirmation.NONE.password(PASSWORD).mailCode(code))
                .orElseThrow()
                .userId()
                .value();
    }

    /**
     * Issues a token, sets it up on a phone and activates it. The time moves to the next code.
     *
     * @param phone the name of the phone
     * @return the user ID
     */
    public String activeOn(String phone) {
        String userId = issue();
        HttpVisitor screen = bank.visitor(Locale.JAPANESE);
        setUp(screen, phone, userId);
        activate(code(screen, phone));
        return userId;
    }

    /**
     * Sets up a token on a phone.
     *
     * @param screen the browser that shows the phone
     * @param phone the name of the phone
     * @param userId the user ID
     */
    public static void setUp(HttpVisitor screen, String phone, String userId) {
        screen.open("/phones/" + phone + "/setup");
        screen.fill("サービスID", SERVICE_ID);
        screen.fill("ユーザID", userId);
        screen.fill("利用開始パスワード", ACTIVATION_PASSWORD);
        screen.check("上記の内容に同意する。");
        screen.press("送信");
    }

    /**
     * Returns the code that a phone shows.
     *
     * @param screen the browser that shows the phone
     * @param phone the name of the phone
     * @return the code of its only token
     */
    public static String code(HttpVisitor screen, String phone) {
        screen.open("/phones/" + phone);
        return screen.facts("パスワード").get(0);
    }

    /**
     * Activates the token. The time moves to the next code.
     *
     * @param code the code of the app
     */
    public void activate(String code) {
        tokens.activateSoftware(holder, Confirmation.NONE.code(code)).orElseThrow();
        nextCode();
    }

    /**
     * Revokes the token.
     *
     * @param code the code of the app
     */
    public void revoke(String code) {
        tokens.revoke(holder, Confirmation.NONE.password(PASSWORD).code(code)).orElseThrow();
    }

    /** Orders a hardware token, which an operator then sends. */
    public void order() {
        tokens.orderHardware(holder, Confirmation.NONE.password(PASSWORD)).orElseThrow();
    }

    /** Moves the time by a minute. */
    public void nextCode() {
        bank.bean(StageTime.class).move(Duration.ofMinutes(1));
    }

    /**
     * Logs in to internet banking with a code.
     *
     * @param code the code
     * @return a browser that is logged in
     */
    public HttpVisitor logIn(String code) {
        HttpVisitor browser = logIn();
        browser.fill("ワンタイムパスワード", code);
        browser.press("次へ");
        return browser;
    }

    /** {@return a browser in which only the password was entered} */
    public HttpVisitor logIn() {
        HttpVisitor browser = bank.visitor(Locale.JAPANESE);
        browser.open("/login");
        browser.fill("ログインID", holder.value());
        browser.fill("ログインパスワード", "taro-demo-1");
        browser.press("ログイン");
        return browser;
    }

    /** {@return the user ID of the holder} */
    public String userId() {
        return requireNonNull(tokens.registration(holder).userId()).value();
    }
}
