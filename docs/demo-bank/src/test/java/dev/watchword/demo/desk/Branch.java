package dev.watchword.demo.desk;

import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.demo.visit.Texts;
import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.operations.MissingExpiry;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayouts;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A bank with customers in any state and an operator at the desk. */
final class Branch implements AutoCloseable {
    static final String PASSWORD = "login-demo-1";
    static final String CONFIRMATION_PASSWORD = "kakunin9";
    static final String ACTIVATION_PASSWORD = "4726";
    static final String MAIL = "holder@bank.example";

    private static final SecureRandom RANDOM = new SecureRandom();

    final Texts texts = new Texts(Locale.ENGLISH);
    private final Bank bank;
    private int batches;

    Branch(String... properties) {
        bank = Bank.with(properties);
    }

    /** Returns a visitor who is logged in as an operator. */
    HttpVisitor operator() {
        return operator(texts);
    }

    HttpVisitor operator(Texts language) {
        HttpVisitor visitor = bank.visitor(language.language());
        visitor.open("/desk");
        visitor.fill(language.of("desk.login.name"), "sato");
        visitor.fill(language.of("login.password"), "desk-demo-1");
        visitor.press(language.of("login.submit"));
        return visitor;
    }

    /** Returns a visitor who entered a customer's login ID and password. */
    HttpVisitor customer(Holder holder) {
        HttpVisitor visitor = visitor();
        visitor.open("/login");
        visitor.fill(texts.of("login.id"), holder.value());
        visitor.fill(texts.of("login.password"), PASSWORD);
        visitor.press(texts.of("login.submit"));
        return visitor;
    }

    HttpVisitor visitor() {
        return bank.visitor(Locale.ENGLISH);
    }

    /** Adds a customer without a token. */
    Holder add(String loginId, String name) {
        bean(JdbcClient.class)
                .sql("INSERT INTO customer (login_id, password, name, address, transfer_limit) VALUES (?, ?, ?, ?, ?)")
                .params(loginId, bean(PasswordEncoder.class).encode(PASSWORD), name, "青森市新町2-2", 1_000_000)
                .update();
        Holder holder = new Holder(loginId);
        tokens().setConfirmationPassword(holder, CONFIRMATION_PASSWORD).orElseThrow();
        return holder;
    }

    /** Issues a software token and sets up an app. */
    FakeAuthenticator provision(Holder holder) {
        CreatedMailCode mail =
                tokens().createMailCode(holder, Operation.ISSUE, MAIL).orElseThrow();
        String userId = tokens()
                .issueSoftware(
                        holder,
                        SoftwareRequest.of(MAIL, ACTIVATION_PASSWORD),
                        Confirmation.NONE
                                .password(CONFIRMATION_PASSWORD)
                                .mailCode(mail.code().exposeText()))
                .orElseThrow()
                .userId()
                .value();
        return app(userId);
    }

    /** Sets up an app of an issued token. */
    FakeAuthenticator app(String userId) {
        DeviceKey device = DeviceKey.generate(RANDOM);
        Provisioned provisioned =
                tokens().provision(userId, ACTIVATION_PASSWORD, device.publicKey()).orElseThrow();
        TokenContents contents = device.open(
                        provisioned.sealedAnswer(), institution().serviceId().value(), userId)
                .orElseThrow();
        return new FakeAuthenticator(contents.profile(), contents.secret(), bean(Clock.class));
    }

    /** Issues a software token, sets up an app, activates the token and waits for the next code. */
    FakeAuthenticator activate(Holder holder) {
        FakeAuthenticator app = provision(holder);
        tokens().activateSoftware(holder, Confirmation.NONE.code(app.code())).orElseThrow();
        move(Duration.ofMinutes(1));
        return app;
    }

    /** Adds a batch of hardware tokens and returns their displays. */
    List<FakeAuthenticator> stock(String... serials) {
        List<FakeAuthenticator> displays = new ArrayList<>();
        StringBuilder file = new StringBuilder();
        for (String serial : serials) {
            OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, RANDOM);
            displays.add(new FakeAuthenticator(TotpProfile.AUTHENTICATOR_APP, secret, bean(Clock.class)));
            file.append(serial)
                    .append(',')
                    .append(HexFormat.of().formatHex(secret.exposeBytes()))
                    .append('\n');
        }
        institution()
                .stock()
                .importBatch(
                        new BatchId("batch-" + ++batches),
                        CsvSeedReader.open(
                                new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8)),
                                TextLayouts.SERIAL_HEX),
                        MissingExpiry.after(Duration.ofDays(1000)),
                        staged -> {})
                .orElseThrow();
        return displays;
    }

    /** Returns the name of the batch that was added last. */
    String batch() {
        return "batch-" + batches;
    }

    Registration registration(Holder holder) {
        return tokens().registration(holder);
    }

    TokenService tokens() {
        return institution().tokens();
    }

    OperatorDesk desk() {
        return institution().desk(new Operator("suzuki"));
    }

    Institution institution() {
        return bean(Institution.class);
    }

    void move(Duration by) {
        bean(StageTime.class).move(by);
    }

    <T> T bean(Class<T> type) {
        return bank.bean(type);
    }

    @Override
    public void close() {
        bank.close();
    }
}
