package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens when the store, the keys or the numbers fail: an exception or another try, never an answer about a code. */
class TokenServiceFailureTest {
    private static final Holder TARO = new Holder("taro");
    private static final Holder HANAKO = new Holder("hanako");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final SwitchableKeys keys = new SwitchableKeys();
    private final TokenService tokens = service(commit -> commit);

    /** A service whose store does something else on commit. */
    private TokenService service(UnaryOperator<Commit> how) {
        Commit commit = how.apply(store::commit);
        TokenStore around = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                return commit.commit(change);
            }
        };
        return TokenService.builder(InMemoryTokens.SERVICE_ID, around, keys, clock)
                .policy(InMemoryTokens.POLICY)
                .build();
    }

    private interface Commit {
        CommitResult commit(EnrolmentChange change);
    }

    private FakePhone activate(Holder holder) {
        return FakePhone.active(tokens, holder, clock);
    }

    private static IssueOutcome issue(TokenService service, Holder holder) {
        return service.issueSoftware(holder, TokenServiceFixture.REQUEST, Confirmation.NONE);
    }

    private static Refusal refusal(Outcome outcome) {
        return assertInstanceOf(Refused.class, outcome).refusal();
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
                assertInstanceOf(Accepted.class, tokens.verify(TARO, code, Purpose.LOGIN));
            }
            return commit.commit(change);
        });

        assertEquals(Refusal.REPLAYED, refusal(slow.verify(TARO, code, Purpose.LOGIN)));
    }

    @Test
    void givesUpWhenItIsOvertakenWithoutEnd() {
        FakePhone phone = activate(TARO);
        TokenService hopeless = service(commit -> change -> CommitResult.STALE);

        assertThrows(StorageException.class, () -> hopeless.verify(TARO, phone.code(), Purpose.LOGIN));
        assertInstanceOf(Accepted.class, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
    }

    @Test
    @Tag("R10.1")
    void doesNotCallACodeWrongThatItCouldNotCompare() {
        FakePhone phone = activate(TARO);
        keys.lost = true;

        assertThrows(SealingException.class, () -> tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        assertThrows(SealingException.class, () -> tokens.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
        assertThrows(SealingException.class, () -> issue(tokens, HANAKO));
        keys.lost = false;
        assertEquals(
                5,
                assertInstanceOf(Refused.class, tokens.verify(TARO, "", Purpose.LOGIN))
                        .triesLeft());
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
        assertInstanceOf(
                Accepted.class,
                tokens.desk(new Operator("helpdesk-7")).suspend(TARO, SuspensionReason.LOST, "phoned in"));
        assertEquals(Refusal.SUSPENDED, refusal(tokens.verify(TARO, phone.code(), Purpose.LOGIN)));
        assertEquals(
                Refusal.TOKEN_EXISTS,
                assertInstanceOf(Refused.class, issue(tokens, TARO)).refusal());
    }

    @Test
    @Tag("R10.1")
    void opensWhatAnEarlierKeySealed() {
        FakePhone phone = activate(TARO);
        keys.rotate();

        assertInstanceOf(Accepted.class, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
        activate(HANAKO);
        assertEquals(List.of("key-1", "key-2"), List.of(sealedUnder(TARO), sealedUnder(HANAKO)));
    }

    private String sealedUnder(Holder holder) {
        Token token =
                store.find(InMemoryTokens.SERVICE_ID, holder).orElseThrow().requireActive();
        return Objects.requireNonNull(token.secret()).keyName();
    }

    @Test
    void drawsNumbersAgainThatAreTaken() {
        List<UserId> userIds = userIds("999800000001", "999800000001", "999800000001", "999800000002");
        List<SerialNumber> serials = serials("243725864", "243725863", "243725864", "243725865");
        TokenService few = InMemoryTokens.builder(store, clock)
                .numbers(numbers(userIds, serials))
                .build();

        assertInstanceOf(Issued.class, issue(few, TARO));
        assertInstanceOf(Issued.class, issue(few, HANAKO));

        assertEquals(new UserId("999800000002"), few.registration(HANAKO).userId());
        assertEquals(
                new SerialNumber("243725865"),
                Objects.requireNonNull(
                                Objects.requireNonNull(few.registration(HANAKO).waiting())
                                        .token())
                        .serial());
    }

    @Test
    void drawsAUserIdAgainForTheHolderOfAFob() {
        List<UserId> userIds = userIds("999800000001", "999800000001", "999800000002");
        TokenService few = InMemoryTokens.builder(store, clock)
                .numbers(numbers(userIds, List.of()))
                .build();

        few.orderFob(TARO, Confirmation.NONE);
        few.orderFob(HANAKO, Confirmation.NONE);

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

    /** Two keys, of which the second seals after a rotation, and all of which can be lost. */
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
        public Optional<SecretKey> key(String name) {
            return lost ? Optional.empty() : Optional.of(all[name.equals("key-1") ? 0 : 1]);
        }

        @Override
        public String historyKeyName() {
            return InMemoryTokens.KEYS.historyKeyName();
        }

        @Override
        public Optional<SecretKey> historyKey(String name) {
            return InMemoryTokens.KEYS.historyKey(name);
        }
    }
}
