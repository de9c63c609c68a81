package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The issue of software tokens, and the end of those that are not activated. */
class IssueTest extends InstitutionFixture {

    @Test
    @Tag("R4.1")
    void namesEveryInvalidFieldAtOnce() {
        Outcome<Issued> outcome = tokens.issueSoftware(
                TARO,
                SoftwareRequest.of("taro＠bank.example", "123").enteredAgain("hanako@bank.example", "124"),
                Confirmation.NONE);

        assertMalformed(
                Set.of(
                        Field.MAIL_ADDRESS,
                        Field.MAIL_ADDRESS_AGAIN,
                        Field.ACTIVATION_PASSWORD,
                        Field.ACTIVATION_PASSWORD_AGAIN),
                outcome);
        assertEquals(
                List.of(
                        Field.MAIL_ADDRESS,
                        Field.MAIL_ADDRESS_AGAIN,
                        Field.ACTIVATION_PASSWORD,
                        Field.ACTIVATION_PASSWORD_AGAIN),
                List.copyOf(refused(outcome).fields()));
        assertEquals(Optional.empty(), store.find(TestInstitution.SERVICE_ID, TARO));
    }

    @ParameterizedTest
    @Tag("R4.1")
    @ValueSource(strings = {"", "123", "123456789", "12a4", "１２３４", " 1234", "-1234"})
    void takesOnlyFourToEightAsciiDigitsAsActivationPassword(String password) {
        assertMalformed(
                Set.of(Field.ACTIVATION_PASSWORD),
                tokens.issueSoftware(TARO, SoftwareRequest.of("taro@bank.example", password), Confirmation.NONE));
    }

    @ParameterizedTest
    @Tag("R4.1")
    @ValueSource(
            strings = {
                "",
                "taro",
                "@bank.example",
                "taro@",
                "ta ro@bank.example",
                "taro@bank..example",
                "太郎@bank.example",
                "taro@bank.example\n",
                "\"taro\"@bank.example",
                "taro@bank.example,hanako@bank.example"
            })
    void takesOnlyAsciiMailAddresses(String address) {
        assertMalformed(
                Set.of(Field.MAIL_ADDRESS),
                tokens.issueSoftware(TARO, SoftwareRequest.of(address, "1234"), Confirmation.NONE));
    }

    @Test
    @Tag("R4.2")
    void returnsTheIdsAndRecordsThatItWasIssued() {
        Issued issued = tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE).orElseThrow();

        assertEquals(TestInstitution.SERVICE_ID, issued.registration().serviceId());
        assertEquals(tokens.registration(TARO).userId(), issued.registration().userId());
        assertNull(issued.activationPassword());
        TokenEvent event = bank.histories().read(TARO, 0, 10).get(0);
        assertEquals(EventType.ISSUED, event.type());
        assertEquals(requireNonNull(pending(TARO).token()).serial(), event.serial());
        assertEquals(Optional.of(new MailAddress("taro@bank.example")), tokens.mailAddress(TARO));
        assertEquals(Optional.empty(), tokens.mailAddress(HANAKO));
    }

    @Test
    @Tag("R4.4")
    @Tag("R4.1")
    void generatesABindingCodeWhereThePolicyWantsOne() {
        follow(TestInstitution.POLICY.withSoftware(SoftwarePolicy.GENERATED));
        assertMalformed(Set.of(Field.ACTIVATION_PASSWORD), tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));

        Issued issued = tokens.issueSoftware(TARO, SoftwareRequest.of("taro@bank.example", null), Confirmation.NONE)
                .orElseThrow();

        String password = requireNonNull(issued.activationPassword()).exposeText();
        assertTrue(password.matches("[0-9A-HJKMNP-TV-Z]{10}"), "50 bits");
        assertFalse(issued.toString().contains(password));
        assertFalse(FakePhone.provisioned(tokens, issued.userId(), password, clock)
                .code()
                .isEmpty());
    }

    @Test
    @Tag("R4.7")
    void activatesOnlyWhatWasProvisioned() {
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));

        assertRefused(Refusal.NOT_PROVISIONED, 5, tokens.activateSoftware(TARO, code("12345678")));
        UserId userId = requireNonNull(tokens.registration(TARO).userId());
        FakePhone phone = FakePhone.provisioned(tokens, userId, FakePhone.ACTIVATION_PASSWORD, clock);
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
    }

    @Test
    @Tag("R4.8")
    void isCancelledByTheHolderOrTheInstitution() {
        issue(TARO);
        assertAccepted(tokens.cancel(TARO, Confirmation.NONE));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        assertRefusedWithoutToken(Refusal.NOT_ISSUED, tokens.cancel(TARO, Confirmation.NONE));

        clock.advance(Duration.ofDays(1));
        issue(TARO);
        assertAccepted(desk.cancel(TARO, "typed the wrong address"));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        assertEquals(OPERATOR, bank.histories().read(TARO, 5, 1).get(0).operator());
        assertEquals(
                List.of(
                        EventType.ISSUED,
                        EventType.PROVISIONED,
                        EventType.CANCELLED,
                        EventType.ISSUED,
                        EventType.PROVISIONED,
                        EventType.CANCELLED),
                history(TARO));
    }

    @Test
    @Tag("R4.8")
    @Tag("R3.1")
    void lapsesAfterItsTime() {
        FakePhone phone = issue(TARO);
        Duration waits = TestInstitution.POLICY.pendingLifetime();
        clock.advance(waits.minusSeconds(60));
        assertEquals(RegistrationStatus.ISSUED, status(TARO));
        assertRefused(Refusal.NOT_ISSUED, tokens.lapse(TARO));

        clock.advance(Duration.ofSeconds(60));

        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        assertRefused(Refusal.LAPSED, tokens.activateSoftware(TARO, code(phone.code())));
        assertRefused(Refusal.LAPSED, tokens.cancel(TARO, Confirmation.NONE));
        assertEquals(2, history(TARO).size());
        assertAccepted(tokens.lapse(TARO));
        assertEquals(EventType.LAPSED, history(TARO).get(2));
        assertNull(store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().pending());
        assertRefused(Refusal.NOT_ISSUED, tokens.lapse(TARO));
    }

    @Test
    @Tag("R4.8")
    @Tag("R3.2")
    void aLapsedIssueMakesRoomForTheNext() {
        issue(TARO);
        clock.advance(TestInstitution.POLICY.pendingLifetime().plusDays(1));

        FakePhone phone = issue(TARO);

        assertEquals(EventType.LAPSED, history(TARO).get(2));
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
    }
}
