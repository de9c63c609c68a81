package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Failures of the store, the keys or the random numbers cause an exception or another attempt, never an answer about a
 * code.
 */
class TokenServiceFailureTest extends InstitutionFixture {
    private final SwitchableKeys keys = new SwitchableKeys();

    @BeforeEach
    void useTheKeys() {
        bank = institution(commit -> commit);
        tokens = bank.tokens();
        desk = bank.desk(OPERATOR);
    }

    /** A service whose store replaces the commit. */
    private TokenService service(UnaryOperator<Commit> how) {
        return institution(how).tokens();
    }

    private Institution institution(UnaryOperator<Commit> how) {
        Commit commit = how.apply(store::commit);
        TokenStore around = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                return commit.commit(change);
            }
        };
        return Institution.builder(TestInstitution.SERVICE_ID, around, keys)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build();
    }

    private interface Commit {
        CommitResult commit(EnrolmentChange change);
    }

    private static Outcome<Issued> issue(TokenService service, Holder holder) {
        return service.issueSoftware(holder, REQUEST, Confirmation.NONE);
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return refused(outcome).refusal();
    }

    @Test
    void passesAFailureOfTheStoreOn() {
        FakePhone phone = activate(TARO);
        StorageException failure = new StorageException("the disk is full", null);
        TokenService failing = service(commit -> change -> {
            throw failure;
        });

        assertEquals(
                failure, assertThrows(StorageException.class, () -> failing.verify(TARO, phone.code(), Purpose.LOGIN)));
        assertEquals(
                failure,
                assertThrows(StorageException.class, () -> failing.verify(TARO, phone.wrongCode(), Purpose.LOGIN)));
    }

    @Test
    @Tag("R1.2")
    void decidesAgainWhenOvertaken() {
        FakePhone phone = activate(TARO);
        String code = phone.code();
        boolean[] overtaken = {false};
        TokenService slow = service(commit -> change -> {
            if (!overtaken[0]) {
                overtaken[0] = true;
                assertAccepted(tokens.verify(TARO, code, Purpose.LOGIN));
            }
            return commit.commit(change);
        });

        assertEquals(Refusal.REPLAYED, refusal(slow.verify(TARO, code, Purpose.LOGIN)));
    }

    @Test
    void givesUpWhenItIsOvertakenWithoutEnd() {
        FakePhone phone = activate(TARO);
        TokenService hopeless = service(commit -> change -> CommitResult.STALE);

        assertThrows(LostRaceException.class, () -> hopeless.verify(TARO, phone.code(), Purpose.LOGIN));
        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
    }

    @Test
    @Tag("R10.1")
    void doesNotCallACodeWrongThatItCouldNotCompare() {
        FakePhone phone = activate(TARO);
        keys.lost = true;

        assertThrows(KeyUnavailableException.class, () -> tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        assertThrows(KeyUnavailableException.class, () -> tokens.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
        assertThrows(KeyUnavailableException.class, () -> issue(tokens, HANAKO));
        keys.lost = false;
        assertRefused(Refusal.MALFORMED, 5, login(TARO, ""));
        assertEquals(
                RegistrationStatus.UNREGISTERED, tokens.registration(HANAKO).status());
    }

    @Test
    @Tag("R1.3")
    @Tag("R2.2")
    void doesNotTouchTheSecretForARefusalThatNeedsNone() {
        FakePhone phone = activate(TARO);
        keys.lost = true;

        assertEquals(Refusal.MALFORMED, refusal(tokens.verify(TARO, "none", Purpose.LOGIN)));
        assertEquals(Refusal.NOT_ISSUED, refusal(tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code()))));
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertEquals(Refusal.SUSPENDED, refusal(tokens.verify(TARO, phone.code(), Purpose.LOGIN)));
        assertEquals(Refusal.TOKEN_EXISTS, refused(issue(tokens, TARO)).refusal());
    }

    @Test
    @Tag("R10.1")
    void opensSecretsOfAnEarlierKey() {
        FakePhone phone = activate(TARO);
        keys.rotate();

        assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        activate(HANAKO);
        assertEquals(List.of("key-1", "key-2"), List.of(sealedUnder(TARO), sealedUnder(HANAKO)));
    }

    private String sealedUnder(Holder holder) {
        Token token = Objects.requireNonNull(
                store.find(TestInstitution.SERVICE_ID, holder).orElseThrow().activeToken());
        return Objects.requireNonNull(token.secret()).keyName();
    }

    @Test
    void drawsNumbersAgainThatAreTaken() {
        List<UserId> userIds = userIds("999800000001", "999800000001", "999800000001", "999800000002");
        List<SerialNumber> serials = serials("243725864", "243725863", "243725864", "243725865");
        TokenService few = TestInstitution.builder(store, clock)
                .numbers(numbers(userIds, serials))
                .build()
                .tokens();

        assertAccepted(issue(few, TARO));
        assertAccepted(issue(few, HANAKO));

        assertEquals(new UserId("999800000002"), few.registration(HANAKO).userId());
        assertEquals(
                new SerialNumber("243725865"),
                Objects.requireNonNull(
                                Objects.requireNonNull(few.registration(HANAKO).pending())
                                        .token())
                        .serial());
    }

    @Test
    void drawsAUserIdAgainForTheHolderOfAHardwareToken() {
        List<UserId> userIds = userIds("999800000001", "999800000001", "999800000002");
        TokenService few = TestInstitution.builder(store, clock)
                .numbers(numbers(userIds, List.of()))
                .build()
                .tokens();

        assertAccepted(few.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(few.orderHardware(HANAKO, Confirmation.NONE));

        assertEquals(new UserId("999800000002"), few.registration(HANAKO).userId());
    }

    private static List<UserId> userIds(String... values) {
        return Arrays.stream(values).map(UserId::new).toList();
    }

    private static List<SerialNumber> serials(String... values) {
        return Arrays.stream(values).map(SerialNumber::new).toList();
    }

    private static NumberSource numbers(List<UserId> userIds, List<SerialNumber> serials) {
        Iterator<UserId> nextUserId = userIds.iterator();
        Iterator<SerialNumber> nextSerial = serials.iterator();
        return new NumberSource() {
            @Override
            public UserId userId() {
                return nextUserId.next();
            }

            @Override
            public SerialNumber serial() {
                return nextSerial.next();
            }
        };
    }

    /** Two keys, of which the second encrypts after a rotation. A test can remove any key. */
    private static final class SwitchableKeys implements KeySource {
        private final SecretKey[] all = {key(), key()};
        private int sealing = 1;
        private boolean lost;

        private static SecretKey key() {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return new SecretKeySpec(bytes, "AES");
        }

        void rotate() {
            sealing = 2;
        }

        @Override
        public String sealingKeyName() {
            return "key-" + sealing;
        }

        @Override
        public Optional<SecretKey> sealingKey(String name) {
            int number = List.of("key-1", "key-2").indexOf(name);
            return lost || number < 0 ? Optional.empty() : Optional.of(all[number]);
        }

        @Override
        public String historyKeyName() {
            return TestInstitution.KEYS.historyKeyName();
        }

        @Override
        public Optional<SecretKey> historyKey(String name) {
            return TestInstitution.KEYS.historyKey(name);
        }
    }
}
