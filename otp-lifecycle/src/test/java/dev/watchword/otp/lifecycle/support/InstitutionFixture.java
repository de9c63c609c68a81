package dev.watchword.otp.lifecycle.support;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.BuilderAccess;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.internal.machine.TokenMachine;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An in-memory institution on a fake clock, with steps that tests take and assertions on outcomes. */
public abstract class InstitutionFixture {
    public static final Holder TARO = new Holder("taro");
    public static final Holder HANAKO = new Holder("hanako");
    public static final Operator OPERATOR = new Operator("helpdesk-7");
    public static final SerialNumber SERIAL = new SerialNumber("101199980021");
    public static final SerialNumber SERIAL_2 = new SerialNumber("101199980022");
    public static final SoftwareRequest REQUEST =
            SoftwareRequest.of("taro@bank.example", FakePhone.ACTIVATION_PASSWORD);

    /** Creates the machines of these tests. Only tests of saboteurs replace it. */
    public static Function<TokenPolicy, TokenMachine> machine = TokenMachine::new;

    protected final FakeClock clock = FakeClock.at("2026-11-23T09:00:00.123456789Z");
    protected final InMemoryTokenStore store = new InMemoryTokenStore();
    protected Institution bank = institution(TestInstitution.POLICY);
    protected TokenService tokens = bank.tokens();
    protected OperatorDesk desk = bank.desk(OPERATOR);

    /** Continues with another policy on the same store. */
    protected void follow(TokenPolicy policy) {
        bank = institution(policy);
        tokens = bank.tokens();
        desk = bank.desk(OPERATOR);
    }

    private Institution institution(TokenPolicy policy) {
        Institution.Builder builder = TestInstitution.builder(store, clock).policy(policy);
        return BuilderAccess.machine(builder, machine).build();
    }

    /** Issues a software token and provisions its phone. */
    protected FakePhone issue(Holder holder) {
        return FakePhone.issued(tokens, holder, clock);
    }

    /** Issues, provisions and activates a software token. */
    protected FakePhone activate(Holder holder) {
        return FakePhone.active(tokens, holder, clock);
    }

    /** Puts a hardware token in stock that expires after a year. */
    protected FakeAuthenticator stock(SerialNumber serial) {
        return stock(serial, TotpProfile.BANK, 0);
    }

    protected FakeAuthenticator stock(SerialNumber serial, TotpProfile profile, int drift) {
        SecureRandom random = new SecureRandom();
        OtpSecret secret = OtpSecret.random(profile.algorithm(), random);
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365));
        BatchId batch = new BatchId("of-" + serial);
        CodeState codes = new CodeState(Totp.NO_STEP, drift);
        StockedToken token = StockedTokens.of(batch, serial, profile, expiresAt, codes, secret);
        StockedTokens.stock(store, token);
        return new FakeAuthenticator(profile, secret, clock);
    }

    /** Orders, assigns and sends a hardware token. */
    protected FakeAuthenticator send(Holder holder, SerialNumber serial) {
        FakeAuthenticator shown = stock(serial);
        assertAccepted(tokens.orderHardware(holder, Confirmation.NONE));
        assertAccepted(desk.assign(holder, serial.value()));
        assertAccepted(desk.send(holder));
        return shown;
    }

    /** Orders, assigns, sends and activates a hardware token. */
    protected FakeAuthenticator activateHardware(Holder holder, SerialNumber serial) {
        FakeAuthenticator shown = send(holder, serial);
        assertAccepted(tokens.activateHardware(holder, serial.value(), code(shown.code())));
        clock.toNextStep(TotpProfile.BANK);
        return shown;
    }

    /** Orders, assigns, sends and activates a hardware token with a keypad. */
    protected FakeOcraDevice activateKeypad(Holder holder, SerialNumber serial, OcraSuite suite) {
        return activateKeypad(
                holder, serial, suite, OtpSecret.random(TotpProfile.BANK.algorithm(), new SecureRandom()));
    }

    /** Activates a hardware token that shows the codes of a secret and signs. */
    protected FakeOcraDevice activateKeypad(Holder holder, SerialNumber serial, OcraSuite suite, OtpSecret secret) {
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        FakeOcraDevice keypad = sendKeypad(holder, serial, suite, secret, clock);
        assertAccepted(tokens.activateHardware(holder, serial.value(), code(shown.code())));
        return keypad;
    }

    /** Orders, assigns and sends a hardware token that shows the codes of a secret and signs at the time of its clock. */
    protected FakeOcraDevice sendKeypad(
            Holder holder, SerialNumber serial, OcraSuite suite, OtpSecret secret, Clock ofKeypad) {
        OtpSecret key = OtpSecret.random(suite.algorithm(), new SecureRandom());
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365));
        BatchId batch = new BatchId("of-" + serial);
        StockedToken plain = StockedTokens.of(batch, serial, TotpProfile.BANK, expiresAt, CodeState.NEW, secret);
        StockedToken signing = StockedTokens.signing(plain, secret, suite, key);
        StockedTokens.stock(store, signing);
        assertAccepted(tokens.orderHardware(holder, Confirmation.NONE));
        assertAccepted(desk.assign(holder, serial.value()));
        assertAccepted(desk.send(holder));
        return new FakeOcraDevice(suite, key, ofKeypad);
    }

    protected static Confirmation code(@Nullable String code) {
        return Confirmation.NONE.code(code);
    }

    protected Outcome<Registration> login(Holder holder, @Nullable String code) {
        return tokens.verify(holder, code, Purpose.LOGIN);
    }

    protected static void assertAccepted(Outcome<?> outcome) {
        assertTrue(outcome.isAccepted(), outcome::toString);
    }

    protected static void assertRefused(Refusal refusal, int triesLeft, Outcome<?> outcome) {
        Refused<?> refused = refused(outcome);
        assertEquals(refusal, refused.refusal());
        assertEquals(OptionalInt.of(triesLeft), refused.triesLeft());
    }

    protected static void assertRefused(Refusal refusal, Outcome<?> outcome) {
        assertEquals(refusal, refused(outcome).refusal());
    }

    /** Asserts a refusal of a holder without a token, so there is no number of tries left. */
    protected static void assertRefusedWithoutToken(Refusal refusal, Outcome<?> outcome) {
        assertRefused(refusal, outcome);
        assertEquals(OptionalInt.empty(), refused(outcome).triesLeft());
    }

    /** Asserts that fields are refused as malformed. */
    protected static void assertMalformed(Set<Field> fields, Outcome<?> outcome) {
        assertRefused(Refusal.MALFORMED, outcome);
        assertEquals(fields, refused(outcome).fields());
    }

    protected static <T> Refused<T> refused(Outcome<T> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("The outcome must be refused, but is " + outcome);
                },
                refused -> refused);
    }

    protected RegistrationStatus status(Holder holder) {
        return tokens.registration(holder).status();
    }

    protected TokenInfo inUse(Holder holder) {
        return requireNonNull(tokens.registration(holder).token());
    }

    protected PendingInfo pending(Holder holder) {
        return requireNonNull(tokens.registration(holder).pending());
    }

    protected List<EventType> history(Holder holder) {
        return bank.histories().read(holder, 0, 1000).stream()
                .map(TokenEvent::type)
                .toList();
    }
}
