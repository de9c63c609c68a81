package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
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

/** The factors of the manual's bank, of which all are consumed or none, and the failed one is charged. */
class ConfirmationTest extends TokenServiceFixture {
    private static final String PASSWORD = "secret12";
    private static final String WRONG = "secret13";
    private static final String ADDRESS = "taro@bank.example";

    @BeforeEach
    void asAtTheBank() {
        follow(TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS));
        assertAccepted(tokens.setConfirmationPassword(TARO, PASSWORD));
    }

    private String mailCode(Operation operation, String address) {
        return assertInstanceOf(MailCodeMade.class, tokens.makeMailCode(TARO, operation, address))
                .code();
    }

    private static Confirmation password(String password) {
        return Confirmation.NONE.password(password);
    }

    private FakePhone activePhone() {
        Confirmation all = password(PASSWORD).mailCode(mailCode(Operation.ISSUE, ADDRESS));
        assertInstanceOf(Issued.class, tokens.issueSoftware(TARO, REQUEST, all));
        UserId userId = requireNonNull(tokens.registration(TARO).userId());
        FakePhone phone = FakePhone.provisioned(tokens, userId, FakePhone.ACTIVATION_PASSWORD, clock);
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
        clock.advance(Duration.ofMinutes(1));
        return phone;
    }

    private Factors factors() {
        return store.find(InMemoryTokens.SERVICE_ID, TARO).orElseThrow().factors();
    }

    @Test
    @Tag("R8.1")
    void everyOperationTakesItsFactors() {
        String mailCode = mailCode(Operation.ISSUE, ADDRESS);
        assertRefused(Refusal.FACTOR_MISSING, tokens.issueSoftware(TARO, REQUEST, password(PASSWORD)));
        assertRefused(
                Refusal.FACTOR_MISSING, tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE.mailCode(mailCode)));
        assertRefused(Refusal.FACTOR_MISSING, tokens.orderFob(TARO, Confirmation.NONE));
        assertInstanceOf(
                Issued.class,
                tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(mailCode)));
        assertRefused(Refusal.FACTOR_MISSING, tokens.cancel(TARO, Confirmation.NONE));
        assertAccepted(tokens.cancel(TARO, password(PASSWORD)));

        assertAccepted(tokens.orderFob(TARO, password(PASSWORD)));
        FakeAuthenticator fob = stock(SERIAL);
        assertAccepted(desk.assign(TARO, SERIAL));
        assertAccepted(desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(fob.code())));
        clock.advance(Duration.ofDays(300));
        assertRefused(Refusal.FACTOR_MISSING, tokens.renewFob(TARO, code(fob.code())));
        assertAccepted(tokens.renewFob(TARO, code(fob.code()).password(PASSWORD)));
        clock.advance(Duration.ofMinutes(1));
        assertRefused(Refusal.FACTOR_MISSING, tokens.revoke(TARO, code(fob.code())));
        assertAccepted(tokens.revoke(TARO, code(fob.code()).password(PASSWORD)));
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
        assertInstanceOf(
                Issued.class,
                tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(mailCode)));
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
            assertRefused(Refusal.WRONG_PASSWORD, tokens.orderFob(TARO, password(WRONG)));
        }
        assertRefused(Refusal.PASSWORD_LOCKED, tokens.orderFob(TARO, password(PASSWORD)));
        assertAccepted(desk.resetFactors(TARO, "identity proven"));
        assertAccepted(tokens.orderFob(TARO, password(PASSWORD)));
    }

    @ParameterizedTest
    @Tag("R8.2")
    @ValueSource(strings = {"", "12345", "1234567890123", "pass word", "pässword", "１２３４５６", "password!"})
    void thePasswordHasSixToTwelveLettersOrDigits(String password) {
        assertRefused(Refusal.MALFORMED, tokens.setConfirmationPassword(TARO, password));
        assertRefused(Refusal.WRONG_PASSWORD, tokens.orderFob(TARO, password(password)));
        assertAccepted(tokens.orderFob(TARO, password(PASSWORD)));
    }

    @Test
    @Tag("R8.2")
    void aHolderWithoutAPasswordHasNone() {
        assertRefused(Refusal.NO_PASSWORD, tokens.orderFob(HANAKO, password(PASSWORD)));
    }

    @Test
    @Tag("R8.2")
    void theApplicationMayCheckThePasswordByItself() {
        assertThrows(
                IllegalArgumentException.class, () -> tokens.orderFob(TARO, Confirmation.NONE.checkedPassword(true)));
        follow(TokenPolicy.BANK.withConfirmation(
                ConfirmationPolicy.BANK.withPasswordKeeper(PasswordKeeper.APPLICATION)));
        assertThrows(IllegalStateException.class, () -> tokens.setConfirmationPassword(TARO, PASSWORD));
        assertThrows(IllegalArgumentException.class, () -> tokens.orderFob(TARO, password(PASSWORD)));

        assertRefused(Refusal.FACTOR_MISSING, tokens.orderFob(HANAKO, Confirmation.NONE));
        assertRefused(Refusal.WRONG_PASSWORD, tokens.orderFob(HANAKO, Confirmation.NONE.checkedPassword(false)));
        assertEquals(List.of(), history(HANAKO));
        assertAccepted(tokens.orderFob(HANAKO, Confirmation.NONE.checkedPassword(true)));
    }

    @Test
    @Tag("R8.3")
    void aMailCodeIsGoodOnceForItsRequestAndItsAddress() {
        MailCodeMade made = assertInstanceOf(
                MailCodeMade.class, tokens.makeMailCode(TARO, Operation.ISSUE, "taro@elsewhere.example"));
        assertTrue(made.code().matches("[0-9]{8}"));
        assertFalse(made.toString().contains(made.code()));
        assertEquals(made.sentAt().plus(Duration.ofMinutes(10)), made.expiresAt());

        Confirmation all = password(PASSWORD).mailCode(made.code());
        assertRefused(Refusal.NO_MAIL_CODE, tokens.issueSoftware(TARO, REQUEST, all));
        assertInstanceOf(
                Issued.class, tokens.issueSoftware(TARO, SoftwareRequest.of("taro@elsewhere.example", "1234"), all));
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
        assertEquals(
                new InvalidFields(Set.of(InvalidFields.Field.MAIL_ADDRESS)),
                tokens.makeMailCode(TARO, Operation.ISSUE, "nowhere"));
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
        assertRefused(Refusal.MAIL_CODE_LOCKED, tokens.makeMailCode(TARO, Operation.ISSUE, ADDRESS));
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
                return InMemoryTokens.KEYS.sealingKeyName();
            }

            @Override
            public Optional<SecretKey> key(String name) {
                keysTaken[0]++;
                return InMemoryTokens.KEYS.key(name);
            }

            @Override
            public String historyKeyName() {
                return InMemoryTokens.KEYS.historyKeyName();
            }

            @Override
            public Optional<SecretKey> historyKey(String name) {
                return InMemoryTokens.KEYS.historyKey(name);
            }
        };
        int[] overtaken = {0};
        ForwardingStore busy = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                return overtaken[0]++ < 5 ? CommitResult.STALE : super.commit(change);
            }
        };
        TokenService slow = TokenService.builder(InMemoryTokens.SERVICE_ID, busy, counting, clock)
                .policy(TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS))
                .build();

        assertAccepted(slow.orderFob(TARO, password(PASSWORD)));

        assertEquals(6, overtaken[0]);
        assertEquals(1, keysTaken[0]);
    }

    @Test
    @Tag("R8.3")
    @Tag("R10.2")
    void noFactorIsInAnEvent() {
        String code = mailCode(Operation.ISSUE, ADDRESS);
        tokens.issueSoftware(TARO, REQUEST, password(PASSWORD).mailCode(code));

        String all = tokens.history(TARO, 0, 100)
                + store.find(InMemoryTokens.SERVICE_ID, TARO).toString()
                + password(PASSWORD).mailCode(code)
                + REQUEST;
        for (String secret : List.of(code, PASSWORD, ADDRESS, FakePhone.ACTIVATION_PASSWORD)) {
            assertFalse(all.contains(secret));
        }
    }
}
