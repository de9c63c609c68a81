package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TokenServiceTest {
    private static final Holder TARO = new Holder("taro");
    private static final Holder HANAKO = new Holder("hanako");
    private static final Operator OPERATOR = new Operator("helpdesk-7");
    private static final SerialNumber SERIAL = new SerialNumber("101199980021");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00.123456789Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenService tokens = InMemoryTokens.builder(store, clock).build();

    private FakeAuthenticator issue(Holder holder) {
        Issued issued = assertInstanceOf(Issued.class, tokens.issueSoftware(holder));
        return new FakeAuthenticator(TotpProfile.BANK, issued.secret(), clock);
    }

    private FakeAuthenticator activate(Holder holder) {
        FakeAuthenticator phone = issue(holder);
        assertAccepted(tokens.activateSoftware(holder, phone.code()));
        clock.toNextStep(TotpProfile.BANK);
        return phone;
    }

    private HardwareToken fob(SerialNumber serial) {
        OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, new SecureRandom());
        return new HardwareToken(
                serial, secret, TotpProfile.BANK, clock.instant().plus(Duration.ofDays(365)));
    }

    private Outcome login(Holder holder, String code) {
        return tokens.verify(holder, code, Purpose.LOGIN);
    }

    private static void assertAccepted(Outcome outcome) {
        assertInstanceOf(Accepted.class, outcome);
    }

    private static void assertRefused(Refusal refusal, int triesLeft, Outcome outcome) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(refusal, refused.refusal());
        assertEquals(triesLeft, refused.triesLeft());
    }

    private List<EventType> history(Holder holder) {
        return tokens.history(holder, 0, 100).stream().map(TokenEvent::type).toList();
    }

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
    @Tag("R1.2")
    void doesNotAcceptTheCodeOfTheActivationAtLogin() {
        FakeAuthenticator phone = issue(TARO);
        assertAccepted(tokens.activateSoftware(TARO, phone.code()));

        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
    }

    @Test
    @Tag("R1.2")
    @Tag("R1.5")
    void spendsACodeForAllPurposes() {
        FakeAuthenticator phone = activate(TARO);
        assertAccepted(login(TARO, phone.code()));

        assertRefused(Refusal.REPLAYED, 5, tokens.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
        assertRefused(Refusal.REPLAYED, 5, tokens.revoke(TARO, phone.code()));
        assertEquals(Purpose.LOGIN, tokens.history(TARO, 2, 1).get(0).purpose());
    }

    @Test
    @Tag("R1.2")
    void acceptsNoStepBeforeTheLastAcceptedOne() {
        FakeAuthenticator phone = activate(TARO);
        clock.advance(Duration.ofMinutes(10));
        assertAccepted(login(TARO, phone.code()));

        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code(-1)));
        assertAccepted(login(TARO, phone.code(1)));
    }

    @Test
    @Tag("R11.2")
    void aClockThatJumpsBackMakesNoCodeGoodAgain() {
        FakeAuthenticator phone = activate(TARO);
        Instant before = clock.instant();
        assertAccepted(login(TARO, phone.code()));
        clock.advance(Duration.ofHours(1));
        assertAccepted(login(TARO, phone.code()));

        clock.set(before);

        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code(1)));
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.3")
    @Tag("R2.7")
    void suspendsAfterFiveWrongCodesUntilAnOperatorResumes() {
        FakeAuthenticator phone = activate(TARO);
        for (int left = 4; left >= 0; left--) {
            assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
        }
        assertEquals(RegistrationStatus.SUSPENDED, tokens.registration(TARO).status());
        assertRefused(Refusal.SUSPENDED, 0, login(TARO, phone.code()));
        clock.advance(Duration.ofDays(30));
        assertRefused(Refusal.SUSPENDED, 0, login(TARO, phone.code()));

        assertAccepted(tokens.resume(TARO, OPERATOR, "identity proven at the counter"));

        for (int left = 4; left >= 1; left--) {
            assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
        }
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    @Tag("R2.2")
    void anAcceptedCodeSetsTheCounterToZero() {
        FakeAuthenticator phone = activate(TARO);
        for (int round = 0; round < 3; round++) {
            for (int left = 4; left >= 1; left--) {
                assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
            }
            assertAccepted(login(TARO, phone.code()));
            clock.toNextStep(TotpProfile.BANK);
        }
    }

    @Test
    @Tag("R2.5")
    void countsWrongCodesOfAllDoorsTogether() {
        FakeAuthenticator phone = issue(TARO);
        assertRefused(Refusal.WRONG_CODE, 4, tokens.activateSoftware(TARO, phone.wrongCode()));
        assertAccepted(tokens.activateSoftware(TARO, phone.code()));
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.wrongCode()));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.revoke(TARO, phone.wrongCode()));
        assertRefused(Refusal.WRONG_CODE, 2, tokens.verify(TARO, phone.wrongCode(), new Purpose("my-purpose")));
    }

    @Test
    @Tag("R2.1")
    @Tag("R1.3")
    void chargesNothingForMalformedReplayedOrExpiredCodes() {
        FakeAuthenticator phone = activate(TARO);
        assertAccepted(login(TARO, phone.code()));
        for (String text : List.of("", " ", "1234567", "123456789", "１２３４５６７８", "+1234567", "1234 5678")) {
            assertRefused(Refusal.MALFORMED, 5, login(TARO, text));
        }
        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
        clock.advance(TokenPolicy.BANK.softwareLifetime());
        assertRefused(Refusal.EXPIRED, 5, login(TARO, phone.wrongCode()));
        assertTrue(tokens.registration(TARO).loginAsksForCode());
        assertEquals(List.of(EventType.ISSUED, EventType.ACTIVATED, EventType.CODE_ACCEPTED), history(TARO));
    }

    @Test
    @Tag("R1.4")
    void acceptsOneStepEitherSide() {
        FakeAuthenticator phone = activate(TARO);
        clock.advance(Duration.ofHours(1));
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.code(-2)));
        assertRefused(Refusal.WRONG_CODE, 3, login(TARO, phone.code(2)));
        assertAccepted(login(TARO, phone.code(-1)));
        assertAccepted(login(TARO, phone.code(1)));
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

    @Test
    @Tag("R1.1")
    @Tag("R1.4")
    @Tag("R2.1")
    void followsThePolicyAndTheFobsOwnProfile() {
        TotpProfile sixDigits = TotpProfile.of(HmacAlgorithm.SHA512, 6, Duration.ofSeconds(30));
        TotpProfile nineDigits = TotpProfile.of(HmacAlgorithm.SHA256, 9, Duration.ofSeconds(90));
        TokenPolicy policy = new TokenPolicy(sixDigits, new TotpWindow(2, 0), 3, Duration.ofDays(30));
        TokenService other = InMemoryTokens.builder(store, clock).policy(policy).build();

        Issued issued = assertInstanceOf(Issued.class, other.issueSoftware(TARO));
        FakeAuthenticator phone = new FakeAuthenticator(sixDigits, issued.secret(), clock);
        assertAccepted(other.activateSoftware(TARO, phone.code(-2)));
        assertEquals(64, issued.secret().exposeBytes().length);
        assertEquals(
                Instant.parse("2026-12-23T09:00:00.123456Z"),
                Objects.requireNonNull(other.registration(TARO).token()).expiresAt());
        assertRefused(Refusal.WRONG_CODE, 2, other.verify(TARO, phone.code(1), Purpose.LOGIN));
        assertRefused(Refusal.WRONG_CODE, 1, other.verify(TARO, phone.code(1), Purpose.LOGIN));
        assertRefused(Refusal.WRONG_CODE, 0, other.verify(TARO, phone.code(1), Purpose.LOGIN));
        assertRefused(Refusal.SUSPENDED, 0, other.verify(TARO, phone.code(), Purpose.LOGIN));

        OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA256, new SecureRandom());
        HardwareToken fob = new HardwareToken(SERIAL, secret, nineDigits, Instant.parse("2030-01-01T00:00:00Z"));
        FakeAuthenticator shown = new FakeAuthenticator(nineDigits, secret, clock);
        assertAccepted(other.issueHardware(HANAKO, fob, OPERATOR));
        assertRefused(Refusal.MALFORMED, 3, other.activateHardware(HANAKO, SERIAL.value(), "123456"));
        assertAccepted(other.activateHardware(HANAKO, SERIAL.value(), shown.code(-1)));
        assertAccepted(other.verify(HANAKO, shown.code(), Purpose.LOGIN));
    }

    @Test
    @Tag("R2.4")
    @Tag("R1.5")
    void refusesWhatIsNotTheCallersToSay() {
        FakeAuthenticator phone = activate(TARO);

        assertThrows(
                IllegalArgumentException.class,
                () -> tokens.suspend(TARO, SuspensionReason.TOO_MANY_FAILURES, OPERATOR, "phoned in"));
        for (Purpose purpose : List.of(Purpose.ACTIVATION, Purpose.REVOCATION)) {
            assertThrows(IllegalArgumentException.class, () -> tokens.verify(TARO, phone.code(), purpose));
        }
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    @Tag("R2.3")
    @Tag("R2.4")
    @SuppressWarnings("NullAway") // callers are not all checked for null
    void asksForAnOperator() {
        activate(TARO);

        assertThrows(NullPointerException.class, () -> tokens.suspend(TARO, SuspensionReason.LOST, null, "phoned in"));
        assertThrows(NullPointerException.class, () -> tokens.resume(TARO, null, "phoned in"));
        assertThrows(NullPointerException.class, () -> tokens.revokeByOperator(TARO, null, "phoned in"));
        assertThrows(NullPointerException.class, () -> tokens.issueHardware(TARO, fob(SERIAL), null));
        assertEquals(RegistrationStatus.ACTIVE, tokens.registration(TARO).status());
    }

    @Test
    @Tag("R2.3")
    void asksAnOperatorForAReason() {
        activate(TARO);
        for (String reason : List.of("", "  ", "x".repeat(501), "line\nbreak", "\uD800")) {
            assertThrows(IllegalArgumentException.class, () -> tokens.resume(TARO, OPERATOR, reason));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> tokens.suspend(TARO, SuspensionReason.OTHER, OPERATOR, reason));
            assertThrows(IllegalArgumentException.class, () -> tokens.revokeByOperator(TARO, OPERATOR, reason));
        }
        assertEquals(RegistrationStatus.ACTIVE, tokens.registration(TARO).status());
    }

    @Test
    void keepsHoldersAndInstitutionsApart() {
        KeySource keys = KeySource.of("other", new SecretKeySpec(new byte[32], "AES"));
        TokenService other = TokenService.builder(new ServiceId("20112235"), store, keys, clock)
                .build();
        FakeAuthenticator phone = activate(TARO);
        FakeAuthenticator hers = activate(HANAKO);

        assertRefused(Refusal.WRONG_CODE, 4, login(HANAKO, phone.code()));
        assertAccepted(login(TARO, phone.code()));
        assertAccepted(login(HANAKO, hers.code()));
        assertNotEquals(
                tokens.registration(TARO).userId(), tokens.registration(HANAKO).userId());
        assertRefused(Refusal.UNKNOWN_HOLDER, 0, other.verify(TARO, phone.code(), Purpose.LOGIN));
        assertEquals(List.of(), other.history(TARO, 0, 100));
    }
}
