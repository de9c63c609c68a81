package dev.watchword.otp.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.operations.Migration;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An institution in memory and one holder, for the sequences that are written from the rules alone. */
final class RulesBank {
    static final Holder TARO = new Holder("taro");
    static final Holder HANAKO = new Holder("hanako");
    static final String MAIL = "taro@example.com";
    static final String ACTIVATION_PASSWORD = FakePhone.ACTIVATION_PASSWORD;
    static final String SERIAL = "101199980021";
    static final String NEXT_SERIAL = "101199980039";

    /** 09:00 in Japan, at the start of a time step. */
    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    /** The first midnight in Japan after {@link #START}. */
    static final Instant MIDNIGHT = Instant.parse("2026-11-23T15:00:00Z");

    private static final Operator OPERATOR = new Operator("helpdesk-7");
    private static final SecureRandom RANDOM = new SecureRandom();

    final FakeClock clock = FakeClock.at(START);
    final Institution institution;
    final TokenService tokens;
    final OperatorDesk desk;
    final Migration migration;
    private final TotpProfile profile;

    RulesBank() {
        this(TestInstitution.POLICY);
    }

    RulesBank(TokenPolicy policy) {
        this(policy, new InMemoryTokenStore());
    }

    RulesBank(TokenPolicy policy, TokenStore store) {
        institution = TestInstitution.builder(store, clock).policy(policy).build();
        tokens = institution.tokens();
        desk = institution.desk(OPERATOR);
        migration = institution.migration(OPERATOR);
        profile = policy.codes().profile();
    }

    /** Issues a software token to Taro and returns his user ID. */
    UserId issued() {
        SoftwareRequest request = SoftwareRequest.of(MAIL, ACTIVATION_PASSWORD);
        return tokens.issueSoftware(TARO, request, Confirmation.NONE)
                .orElseThrow()
                .userId();
    }

    /** Issues a software token to Taro and provisions his phone. */
    FakePhone provisioned() {
        return provisioned(issued());
    }

    FakePhone provisioned(UserId userId) {
        return FakePhone.provisioned(tokens, userId, ACTIVATION_PASSWORD, clock);
    }

    /** Gives Taro a software token in use and moves the clock to the next time step. */
    FakePhone active() {
        FakePhone phone = provisioned();
        accept(tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())));
        clock.toNextStep(profile);
        return phone;
    }

    /** Gives Taro a software token in use whose activation password the institution generated. */
    FakePhone activeWithGeneratedPassword() {
        Issued issued = tokens.issueSoftware(TARO, SoftwareRequest.of(MAIL, null), Confirmation.NONE)
                .orElseThrow();
        SecretText password = issued.activationPassword();
        FakePhone phone = FakePhone.provisioned(
                tokens, issued.userId(), requireNonNull(password).exposeText(), clock);
        accept(tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())));
        clock.toNextStep(profile);
        return phone;
    }

    /** Imports a TOTP token of the bank's profile into the stock. */
    FakeAuthenticator stocked(String serial, Duration lifetime) {
        OtpSecret secret = secret();
        stock(serial, secret, "TOTP,8,60,", lifetime);
        return new FakeAuthenticator(TotpProfile.BANK, secret, clock);
    }

    /** Imports an HOTP token whose next counter is 0 into the stock. */
    Hotp stockedHotp(String serial, Duration lifetime) {
        OtpSecret secret = secret();
        stock(serial, secret, "HOTP,6,,0", lifetime);
        return Hotp.of(HotpProfile.STANDARD, secret);
    }

    private void stock(String serial, OtpSecret secret, String profileFields, Duration lifetime) {
        String record = String.join(
                ",",
                serial,
                HexFormat.of().formatHex(secret.exposeBytes()),
                profileFields,
                clock.instant().plus(lifetime).toString());
        byte[] file = ("serial,secret_hex,kind,digits,step,counter,expiry\n" + record + "\n").getBytes(UTF_8);
        try (CsvSeedReader reader = CsvSeedReader.open(new ByteArrayInputStream(file), TextLayout.DEFAULT)) {
            accept(institution.stock().importBatch(new BatchId("batch-" + serial), reader, staged -> {}));
        }
    }

    /** Assigns a token to an order and sends it. */
    void send(Holder holder, String serial) {
        accept(desk.assign(holder, serial));
        accept(desk.send(holder));
    }

    /** Sends Taro a hardware token that is not active yet. */
    FakeAuthenticator sent(Duration lifetime) {
        FakeAuthenticator token = stocked(SERIAL, lifetime);
        accept(tokens.orderHardware(TARO, Confirmation.NONE));
        send(TARO, SERIAL);
        return token;
    }

    /** Gives Taro a hardware token in use and moves the clock to the next time step. */
    FakeAuthenticator activeHardware(Duration lifetime) {
        FakeAuthenticator token = sent(lifetime);
        accept(tokens.activateHardware(TARO, SERIAL, Confirmation.NONE.code(token.code())));
        clock.toNextStep(profile);
        return token;
    }

    /** Renews Taro's hardware token with a code and sends the successor. */
    FakeAuthenticator renewed(FakeAuthenticator old) {
        FakeAuthenticator successor = stocked(NEXT_SERIAL, Duration.ofDays(1000));
        accept(tokens.renewHardware(TARO, Confirmation.NONE.code(old.code())));
        clock.toNextStep(profile);
        send(TARO, NEXT_SERIAL);
        return successor;
    }

    /** Takes over a token of Taro that is in use in another system. */
    void takeOver(TokenKind kind, OtpProfile codes, OtpSecret secret, CodeState state, Duration lifetime) {
        accept(migration.takeOver(foreignToken(kind, codes, secret, state, lifetime)));
    }

    ForeignToken foreignToken(TokenKind kind, OtpProfile codes, OtpSecret secret, CodeState state, Duration lifetime) {
        return ForeignToken.builder()
                .holder(TARO)
                .kind(kind)
                .profile(codes)
                .secret(secret)
                .serial(new SerialNumber(SERIAL))
                .codes(state)
                .expiresAt(clock.instant().plus(lifetime))
                .build();
    }

    static OtpSecret secret() {
        return OtpSecret.random(HmacAlgorithm.SHA1, RANDOM);
    }

    void steps(int steps) {
        Instant now = clock.advance(profile.timeStep().multipliedBy(steps));
        assertFalse(now.isBefore(START.minus(Duration.ofDays(1))));
    }

    Outcome<Registration> login(@Nullable String code) {
        return tokens.verify(TARO, code, Purpose.LOGIN);
    }

    /** Enters a code whose outcome the rules leave open. */
    void enter(String code) {
        assertFalse(login(code).toString().contains(code));
    }

    /** Enters a number of wrong codes at login, each of which is evaluated. */
    void wrongCodes(FakeAuthenticator token, int times) {
        for (int i = 0; i < times; i++) {
            refuse(Refusal.WRONG_CODE, login(token.wrongCode(i)));
        }
    }

    static void accept(Outcome<?> outcome) {
        assertTrue(outcome.isAccepted(), outcome::toString);
    }

    static void refuse(Refusal refusal, Outcome<?> outcome) {
        assertEquals(refusal, refused(outcome).refusal(), outcome::toString);
    }

    static void refuse(Refusal refusal, int triesLeft, Outcome<?> outcome) {
        refuse(refusal, outcome);
        assertEquals(OptionalInt.of(triesLeft), refused(outcome).triesLeft(), outcome::toString);
    }

    static void refuseUntil(Instant notBefore, Refusal refusal, Outcome<?> outcome) {
        refuse(refusal, outcome);
        assertEquals(Optional.of(notBefore), refused(outcome).notBefore(), outcome::toString);
    }

    private static Refused<?> refused(Outcome<?> outcome) {
        assertFalse(outcome.isAccepted(), outcome::toString);
        return (Refused<?>) outcome;
    }
}
