package dev.watchword.otp.jdbc.support;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.DeliveryError;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.Migrated;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.CsvTokenReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.AfterFailure;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** An institution with data in an older schema. The data must be complete and usable in a newer schema. */
public final class OldData {
    static final ServiceId SERVICE = TestInstitution.SERVICE_ID;
    public static final Instant BEGINNING = Instant.parse("2026-11-23T09:00:00.123456Z");

    private static final KeySource KEYS = KeySource.of("old", key(1, "AES"), key(2, "HmacSHA256"));
    private static final TokenPolicy BANK = TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING);
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String WORDS = "紛失した O'Neill \"lost\" é e\u0301 😀";
    private static final String PASSWORD = "hirosaki1";

    private static final Holder SOFTWARE = new Holder("taro");
    private static final Holder HARDWARE = new Holder("hanako");
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
    private final Institution bank;
    private final TokenService tokens;
    private final OperatorDesk desk;
    private final FakeAuthenticator token;

    public OldData(JdbcTokenStore store, Instant now) {
        this(store, store, now);
    }

    /** Uses a separate store for archiving, which can belong to another database user. */
    public OldData(JdbcTokenStore store, JdbcTokenStore archive, Instant now) {
        this.store = store;
        this.archive = archive;
        clock = FakeClock.at(now);
        bank = institution(store, TestInstitution.POLICY);
        tokens = bank.tokens();
        desk = bank.desk(new Operator("窓口-7"));
        token = new FakeAuthenticator(TotpProfile.BANK, OtpSecret.copyOf(SECRET), clock);
    }

    private static SecretKey key(int of, String algorithm) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) of);
        return new SecretKeySpec(bytes, algorithm);
    }

    private Institution institution(TokenStore on, TokenPolicy policy) {
        return Institution.builder(SERVICE, on, KEYS)
                .clock(clock)
                .policy(policy)
                .build();
    }

    /** Creates the data, and returns the time at its end. */
    public Instant live() {
        stock("delivery-1", "2031-01-01T00:00:00Z", 30_000_001, 5);
        stock("delivery-2", "2027-01-15T00:00:00Z", 30_000_011, 1);
        StockedToken stocked = store.find(SERVICE, serial(5)).orElseThrow();
        BatchId cut = new BatchId("cut-short");
        UUID importId = new UUID(5, 5);
        assertTrue(store.begin(SERVICE, cut, importId));
        assertEquals(Set.of(), store.stage(SERVICE, cut, importId, List.of(staged(stocked))));
        Migrated migrated = bank.migration(new Operator("migration"))
                .run(
                        CsvTokenReader.open(file("""
                holder,token,serial,secret_hex,kind,digits,step,expiry
                taro,SOFTWARE,243725864,%s,TOTP,8,60,2031-01-01T00:00:00Z
                """.formatted(HexFormat.of().formatHex(SECRET))), TextLayout.DEFAULT),
                        n -> {});
        assertEquals(1, migrated.takenOver());
        hardware(HARDWARE, 1);
        deliver(MAIL);
        clock.advance(Duration.ofHours(1));
        assertEquals(2, archive());
        assertAccepted(desk.suspend(HARDWARE, SuspensionReason.LOST, WORDS));
        assertAccepted(desk.resume(HARDWARE, "found"));
        assertAccepted(tokens.verify(HARDWARE, token.code(), Purpose.FUNDS_TRANSFER));
        assertAccepted(
                tokens.issueSoftware(ISSUED, SoftwareRequest.of("jiro@bank.example", "4726"), Confirmation.NONE));
        assertAccepted(tokens.orderHardware(ORDERED, Confirmation.NONE));
        hardware(ERASED, 2);
        assertAccepted(desk.revoke(ERASED, "asked to"));
        assertAccepted(desk.erase(ERASED));
        hardware(RENEWING, 11);
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(tokens.renewHardware(RENEWING, Confirmation.NONE.code(token.code())));
        assertAccepted(desk.assign(RENEWING, serial(3).value()));
        hardware(LOCKED, 4);
        for (int i = 0; i < 5; i++) {
            assertRefused(Refusal.WRONG_CODE, tokens.verify(LOCKED, token.wrongCode(i), Purpose.LOGIN));
        }
        TokenService confirming = confirming();
        assertAccepted(confirming.setConfirmationPassword(CONFIRMING, PASSWORD));
        assertAccepted(confirming.createMailCode(CONFIRMING, Operation.ISSUE, "s@bank.example"));
        bank.consumers().create(LATE, FeedStart.FIRST_EVENT);
        assertFalse(bank.feed(LATE).due(null, 1).isEmpty());
        Instant now = clock.instant();
        FeedStore feed = store.capability(FeedStore.class).orElseThrow();
        assertTrue(feed.lease(SERVICE, LATE, HARDWARE, new UUID(1, 2), now, now.plusSeconds(60))
                .isPresent());
        park(feed, SOFTWARE, now);
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(tokens.verify(SOFTWARE, token.code(), Purpose.LOGIN));
        assertAccepted(tokens.createRecoveryCodes(HARDWARE, Confirmation.NONE.code(token.code())));
        assertAccepted(desk.issueEmergencyCodes(HARDWARE, WORDS));
        return clock.instant();
    }

    /** Checks that all data is there, and uses it. */
    public void goOn() {
        assertEquals(RegistrationStatus.ACTIVE, status(SOFTWARE));
        assertRefused(Refusal.REPLAYED, tokens.verify(SOFTWARE, token.code(), Purpose.LOGIN));
        assertIntact(SOFTWARE, 1, 1);
        assertIntact(HARDWARE, 5, 4);
        assertIntact(ORDERED, 1, 0);
        assertTrue(bank.histories().read(HARDWARE, 0, 100).stream().anyMatch(event -> WORDS.equals(event.reason())));
        lists();
        Registration withCodes = tokens.registration(HARDWARE);
        assertEquals(10, withCodes.recoveryCodesLeft());
        assertTrue(clock.instant().isBefore(requireNonNull(withCodes.emergencyCodesUntil())));
        assertRefused(Refusal.WRONG_BACKUP_CODE, tokens.useRecoveryCode(HARDWARE, "00000-00000-00000"));
        assertRefused(Refusal.WRONG_BACKUP_CODE, tokens.useEmergencyCode(HARDWARE, "00000-00000-00001"));
        clock.advance(Duration.ofDays(1));
        assertAccepted(tokens.verify(SOFTWARE, token.code(), Purpose.LOGIN));
        assertAccepted(tokens.verify(HARDWARE, token.code(), Purpose.LOGIN));

        FakePhone phone = FakePhone.provisioned(
                tokens, requireNonNull(tokens.registration(ISSUED).userId()), "4726", clock);
        assertAccepted(tokens.activateSoftware(ISSUED, Confirmation.NONE.code(phone.code())));
        deliver(ORDERED, 5);
        assertEquals(RegistrationStatus.UNREGISTERED, status(ERASED));
        assertTrue(bank.histories().read(ERASED, 0, 100).stream().allMatch(event -> event.reason() == null));
        var userId = tokens.registration(ERASED).userId();
        assertEquals(
                userId,
                tokens.issueSoftware(ERASED, SoftwareRequest.of("s@bank.example", "4726"), Confirmation.NONE)
                        .orElseThrow()
                        .userId());
        assertAccepted(desk.send(RENEWING));
        assertAccepted(tokens.activateHardware(RENEWING, serial(3).value(), Confirmation.NONE.code(token.code())));
        assertRefused(Refusal.SUSPENDED, tokens.verify(LOCKED, token.code(), Purpose.LOGIN));
        assertAccepted(desk.resume(LOCKED, "identity proven"));
        assertAccepted(tokens.verify(LOCKED, token.code(), Purpose.LOGIN));
        assertAccepted(confirming().orderHardware(CONFIRMING, Confirmation.NONE.password(PASSWORD)));

        deliver(MAIL);
        deliver(LATE);
        ParkedStream parked = bank.consumers().parked(LATE, null, 10).get(0);
        assertEquals(SOFTWARE, parked.holder());
        assertTrue(bank.consumers()
                .retry(LATE, parked, new Operator("窓口-7"), WORDS)
                .isAccepted());
        deliver(LATE);
        clock.advance(Duration.ofDays(1));
        archive();
        for (Holder holder : List.of(SOFTWARE, HARDWARE, ISSUED, ORDERED, ERASED, RENEWING, LOCKED, CONFIRMING)) {
            HistoryVerdict verdict = bank.histories().verify(holder);
            assertTrue(verdict.isIntact(), verdict::toString);
            assertEquals(0, verdict.events());
            assertTrue(verdict.archived() > 0);
        }
    }

    private void lists() {
        TokenLists lists = bank.lists();
        Instant farOff = Instant.parse("2035-01-01T00:00:00Z");
        assertEquals(
                List.of(LOCKED),
                lists.suspended(null, 10).stream().map(ListedToken::holder).toList());
        assertEquals(
                List.of(RENEWING, SOFTWARE, HARDWARE, LOCKED),
                lists.expiring(BEGINNING, farOff, null, 10).stream()
                        .map(ListedToken::holder)
                        .toList());
        assertEquals(
                List.of(RENEWING, ISSUED, ORDERED).stream()
                        .map(Holder::value)
                        .sorted()
                        .toList(),
                lists.pending(BEGINNING, farOff, null, 10).stream()
                        .map(ListedPending::holder)
                        .map(Holder::value)
                        .sorted()
                        .toList());
        assertEquals(
                List.of(serial(5)),
                lists.stock(StockState.AVAILABLE, null, 10).stream()
                        .map(ListedStock::serial)
                        .toList());
        assertEquals(
                List.of(serial(99)),
                lists.stock(StockState.STAGED, null, 10).stream()
                        .map(ListedStock::serial)
                        .toList());
        assertEquals(5, lists.stock(StockState.ASSIGNED, null, 10).size());
        assertFalse(store.isTaken(SERVICE, serial(6)));
    }

    private RegistrationStatus status(Holder holder) {
        return tokens.registration(holder).status();
    }

    private void assertIntact(Holder holder, long events, long archived) {
        assertEquals(
                HistoryVerdict.of(events, archived, List.of()), bank.histories().verify(holder));
    }

    private TokenService confirming() {
        return institution(store, BANK).tokens();
    }

    private long deliver(ConsumerName consumer) {
        bank.consumers().create(consumer, FeedStart.FIRST_EVENT);
        EventFeed feed = bank.feed(consumer);
        var delivered = feed.deliver((Holder holder, TokenEvent event) -> {});
        assertEquals(List.of(), delivered.failures());
        return delivered.events();
    }

    /** Parks a holder's events, lets an operator retry them, and parks them again. */
    private static void park(FeedStore feed, Holder holder, Instant now) {
        DeliveryError error = new DeliveryError("example.MailException", WORDS);
        for (int i = 0; i < 2; i++) {
            UUID worker = new UUID(3, i);
            long number = feed.lease(SERVICE, LATE, holder, worker, now, now.plusSeconds(60))
                    .orElseThrow()
                    .number();
            assertTrue(feed.fail(SERVICE, LATE, holder, worker, number, error, now, count -> new AfterFailure.Park(15))
                    .isPresent());
            Operator operator = new Operator("窓口-7");
            FeedDecision retry = FeedDecision.of(FeedDecision.Kind.RETRY, number + 1, now, operator, WORDS);
            assertTrue(i == 1 || feed.decide(SERVICE, LATE, holder, now, retry));
        }
    }

    private long archive() {
        return institution(archive, TestInstitution.POLICY)
                .histories()
                .archive(clock.instant(), (holder, events) -> {}, done -> {})
                .holders();
    }

    private void hardware(Holder holder, int number) {
        assertAccepted(tokens.orderHardware(holder, Confirmation.NONE));
        deliver(holder, number);
    }

    private void deliver(Holder holder, int number) {
        assertAccepted(desk.assign(holder, serial(number).value()));
        assertAccepted(desk.send(holder));
        assertAccepted(tokens.activateHardware(holder, serial(number).value(), Confirmation.NONE.code(token.code())));
    }

    private static SerialNumber serial(int number) {
        return new SerialNumber(Integer.toString(30_000_000 + number));
    }

    private static StockedToken staged(StockedToken like) {
        return like.toBuilder().serial(serial(99)).build();
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
                Imported.of(new BatchId(batch), size),
                bank.stock()
                        .importBatch(
                                new BatchId(batch),
                                CsvSeedReader.open(file(csv.toString()), TextLayout.DEFAULT),
                                n -> {})
                        .orElseThrow());
    }
}
