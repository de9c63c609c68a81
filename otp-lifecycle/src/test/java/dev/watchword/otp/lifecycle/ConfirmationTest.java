package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The factors of the bank in the customer manual. All are consumed together. If one is wrong, none is consumed, and its
 * failure is counted.
 */
class ConfirmationTest extends InstitutionFixture {
    private static final String PASSWORD = "secret12";
    private static final String WRONG = "secret13";
    private static final String ADDRESS = "taro@bank.example";

    @BeforeEach
    void asAtTheBank() {
        follow(TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING));
        assertAccepted(tokens.setConfirmationPassword(TARO, PASSWORD));
    }

    private String mailCode(Operation operation, String address) {
        return tokens.createMailCode(TARO, operation, address)
                .orElseThrow()
                .code()
                .exposeText();
    }

    private static Confirmation password(String password) {
        return Confirmation.NONE.password(password);
    }

    @CanIgnoreReturnValue
    private FakePhone activePhone() {
        Confirmation all = password(PASSWORD).mailCode(mailCode(Operation.ISSUE, ADDRESS));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, all));
        UserId userId = requireNonNull(tokens.registration(TARO).userId());
        FakePhone phone = FakePhone.provisioned(tokens, userId, FakePhone.ACTIVATION_PASSWORD, clock);
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
        clock.advance(Duration.ofMinutes(1));
        return phone;
    }

    private Credentials factors() {
        return store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().credentials();
    }

    @Test
    @Tag("R8.1")
    void everyOperationTakesItsFactors() {
        String mailCode = mailCode(Operation.ISSUE, ADDRESS);
        assertRefused(Refusal.FACTOR_MISSING, tokens.issueSoftware(TARO, REQUEST, password(PASSWORD)));
        assertRefused(
                Refusal.FACTOR_MISSING, tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE.mailCode(mailCode)));
        assertRefused(Refusal.FACTOR_MISSING, tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(mailCode)));
        assertRefused(Refusal.FACTOR_MISSING, tokens.cancel(TARO, Confirmation.NONE));
        assertAccepted(tokens.cancel(TARO, password(PASSWORD)));

        assertAccepted(tokens.orderHardware(TARO, password(PASSWORD)));
        FakeAuthenticator token = stock(SERIAL);
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
        clock.advance(Duration.ofDays(300));
        assertRefused(Refusal.FACTOR_MISSING, tokens.renewHardware(TARO, code(token.code())));
        assertAccepted(tokens.renewHardware(TARO, code(token.code()).password(PASSWORD)));
        clock.advance(Duration.ofMinutes(1));
        assertRefused(Refusal.FACTOR_MISSING, tokens.revoke(TARO, code(token.code())));
        assertAccepted(tokens.revoke(TARO, code(token.code()).password(PASSWORD)));
    }

    @Test
    @Tag("R8.1")
    void aWrongPasswordConsumesNeitherTheCodeNorTheMailCode() {
        FakePhone phone = activePhone();
        assertRefused(
                Refusal.WRONG_PASSWORD,
                5,
                tokens.revoke(TARO, code(phone.code()).password(WRONG)));
        assertEquals(1, factors().passwordFailures());
        assertAccepted(tokens.revoke(TARO, code(phone.code()).password(PASSWORD)));
        assertEquals(0, factors().passwordFailures());

        String mailCode = mailCode(Operation.ISSUE, ADDRESS);
        assertRefused(
                Refusal.WRONG_PASSWORD,
                tokens.issueSoftware(TARO, REQUEST, password(WRONG).mailCode(mailCode)));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(mailCode)));
    }

    @Test
    @Tag("R8.1")
    @Tag("R2.5")
    void eachFailedFactorIsChargedAndNoOther() {
        FakePhone phone = activePhone();
        assertRefused(
                Refusal.WRONG_CODE,
                4,
                tokens.revoke(TARO, code(phone.wrongCode()).password(PASSWORD)));
        assertEquals(0, factors().passwordFailures());
        assertRefused(
                Refusal.WRONG_PASSWORD,
                3,
                tokens.revoke(TARO, code(phone.wrongCode()).password(WRONG)));
        assertEquals(1, factors().passwordFailures());
        List<EventType> history = history(TARO);
        assertEquals(
                List.of(EventType.WRONG_CODE, EventType.WRONG_CODE, EventType.WRONG_PASSWORD),
                history.subList(history.size() - 3, history.size()));
    }

    @Test
    @Tag("R8.2")
    void thePasswordIsLockedAfterItsTriesUntilTheInstitutionResetsIt() {
        for (int i = 0; i < 5; i++) {
            assertRefused(Refusal.WRONG_PASSWORD, tokens.orderHardware(TARO, password(WRONG)));
        }
        assertRefused(Refusal.PASSWORD_LOCKED, tokens.orderHardware(TARO, password(PASSWORD)));
        assertAccepted(desk.resetFactors(TARO, "identity proven"));
        assertAccepted(tokens.orderHardware(TARO, password(PASSWORD)));
    }

    @ParameterizedTest
    @Tag("R8.2")
    @ValueSource(strings = {"", "12345", "1234567890123", "pass word", "pässword", "１２３４５６", "password!"})
    void thePasswordHasSixToTwelveLettersOrDigits(String password) {
        assertRefused(Refusal.MALFORMED, tokens.setConfirmationPassword(TARO, password));
        assertRefused(Refusal.WRONG_PASSWORD, tokens.orderHardware(TARO, password(password)));
        assertAccepted(tokens.orderHardware(TARO, password(PASSWORD)));
    }

    @Test
    @Tag("R8.2")
    void aHolderWithoutAPasswordHasNone() {
        assertRefused(Refusal.NO_PASSWORD, tokens.orderHardware(HANAKO, password(PASSWORD)));
    }

    @Test
    @Tag("R8.2")
    void theApplicationMayCheckThePasswordByItself() {
        assertThrows(
                IllegalArgumentException.class, () -> tokens.orderHardware(TARO, Confirmation.NONE.passwordWasRight()));
        follow(TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BANK.toBuilder()
                .passwordKeeper(PasswordKeeper.APPLICATION)
                .build()));
        assertThrows(IllegalStateException.class, () -> tokens.setConfirmationPassword(TARO, PASSWORD));
        assertThrows(IllegalArgumentException.class, () -> tokens.orderHardware(TARO, password(PASSWORD)));

        assertRefused(Refusal.FACTOR_MISSING, tokens.orderHardware(HANAKO, Confirmation.NONE));
        assertRefused(Refusal.WRONG_PASSWORD, tokens.orderHardware(HANAKO, Confirmation.NONE.passwordWasWrong()));
        assertEquals(List.of(), history(HANAKO));
        assertAccepted(tokens.orderHardware(HANAKO, Confirmation.NONE.passwordWasRight()));
    }

    @Test
    @Tag("R8.3")
    void aMailCodeIsGoodOnceForItsRequestAndItsAddress() {
        CreatedMailCode made = tokens.createMailCode(TARO, Operation.ISSUE, "taro@elsewhere.example")
                .orElseThrow();
        String mailed = made.code().exposeText();
        assertTrue(mailed.matches("[0-9]{8}"));
        assertFalse(made.toString().contains(mailed));
        assertEquals(made.sentAt().plus(Duration.ofMinutes(10)), made.expiresAt());

        Confirmation all = password(PASSWORD).mailCode(mailed);
        assertRefused(Refusal.NO_MAIL_CODE, tokens.issueSoftware(TARO, REQUEST, all));
        assertAccepted(tokens.issueSoftware(TARO, SoftwareRequest.of("taro@elsewhere.example", "1234"), all));
        assertAccepted(tokens.cancel(TARO, password(PASSWORD)));
        assertRefused(
                Refusal.NO_MAIL_CODE,
                tokens.issueSoftware(TARO, SoftwareRequest.of("taro@elsewhere.example", "1234"), all));

        String ofAnother = mailCode(Operation.ORDER, ADDRESS);
        assertRefused(
                Refusal.NO_MAIL_CODE,
                tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(ofAnother)));
    }

    @Test
    @Tag("R8.3")
    void aMailCodeDiesInTimeAndWithTheNextOne() {
        String first = mailCode(Operation.ISSUE, ADDRESS);
        String second = mailCode(Operation.ISSUE, ADDRESS);
        assertRefused(
                Refusal.WRONG_MAIL_CODE,
                tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(first)));
        clock.advance(Duration.ofMinutes(10));
        assertRefused(
                Refusal.NO_MAIL_CODE,
                tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(second)));
        assertMalformed(Set.of(Field.MAIL_ADDRESS), tokens.createMailCode(TARO, Operation.ISSUE, "nowhere"));
    }

    /** NIST SP 800-63B-4 §3.1.3.2: a new code must not reset the count. */
    @Test
    @Tag("R8.3")
    void aNewMailCodeDoesNotResetTheCount() {
        for (int i = 0; i < 5; i++) {
            String code = mailCode(Operation.ISSUE, ADDRESS);
            String wrong = code.equals("00000000") ? "00000001" : "00000000";
            assertRefused(
                    Refusal.WRONG_MAIL_CODE,
                    tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(wrong)));
        }
        assertRefused(Refusal.MAIL_CODE_LOCKED, tokens.createMailCode(TARO, Operation.ISSUE, ADDRESS));
        assertRefused(
                Refusal.MAIL_CODE_LOCKED,
                tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode("12345678")));
        assertAccepted(desk.resetFactors(TARO, "identity proven"));
        activePhone();
    }

    /** Each comparison opens the sealed hash, which needs the key. */
    @Test
    @Tag("R4.4")
    @Tag("R8.2")
    void aPasswordIsHashedOnceARequestWhateverRacesFollow() {
        int[] keysTaken = {0};
        KeySource counting = new KeySource() {
            @Override
            public String sealingKeyName() {
                return TestInstitution.KEYS.sealingKeyName();
            }

            @Override
            public Optional<SecretKey> sealingKey(String name) {
                keysTaken[0]++;
                return TestInstitution.KEYS.sealingKey(name);
            }

            @Override
            public String historyKeyName() {
                return TestInstitution.KEYS.historyKeyName();
            }

            @Override
            public Optional<SecretKey> historyKey(String name) {
                return TestInstitution.KEYS.historyKey(name);
            }
        };
        int[] overtaken = {0};
        ForwardingStore busy = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                return overtaken[0]++ < 5 ? CommitResult.STALE : super.commit(change);
            }
        };
        TokenService slow = Institution.builder(TestInstitution.SERVICE_ID, busy, counting)
                .clock(clock)
                .policy(TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING))
                .withoutKeyCheck()
                .build()
                .tokens();

        assertAccepted(slow.orderHardware(TARO, password(PASSWORD)));

        assertEquals(6, overtaken[0]);
        assertEquals(1, keysTaken[0]);
    }

    @Test
    @Tag("R8.3")
    @Tag("R10.2")
    void noFactorIsInAnEvent() {
        String code = mailCode(Operation.ISSUE, ADDRESS);
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(code)));

        String all = bank.histories().read(TARO, 0, 100)
                + store.find(TestInstitution.SERVICE_ID, TARO).toString()
                + password(PASSWORD).mailCode(code)
                + REQUEST;
        String withoutMacs = all.replaceAll("[0-9a-f]{32,}", "MAC");
        for (String secret : List.of(code, PASSWORD, ADDRESS, FakePhone.ACTIVATION_PASSWORD)) {
            assertFalse(withoutMacs.contains(secret), withoutMacs);
        }
    }
}
