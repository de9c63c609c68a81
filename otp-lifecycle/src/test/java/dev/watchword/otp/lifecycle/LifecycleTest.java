package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lifecycle of a token from issue and activation to revocation, with its status after each operation. */
class LifecycleTest extends InstitutionFixture {

    @Test
    @Tag("R3.1")
    @Tag("R3.3")
    void showsAHolderWithoutATokenAsUnregistered() {
        Registration registration = tokens.registration(TARO);

        assertEquals(
                Registration.builder()
                        .serviceId(TestInstitution.SERVICE_ID)
                        .holder(TARO)
                        .status(RegistrationStatus.UNREGISTERED)
                        .build(),
                registration);
        assertRefusedWithoutToken(Refusal.UNKNOWN_HOLDER, login(TARO, "12345678"));
        assertEquals(List.of(), bank.histories().read(TARO, 0, 100));
    }

    @Test
    @Tag("R3.1")
    @Tag("R3.3")
    @Tag("R4.6")
    void showsEveryStatusOnTheWay() {
        Instant now = Instant.parse("2026-11-23T09:00:00.123456Z");
        FakePhone phone = issue(TARO);
        Registration issued = tokens.registration(TARO);
        TokenInfo info = Objects.requireNonNull(pending(TARO).token());
        assertEquals(RegistrationStatus.ISSUED, issued.status());
        assertFalse(issued.loginAsksForCode());
        assertNull(issued.token());
        assertEquals(
                TokenInfo.builder()
                        .kind(TokenKind.SOFTWARE)
                        .serial(info.serial())
                        .issuedAt(now)
                        .provisionedAt(now)
                        .expiresAt(now.plus(TokenPolicy.BANK.software().lifetime()))
                        .canSign(true)
                        .build(),
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
                Suspension.of(SuspensionReason.LOST, now, OPERATOR),
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
        assertRefused(Refusal.TOKEN_EXISTS, 5, tokens.orderHardware(TARO, Confirmation.NONE));
        assertEquals(List.of(EventType.ISSUED, EventType.PROVISIONED), history(TARO));
    }

    @Test
    @Tag("R7.1")
    @Tag("R7.2")
    @Tag("R7.4")
    void revokesWithACodeAndIssuesAgain() {
        FakePhone phone = activate(TARO);
        UserId userId = Objects.requireNonNull(tokens.registration(TARO).userId());

        assertAccepted(tokens.revoke(TARO, code(phone.code())));

        assertEquals(RegistrationStatus.UNREGISTERED, tokens.registration(TARO).status());
        assertNull(Objects.requireNonNull(store.find(TestInstitution.SERVICE_ID, TARO)
                        .orElseThrow()
                        .token())
                .secret());
        assertRefusedWithoutToken(
                Refusal.NOT_ACTIVE, login(TARO, phone.authenticator().code(1)));

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
                        TokenEvent.builder()
                                .number(1)
                                .at(issuedAt)
                                .type(EventType.ISSUED)
                                .serial(serial)
                                .build(),
                        TokenEvent.builder()
                                .number(2)
                                .at(issuedAt)
                                .type(EventType.PROVISIONED)
                                .serial(serial)
                                .build(),
                        TokenEvent.builder()
                                .number(3)
                                .at(issuedAt)
                                .type(EventType.ACTIVATED)
                                .serial(serial)
                                .purpose(Purpose.ACTIVATION)
                                .build(),
                        TokenEvent.builder()
                                .number(4)
                                .at(Instant.parse("2026-11-23T09:01:00.000001Z"))
                                .type(EventType.CODE_ACCEPTED)
                                .serial(serial)
                                .purpose(Purpose.CUSTOMER_DATA)
                                .build()),
                bank.histories().read(TARO, 0, 100));
        assertEquals(1, bank.histories().read(TARO, 3, 1).size());
        assertThrows(IllegalArgumentException.class, () -> bank.histories().read(TARO, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> bank.histories().read(TARO, 0, 0));
    }

    /** The day is that of UTC. A wrong code and a resumption do not count as use. The day never goes back. */
    @Test
    @Tag("R3.1")
    @Tag("R12.2")
    void showsTheDayOfTheLastAcceptedCode() {
        LocalDate day = LocalDate.of(2026, 11, 23);
        FakePhone issued = issue(TARO);
        assertNull(requireNonNull(pending(TARO).token()).lastAcceptedOn());
        assertAccepted(tokens.activateSoftware(TARO, code(issued.code())));
        assertEquals(day, inUse(TARO).lastAcceptedOn());

        clock.set(Instant.parse("2026-11-23T23:59:59.999999Z"));
        assertAccepted(login(TARO, issued.code()));
        assertEquals(day, inUse(TARO).lastAcceptedOn());
        clock.set(Instant.parse("2026-11-25T00:00:00Z"));
        login(TARO, issued.wrongCode());
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertAccepted(desk.resume(TARO, "found"));
        assertEquals(day, inUse(TARO).lastAcceptedOn());

        clock.set(Instant.parse("2026-11-24T23:59:30Z"));
        String typedLate = issued.code();
        clock.set(Instant.parse("2026-11-25T00:00:00Z"));
        assertAccepted(login(TARO, typedLate));
        assertEquals(day.plusDays(2), inUse(TARO).lastAcceptedOn());
        String next = issued.code();
        clock.set(Instant.parse("2026-11-24T23:59:59Z"));
        assertAccepted(login(TARO, next));
        assertEquals(day.plusDays(2), inUse(TARO).lastAcceptedOn());
    }
}
