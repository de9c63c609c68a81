package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;

/** A store and an institution of its own in it, with the words to act on them and to say what is expected. */
final class Scene {
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00.123456Z");
    static final Holder TARO = new Holder("taro");
    static final Holder HANAKO = new Holder("hanako");
    static final UserId USER_1 = new UserId("999800000001");
    static final UserId USER_2 = new UserId("999800000002");
    static final SerialNumber SERIAL_1 = new SerialNumber("101199980021");
    static final SerialNumber SERIAL_2 = new SerialNumber("243725864");

    private static final SecureRandom RANDOM = new SecureRandom();

    final TokenStore store;
    final ServiceId serviceId;

    Scene(TokenStore store) {
        this.store = store;
        this.serviceId = new ServiceId(Integer.toString(RANDOM.nextInt(10_000_000, 100_000_000)));
    }

    static Token token(SerialNumber serial) {
        SealedSecret secret = new SealedSecret("key-1", new byte[] {1, 0, -1, 127, -128});
        return new Token(
                serial,
                TokenKind.SOFTWARE,
                TotpProfile.BANK,
                TokenState.ISSUED,
                secret,
                NOW,
                null,
                null,
                NOW.plusSeconds(86_400),
                Totp.NO_STEP,
                0,
                null);
    }

    static Token revoked(Token token) {
        return new Token(
                token.serial(),
                token.kind(),
                token.profile(),
                TokenState.REVOKED,
                null,
                token.issuedAt(),
                token.activatedAt(),
                NOW,
                token.expiresAt(),
                token.lastStep(),
                token.failures(),
                null);
    }

    Enrolment none(Holder holder) {
        return Enrolment.none(serviceId, holder);
    }

    /** The first change of a holder. */
    EnrolmentChange first(Holder holder, UserId userId, Token token) {
        return change(none(holder), userId, token, 1);
    }

    /** A later change, with so many events. */
    EnrolmentChange next(Enrolment before, Token token, int events) {
        return change(before, Objects.requireNonNull(before.userId()), token, events);
    }

    private static EnrolmentChange change(Enrolment before, UserId userId, Token token, int events) {
        Enrolment after = new Enrolment(
                before.serviceId(), before.holder(), before.version() + 1, userId, token, before.eventCount() + events);
        List<TokenEvent> added = LongStream.rangeClosed(before.eventCount() + 1, after.eventCount())
                .mapToObj(
                        number -> new TokenEvent(number, NOW, EventType.ISSUED, token.serial(), null, null, null, null))
                .toList();
        return new EnrolmentChange(UUID.randomUUID(), before, after, added);
    }

    /** Commits what must be committed. */
    Enrolment commit(EnrolmentChange change) {
        expect(change, CommitResult.COMMITTED);
        return change.after();
    }

    /** Commits, and says what the store must answer and hold afterwards. */
    void expect(EnrolmentChange change, CommitResult result) {
        Holder holder = change.before().holder();
        Enrolment before = stored(holder);
        List<TokenEvent> history = history(holder);
        expect("the answer", store.commit(change), result);
        if (result != CommitResult.COMMITTED) {
            expect("the enrolment, which must be as before", stored(holder), before);
            expect("the history, which must be as before", history(holder), history);
        }
    }

    Enrolment stored(Holder holder) {
        return store.find(serviceId, holder).orElseGet(() -> none(holder));
    }

    List<TokenEvent> history(Holder holder) {
        return historyAfter(holder, 0);
    }

    List<TokenEvent> historyAfter(Holder holder, long number) {
        return store.history(serviceId, holder, number, 1000);
    }

    /** The tokens that the events of a history are about. */
    List<SerialNumber> serials(Holder holder) {
        return history(holder).stream().map(TokenEvent::serial).toList();
    }

    static void expect(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + " must be " + expected + ", but is " + actual);
        }
    }
}
