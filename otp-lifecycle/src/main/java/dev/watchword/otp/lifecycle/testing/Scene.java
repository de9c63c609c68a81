package dev.watchword.otp.lifecycle.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.RowMac;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A separate institution in a store. Its methods change the institution and compare the result. */
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

    Scene(TokenStore store) {
        this.store = store;
        this.serviceId = new ServiceId(Integer.toString(RANDOM.nextInt(10_000_000, 100_000_000)));
    }

    StockStore stockStore() {
        return capability(StockStore.class);
    }

    ArchiveStore archive() {
        return capability(ArchiveStore.class);
    }

    FeedStore feed() {
        return capability(FeedStore.class);
    }

    ReencryptionStore reencryption() {
        return capability(ReencryptionStore.class);
    }

    ListStore lists() {
        return capability(ListStore.class);
    }

    KeyCheckStore keyChecks() {
        return capability(KeyCheckStore.class);
    }

    DeviceStore devices() {
        return capability(DeviceStore.class);
    }

    private <C> C capability(Class<C> type) {
        return store.capability(type)
                .orElseThrow(() -> new AssertionError("The store must offer the capability " + type.getSimpleName()));
    }

    /** Another institution in the same store. */
    Scene other() {
        return new Scene(store);
    }

    /** Puts a hardware token in stock. */
    void stock(StockedToken token) {
        stock(token.batch(), List.of(token));
    }

    /** Puts a batch of hardware tokens in stock. */
    void stock(BatchId batch, List<StockedToken> tokens) {
        UUID importId = stage(batch, tokens);
        expect("the result of publish", stockStore().publish(serviceId, batch, importId, tokens.size()), true);
    }

    /** Stages a batch of hardware tokens, and returns the ID of the import. */
    UUID stage(BatchId batch, List<StockedToken> tokens) {
        UUID importId = UUID.randomUUID();
        expect("the result of begin", stockStore().begin(serviceId, batch, importId), true);
        expect("the taken serial numbers", stockStore().stage(serviceId, batch, importId, tokens), Set.of());
        return importId;
    }

    /** A software token in use. */
    static Token token(SerialNumber serial) {
        SealedSecret secret = new SealedSecret("key-1", new byte[] {1, 0, -1, 127, -128});
        return Token.builder()
                .serial(serial)
                .kind(TokenKind.SOFTWARE)
                .profile(TotpProfile.BANK)
                .state(TokenState.ACTIVE)
                .secret(secret)
                .issuedAt(NOW)
                .activatedAt(NOW)
                .expiresAt(NOW.plusSeconds(86_400))
                .provisioning(Provisioning.builder()
                        .opensAt(NOW)
                        .closesAt(NOW)
                        .provisionedAt(NOW)
                        .device(DEVICE)
                        .build())
                .build();
    }

    /** A software token that was issued. */
    static Token issued(SerialNumber serial) {
        Token token = token(serial);
        return Token.builder()
                .serial(serial)
                .kind(token.kind())
                .profile(token.profile())
                .state(TokenState.ISSUED)
                .secret(token.secret())
                .issuedAt(NOW)
                .expiresAt(token.expiresAt())
                .provisioning(Provisioning.builder()
                        .password(new SealedSecret("key-1", new byte[] {5}))
                        .opensAt(NOW)
                        .closesAt(NOW.plusSeconds(9))
                        .build())
                .build();
    }

    /** The batch of a hardware token that comes alone. */
    static BatchId batchOf(SerialNumber serial) {
        return new BatchId("of-" + serial);
    }

    /** A hardware token in stock. */
    static StockedToken stocked(SerialNumber serial) {
        return StockedToken.builder()
                .batch(batchOf(serial))
                .serial(serial)
                .profile(TotpProfile.BANK)
                .secret(new SealedSecret("key-1", new byte[] {7, 7}))
                .expiresAt(NOW.plusSeconds(9))
                .build();
    }

    /**
     * Returns the issued token that a hardware token in stock becomes when it is assigned. Its secret has another encryption than
     * in the stock.
     */
    static Token sent(StockedToken stocked) {
        return Token.builder()
                .serial(stocked.serial())
                .kind(TokenKind.HARDWARE)
                .profile(stocked.profile())
                .state(TokenState.ISSUED)
                .secret(taken(stocked.secret()))
                .issuedAt(NOW)
                .expiresAt(stocked.expiresAt())
                .codes(stocked.codes())
                .signing(taken(stocked.signing()))
                .build();
    }

    private static @Nullable SigningKey taken(@Nullable SigningKey key) {
        return key == null ? null : key.toBuilder().secret(taken(key.secret())).build();
    }

    private static SealedSecret taken(SealedSecret secret) {
        byte[] bytes = secret.bytes();
        return new SealedSecret(secret.keyName(), Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** The secret that the stock must have for a token that {@link #sent} made. */
    private static @Nullable SealedSecret stockSecret(Enrolment before, Enrolment after) {
        Token pending = after.pendingToken();
        if (pending == null || !EnrolmentChange.isFromStock(pending) || has(before, pending.serial())) {
            return null;
        }
        SealedSecret secret = requireNonNull(pending.secret());
        byte[] bytes = secret.bytes();
        return new SealedSecret(secret.keyName(), Arrays.copyOf(bytes, bytes.length - 1));
    }

    private static boolean has(Enrolment enrolment, SerialNumber serial) {
        Token token = enrolment.activeToken();
        Token pending = enrolment.pendingToken();
        return (token != null && token.serial().equals(serial))
                || (pending != null && pending.serial().equals(serial));
    }

    static Token revoked(Token token) {
        Provisioning provisioning = token.provisioning();
        return token.toBuilder()
                .state(TokenState.REVOKED)
                .secret(null)
                .signing(null)
                .revokedAt(NOW)
                .suspension(null)
                .provisioning(
                        provisioning == null
                                ? null
                                : provisioning.toBuilder().password(null).build())
                .build();
    }

    Enrolment none(Holder holder) {
        return Enrolment.none(serviceId, holder);
    }

    /** Returns the first change of a holder, which adds a token in use. */
    EnrolmentChange first(Holder holder, UserId userId, Token token) {
        return change(none(holder), userId, token, null, 1);
    }

    /** Returns a later change with a number of events. The pending token or order stays. */
    EnrolmentChange next(Enrolment before, Token token, int events) {
        return change(before, before.userId(), token, before.pending(), events);
    }

    /** Returns a change of the pending token or order, with the tokens that the change ends. */
    EnrolmentChange waiting(Enrolment before, @Nullable Pending waiting, Token... ended) {
        UserId userId = before.userId() == null ? USER_1 : before.userId();
        return change(before, userId, before.token(), waiting, 1, ended);
    }

    private static EnrolmentChange change(
            Enrolment before,
            @Nullable UserId userId,
            @Nullable Token token,
            @Nullable Pending waiting,
            int events,
            Token... ended) {
        Enrolment after = after(before, userId, token, waiting, before.mailAddress(), before.credentials(), events);
        return change(before, after, ended);
    }

    /** Returns the enrolment after a change. */
    static Enrolment after(
            Enrolment before,
            @Nullable UserId userId,
            @Nullable Token token,
            @Nullable Pending waiting,
            @Nullable MailAddress mailAddress,
            Credentials factors,
            int events) {
        return before.toBuilder()
                .version(before.version() + 1)
                .userId(userId)
                .token(token)
                .pending(waiting)
                .mailAddress(mailAddress)
                .credentials(factors)
                .eventCount(before.eventCount() + events)
                .head(link(before.eventCount() + events))
                .rowMac(rowMac(before.version() + 1))
                .build();
    }

    /** Returns an arbitrary link, because stores return links unchanged. */
    static ChainLink link(long number) {
        return new ChainLink(
                "鍵-" + number % 7, HexFormat.of().toHexDigits(number).repeat(4));
    }

    /** Returns an authentication code of a row. A store keeps its bytes unchanged and does not interpret them. */
    static RowMac rowMac(long version) {
        byte[] bytes = new byte[1 + (int) (version * 7 % RowMac.MAX_LENGTH)];
        Arrays.fill(bytes, (byte) -version);
        return new RowMac(bytes);
    }

    /** A recorded event. */
    static RecordedEvent recorded(TokenEvent event) {
        String reasonMac = event.hasWords() ? link(event.number() + 1000).mac() : null;
        return RecordedEvent.of(event, reasonMac, link(event.number()));
    }

    /** Returns the change between two enrolments, with events of the token in use. */
    static EnrolmentChange change(Enrolment before, Enrolment after, Token... ended) {
        Token token = after.token();
        SerialNumber serial = token == null ? null : token.serial();
        List<RecordedEvent> added = LongStream.rangeClosed(before.eventCount() + 1, after.eventCount())
                .mapToObj(number -> recorded(TokenEvent.builder()
                        .number(number)
                        .at(NOW)
                        .type(EventType.ISSUED)
                        .serial(serial)
                        .build()))
                .toList();
        return EnrolmentChange.builder()
                .id(UUID.randomUUID())
                .before(before)
                .after(after)
                .ended(List.of(ended))
                .events(added)
                .stockSecret(stockSecret(before, after))
                .build();
    }

    /** Commits a change that the store must accept. */
    Enrolment commit(EnrolmentChange change) {
        expect(change, CommitResult.COMMITTED);
        return change.after();
    }

    /** Commits a change and checks the result. A rejected change must leave the enrolment and the history unchanged. */
    void expect(EnrolmentChange change, CommitResult result) {
        Holder holder = change.before().holder();
        Enrolment before = stored(holder);
        List<RecordedEvent> history = history(holder);
        expect("the result of the commit", store.commit(change), result);
        if (result != CommitResult.COMMITTED) {
            expect("the enrolment after a rejected change", stored(holder), before);
            expect("the history after a rejected change", history(holder), history);
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

    /** Returns the serial numbers of the tokens that the events of a history are about. */
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
