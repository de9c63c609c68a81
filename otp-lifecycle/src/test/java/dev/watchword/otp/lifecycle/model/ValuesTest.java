package dev.watchword.otp.lifecycle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static final SealedSecret STOCK_SECRET = new SealedSecret("key-1", new byte[] {7});
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant SOON = NOW.plus(Duration.ofDays(30));
    private static final SerialNumber SERIAL = new SerialNumber("101199980021");
    private static final SealedSecret SECRET = new SealedSecret("key", new byte[] {1});
    private static final DeviceFingerprint DEVICE = new DeviceFingerprint("ab".repeat(32));
    private static final Token ACTIVE = Token.builder()
            .serial(SERIAL)
            .kind(TokenKind.HARDWARE)
            .profile(TotpProfile.BANK)
            .state(TokenState.ACTIVE)
            .secret(SECRET)
            .issuedAt(NOW)
            .activatedAt(NOW)
            .expiresAt(SOON)
            .build();
    private static final Token ISSUED = ACTIVE.toBuilder()
            .serial(new SerialNumber("101199980022"))
            .state(TokenState.ISSUED)
            .activatedAt(null)
            .build();
    private static final Order PLACED =
            Order.builder().state(OrderState.PLACED).placedAt(NOW).build();
    private static final Pending SENT = Pending.builder()
            .order(Order.builder()
                    .state(OrderState.SENT)
                    .placedAt(NOW)
                    .assignedAt(NOW)
                    .sentAt(NOW)
                    .build())
            .token(ISSUED)
            .lapsesAt(SOON)
            .build();
    private static final Enrolment RENEWING = Enrolment.builder()
            .serviceId(new ServiceId("10112235"))
            .holder(new Holder("taro"))
            .version(3)
            .userId(new UserId("999800000001"))
            .token(ACTIVE)
            .pending(SENT)
            .eventCount(4)
            .head(new ChainLink("test", "0".repeat(64)))
            .build();

    private static final List<Function<String, Object>> NUMBERS = List.of(ServiceId::new, UserId::new);

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1234567", "1234567890123", "１２３４５６７８", "-12345678", "1234 5678", "12345678x", "٠١٢٣٤٥٦٧"})
    void numbersAreAsciiDigitsOfTheirLength(String text) {
        for (Function<String, Object> number : NUMBERS) {
            assertThrows(IllegalArgumentException.class, () -> number.apply(text));
        }
    }

    @Test
    void numbersShowThemselves() {
        assertEquals("10112235", new ServiceId("10112235").toString());
        assertEquals("999800000001", new UserId("999800000001").toString());
        assertEquals("243725864", new SerialNumber("243725864").toString());
        assertThrows(IllegalArgumentException.class, () -> new ServiceId("101122350"));
        assertThrows(IllegalArgumentException.class, () -> new UserId("99980000000"));
    }

    @Test
    void drawnNumbersHaveTheirForm() {
        NumberSource numbers = NumberSource.random(new SecureRandom());
        for (int i = 0; i < 1000; i++) {
            assertEquals(12, numbers.userId().value().length());
            assertEquals(9, numbers.serial().value().length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " taro", "taro ", "ta\tro", "ta\u0000ro", "\uD83D", "taro\uDE00"})
    void textThatADatabaseMightChangeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new Holder(text));
        assertThrows(IllegalArgumentException.class, () -> new Operator(text));
    }

    @Test
    void textHasALength() {
        assertEquals(100, new Holder("x".repeat(100)).value().length());
        assertThrows(IllegalArgumentException.class, () -> new Holder("x".repeat(101)));
        assertThrows(IllegalArgumentException.class, () -> new Operator("x".repeat(101)));
        assertEquals("太郎", new Holder("太郎").toString());
        assertEquals("窓口", new Operator("窓口").toString());
    }

    @ParameterizedTest
    @Tag("R1.5")
    @ValueSource(strings = {"", "Login", "1st", "-x", "a b", "ログイン", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aPurposeIsAPlainWord(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Purpose(name));
        assertEquals("open-the-vault-2", new Purpose("open-the-vault-2").toString());
    }

    /** A lost secret could never be deleted. */
    @Test
    @Tag("R7.2")
    void aChangeLetsNoLivingTokenVanishAndNoRevokedOneLive() {
        Enrolment before = RENEWING;
        Token ended = revoked(ACTIVE);
        Token activated =
                ISSUED.toBuilder().state(TokenState.ACTIVE).activatedAt(NOW).build();

        assertThrows(IllegalArgumentException.class, () -> change(before, null, SENT));
        assertThrows(IllegalArgumentException.class, () -> change(before, ACTIVE, null));
        assertThrows(IllegalArgumentException.class, () -> change(before, ACTIVE, null, ISSUED));
        assertThrows(IllegalArgumentException.class, () -> change(before, ACTIVE, SENT, ended));
        assertThrows(
                IllegalArgumentException.class, () -> change(before, ended, null, revoked(ISSUED), revoked(ISSUED)));

        EnrolmentChange revoked = change(before, ended, null, revoked(ISSUED));
        assertEquals(List.of(), revoked.broughtTokens());
        assertEquals(List.of(ended, revoked(ISSUED)), revoked.changedTokens());
        EnrolmentChange renewed = change(before, activated, null, ended);
        assertEquals(List.of(), renewed.broughtTokens());
        assertEquals(List.of(activated, ended), renewed.changedTokens());
        EnrolmentChange livesAgain = change(revoked.after(), ACTIVE, null);
        assertEquals(List.of(ACTIVE), livesAgain.broughtTokens());
        assertEquals(List.of(), change(before, ACTIVE, SENT).changedTokens());
        assertEquals(List.of(ISSUED), change(revoked.after(), ended, SENT).broughtTokens());
    }

    private static Token revoked(Token token) {
        return token.toBuilder()
                .state(TokenState.REVOKED)
                .revokedAt(NOW)
                .secret(null)
                .build();
    }

    @Test
    void aChangeNumbersItsEventsOn() {
        Enrolment before = RENEWING.toBuilder().pending(null).build();
        Enrolment after = after(before, before.token(), null);
        for (List<RecordedEvent> events : List.of(List.<RecordedEvent>of(), List.of(event(4)), List.of(event(6)))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> EnrolmentChange.builder()
                            .id(new UUID(0, 0))
                            .before(before)
                            .after(after)
                            .events(events)
                            .build());
        }
    }

    private static EnrolmentChange change(
            Enrolment before, @Nullable Token token, @Nullable Pending waiting, Token... ended) {
        return EnrolmentChange.builder()
                .id(new UUID(0, 0))
                .before(before)
                .after(after(before, token, waiting))
                .ended(List.of(ended))
                .events(List.of(event(before.eventCount() + 1)))
                .stockSecret(
                        token != null && token.state() == TokenState.REVOKED && waiting != null ? STOCK_SECRET : null)
                .build();
    }

    @Test
    @Tag("R10.5")
    void exactlyATokenFromTheStockNeedsTheSecretOfTheStock() {
        Enrolment ended =
                change(RENEWING, revoked(ACTIVE), null, revoked(ISSUED)).after();
        Enrolment sent = after(ended, ended.token(), SENT);
        EnrolmentChange.Builder taking = EnrolmentChange.builder()
                .id(new UUID(0, 0))
                .before(ended)
                .after(sent)
                .events(List.of(event(ended.eventCount() + 1)));

        assertEquals(STOCK_SECRET, taking.stockSecret(STOCK_SECRET).build().stockSecret());
        assertThrows(
                IllegalArgumentException.class, () -> taking.stockSecret(null).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> taking.after(after(ended, ended.token(), null))
                        .stockSecret(STOCK_SECRET)
                        .build());
    }

    private static Enrolment after(Enrolment before, @Nullable Token token, @Nullable Pending waiting) {
        return before.toBuilder()
                .version(before.version() + 1)
                .token(token)
                .pending(waiting)
                .softwareEndedAt(null)
                .mailAddress(null)
                .eventCount(before.eventCount() + 1)
                .head(event(before.eventCount() + 1).link())
                .build();
    }

    private static RecordedEvent event(long number) {
        return RecordedEvent.of(
                TokenEvent.builder()
                        .number(number)
                        .at(NOW)
                        .type(EventType.ISSUED)
                        .build(),
                null,
                new ChainLink("k", "0".repeat(64)));
    }

    @Test
    void storedValuesContradictThemselvesNowhere() {
        SealedSecret secret = SECRET;
        Instant now = NOW;
        for (Executable wrong : List.<Executable>of(
                () -> new CodeState(0, TotpWindow.MAX_DRIFT + 1),
                () -> new CodeState(0, -TotpWindow.MAX_DRIFT - 1),
                () -> Failures.of(2, 1, now),
                () -> Failures.of(-1, 1, now),
                () -> Failures.of(0, 0, now),
                () -> Failures.of(0, 1, null),
                () -> Provisioning.builder()
                        .password(secret)
                        .opensAt(now)
                        .closesAt(now)
                        .provisionedAt(now)
                        .device(DEVICE)
                        .build(),
                () -> Provisioning.builder()
                        .failures(-1)
                        .opensAt(now)
                        .closesAt(now)
                        .build(),
                () -> Provisioning.builder()
                        .opensAt(now)
                        .closesAt(now)
                        .provisionedAt(now)
                        .build(),
                () -> Order.builder()
                        .state(OrderState.PLACED)
                        .placedAt(now)
                        .assignedAt(now)
                        .build(),
                () -> Order.builder().state(OrderState.ASSIGNED).placedAt(now).build(),
                () -> Order.builder()
                        .state(OrderState.SENT)
                        .placedAt(now)
                        .assignedAt(now)
                        .build(),
                () -> Order.builder()
                        .state(OrderState.ASSIGNED)
                        .placedAt(now)
                        .assignedAt(now)
                        .sentAt(now)
                        .build(),
                () -> Pending.builder().lapsesAt(now).build(),
                () -> Pending.builder().token(ISSUED).lapsesAt(now).build(),
                () -> Pending.builder()
                        .order(PLACED)
                        .token(ISSUED)
                        .lapsesAt(now)
                        .build(),
                () -> Credentials.builder().passwordFailures(-1).build(),
                () -> Credentials.builder().mailCodeFailures(-1).build(),
                () -> StockedToken.builder()
                        .batch(new BatchId("delivery-1"))
                        .serial(SERIAL)
                        .profile(TotpProfile.BANK)
                        .secret(secret)
                        .startsAt(now)
                        .expiresAt(now)
                        .build(),
                () -> StockedToken.builder()
                        .batch(new BatchId("delivery-1"))
                        .serial(SERIAL)
                        .profile(TotpProfile.BANK)
                        .secret(secret)
                        .expiresAt(now)
                        .codes(new CodeState(Totp.NO_STEP, TotpWindow.MAX_DRIFT + 1))
                        .build(),
                () -> new CodeState(-2, 0).requireFits(HotpProfile.STANDARD),
                () -> new CodeState(0, 1).requireFits(HotpProfile.STANDARD),
                () -> ACTIVE.toBuilder().state(TokenState.REVOKED).build(),
                () -> ACTIVE.toBuilder().revokedAt(now).build(),
                () -> ACTIVE.toBuilder().secret(null).build(),
                () -> ACTIVE.toBuilder().state(TokenState.UNREGISTERED).build(),
                () -> ACTIVE.toBuilder().kind(TokenKind.SOFTWARE).build(),
                () -> RENEWING.toBuilder().token(ISSUED).build(),
                () -> RENEWING.toBuilder().userId(null).build(),
                () -> RENEWING.toBuilder().version(0).build(),
                () -> RENEWING.toBuilder().eventCount(0).build(),
                () -> RENEWING.toBuilder()
                        .token(ACTIVE.toBuilder().serial(ISSUED.serial()).build())
                        .build(),
                () -> TokenEvent.builder()
                        .number(0)
                        .at(now)
                        .type(EventType.ERASED)
                        .build(),
                () -> TokenEvent.builder()
                        .number(1)
                        .at(now)
                        .type(EventType.CANCELLED)
                        .reason(" lost")
                        .build(),
                () -> RecordedEvent.of(
                        TokenEvent.builder()
                                .number(1)
                                .at(now)
                                .type(EventType.CANCELLED)
                                .reason("lost")
                                .build(),
                        null,
                        new ChainLink("k", "0".repeat(64))),
                () -> new ChainLink("k", "A".repeat(64)),
                () -> KeyCheck.of(KeyUse.SEAL, "", "00".repeat(16)),
                () -> KeyCheck.of(KeyUse.SEAL, "k".repeat(65), "00".repeat(16)),
                () -> KeyCheck.of(KeyUse.SEAL, "k", "0A".repeat(16)),
                () -> KeyCheck.of(KeyUse.SEAL, "k", "00".repeat(15)),
                () -> KeyCheck.of(KeyUse.SEAL, "k", "0".repeat(33)),
                () -> KeyCheck.of(KeyUse.SEAL, "k", "00".repeat(65)),
                () -> new HistoryAnchor(0, new ChainLink("k", "0".repeat(64)), new ChainLink("k", "0".repeat(64))),
                () -> ReencryptedEnrolment.of(RENEWING, RENEWING),
                () -> ReencryptedEnrolment.of(
                        RENEWING, RENEWING.toBuilder().version(4).eventCount(5).build()),
                () -> new DeviceFingerprint("AB".repeat(32)),
                () -> new BatchId("a b"),
                () -> new BatchId("x".repeat(65)),
                () -> new MailAddress("x".repeat(64) + "@" + "y".repeat(190)))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
        assertEquals(
                254,
                new MailAddress("x".repeat(64) + "@" + "y".repeat(189)).value().length());
        assertEquals(TotpWindow.MAX_DRIFT, new CodeState(0, TotpWindow.MAX_DRIFT).drift());
        assertEquals("delivery-1", new BatchId("delivery-1").toString());
        assertEquals(DEVICE.value(), DEVICE.toString());
    }

    @Test
    void aMissingPartIsNamed() {
        assertMissing("serial", () -> Token.builder().build());
        assertMissing("expiresAt", () -> ACTIVE.toBuilder().expiresAt(missing()).build());
        assertMissing("lapsesAt", () -> Pending.builder().token(ISSUED).build());
        assertMissing(
                "holder",
                () -> Enrolment.builder().serviceId(RENEWING.serviceId()).build());
        assertMissing("hashes", () -> BackupCodeSet.builder().unused(1).build());
        assertMissing(
                "createdAt",
                () -> BackupCodeSet.builder().hashes(SECRET).unused(1).build());
        assertMissing("placedAt", () -> Order.builder().state(OrderState.PLACED).build());
        assertMissing("opensAt", () -> Provisioning.builder().closesAt(NOW).build());
        assertMissing(
                "destination",
                () -> MailCode.builder().hash(SECRET).operation(Operation.ISSUE).build());
        assertMissing(
                "expiresAt",
                () -> OpenProof.builder()
                        .hash("a".repeat(64))
                        .operation(Operation.ISSUE)
                        .build());
        assertMissing(
                "secret",
                () -> StockedToken.builder()
                        .batch(new BatchId("delivery-1"))
                        .serial(SERIAL)
                        .profile(TotpProfile.BANK)
                        .build());
        assertMissing("type", () -> TokenEvent.builder().number(1).at(NOW).build());
        assertMissing(
                "before", () -> EnrolmentChange.builder().id(new UUID(0, 0)).build());
        assertMissing(
                "expiresAt",
                () -> RequestInfo.builder()
                        .id(new RequestId("a".repeat(32)))
                        .purpose(Purpose.LOGIN)
                        .method(SigningMethod.APP)
                        .build());
        assertMissing(
                "status",
                () -> Registration.builder()
                        .serviceId(RENEWING.serviceId())
                        .holder(RENEWING.holder())
                        .build());
    }

    @SuppressWarnings("NullAway") // as an application without a check of nulls
    private static Instant missing() {
        return null;
    }

    @Test
    @Tag("R14.1")
    @Tag("R14.2")
    void backupCodesHaveUnusedSlotsAndAnExpiryByKind() {
        BackupCodeSet.Builder set = BackupCodeSet.builder().hashes(SECRET).createdAt(NOW);
        for (int unused : new int[] {0, -1, 1 << 16, Integer.MIN_VALUE}) {
            assertThrows(
                    IllegalArgumentException.class, () -> set.unused(unused).build());
        }
        assertEquals(16, set.unused((1 << 16) - 1).build().unusedCount());
        BackupCodeSet recovery = set.unused(5).build();
        assertEquals(2, recovery.unusedCount());
        assertTrue(recovery.isUnused(0));
        assertFalse(recovery.isUnused(1));
        assertTrue(recovery.isUnused(2));
        for (int slot : new int[] {-1, 16, 32, 34}) {
            assertFalse(recovery.isUnused(slot));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> recovery.toBuilder().failures(-1).build());
        BackupCodeSet emergency = recovery.toBuilder().expiresAt(NOW).build();
        assertTrue(emergency.isExpiredAt(NOW));
        assertFalse(emergency.isExpiredAt(NOW.minusSeconds(1)));
        assertFalse(recovery.isExpiredAt(Instant.MAX));
        BackupCodes codes = BackupCodes.builder()
                .emergency(emergency)
                .recovery(recovery)
                .failuresSinceAccepted(7)
                .build();
        assertTrue(codes.toString().contains("failuresSinceAccepted=7")
                && codes.toString().contains("unused=5"));
        for (UnaryOperator<BackupCodes.Builder> wrong : List.<UnaryOperator<BackupCodes.Builder>>of(
                builder -> builder.emergency(recovery),
                builder -> builder.recovery(emergency),
                builder -> builder.failuresSinceAccepted(-1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> wrong.apply(codes.toBuilder()).build());
        }
    }

    private static void assertMissing(String name, Executable building) {
        assertEquals(name, assertThrows(NullPointerException.class, building).getMessage());
    }

    @Test
    @Tag("R10.2")
    void secretAndPersonalValuesAreRedacted() {
        assertEquals("<mail address; call value()>", new MailAddress("taro@bank.example").toString());
        assertEquals(
                "Confirmation[redacted]",
                Confirmation.NONE.password("hirosaki1").toString());
        assertEquals(
                "SoftwareRequest[redacted]",
                SoftwareRequest.of("taro@bank.example", "4726").toString());
    }

    @Test
    @Tag("R10.2")
    void aSealedSecretIsCopiedInAndOut() {
        byte[] bytes = {1, 2, 3};
        SealedSecret sealed = new SealedSecret("key", bytes);
        bytes[0] = 9;
        sealed.bytes()[1] = 9;

        assertArrayEquals(new byte[] {1, 2, 3}, sealed.bytes());
        assertEquals(sealed, new SealedSecret("key", new byte[] {1, 2, 3}));
        assertEquals(sealed.hashCode(), new SealedSecret("key", new byte[] {1, 2, 3}).hashCode());
    }
}
