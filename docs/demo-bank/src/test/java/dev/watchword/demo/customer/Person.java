package dev.watchword.demo.customer;

import static java.util.Objects.requireNonNull;

import dev.watchword.demo.bank.Customer;
import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.demo.visit.Texts;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A new customer at a browser, for one test. */
final class Person {
    static final String PASSWORD = "login-password";
    static final String CONFIRMATION = "kakunin9";
    static final String ACTIVATION = "4726";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Bank bank;
    final HttpVisitor web;
    final Texts texts;
    final Holder holder;
    final TokenService tokens;

    /** The code of the last login. It is spent. */
    String spent = "";

    private Person(Bank bank, Locale language, Holder holder) {
        this.bank = bank;
        web = bank.visitor(language);
        texts = new Texts(language);
        this.holder = holder;
        tokens = bank.bean(TokenService.class);
    }

    /** Adds a customer to the bank and logs in. */
    static Person of(Bank bank, Locale language) {
        String loginId = "person" + NUMBER.incrementAndGet();
        bank.bean(JdbcClient.class)
                .sql(
                        "INSERT INTO customer (login_id, password, name, address, mail, transfer_limit) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        loginId,
                        "{noop}" + PASSWORD,
                        "見本 一郎",
                        "青森県弘前市" + loginId,
                        loginId + "@registered.example",
                        1_000_000)
                .update();
        Person person = new Person(bank, language, new Holder(loginId));
        person.tokens.setConfirmationPassword(person.holder, CONFIRMATION).orElseThrow();
        person.logIn();
        return person;
    }

    static Person of(Bank bank) {
        return of(bank, Locale.JAPANESE);
    }

    /** Passes the first factor. */
    void logIn() {
        web.open("/login");
        web.fill(texts.of("login.id"), holder.value());
        web.fill(texts.of("login.password"), PASSWORD);
        web.press(texts.of("login.submit"));
    }

    String mailAddress() {
        return holder.value() + "@example.com";
    }

    Registration registration() {
        return tokens.registration(holder);
    }

    RegistrationStatus status() {
        return registration().status();
    }

    Customer customer() {
        return bank.bean(Customers.class).of(holder);
    }

    OperatorDesk desk() {
        return bank.bean(Institution.class).desk(new Operator("sato"));
    }

    void move(Duration by) {
        bank.bean(StageTime.class).move(by);
    }

    /** Waits until the token shows another code, and reads it. */
    String nextCode(FakeAuthenticator token) {
        move(Duration.ofMinutes(1));
        return token.code();
    }

    /** Returns the bodies of the mails with a subject to the address of the software token, the newest first. */
    List<String> mails(String subject) {
        return mails(mailAddress(), subject);
    }

    /** Returns the bodies of the mails with a subject to the address that the bank has of its customer, the newest first. */
    List<String> mailsToRegisteredAddress(String subject) {
        return mails(holder.value() + "@registered.example", subject);
    }

    private List<String> mails(String recipient, String subject) {
        return bank.bean(JdbcClient.class)
                .sql("SELECT body FROM outbox WHERE recipient = ? AND subject = ? ORDER BY sent_at DESC, id")
                .params(recipient, subject)
                .query(String.class)
                .list();
    }

    /** Issues a software token without the pages. */
    void issueSoftware() {
        String code = tokens.createMailCode(holder, Operation.ISSUE, mailAddress())
                .orElseThrow()
                .code()
                .exposeText();
        Registration issued = tokens.issueSoftware(
                        holder,
                        SoftwareRequest.of(mailAddress(), ACTIVATION),
                        Confirmation.NONE.password(CONFIRMATION).mailCode(code))
                .orElseThrow()
                .registration();
        require(issued, RegistrationStatus.ISSUED);
    }

    /** Sets up the app as the phone does. */
    FakeAuthenticator setUpApp() {
        DeviceKey device = DeviceKey.generate(new SecureRandom());
        String userId = requireNonNull(registration().userId()).value();
        Provisioned provisioned =
                tokens.provision(userId, ACTIVATION, device.publicKey()).orElseThrow();
        TokenContents contents =
                device.open(provisioned.sealedAnswer(), "10112235", userId).orElseThrow();
        return new FakeAuthenticator(contents.profile(), contents.secret(), bank.bean(Clock.class));
    }

    /** Issues, sets up and activates a software token without the pages, and logs in with it. */
    FakeAuthenticator useSoftware() {
        issueSoftware();
        FakeAuthenticator phone = setUpApp();
        require(
                tokens.activateSoftware(holder, Confirmation.NONE.code(phone.code()))
                        .orElseThrow(),
                RegistrationStatus.ACTIVE);
        logInWith(phone);
        return phone;
    }

    /** Orders, sends and activates a hardware token without the pages, and logs in with it. */
    void useHardware(Stocked stocked) {
        require(
                tokens.orderHardware(holder, Confirmation.NONE.password(CONFIRMATION))
                        .orElseThrow(),
                RegistrationStatus.ISSUED);
        send(stocked);
        FakeAuthenticator token = stocked.display();
        require(
                tokens.activateHardware(holder, stocked.serial(), Confirmation.NONE.code(token.code()))
                        .orElseThrow(),
                RegistrationStatus.ACTIVE);
        logInWith(token);
    }

    /** Assigns and sends a hardware token, as an operator does. */
    void send(Stocked stocked) {
        require(desk().assign(holder, stocked.serial()).orElseThrow(), status());
        require(desk().send(holder).orElseThrow(), status());
    }

    /** Logs in and enters a code at the code step. */
    void logInWith(FakeAuthenticator token) {
        logIn();
        spent = nextCode(token);
        web.fill(texts.of("code.label"), spent);
        web.press(texts.of("code.submit"));
    }

    /** Logs in with an emergency code, as a customer whose token is suspended does. */
    void logInWithEmergencyCode() {
        String code = desk().issueEmergencyCodes(holder, "test")
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
        logIn();
        web.fill(texts.of("code.emergency"), code);
        web.press(texts.of("code.emergency.submit"));
    }

    private static void require(Registration registration, RegistrationStatus status) {
        if (registration.status() != status) {
            throw new AssertionError("The status must be " + status + ", but is " + registration.status());
        }
    }
}
