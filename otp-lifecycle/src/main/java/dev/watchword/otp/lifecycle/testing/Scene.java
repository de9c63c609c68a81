package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.ChainLink;
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.DeviceFingerprint;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Factors;
import dev.watchword.otp.lifecycle.Failures;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.MailAddress;
import dev.watchword.otp.lifecycle.Provisioning;
import dev.watchword.otp.lifecycle.RecordedEvent;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.Waiting;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.HistoryStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.SealedStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A store and an institution of its own in it, with the words to act on them and to say what is expected. */
final class Scene {
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00.123456Z");
    static final Holder TARO = new Holder("taro");
    static final Holder HANAKO = new Holder("hanako");
    static final UserId USER_1 = new UserId("999800000001");
    static final UserId USER_2 = new UserId("999800000002");
    static final SerialNumber SERIAL_1 = new SerialNumber("101199980021");
    static final SerialNumber SERIAL_2 = new SerialNumber("243725864");
    static final DeviceFingerprint DEVICE = new DeviceFingerprint("0123456789abcdef".repeat(4));

    private static final SecureRandom RANDOM = new SecureRandom();

    final TokenStore store;
    final ServiceId serviceId;
    final StockStore stock;

    final HistoryStore histories;
    final FeedStore feed;
    final SealedStore sealed;
    final ListStore lists;

    Scene(
            TokenStore store,
            StockStore stock,
            HistoryStore histories,
            FeedStore feed,
            SealedStore sealed,
            ListStore lists) {
        this.lists = lists;
        this.sealed = sealed;
        this.feed = feed;
        this.store = store;
        this.stock = stock;
        this.histories = histories;
        this.serviceId = new ServiceId(Integer.toString(RANDOM.nextInt(10_000_000, 100_000_000)));
    }

    /** Another institution in the same store. */
    Scene other() {
        return new Scene(store, stock, histories, feed, sealed, lists);
    }

    /** Puts a fob in stock. */
    void stock(StockedFob fob) {
        BatchId batch = new BatchId("of-" + fob.serial());
        expect("the serial numbers that are taken", stock.stage(serviceId, batch, List.of(fob)), Set.of());
        expect("that the batch is published", stock.publish(serviceId, batch, 1), true);
    }

    /** A software token in use. */
    static Token token(SerialNumber serial) {
        SealedSecret secret = new SealedSecret("key-1", new byte[] {1, 0, -1, 127, -128});
        return new Token(
                serial,
                TokenKind.SOFTWARE,
                TotpProfile.BANK,
                TokenState.ACTIVE,
                secret,
                NOW,
                NOW,
                null,
                NOW.plusSeconds(86_400),
                CodeState.NEW,
                Failures.NONE,
                null,
                new Provisioning(null, 0, NOW, NOW, NOW, DEVICE));
    }

    /** A software token that was issued. */
    static Token issued(SerialNumber serial) {
        Token token = token(serial);
        return new Token(
                serial,
                token.kind(),
                token.profile(),
                TokenState.ISSUED,
                token.secret(),
                NOW,
                null,
                null,
                token.expiresAt(),
                CodeState.NEW,
                Failures.NONE,
                null,
                new Provisioning(new SealedSecret("key-1", new byte[] {5}), 0, NOW, NOW.plusSeconds(9), null, null));
    }

    /** A fob as it stands in stock. */
    static StockedFob fob(SerialNumber serial) {
        return new StockedFob(
                serial,
                TotpProfile.BANK,
                new SealedSecret("key-1", new byte[] {7, 7}),
                null,
                NOW.plusSeconds(9),
                CodeState.NEW);
    }

    /** A fob on its way to a holder. */
    static Token sent(StockedFob fob) {
        return new Token(
                fob.serial(),
                TokenKind.HARDWARE,
                fob.profile(),
                TokenState.ISSUED,
                fob.secret(),
                NOW,
                null,
                null,
                fob.expiresAt(),
                fob.codes(),
                Failures.NONE,
                null,
                null);
    }

    static Token revoked(Token token) {
        Provisioning provisioning = token.provisioning();
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
                token.codes(),
                token.failures(),
                null,
                provisioning == null
                        ? null
                        : new Provisioning(
                                null,
                                provisioning.failures(),
                                provisioning.opensAt(),
                                provisioning.closesAt(),
                                provisioning.provisionedAt(),
                                provisioning.device()));
    }

    Enrolment none(Holder holder) {
        return Enrolment.none(serviceId, holder);
    }

    /** The first change of a holder, which brings a token in use. */
    EnrolmentChange first(Holder holder, UserId userId, Token token) {
        return change(none(holder), userId, token, null, 1);
    }

    /** A later change, with so many events; what waited waits on. */
    EnrolmentChange next(Enrolment before, Token token, int events) {
        return change(before, before.userId(), token, before.waiting(), events);
    }

    /** A change of what waits, with the tokens that end by it. */
    EnrolmentChange waiting(Enrolment before, @Nullable Waiting waiting, Token... ended) {
        UserId userId = before.userId() == null ? USER_1 : before.userId();
        return change(before, userId, before.token(), waiting, 1, ended);
    }

    private static EnrolmentChange change(
            Enrolment before,
            @Nullable UserId userId,
            @Nullable Token token,
            @Nullable Waiting waiting,
            int events,
            Token... ended) {
        Enrolment after = after(before, userId, token, waiting, before.mailAddress(), before.factors(), events);
        return change(before, after, ended);
    }

    /** What an enrolment becomes. */
    static Enrolment after(
            Enrolment before,
            @Nullable UserId userId,
            @Nullable Token token,
            @Nullable Waiting waiting,
            @Nullable MailAddress mailAddress,
            Factors factors,
            int events) {
        return new Enrolment(
                before.serviceId(),
                before.holder(),
                before.version() + 1,
                userId,
                token,
                waiting,
                before.softwareRevokedAt(),
                mailAddress,
                factors,
                before.eventCount() + events,
                link(before.eventCount() + events));
    }

    /** A link as good as any: stores keep them as they are. */
    static ChainLink link(long number) {
        return new ChainLink(
                "鍵-" + number % 7, HexFormat.of().toHexDigits(number).repeat(4));
    }

    /** An event as it is recorded. */
    static RecordedEvent recorded(TokenEvent event) {
        String reasonMac =
                event.reason() == null ? null : link(event.number() + 1000).mac();
        return new RecordedEvent(event, reasonMac, link(event.number()));
    }

    /** The change between two enrolments, with events of the token in use. */
    static EnrolmentChange change(Enrolment before, Enrolment after, Token... ended) {
        Token token = after.token();
        SerialNumber serial = token == null ? null : token.serial();
        List<RecordedEvent> added = LongStream.rangeClosed(before.eventCount() + 1, after.eventCount())
                .mapToObj(number ->
                        recorded(new TokenEvent(number, NOW, EventType.ISSUED, serial, null, null, null, null)))
                .toList();
        return new EnrolmentChange(UUID.randomUUID(), before, after, List.of(ended), added);
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
        List<RecordedEvent> history = history(holder);
        expect("the answer", store.commit(change), result);
        if (result != CommitResult.COMMITTED) {
            expect("the enrolment, which must be as before", stored(holder), before);
            expect("the history, which must be as before", history(holder), history);
        }
    }

    Enrolment stored(Holder holder) {
        return store.find(serviceId, holder).orElseGet(() -> none(holder));
    }

    List<RecordedEvent> history(Holder holder) {
        return historyAfter(holder, 0);
    }

    List<RecordedEvent> historyAfter(Holder holder, long number) {
        return store.history(serviceId, holder, number, 1000);
    }

    /** The tokens that the events of a history are about. */
    List<SerialNumber> serials(Holder holder) {
        return history(holder).stream()
                .map(recorded -> recorded.event().serial())
                .toList();
    }

    static void expect(String what, @Nullable Object actual, @Nullable Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError(what + " must be " + expected + ", but is " + actual);
        }
    }
}
