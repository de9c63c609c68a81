package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From no token through issue and activation to revocation, and what is shown on the way. */
class LifeTest extends TokenServiceFixture {

    @Test
    @Tag("R3.1")
    @Tag("R3.3")
    void showsAHolderWithoutATokenAsUnregistered() {
        Registration registration = tokens.registration(TARO);

        assertEquals(
                new Registration(
                        InMemoryTokens.SERVICE_ID, TARO, RegistrationStatus.UNREGISTERED, null, null, null, false),
                registration);
        assertRefused(Refusal.UNKNOWN_HOLDER, 0, login(TARO, "12345678"));
        assertEquals(List.of(), tokens.history(TARO, 0, 100));
    }

    @Test
    @Tag("R3.1")
    @Tag("R3.3")
    @Tag("R4.6")
    void showsEveryStatusOnTheWay() {
        Instant now = Instant.parse("2026-11-23T09:00:00.123456Z");
        FakePhone phone = issue(TARO);
        Registration issued = tokens.registration(TARO);
        TokenInfo info = Objects.requireNonNull(waiting(TARO).token());
        assertEquals(RegistrationStatus.ISSUED, issued.status());
        assertFalse(issued.loginAsksForCode());
        assertNull(issued.token());
        assertEquals(
                new TokenInfo(
                        TokenKind.SOFTWARE,
                        info.serial(),
                        now,
                        now,
                        null,
                        now.plus(TokenPolicy.BANK.software().lifetime()),
                        null),
                info);
        assertEquals(9, info.serial().value().length());

        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
        Registration active = tokens.registration(TARO);
        assertEquals(RegistrationStatus.ACTIVE, active.status());
        assertTrue(active.loginAsksForCode());
        assertEquals(now, Objects.requireNonNull(active.token()).activatedAt());

        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        Registration suspended = tokens.registration(TARO);
        assertEquals(RegistrationStatus.SUSPENDED, suspended.status());
        assertTrue(suspended.loginAsksForCode());
        assertEquals(
                new Suspension(SuspensionReason.LOST, now, OPERATOR),
                Objects.requireNonNull(suspended.token()).suspension());

        assertAccepted(desk.revoke(TARO, "phone was not found"));
        Registration revoked = tokens.registration(TARO);
        assertEquals(RegistrationStatus.UNREGISTERED, revoked.status());
        assertFalse(revoked.loginAsksForCode());
        assertNull(revoked.token());
        assertEquals(issued.userId(), revoked.userId());
    }

    @Test
    @Tag("R3.3")
    void asksForNoCodeWhileASuspendedTokenWasNeverActive() {
        issue(TARO);
        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "phoned in"));

        assertEquals(RegistrationStatus.SUSPENDED, tokens.registration(TARO).status());
        assertFalse(tokens.registration(TARO).loginAsksForCode());
    }

    @Test
    @Tag("R3.2")
    void issuesNoSecondToken() {
        issue(TARO);

        assertRefused(Refusal.TOKEN_EXISTS, 5, tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertRefused(Refusal.TOKEN_EXISTS, 5, tokens.orderFob(TARO, Confirmation.NONE));
        assertEquals(List.of(EventType.ISSUED, EventType.PROVISIONED), history(TARO));
    }

    @Test
    @Tag("R7.1")
    @Tag("R7.2")
    @Tag("R7.4")
    void revokesWithACodeAndBeginsAnew() {
        FakePhone phone = activate(TARO);
        UserId userId = Objects.requireNonNull(tokens.registration(TARO).userId());

        assertAccepted(tokens.revoke(TARO, code(phone.code())));

        assertEquals(RegistrationStatus.UNREGISTERED, tokens.registration(TARO).status());
        assertNull(Objects.requireNonNull(store.find(InMemoryTokens.SERVICE_ID, TARO)
                        .orElseThrow()
                        .token())
                .secret());
        assertRefused(Refusal.NOT_ACTIVE, 0, login(TARO, phone.authenticator().code(1)));

        FakeAuthenticator shown = send(TARO, SERIAL);
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        assertEquals(userId, tokens.registration(TARO).userId());
        assertEquals(
                List.of(
                        EventType.ISSUED,
                        EventType.PROVISIONED,
                        EventType.ACTIVATED,
                        EventType.REVOKED,
                        EventType.ORDERED,
                        EventType.ASSIGNED,
                        EventType.SENT,
                        EventType.ACTIVATED),
                history(TARO));
    }

    @Test
    @Tag("R9.1")
    void recordsWhoWhenWhatAndWhatFor() {
        FakePhone phone = activate(TARO);
        clock.advance(Duration.ofNanos(1_999));
        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.CUSTOMER_DATA));
        SerialNumber serial =
                Objects.requireNonNull(tokens.registration(TARO).token()).serial();
        Instant issuedAt = Instant.parse("2026-11-23T09:00:00.123456Z");

        assertEquals(
                List.of(
                        new TokenEvent(1, issuedAt, EventType.ISSUED, serial, null, null, null, null),
                        new TokenEvent(2, issuedAt, EventType.PROVISIONED, serial, null, null, null, null),
                        new TokenEvent(3, issuedAt, EventType.ACTIVATED, serial, Purpose.ACTIVATION, null, null, null),
                        new TokenEvent(
                                4,
                                Instant.parse("2026-11-23T09:01:00.000001Z"),
                                EventType.CODE_ACCEPTED,
                                serial,
                                Purpose.CUSTOMER_DATA,
                                null,
                                null,
                                null)),
                tokens.history(TARO, 0, 100));
        assertEquals(1, tokens.history(TARO, 3, 1).size());
        assertThrows(IllegalArgumentException.class, () -> tokens.history(TARO, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> tokens.history(TARO, 0, 0));
    }
}
