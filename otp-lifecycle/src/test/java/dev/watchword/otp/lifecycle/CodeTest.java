package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which codes are accepted, once, and which are not. */
class CodeTest extends TokenServiceFixture {

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
