package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The renewal of a token before it expires. */
class RenewalTest extends InstitutionFixture {
    private final FakeAuthenticator old = activateHardware(TARO, SERIAL);
    private final Instant expiry = inUse(TARO).expiresAt();

    @CanIgnoreReturnValue
    private FakeAuthenticator sendSuccessor() {
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
        FakeAuthenticator shown = stock(SERIAL_2);
        assertAccepted(desk.assign(TARO, SERIAL_2.value()));
        assertAccepted(desk.send(TARO));
        clock.advance(Duration.ofMinutes(5));
        return shown;
    }

    @Test
    @Tag("R6.1")
    void mayBeAskedForFromNinetyDaysBeforeTheExpiryUntilThen() {
        Instant from = expiry.minus(Duration.ofDays(90));
        clock.set(from.minusNanos(1000));
        Refused<?> early = refused(tokens.renewHardware(TARO, code(old.code())));
        assertEquals(Refusal.NOT_YET, early.refusal());
        assertEquals(from, early.notBefore().orElseThrow());
        clock.set(expiry);
        assertRefused(Refusal.EXPIRED, tokens.renewHardware(TARO, code(old.code())));
        clock.set(expiry.minusNanos(1000));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
    }

    /** The policy allows a successor at any time and of the other kind; the old token is of either kind. */
    @Test
    @Tag("R6.4")
    void aPolicyAllowsItAtAnyTimeAndToTheOtherKind() {
        assertRefused(Refusal.NOT_RENEWABLE, tokens.renewSoftware(TARO, REQUEST, code(old.code())));
        assertRefused(Refusal.NOT_YET, tokens.renewHardware(TARO, code(old.code())));
        follow(TestInstitution.POLICY.withRenewal(RenewalPolicy.ANY_TIME));

        assertAccepted(tokens.renewSoftware(TARO, REQUEST, code(old.code())));

        UserId userId = Objects.requireNonNull(tokens.registration(TARO).userId());
        FakePhone phone = FakePhone.provisioned(tokens, userId, FakePhone.ACTIVATION_PASSWORD, clock);
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
        assertEquals(TokenKind.SOFTWARE, inUse(TARO).kind());
        clock.advance(Duration.ofMinutes(2));
        assertAccepted(tokens.renewHardware(TARO, code(phone.code())));
        assertEquals(TokenKind.SOFTWARE, inUse(TARO).kind());
    }

    @Test
    @Tag("R6.4")
    void onlyTheKindsOfThePolicyAreRenewed() {
        follow(TestInstitution.POLICY.withRenewal(RenewalPolicy.ANY_TIME.toBuilder()
                .kinds(Set.of(TokenKind.SOFTWARE))
                .build()));

        assertRefused(Refusal.NOT_RENEWABLE, tokens.renewSoftware(TARO, REQUEST, code(old.code())));
    }

    @Test
    @Tag("R6.1")
    @Tag("R1.2")
    void spendsTheCodeOfTheOldToken() {
        clock.set(expiry.minus(Duration.ofDays(10)));
        assertRefused(Refusal.WRONG_CODE, 4, tokens.renewHardware(TARO, code(old.wrongCode())));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));

        assertRefused(Refusal.REPLAYED, login(TARO, old.code()));
        assertRefused(Refusal.TOKEN_EXISTS, tokens.renewHardware(TARO, code(old.code(1))));
    }

    @Test
    @Tag("R6.2")
    @Tag("R3.1")
    @Tag("R7.5")
    void theOldOneWorksUntilTheNewOneIsActivated() {
        clock.set(expiry.minus(Duration.ofDays(10)));
        FakeAuthenticator successor = sendSuccessor();
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
        assertEquals(SERIAL, inUse(TARO).serial());
        assertAccepted(login(TARO, old.code()));

        assertAccepted(tokens.activateHardware(TARO, SERIAL_2.value(), code(successor.code())));

        clock.advance(Duration.ofMinutes(1));
        assertEquals(SERIAL_2, inUse(TARO).serial());
        assertNull(tokens.registration(TARO).pending());
        assertRefused(Refusal.WRONG_CODE, login(TARO, old.code()));
        assertAccepted(login(TARO, successor.code()));
        List<EventType> history = history(TARO);
        assertEquals(List.of(EventType.ACTIVATED, EventType.SUPERSEDED), history.subList(8, 10));
        assertFalse(history.contains(EventType.REVOKED));
    }

    @Test
    @Tag("R6.2")
    void theNewOneIsActivatedAlsoWhenTheOldOneHasExpired() {
        clock.set(expiry.minus(Duration.ofDays(1)));
        FakeAuthenticator successor = sendSuccessor();
        clock.set(expiry.plusSeconds(1));

        assertRefused(Refusal.EXPIRED, login(TARO, old.code()));
        assertAccepted(tokens.activateHardware(TARO, SERIAL_2.value(), code(successor.code())));
    }

    @Test
    @Tag("R2.5")
    @Tag("R2.7")
    void aWrongCodeAtTheActivationLeavesTheTriesOfTheNewOne() {
        clock.set(expiry.minus(Duration.ofDays(10)));
        FakeAuthenticator successor = sendSuccessor();
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, old.wrongCode()));
        assertRefused(Refusal.WRONG_CODE, 3, login(TARO, old.wrongCode()));

        Confirmation wrong = code(successor.wrongCode());
        assertRefused(Refusal.WRONG_CODE, 4, tokens.activateHardware(TARO, SERIAL_2.value(), wrong));
        assertRefused(Refusal.WRONG_SERIAL, 3, tokens.activateHardware(TARO, SERIAL.value(), wrong));
        assertRefused(Refusal.WRONG_CODE, 2, login(TARO, old.wrongCode()));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertRefused(Refusal.NOT_ISSUED, 2, tokens.activateHardware(TARO, SERIAL_2.value(), wrong));
    }

    @Test
    @Tag("R6.2")
    void revokingEndsBothAndCancellingJustTheSuccessor() {
        clock.set(expiry.minus(Duration.ofDays(10)));
        sendSuccessor();
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertEquals(SERIAL, inUse(TARO).serial());
        assertNull(tokens.registration(TARO).pending());
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));

        clock.advance(Duration.ofMinutes(1));
        assertAccepted(tokens.revoke(TARO, code(old.code())));

        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        assertNull(tokens.registration(TARO).pending());
        assertNull(tokens.registration(TARO).token());
    }

    @Test
    @Tag("R4.8")
    @Tag("R6.2")
    void aSuccessorThatWaitsTooLongLapsesAlone() {
        clock.set(expiry.minus(Duration.ofDays(90)));
        FakeAuthenticator successor = sendSuccessor();
        clock.advance(TestInstitution.POLICY.pendingLifetime());

        assertRefused(Refusal.LAPSED, tokens.activateHardware(TARO, SERIAL_2.value(), code(successor.code())));
        assertRefused(Refusal.MALFORMED, login(TARO, "none"));
        assertFalse(history(TARO).contains(EventType.LAPSED), "a refusal is no reason to commit");
        assertNull(tokens.registration(TARO).pending());
        assertAccepted(login(TARO, old.code()));
        assertTrue(history(TARO).contains(EventType.LAPSED));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
    }

    @Test
    @Tag("R6.1")
    void isForSoftwareTokensWhereThePolicyAllowsIt() {
        FakePhone phone = activate(HANAKO);
        clock.set(inUse(HANAKO).expiresAt().minus(Duration.ofDays(30)));
        assertRefused(Refusal.NOT_RENEWABLE, tokens.renewSoftware(HANAKO, REQUEST, code(phone.code())));

        follow(TestInstitution.POLICY.withRenewal(RenewalPolicy.ALL_KINDS));
        assertRefused(Refusal.NOT_RENEWABLE, tokens.renewHardware(HANAKO, code(phone.code())));
        SoftwareRequest moved = SoftwareRequest.of("hanako@elsewhere.example", FakePhone.ACTIVATION_PASSWORD);
        assertAccepted(tokens.renewSoftware(HANAKO, moved, code(phone.code())));
        assertEquals(Optional.of(new MailAddress("hanako@elsewhere.example")), tokens.mailAddress(HANAKO));
        assertEquals(TokenKind.SOFTWARE, pending(HANAKO).kind());
        assertEquals(RegistrationStatus.ACTIVE, status(HANAKO));
        UserId userId = Objects.requireNonNull(tokens.registration(HANAKO).userId());
        FakePhone next = FakePhone.provisioned(tokens, userId, FakePhone.ACTIVATION_PASSWORD, clock);
        assertAccepted(tokens.activateSoftware(HANAKO, code(next.code())));
        assertEquals(EventType.SUPERSEDED, history(HANAKO).get(history(HANAKO).size() - 1));
    }
}
