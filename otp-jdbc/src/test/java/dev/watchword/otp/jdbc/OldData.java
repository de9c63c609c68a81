package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.ConsumerName;
import dev.watchword.otp.lifecycle.EventFeed;
import dev.watchword.otp.lifecycle.FobStock;
import dev.watchword.otp.lifecycle.HashingPolicy;
import dev.watchword.otp.lifecycle.HistoryArchiver;
import dev.watchword.otp.lifecycle.HistoryVerdict;
import dev.watchword.otp.lifecycle.HistoryVerifier;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Imported;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.ListedToken;
import dev.watchword.otp.lifecycle.ListedWaiting;
import dev.watchword.otp.lifecycle.MailCodeMade;
import dev.watchword.otp.lifecycle.Operation;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.RegistrationStatus;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenLists;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.stock.CsvFormat;
import dev.watchword.otp.lifecycle.stock.CsvSeedReader;
import dev.watchword.otp.lifecycle.stock.CsvTokenReader;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** An institution that has lived on an older schema: what it did there, and what must be there and work on a newer one. */
final class OldData {
    static final ServiceId SERVICE = InMemoryTokens.SERVICE_ID;
    static final Instant BEGINNING = Instant.parse("2026-11-23T09:00:00.123456Z");

    private static final KeySource KEYS = KeySource.of("old", key(1, "AES"), key(2, "HmacSHA256"));
    private static final TokenPolicy BANK = TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS);
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String WORDS = "紛失した O'Neill \"lost\" é e\u0301 😀";
    private static final String PASSWORD = "hirosaki1";

    private static final Holder SOFTWARE = new Holder("taro");
    private static final Holder FOB = new Holder("hanako");
    private static final Holder ISSUED = new Holder("jiro");
    private static final Holder ORDERED = new Holder("佐藤 O'Neill; 😀");
    private static final Holder ERASED = new Holder("shiro");
    private static final Holder RENEWING = new Holder("goro");
    private static final Holder LOCKED = new Holder("rokuro");
    private static final Holder CONFIRMING = new Holder("shichiro");
    private static final ConsumerName MAIL = new ConsumerName("mail");
    private static final ConsumerName LATE = new ConsumerName("core-banking");

    private final FakeClock clock;
    private final JdbcTokenStore store;
    private final JdbcTokenStore archive;
    private final TokenService tokens;
    private final OperatorDesk desk;
    private final FakeAuthenticator token;

    OldData(JdbcTokenStore store, Instant now) {
        this(store, store, now);
    }

    /** With a store for archiving, which can be another user's. */
    OldData(JdbcTokenStore store, JdbcTokenStore archive, Instant now) {
        this.store = store;
        this.archive = archive;
        clock = FakeClock.at(now);
        tokens = TokenService.builder(SERVICE, store, KEYS, clock)
                .policy(InMemoryTokens.POLICY)
                .build();
        desk = tokens.desk(new Operator("窓口-7"));
        token = new FakeAuthenticator(TotpProfile.BANK, OtpSecret.copyOf(SECRET), clock);
    }

    private static SecretKey key(int of, String algorithm) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) of);
        return new SecretKeySpec(bytes, algorithm);
    }

    private static void accepted(Object outcome) {
        assertInstanceOf(Accepted.class, outcome);
    }

    /** Lives, and tells the time at its end. */
    Instant live() {
        stock("delivery-1", "2031-01-01T00:00:00Z", 30_000_001, 5);
        stock("delivery-2", "2027-01-15T00:00:00Z", 30_000_011, 1);
        StockedFob fob = store.findInStock(SERVICE, serial(5)).orElseThrow();
        store.stage(SERVICE, new BatchId("cut-short"), List.of(staged(fob)));
        tokens.migration(new Operator("migration"))
                .run(
                        CsvTokenReader.open(file("""
                holder,token,serial,secret_hex,kind,digits,step,expiry
                taro,SOFTWARE,243725864,%s,TOTP,8,60,2031-01-01T00:00:00Z
                """.formatted(HexFormat.of().formatHex(SECRET))), CsvFormat.DEFAULT),
                        n -> {});
        fob(FOB, 1);
        deliver(MAIL);
        clock.advance(Duration.ofHours(1));
        assertEquals(2, archive());
        accepted(desk.suspend(FOB, SuspensionReason.LOST, WORDS));
        accepted(desk.resume(FOB, "found"));
        accepted(tokens.verify(FOB, token.code(), Purpose.FUNDS_TRANSFER));
        assertInstanceOf(
                Issued.class,
                tokens.issueSoftware(ISSUED, SoftwareRequest.of("jiro@bank.example", "4726"), Confirmation.NONE));
        accepted(tokens.orderFob(ORDERED, Confirmation.NONE));
        fob(ERASED, 2);
        accepted(desk.revoke(ERASED, "asked to"));
        accepted(desk.erase(ERASED));
        fob(RENEWING, 11);
        clock.toNextStep(TotpProfile.BANK);
        accepted(tokens.renewFob(RENEWING, Confirmation.NONE.code(token.code())));
        accepted(desk.assign(RENEWING, serial(3)));
        fob(LOCKED, 4);
        for (int i = 0; i < 5; i++) {
            tokens.verify(LOCKED, token.wrongCode(i), Purpose.LOGIN);
        }
        TokenService confirming = bank();
        accepted(confirming.setConfirmationPassword(CONFIRMING, PASSWORD));
        assertInstanceOf(MailCodeMade.class, confirming.makeMailCode(CONFIRMING, Operation.ISSUE, "s@bank.example"));
        EventFeed.of(SERVICE, store, clock, LATE, Duration.ofMinutes(1));
        Instant now = clock.instant();
        store.lease(SERVICE, LATE, FOB, new UUID(1, 2), now, now.plusSeconds(60));
        clock.toNextStep(TotpProfile.BANK);
        accepted(tokens.verify(SOFTWARE, token.code(), Purpose.LOGIN));
        return clock.instant();
    }

    /** Sees that all is there, and goes on with it. */
    void goOn() {
        assertEquals(RegistrationStatus.ACTIVE, status(SOFTWARE));
        assertRefused(Refusal.REPLAYED, tokens.verify(SOFTWARE, token.code(), Purpose.LOGIN));
        assertIntact(SOFTWARE, 1, 1);
        assertIntact(FOB, 3, 4);
        assertIntact(ORDERED, 1, 0);
        assertTrue(tokens.history(FOB, 0, 100).stream().anyMatch(event -> WORDS.equals(event.reason())));
        lists();
        clock.advance(Duration.ofDays(1));
        accepted(tokens.verify(SOFTWARE, token.code(), Purpose.LOGIN));
        accepted(tokens.verify(FOB, token.code(), Purpose.LOGIN));

        FakePhone phone = FakePhone.provisioned(
                tokens, requireNonNull(tokens.registration(ISSUED).userId()), "4726", clock);
        accepted(tokens.activateSoftware(ISSUED, Confirmation.NONE.code(phone.code())));
        fobOfOrder(ORDERED, 5);
        assertEquals(RegistrationStatus.UNREGISTERED, status(ERASED));
        assertTrue(tokens.history(ERASED, 0, 100).stream().allMatch(event -> event.reason() == null));
        var userId = tokens.registration(ERASED).userId();
        assertEquals(
                userId,
                assertInstanceOf(
                                Issued.class,
                                tokens.issueSoftware(
                                        ERASED, SoftwareRequest.of("s@bank.example", "4726"), Confirmation.NONE))
                        .userId());
        accepted(desk.send(RENEWING));
        accepted(tokens.activateHardware(RENEWING, serial(3).value(), Confirmation.NONE.code(token.code())));
        assertRefused(Refusal.SUSPENDED, tokens.verify(LOCKED, token.code(), Purpose.LOGIN));
        accepted(desk.resume(LOCKED, "identity proven"));
        accepted(tokens.verify(LOCKED, token.code(), Purpose.LOGIN));
        accepted(bank().orderFob(CONFIRMING, Confirmation.NONE.password(PASSWORD)));

        deliver(MAIL);
        deliver(LATE);
        clock.advance(Duration.ofDays(1));
        archive();
        for (Holder holder : List.of(SOFTWARE, FOB, ISSUED, ORDERED, ERASED, RENEWING, LOCKED, CONFIRMING)) {
            HistoryVerdict.Intact intact = assertInstanceOf(HistoryVerdict.Intact.class, verdict(holder));
            assertEquals(0, intact.events());
            assertTrue(intact.archived() > 0);
        }
    }

    private void lists() {
        TokenLists lists = TokenLists.of(SERVICE, store);
        Instant farOff = Instant.parse("2035-01-01T00:00:00Z");
        assertEquals(
                List.of(LOCKED),
                lists.suspended(null, 10).stream().map(ListedToken::holder).toList());
        assertEquals(
                List.of(RENEWING, SOFTWARE, FOB, LOCKED),
                lists.expiring(BEGINNING, farOff, null, 10).stream()
                        .map(ListedToken::holder)
                        .toList());
        assertEquals(
                List.of(RENEWING, ISSUED, ORDERED).stream()
                        .map(Holder::reference)
                        .sorted()
                        .toList(),
                lists.waiting(BEGINNING, farOff, null, 10).stream()
                        .map(ListedWaiting::holder)
                        .map(Holder::reference)
                        .sorted()
                        .toList());
        assertEquals(
                List.of(serial(5)),
                lists.fobs(StockState.AVAILABLE, null, 10).stream()
                        .map(ListedFob::serial)
                        .toList());
        assertEquals(
                List.of(serial(99)),
                lists.fobs(StockState.STAGED, null, 10).stream()
                        .map(ListedFob::serial)
                        .toList());
        assertEquals(5, lists.fobs(StockState.ASSIGNED, null, 10).size());
        assertFalse(store.isTaken(SERVICE, serial(6)));
    }

    private RegistrationStatus status(Holder holder) {
        return tokens.registration(holder).status();
    }

    private static void assertRefused(Refusal why, Outcome outcome) {
        assertEquals(why, assertInstanceOf(Refused.class, outcome).refusal());
    }

    private HistoryVerdict verdict(Holder holder) {
        return HistoryVerifier.of(SERVICE, store, KEYS).verify(holder);
    }

    private void assertIntact(Holder holder, long events, long archived) {
        assertEquals(new HistoryVerdict.Intact(events, archived), verdict(holder));
    }

    private TokenService bank() {
        return TokenService.builder(SERVICE, store, KEYS, clock).policy(BANK).build();
    }

    private long deliver(ConsumerName consumer) {
        EventFeed feed = EventFeed.of(SERVICE, store, clock, consumer, Duration.ofMinutes(1));
        var delivered = feed.deliver((Holder holder, TokenEvent event) -> {});
        assertEquals(List.of(), delivered.failures());
        return delivered.events();
    }

    private long archive() {
        return HistoryArchiver.of(SERVICE, archive, KEYS)
                .archive(clock.instant(), (holder, events) -> {}, done -> {})
                .holders();
    }

    private void fob(Holder holder, int number) {
        accepted(tokens.orderFob(holder, Confirmation.NONE));
        fobOfOrder(holder, number);
    }

    private void fobOfOrder(Holder holder, int number) {
        accepted(desk.assign(holder, serial(number)));
        accepted(desk.send(holder));
        accepted(tokens.activateHardware(holder, serial(number).value(), Confirmation.NONE.code(token.code())));
    }

    private static SerialNumber serial(int number) {
        return new SerialNumber(Integer.toString(30_000_000 + number));
    }

    private static StockedFob staged(StockedFob like) {
        return new StockedFob(
                serial(99), like.profile(), like.secret(), like.startsAt(), like.expiresAt(), like.codes());
    }

    private static InputStream file(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private void stock(String batch, String expiry, int first, int size) {
        StringBuilder csv = new StringBuilder("serial,secret_hex,kind,digits,step,expiry\n");
        for (int i = 0; i < size; i++) {
            csv.append(first + i).append(',').append(HexFormat.of().formatHex(SECRET));
            csv.append(",TOTP,8,60,").append(expiry).append('\n');
        }
        assertEquals(
                new Imported(new BatchId(batch), size),
                FobStock.of(SERVICE, store, KEYS, clock, new SecureRandom())
                        .importBatch(
                                new BatchId(batch),
                                CsvSeedReader.open(file(csv.toString()), CsvFormat.DEFAULT),
                                n -> {}));
    }
}
