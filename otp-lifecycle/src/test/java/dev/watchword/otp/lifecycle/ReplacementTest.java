package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The replacement of a token by the institution, and its order for a holder. */
class ReplacementTest extends InstitutionFixture {
    private static final String WORDS = "lost on the train";

    private void assertLoginAsksForACode() {
        assertTrue(tokens.registration(TARO).loginAsksForCode());
    }

    private List<TokenEvent> latest(int count) {
        List<TokenEvent> all = bank.histories().read(TARO, 0, 1000);
        return all.subList(all.size() - count, all.size());
    }

    private FakePhone receivedPhone() {
        UserId userId = requireNonNull(tokens.registration(TARO).userId());
        return FakePhone.provisioned(tokens, userId, FakePhone.ACTIVATION_PASSWORD, clock);
    }

    @Test
    @Tag("R6.3")
    @Tag("R3.3")
    void aLostPhoneIsReplacedWhileLoginAsksForACode() {
        FakePhone lost = activate(TARO);

        Issued issued = desk.replaceWithSoftware(TARO, SuspensionReason.LOST, REQUEST, WORDS)
                .orElseThrow();

        assertEquals(RegistrationStatus.SUSPENDED, issued.registration().status());
        assertLoginAsksForACode();
        assertRefused(Refusal.SUSPENDED, login(TARO, lost.code()));
        FakePhone next = receivedPhone();
        assertLoginAsksForACode();
        assertRefused(Refusal.WRONG_CODE, tokens.activateSoftware(TARO, code(next.wrongCode())));
        clock.advance(Duration.ofMinutes(5));
        assertAccepted(tokens.activateSoftware(TARO, code(next.code())));
        assertLoginAsksForACode();
        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
        assertEquals(next.contents().serial(), inUse(TARO).serial().value());
        assertRefused(Refusal.WRONG_CODE, login(TARO, lost.code(), Duration.ofMinutes(2)));
    }

    private Outcome<Registration> login(Holder holder, String code, Duration later) {
        clock.advance(later);
        return login(holder, code);
    }

    @Test
    @Tag("R6.3")
    @Tag("R9.1")
    void recordsOperatorReasonAndPurpose() {
        activateHardware(TARO, SERIAL);

        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.STOLEN, WORDS));

        List<TokenEvent> events = latest(2);
        assertEquals(
                List.of(EventType.SUSPENDED, EventType.ORDERED),
                events.stream().map(TokenEvent::type).toList());
        for (TokenEvent event : events) {
            assertEquals(OPERATOR, event.operator());
            assertEquals(WORDS, event.reason());
        }
        assertEquals(SuspensionReason.STOLEN, events.get(0).suspensionReason());
        assertEquals(Purpose.REPLACEMENT, events.get(1).purpose());
        assertEquals(OrderState.PLACED, requireNonNull(pending(TARO).order()).state());
    }

    @Test
    @Tag("R6.3")
    @Tag("R6.2")
    @Tag("R7.5")
    void theActivationOfTheSuccessorEndsTheOldTokenInTheSameCommit() {
        activateHardware(TARO, SERIAL);
        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.BROKEN, WORDS));
        FakeAuthenticator next = stock(SERIAL_2);
        assertAccepted(desk.assign(TARO, SERIAL_2.value()));
        assertAccepted(desk.send(TARO));
        long version = store.find(bank.serviceId(), TARO).orElseThrow().version();

        assertAccepted(tokens.activateHardware(TARO, SERIAL_2.value(), code(next.code())));

        assertEquals(
                version + 1, store.find(bank.serviceId(), TARO).orElseThrow().version());
        assertEquals(
                List.of(EventType.ACTIVATED, EventType.SUPERSEDED),
                latest(2).stream().map(TokenEvent::type).toList());
        assertEquals(SERIAL, latest(1).get(0).serial());
        assertEquals(SERIAL_2, inUse(TARO).serial());
        assertNull(inUse(TARO).suspension());
    }

    @Test
    @Tag("R6.3")
    void anExpiringTokenStaysInUse() {
        FakeAuthenticator old = activateHardware(TARO, SERIAL);

        assertAccepted(desk.orderSuccessor(TARO, "expires next month"));

        assertEquals(RegistrationStatus.ACTIVE, status(TARO));
        assertAccepted(login(TARO, old.code()));
        assertEquals(
                List.of(EventType.ORDERED, EventType.CODE_ACCEPTED),
                latest(2).stream().map(TokenEvent::type).toList());
    }

    @Test
    @Tag("R6.3")
    void anExpiredTokenIsReplacedByOneOfTheOtherKind() {
        activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(366));

        Issued issued = desk.issueSuccessor(TARO, REQUEST, "expired yesterday").orElseThrow();

        assertLoginAsksForACode();
        assertEquals(TokenKind.SOFTWARE, requireNonNull(pending(TARO).token()).kind());
        assertEquals(
                MailAddress.parse("taro@bank.example"),
                store.find(bank.serviceId(), TARO).map(enrolment -> requireNonNull(enrolment.mailAddress())));
        FakePhone phone = FakePhone.provisioned(tokens, issued.userId(), FakePhone.ACTIVATION_PASSWORD, clock);
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
        assertEquals(TokenKind.SOFTWARE, inUse(TARO).kind());
    }

    @Test
    @Tag("R6.3")
    void aFoundTokenCanBeResumedAndTheSuccessorCancelled() {
        FakeAuthenticator found = activateHardware(TARO, SERIAL);
        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.LOST, WORDS));

        assertAccepted(desk.resume(TARO, "was in the coat"));
        assertAccepted(desk.cancel(TARO, "was in the coat"));

        assertAccepted(login(TARO, found.code()));
    }

    /** Neither the holder's cancellation nor a lapse of the successor opens the account. */
    @Test
    @Tag("R6.3")
    @Tag("R3.3")
    void theEndOfTheSuccessorLeavesTheLostTokenSuspended() {
        activateHardware(TARO, SERIAL);
        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.LOST, WORDS));
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertLoginAsksForACode();
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));

        assertAccepted(desk.replaceWithHardware(TARO, SuspensionReason.LOST, WORDS));
        clock.advance(Duration.ofDays(400));
        assertAccepted(tokens.lapse(TARO));
        assertLoginAsksForACode();
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
    }

    @Test
    @Tag("R6.3")
    void isRefusedWithoutATokenOrWithASuccessor() {
        assertRefusedWithoutToken(Refusal.UNKNOWN_HOLDER, desk.replaceWithHardware(TARO, SuspensionReason.LOST, WORDS));
        issue(TARO);
        assertRefused(Refusal.NOT_ACTIVE, desk.replaceWithHardware(TARO, SuspensionReason.LOST, WORDS));
        activateHardware(HANAKO, SERIAL);
        assertAccepted(desk.orderSuccessor(HANAKO, WORDS));
        assertRefused(Refusal.TOKEN_EXISTS, desk.replaceWithSoftware(HANAKO, SuspensionReason.LOST, REQUEST, WORDS));
        assertEquals(RegistrationStatus.ACTIVE, status(HANAKO));
    }

    @Test
    @Tag("R6.3")
    void takesAReasonForTokensAndWellFormedEntries() {
        activateHardware(TARO, SERIAL);

        assertThrows(
                IllegalArgumentException.class,
                () -> desk.replaceWithHardware(TARO, SuspensionReason.FRAUD_SUSPECTED, WORDS));
        assertMalformed(Set.of(Field.REASON), desk.replaceWithHardware(TARO, SuspensionReason.LOST, " "));
        assertMalformed(
                Set.of(Field.REASON, Field.MAIL_ADDRESS),
                desk.issueSuccessor(TARO, SoftwareRequest.of("nowhere", FakePhone.ACTIVATION_PASSWORD), null));
        assertMalformed(Set.of(Field.REASON), desk.orderSuccessor(TARO, null));
        assertMalformed(Set.of(Field.REASON), desk.orderHardware(HANAKO, ""));
    }

    @Test
    @Tag("R5.2")
    void theInstitutionOrdersForAHolder() {
        Registration ordered = desk.orderHardware(TARO, "asked by letter").orElseThrow();

        assertEquals(RegistrationStatus.ISSUED, ordered.status());
        assertFalse(ordered.loginAsksForCode());
        TokenEvent event = latest(1).get(0);
        assertEquals(EventType.ORDERED, event.type());
        assertEquals(OPERATOR, event.operator());
        assertEquals("asked by letter", event.reason());
        assertNull(event.purpose());
        FakeAuthenticator token = stock(SERIAL);
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
        assertRefused(Refusal.TOKEN_EXISTS, desk.orderHardware(TARO, "asked again"));
    }
}
