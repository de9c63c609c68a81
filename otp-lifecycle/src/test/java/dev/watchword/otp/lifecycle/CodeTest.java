package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accepted and rejected codes. */
class CodeTest extends InstitutionFixture {

    @Test
    @Tag("R1.2")
    void doesNotAcceptTheCodeOfTheActivationAtLogin() {
        FakePhone phone = issue(TARO);
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));

        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
    }

    @Test
    @Tag("R1.2")
    @Tag("R1.5")
    void spendsACodeForAllPurposes() {
        FakePhone phone = activate(TARO);
        assertAccepted(login(TARO, phone.code()));

        assertRefused(Refusal.REPLAYED, 5, tokens.verify(TARO, phone.code(), Purpose.FUNDS_TRANSFER));
        assertRefused(Refusal.REPLAYED, 5, tokens.revoke(TARO, code(phone.code())));
        assertEquals(Purpose.LOGIN, bank.histories().read(TARO, 3, 1).get(0).purpose());
    }

    @Test
    @Tag("R1.2")
    void acceptsNoStepBeforeTheLastAcceptedOne() {
        FakePhone phone = activate(TARO);
        clock.advance(Duration.ofMinutes(10));
        assertAccepted(login(TARO, phone.code()));

        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.authenticator().code(-1)));
        assertAccepted(login(TARO, phone.authenticator().code(1)));
    }

    @Test
    @Tag("R11.2")
    void aClockThatJumpsBackMakesNoCodeGoodAgain() {
        FakePhone phone = activate(TARO);
        Instant before = clock.instant();
        assertAccepted(login(TARO, phone.code()));
        clock.advance(Duration.ofHours(1));
        assertAccepted(login(TARO, phone.code()));

        clock.set(before);

        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.authenticator().code(1)));
    }

    @Test
    @Tag("R2.1")
    @Tag("R1.3")
    void chargesNothingForMalformedReplayedOrExpiredCodes() {
        FakePhone phone = activate(TARO);
        assertAccepted(login(TARO, phone.code()));
        for (String text : List.of("", " ", "1234567", "123456789", "１２３４５６７８", "+1234567", "1234 5678")) {
            assertRefused(Refusal.MALFORMED, 5, login(TARO, text));
        }
        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
        clock.advance(TokenPolicy.BANK.software().lifetime());
        assertRefused(Refusal.EXPIRED, 5, login(TARO, phone.wrongCode()));
        assertTrue(tokens.registration(TARO).loginAsksForCode());
        assertEquals(
                List.of(EventType.ISSUED, EventType.PROVISIONED, EventType.ACTIVATED, EventType.CODE_ACCEPTED),
                history(TARO));
    }

    @Test
    @Tag("R1.4")
    void acceptsOneStepEitherSide() {
        FakePhone phone = activate(TARO);
        clock.advance(Duration.ofHours(1));
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.authenticator().code(-2)));
        assertRefused(Refusal.WRONG_CODE, 3, login(TARO, phone.authenticator().code(2)));
        assertAccepted(login(TARO, phone.authenticator().code(1)));
        clock.advance(Duration.ofHours(1));
        assertAccepted(login(TARO, phone.authenticator().code()));
        clock.advance(Duration.ofHours(1));
        assertAccepted(login(TARO, phone.authenticator().code(-1)));
        assertAccepted(login(TARO, phone.authenticator().code()));
    }

    @Test
    @Tag("R1.1")
    @Tag("R1.4")
    @Tag("R2.1")
    void followsThePolicyAndTheProfileOfTheHardwareToken() {
        TotpProfile sixDigits = TotpProfile.of(HmacAlgorithm.SHA512, 6, Duration.ofSeconds(30));
        TotpProfile nineDigits = TotpProfile.of(HmacAlgorithm.SHA256, 9, Duration.ofSeconds(90));
        TotpWindow past = new TotpWindow(2, 0);
        follow(TestInstitution.POLICY
                .withCodes(CodePolicy.builder()
                        .profile(sixDigits)
                        .window(past)
                        .activationWindow(past)
                        .driftCap(0)
                        .resynchronisationRange(0)
                        .build())
                .withLock(
                        LockPolicy.builder().failureLimit(3).failureCeiling(100).build())
                .withSoftware(SoftwarePolicy.BANK.toBuilder()
                        .lifetime(Duration.ofDays(30))
                        .build()));

        FakePhone phone = issue(TARO);
        assertAccepted(tokens.activateSoftware(TARO, code(phone.authenticator().code(-2))));
        assertEquals(64, phone.secret().exposeBytes().length);
        assertEquals(Instant.parse("2026-12-23T09:00:00.123456Z"), inUse(TARO).expiresAt());
        clock.advance(Duration.ofMinutes(10));
        assertRefused(Refusal.WRONG_CODE, 2, login(TARO, phone.authenticator().code(1)));
        assertRefused(Refusal.WRONG_CODE, 1, login(TARO, phone.authenticator().code(1)));
        assertRefused(Refusal.WRONG_CODE, 0, login(TARO, phone.authenticator().code(1)));
        assertRefused(Refusal.SUSPENDED, 0, login(TARO, phone.authenticator().code(-2)));

        FakeAuthenticator shown = stock(SERIAL, nineDigits, 0);
        assertAccepted(tokens.orderHardware(HANAKO, Confirmation.NONE));
        assertAccepted(desk.assign(HANAKO, SERIAL.value()));
        assertAccepted(desk.send(HANAKO));
        assertRefused(Refusal.MALFORMED, 3, tokens.activateHardware(HANAKO, SERIAL.value(), code("123456")));
        assertAccepted(tokens.activateHardware(HANAKO, SERIAL.value(), code(shown.code(-1))));
        assertAccepted(login(HANAKO, shown.code()));
    }

    @Test
    void keepsHoldersAndInstitutionsApart() {
        KeySource keys = KeySource.of(
                "other", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
        Institution other = Institution.builder(new ServiceId("20112235"), store, keys)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build();
        FakePhone phone = activate(TARO);
        FakePhone hers = activate(HANAKO);

        assertRefused(Refusal.WRONG_CODE, 4, login(HANAKO, phone.code()));
        assertAccepted(login(TARO, phone.code()));
        assertAccepted(login(HANAKO, hers.code()));
        assertNotEquals(
                tokens.registration(TARO).userId(), tokens.registration(HANAKO).userId());
        assertRefused(Refusal.UNKNOWN_HOLDER, other.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertEquals(List.of(), other.histories().read(TARO, 0, 100));
    }
}
