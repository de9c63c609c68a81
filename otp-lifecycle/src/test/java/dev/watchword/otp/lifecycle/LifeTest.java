package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                new Registration(InMemoryTokens.SERVICE_ID, TARO, RegistrationStatus.UNREGISTERED, null, null, false),
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
        FakeAuthenticator phone = issue(TARO);
        Registration issued = tokens.registration(TARO);
        TokenInfo info = Objects.requireNonNull(issued.token());
        assertEquals(RegistrationStatus.ISSUED, issued.status());
        assertFalse(issued.loginAsksForCode());
        assertEquals(
                new TokenInfo(
                        TokenKind.SOFTWARE,
                        info.serial(),
                        now,
                        null,
                        now.plus(TokenPolicy.BANK.softwareLifetime()),
                        null),
                info);
        assertEquals(9, info.serial().value().length());

        assertAccepted(tokens.activateSoftware(TARO, phone.code()));
        Registration active = tokens.registration(TARO);
        assertEquals(RegistrationStatus.ACTIVE, active.status());
        assertTrue(active.loginAsksForCode());
        assertEquals(now, Objects.requireNonNull(active.token()).activatedAt());

        assertAccepted(tokens.suspend(TARO, SuspensionReason.LOST, OPERATOR, "phoned in"));
        Registration suspended = tokens.registration(TARO);
        assertEquals(RegistrationStatus.SUSPENDED, suspended.status());
        assertTrue(suspended.loginAsksForCode());
        assertEquals(
                new Suspension(SuspensionReason.LOST, now, OPERATOR),
                Objects.requireNonNull(suspended.token()).suspension());

        assertAccepted(tokens.revokeByOperator(TARO, OPERATOR, "phone was not found"));
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
        assertAccepted(tokens.suspend(TARO, SuspensionReason.STOLEN, OPERATOR, "phoned in"));

        assertEquals(RegistrationStatus.SUSPENDED, tokens.registration(TARO).status());
        assertFalse(tokens.registration(TARO).loginAsksForCode());
    }

    @Test
    @Tag("R3.2")
    void issuesNoSecondToken() {
        issue(TARO);

        Refused refused = assertInstanceOf(Refused.class, tokens.issueSoftware(TARO));
        assertEquals(Refusal.TOKEN_EXISTS, refused.refusal());
        assertRefused(Refusal.TOKEN_EXISTS, 5, tokens.issueHardware(TARO, fob(SERIAL), OPERATOR));
        assertEquals(List.of(EventType.ISSUED), history(TARO));
    }

    @Test
    @Tag("R5.3")
    void activatesAFobBySerialNumberAndCode() {
        HardwareToken fob = fob(SERIAL);
        FakeAuthenticator shown = new FakeAuthenticator(fob.profile(), fob.secret(), clock);
        assertAccepted(tokens.issueHardware(TARO, fob, OPERATOR));

        assertRefused(Refusal.SERIAL_REQUIRED, 5, tokens.activateSoftware(TARO, shown.code()));
        assertRefused(Refusal.MALFORMED, 5, tokens.activateHardware(TARO, "1011-9998-0021", shown.code()));
        assertRefused(Refusal.MALFORMED, 5, tokens.activateHardware(TARO, "101199980022", "none"));
        assertRefused(Refusal.WRONG_SERIAL, 4, tokens.activateHardware(TARO, "101199980022", shown.code()));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.activateHardware(TARO, SERIAL.value(), shown.wrongCode()));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), shown.code()));

        TokenInfo info = Objects.requireNonNull(tokens.registration(TARO).token());
        assertEquals(TokenKind.HARDWARE, info.kind());
        assertEquals(SERIAL, info.serial());
        assertEquals(Instant.parse("2027-11-23T09:00:00.123456Z"), info.expiresAt());
        assertEquals(OPERATOR, tokens.history(TARO, 0, 1).get(0).operator());
    }

    @Test
    @Tag("R5.4")
    void givesAFobToNobodyTwice() {
        HardwareToken fob = fob(SERIAL);
        assertAccepted(tokens.issueHardware(TARO, fob, OPERATOR));
        assertRefused(Refusal.SERIAL_TAKEN, 0, tokens.issueHardware(HANAKO, fob, OPERATOR));

        assertAccepted(tokens.revokeByOperator(TARO, OPERATOR, "lost in the post"));

        assertRefused(Refusal.SERIAL_TAKEN, 0, tokens.issueHardware(HANAKO, fob, OPERATOR));
        assertRefused(Refusal.SERIAL_TAKEN, 0, tokens.issueHardware(TARO, fob, OPERATOR));
        assertAccepted(tokens.issueHardware(TARO, fob(new SerialNumber("101199980022")), OPERATOR));
        assertAccepted(tokens.revokeByOperator(TARO, OPERATOR, "lost again"));
        assertRefused(Refusal.SERIAL_TAKEN, 0, tokens.issueHardware(TARO, fob, OPERATOR));
        assertEquals(
                RegistrationStatus.UNREGISTERED, tokens.registration(HANAKO).status());
    }

    @Test
    @Tag("R7.1")
    @Tag("R7.2")
    @Tag("R7.4")
    void revokesWithACodeAndBeginsAnew() {
        FakeAuthenticator phone = activate(TARO);
        UserId userId = Objects.requireNonNull(tokens.registration(TARO).userId());

        assertAccepted(tokens.revoke(TARO, phone.code()));

        assertEquals(RegistrationStatus.UNREGISTERED, tokens.registration(TARO).status());
        assertNull(Objects.requireNonNull(store.find(InMemoryTokens.SERVICE_ID, TARO)
                        .orElseThrow()
                        .token())
                .secret());
        assertRefused(Refusal.NOT_ACTIVE, 0, login(TARO, phone.code(1)));

        HardwareToken fob = fob(SERIAL);
        assertAccepted(tokens.issueHardware(TARO, fob, OPERATOR));
        assertAccepted(tokens.activateHardware(
                TARO, SERIAL.value(), new FakeAuthenticator(fob.profile(), fob.secret(), clock).code()));
        assertEquals(userId, tokens.registration(TARO).userId());
        assertEquals(
                List.of(
                        EventType.ISSUED,
                        EventType.ACTIVATED,
                        EventType.REVOKED,
                        EventType.ISSUED,
                        EventType.ACTIVATED),
                history(TARO));
    }

    @Test
    @Tag("R9.1")
    void recordsWhoWhenWhatAndWhatFor() {
        FakeAuthenticator phone = activate(TARO);
        clock.advance(Duration.ofNanos(1_999));
        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.CUSTOMER_DATA));
        SerialNumber serial =
                Objects.requireNonNull(tokens.registration(TARO).token()).serial();
        Instant issuedAt = Instant.parse("2026-11-23T09:00:00.123456Z");

        assertEquals(
                List.of(
                        new TokenEvent(1, issuedAt, EventType.ISSUED, serial, null, null, null, null),
                        new TokenEvent(2, issuedAt, EventType.ACTIVATED, serial, Purpose.ACTIVATION, null, null, null),
                        new TokenEvent(
                                3,
                                Instant.parse("2026-11-23T09:01:00.000001Z"),
                                EventType.CODE_ACCEPTED,
                                serial,
                                Purpose.CUSTOMER_DATA,
                                null,
                                null,
                                null)),
                tokens.history(TARO, 0, 100));
        assertEquals(1, tokens.history(TARO, 2, 1).size());
        assertThrows(IllegalArgumentException.class, () -> tokens.history(TARO, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> tokens.history(TARO, 0, 0));
    }
}
