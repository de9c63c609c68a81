package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a token, and the earliest time of the next one. */
class RevocationTest extends InstitutionFixture {
    private final DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());

    private Outcome<Provisioned> provision(Holder holder) {
        UserId userId = requireNonNull(tokens.registration(holder).userId());
        return tokens.provision(userId.value(), FakePhone.ACTIVATION_PASSWORD, device.publicKey());
    }

    /** Both edges of a day, in zones with and without daylight saving, where midnight may be missing or occur twice. */
    @ParameterizedTest
    @Tag("R7.3")
    @CsvSource({
        "Asia/Tokyo,        2026-11-23T15:00:00Z,        2026-11-24T15:00:00Z",
        "Asia/Tokyo,        2026-11-23T14:59:59.999999Z, 2026-11-23T15:00:00Z",
        "Europe/Berlin,     2026-03-28T12:00:00Z,        2026-03-28T23:00:00Z",
        "Europe/Berlin,     2026-03-29T12:00:00Z,        2026-03-29T22:00:00Z",
        "Europe/Berlin,     2026-10-25T12:00:00Z,        2026-10-25T23:00:00Z",
        "America/Sao_Paulo, 2018-11-03T12:00:00Z,        2018-11-04T03:00:00Z",
        "America/Havana,    2026-11-01T04:30:00Z,        2026-11-02T05:00:00Z",
        "Pacific/Apia,      2011-12-30T09:00:00Z,        2011-12-30T10:00:00Z"
    })
    void aSoftwareTokenMayBeProvisionedAgainFromTheNextDayOn(String zone, Instant revokedAt, Instant nextDay) {
        follow(TestInstitution.POLICY.withZone(ZoneId.of(zone)));
        clock.set(revokedAt.minusSeconds(600));
        FakePhone phone = activate(TARO);
        clock.set(revokedAt);
        assertAccepted(tokens.revoke(TARO, code(phone.code())));

        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertEquals(nextDay, pending(TARO).provisionableFrom());
        clock.set(nextDay.minusNanos(1000));
        assertEquals(Refused.<Provisioned>of(Refusal.NOT_YET).withNotBefore(nextDay), provision(TARO));
        clock.set(nextDay);
        assertAccepted(provision(TARO));
    }

    @Test
    @Tag("R7.3")
    @Tag("R4.4")
    void theTimeOfThePasswordStartsWhenProvisioningMay() {
        FakePhone phone = activate(TARO);
        assertAccepted(tokens.revoke(TARO, code(phone.code())));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        Instant from = requireNonNull(pending(TARO).provisionableFrom());

        clock.set(from.plus(TokenPolicy.BANK.software().passwordLifetime()).minusNanos(1000));
        assertAccepted(provision(TARO));
    }

    @Test
    @Tag("R7.3")
    void aCancelledIssueKeepsTheNextDayRule() {
        FakePhone phone = activate(TARO);
        assertAccepted(tokens.revoke(TARO, code(phone.code())));
        send(TARO, SERIAL);
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));

        assertRefused(Refusal.NOT_YET, provision(TARO));
    }

    /** An earlier fault: the operator revoked a token that was provisioned and not yet active. */
    @Test
    @Tag("R7.3")
    void everyEndOfAProvisionedTokenCounts() {
        List<Consumer<FakePhone>> ends = List.of(
                phone -> assertAccepted(desk.revoke(TARO, "asked to")),
                phone -> assertAccepted(desk.cancel(TARO, "asked to")),
                phone -> assertAccepted(tokens.cancel(TARO, Confirmation.NONE)),
                phone -> {
                    assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
                    assertAccepted(desk.revoke(TARO, "asked to"));
                },
                phone -> {
                    assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
                    clock.toNextStep(TotpProfile.BANK);
                    assertAccepted(tokens.revoke(TARO, code(phone.code())));
                });
        for (Consumer<FakePhone> end : ends) {
            end.accept(issue(TARO));
            assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));

            assertRefused(Refusal.NOT_YET, provision(TARO));

            assertAccepted(desk.cancel(TARO, "for the next end"));
            clock.advance(Duration.ofDays(1));
        }
    }

    @Test
    @Tag("R7.3")
    void theEndOfATokenThatNoAppReceivedDoesNotCount() {
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));

        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertAccepted(provision(TARO));
    }

    /** A lapsed token ended at the instant of its lapse, not when an operation recorded the lapse. */
    @Test
    @Tag("R7.3")
    @Tag("R4.8")
    void aLapsedTokenEndedWhenItsTimeWasOver() {
        assertNotNull(issue(TARO));
        clock.set(requireNonNull(pending(TARO).lapsesAt()));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertRefused(Refusal.NOT_YET, provision(TARO));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));

        assertNotNull(issueAfterWait());
        clock.set(requireNonNull(pending(TARO).lapsesAt()).plus(Duration.ofDays(2)));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertAccepted(provision(TARO));
    }

    private FakePhone issueAfterWait() {
        clock.advance(Duration.ofDays(1));
        return issue(TARO);
    }

    /** An earlier fault: a takeover on the day of a revocation, and a renewal that was provisioned at once. */
    @Test
    @Tag("R7.3")
    @Tag("R6.1")
    void aSuccessorWaitsToo() {
        follow(TestInstitution.POLICY.withRenewal(RenewalPolicy.ALL_KINDS));
        FakePhone phone = activate(TARO);
        assertAccepted(tokens.revoke(TARO, code(phone.code())));
        OtpSecret secret = OtpSecret.random(TotpProfile.BANK.algorithm(), new SecureRandom());
        assertAccepted(bank.migration(OPERATOR)
                .takeOver(ForeignToken.builder()
                        .holder(TARO)
                        .kind(TokenKind.SOFTWARE)
                        .serial(new SerialNumber("900000001"))
                        .secret(OtpSecret.copyOf(secret.exposeBytes()))
                        .profile(TotpProfile.BANK)
                        .expiresAt(clock.instant().plus(Duration.ofDays(30)))
                        .build()));
        FakeAuthenticator taken = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        clock.advance(Duration.ofMinutes(5));
        assertAccepted(tokens.renewSoftware(TARO, REQUEST, code(taken.code())));

        assertRefused(Refusal.NOT_YET, provision(TARO));
        clock.advance(Duration.ofDays(1));
        assertAccepted(provision(TARO));
    }

    @Test
    @Tag("R7.3")
    void anInstitutionCanWaitForAFixedTime() {
        follow(TestInstitution.POLICY.withSoftware(SoftwarePolicy.BANK.toBuilder()
                .provisioningWait(ProvisioningWait.of(Duration.ofMinutes(30)))
                .build()));
        FakePhone phone = activate(TARO);
        assertAccepted(tokens.revoke(TARO, code(phone.code())));
        Instant revokedAt = clock.instant();
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));

        clock.set(revokedAt.plus(Duration.ofMinutes(30)).minusMillis(1));
        assertRefused(Refusal.NOT_YET, provision(TARO));
        clock.set(revokedAt.plus(Duration.ofMinutes(30)));
        assertAccepted(provision(TARO));
    }

    @Test
    @Tag("R7.3")
    void theRuleIsForSoftwareTokensOnlyAndForThePolicyToMake() {
        FakeAuthenticator token = activateHardware(HANAKO, SERIAL);
        assertAccepted(tokens.revoke(HANAKO, code(token.code())));
        assertAccepted(tokens.issueSoftware(HANAKO, REQUEST, Confirmation.NONE));
        assertAccepted(provision(HANAKO));

        SoftwarePolicy bank = SoftwarePolicy.BANK;
        follow(TestInstitution.POLICY.withSoftware(bank.toBuilder()
                .generatedPassword(false)
                .provisioningWait(ProvisioningWait.NONE)
                .build()));
        FakePhone phone = activate(TARO);
        assertAccepted(tokens.revoke(TARO, code(phone.code())));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertAccepted(provision(TARO));
    }

    @Test
    @Tag("R7.2")
    @Tag("R3.3")
    void deletesTheSecretAndKeepsTheHistory() {
        FakePhone phone = activate(TARO);
        assertAccepted(desk.revoke(TARO, "phone was lost"));

        Token token = requireNonNull(
                store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().token());
        assertNull(token.secret());
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        assertFalse(tokens.registration(TARO).loginAsksForCode());
        assertRefused(Refusal.NOT_ACTIVE, login(TARO, phone.code()));
        TokenEvent last = bank.histories().read(TARO, 3, 10).get(0);
        assertEquals(EventType.REVOKED, last.type());
        assertEquals("phone was lost", last.reason());
    }

    @Test
    @Tag("R7.1")
    void theInstitutionRevokesExpiredTokens() {
        activate(TARO);
        clock.advance(Duration.ofDays(5 * 365));

        assertAccepted(desk.revoke(TARO, "expired"));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
    }

    @Test
    @Tag("R7.4")
    void theKindOfTokenChangesByRevocationAndANewIssue() {
        FakeAuthenticator token = activateHardware(TARO, SERIAL);
        assertAccepted(tokens.revoke(TARO, code(token.code())));

        FakePhone phone = activate(TARO);

        assertAccepted(login(TARO, phone.code()));
        assertEquals(TokenKind.SOFTWARE, inUse(TARO).kind());
    }
}
