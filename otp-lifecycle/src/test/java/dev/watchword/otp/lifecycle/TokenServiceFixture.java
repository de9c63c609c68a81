package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A service in memory on a fake clock, with the words to act on it and to say what is expected. */
abstract class TokenServiceFixture {
    static final Holder TARO = new Holder("taro");
    static final Holder HANAKO = new Holder("hanako");
    static final Operator OPERATOR = new Operator("helpdesk-7");
    static final SerialNumber SERIAL = new SerialNumber("101199980021");
    static final SerialNumber SERIAL_2 = new SerialNumber("101199980022");
    static final SoftwareRequest REQUEST = SoftwareRequest.of("taro@bank.example", FakePhone.ACTIVATION_PASSWORD);

    final FakeClock clock = FakeClock.at("2026-11-23T09:00:00.123456789Z");
    final InMemoryTokenStore store = new InMemoryTokenStore();

    /** Makes the machines of these tests; another one only where a saboteur is at work. */
    static Function<TokenPolicy, TokenMachine> machine = TokenMachine::new;

    TokenService tokens = service(InMemoryTokens.POLICY);
    OperatorDesk desk = tokens.desk(OPERATOR);

    /** Goes on with another policy, on the same store. */
    void follow(TokenPolicy policy) {
        tokens = service(policy);
        desk = tokens.desk(OPERATOR);
    }

    private TokenService service(TokenPolicy policy) {
        TokenServiceBuilder builder = InMemoryTokens.builder(store, clock).policy(policy);
        builder.machine = machine;
        return builder.build();
    }

    /** A phone that was provisioned, whose token waits for its activation. */
    FakePhone issue(Holder holder) {
        return FakePhone.issued(tokens, holder, clock);
    }

    FakePhone activate(Holder holder) {
        return FakePhone.active(tokens, holder, clock);
    }

    /** Puts a fob in stock that lasts for a year, and returns what it shows. */
    FakeAuthenticator stock(SerialNumber serial) {
        return stock(serial, TotpProfile.BANK, 0);
    }

    FakeAuthenticator stock(SerialNumber serial, TotpProfile profile, int drift) {
        SecureRandom random = new SecureRandom();
        OtpSecret secret = OtpSecret.random(profile.algorithm(), random);
        SealedSecret sealed =
                new SecretSealer(InMemoryTokens.KEYS, InMemoryTokens.SERVICE_ID, random).seal(serial, secret);
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365));
        StockedFob fob = new StockedFob(serial, profile, sealed, null, expiresAt, new CodeState(Totp.NO_STEP, drift));
        BatchId batch = new BatchId("of-" + serial);
        assertEquals(Set.of(), store.stage(InMemoryTokens.SERVICE_ID, batch, List.of(fob)));
        assertTrue(store.publish(InMemoryTokens.SERVICE_ID, batch, 1));
        return new FakeAuthenticator(profile, secret, clock);
    }

    /** A fob that was ordered, assigned and sent. */
    FakeAuthenticator send(Holder holder, SerialNumber serial) {
        FakeAuthenticator shown = stock(serial);
        assertAccepted(tokens.orderFob(holder, Confirmation.NONE));
        assertAccepted(desk.assign(holder, serial));
        assertAccepted(desk.send(holder));
        return shown;
    }

    /** A fob in use. */
    FakeAuthenticator activateFob(Holder holder, SerialNumber serial) {
        FakeAuthenticator shown = send(holder, serial);
        assertAccepted(tokens.activateHardware(holder, serial.value(), code(shown.code())));
        clock.toNextStep(TotpProfile.BANK);
        return shown;
    }

    static Confirmation code(String code) {
        return Confirmation.NONE.code(code);
    }

    Outcome login(Holder holder, String code) {
        return tokens.verify(holder, code, Purpose.LOGIN);
    }

    static void assertAccepted(Outcome outcome) {
        assertInstanceOf(Accepted.class, outcome);
    }

    static void assertRefused(Refusal refusal, int triesLeft, Object outcome) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(refusal, refused.refusal());
        assertEquals(triesLeft, refused.triesLeft());
    }

    static void assertRefused(Refusal refusal, Object outcome) {
        assertEquals(refusal, assertInstanceOf(Refused.class, outcome).refusal());
    }

    RegistrationStatus status(Holder holder) {
        return tokens.registration(holder).status();
    }

    TokenInfo inUse(Holder holder) {
        return requireNonNull(tokens.registration(holder).token());
    }

    WaitingInfo waiting(Holder holder) {
        return requireNonNull(tokens.registration(holder).waiting());
    }

    List<EventType> history(Holder holder) {
        return tokens.history(holder, 0, 1000).stream().map(TokenEvent::type).toList();
    }
}
