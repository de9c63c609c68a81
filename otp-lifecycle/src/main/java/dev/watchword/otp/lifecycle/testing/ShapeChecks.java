package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.revoked;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks that a store returns every value unchanged, including unusual ones. */
final class ShapeChecks {
    /**
     * Texts in several scripts, quotation marks, special characters of SQL and LIKE, and pairs that a lenient collation
     * considers equal.
     */
    static final List<String> TEXTS = List.of(
            "青森 太郎",
            "أحمد",
            "İstanbul ı",
            "😀🏦",
            "O'Brien; DROP TABLE otp_token --",
            "100%_\\\"`",
            "A",
            "a",
            "é",
            "e\u0301",
            "Straße",
            "Strasse",
            "ハナコ",
            "ﾊﾅｺ",
            "はなこ",
            "x".repeat(Holder.MAX_LENGTH),
            "信".repeat(Holder.MAX_LENGTH),
            "😀".repeat(Holder.MAX_LENGTH / 2));

    /**
     * Instants that a storage can change if a driver takes them for local time. They include the wall clock readings that Berlin, New
     * York, Lord Howe Island and Tokyo skip and repeat, as UTC.
     */
    static final List<Instant> INSTANTS = List.of(
            Instant.parse("0001-01-01T00:00:00.000001Z"),
            Instant.parse("1900-01-01T00:00:00.000001Z"),
            Instant.parse("1951-05-06T00:30:00.000001Z"),
            Instant.parse("1951-09-08T00:30:00.999999Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.EPOCH,
            Instant.parse("2026-03-08T02:30:00.123456Z"),
            Instant.parse("2026-03-29T01:30:00.5Z"),
            Instant.parse("2026-03-29T02:30:00.000001Z"),
            Instant.parse("2026-04-05T01:45:00.000001Z"),
            Instant.parse("2026-10-04T02:15:00.000001Z"),
            Instant.parse("2026-10-25T01:30:00.000010Z"),
            Instant.parse("2026-10-25T02:30:00.000010Z"),
            Instant.parse("2026-11-01T01:30:00.999999Z"),
            Instant.parse("2038-01-19T03:14:08Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));

    private static final List<TotpProfile> PROFILES = List.of(
            TotpProfile.AUTHENTICATOR_APP,
            new TotpProfile(HmacAlgorithm.SHA256, 7, Duration.ofSeconds(1), Instant.ofEpochSecond(-86_400)),
            new TotpProfile(HmacAlgorithm.SHA512, 9, Duration.ofDays(1), Instant.ofEpochSecond(4_000_000_000L)));

    private static final List<Integer> DRIFTS = List.of(0, -1, 1, -TotpWindow.MAX_DRIFT, TotpWindow.MAX_DRIFT);

    private static final List<Long> COUNTERS = List.of(0L, 1L, Long.MAX_VALUE);

    private static final List<Long> STEPS = List.of(Totp.NO_STEP, -1L, 0L, 29_000_000L, Long.MAX_VALUE);

    private ShapeChecks() {}

    static SerialNumber serial(int i) {
        return new SerialNumber(Integer.toString(100_000_000 + i));
    }

    static UserId userId(int i) {
        return new UserId(Long.toString(999_800_000_000L + i));
    }

    static void enrolmentsComeBack(Scene scene) {
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        expect("the enrolment", scene.stored(TARO), enrolment);
        enrolment = scene.commit(scene.next(enrolment, revoked(token(SERIAL_1)), 1));
        for (Token token : tokens()) {
            enrolment = scene.commit(scene.next(enrolment, token, 1));
            expect("the enrolment", scene.stored(TARO), enrolment);
        }
    }

    /** Returns tokens with every value of every field. Each token is first new, then changed, then revoked. */
    private static List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        byte[] anyByte = new byte[256];
        for (int i = 0; i < anyByte.length; i++) {
            anyByte[i] = (byte) i;
        }
        List<SealedSecret> secrets = List.of(
                new SealedSecret("k", new byte[] {0}),
                new SealedSecret("鍵".repeat(SealedSecret.MAX_KEY_NAME_LENGTH), anyByte));
        Operator operator = new Operator("窓口 'A'");
        for (int i = 0; i < 24; i++) {
            Instant at = pick(INSTANTS, i);
            SuspensionReason why = pick(List.of(SuspensionReason.values()), i);
            Suspension suspension = Suspension.of(why, at, i % 2 == 0 ? operator : null);
            Suspension before = i % 3 == 0 ? null : suspension;
            Suspension after = i % 3 == 1 ? null : suspension;
            tokens.add(shaped(serial(i), i, 0, pick(secrets, i), TokenState.ACTIVE, at, null, before));
            tokens.add(shaped(serial(i), i, 1, pick(secrets, i + 1), TokenState.ACTIVE, at, null, after));
            tokens.add(shaped(serial(i), i, 2, null, TokenState.REVOKED, i % 2 == 0 ? at : null, at, null));
        }
        return tokens;
    }

    private static Token shaped(
            SerialNumber serial,
            int i,
            int change,
            @Nullable SealedSecret secret,
            TokenState state,
            @Nullable Instant activatedAt,
            @Nullable Instant revokedAt,
            @Nullable Suspension suspension) {
        int failed = (i + change) % 7;
        Instant at = pick(INSTANTS, i + change);
        return Token.builder()
                .serial(serial)
                .kind(TokenKind.SOFTWARE)
                .profile(pick(PROFILES, i))
                .state(state)
                .secret(secret)
                .issuedAt(pick(INSTANTS, i + 1))
                .activatedAt(activatedAt)
                .revokedAt(revokedAt)
                .expiresAt(pick(INSTANTS, i + 2))
                .codes(new CodeState(pick(STEPS, i + change), pick(DRIFTS, i + change)))
                .lastAcceptedOn((i + change) % 5 == 0 ? null : LocalDate.ofInstant(at, ZoneOffset.UTC))
                .failures(failed == 0 ? Failures.NONE : Failures.of(failed - 1, failed, at))
                .suspension(suspension)
                .provisioning(Provisioning.builder()
                        .failures(i + change)
                        .opensAt(at)
                        .closesAt(pick(INSTANTS, i + 3))
                        .provisionedAt(at)
                        .device(Scene.DEVICE)
                        .repeats((i + change) % 4)
                        .build())
                .signing(secret == null ? null : SigningShapes.used(i + change))
                .build();
    }

    static void pendingOrdersComeBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Order placed = Order.builder()
                .state(OrderState.PLACED)
                .placedAt(pick(INSTANTS, 0))
                .build();
        before = waitsFor(
                scene,
                before,
                Pending.builder().order(placed).lapsesAt(pick(INSTANTS, 1)).build());
        StockedToken stocked = StockedToken.builder()
                .batch(Scene.batchOf(SERIAL_2))
                .serial(SERIAL_2)
                .profile(pick(PROFILES, 1))
                .secret(new SealedSecret("k", new byte[] {3}))
                .expiresAt(pick(INSTANTS, 5))
                .codes(drifted(-7))
                .build();
        scene.stock(stocked);
        Order assigned = Order.builder()
                .state(OrderState.ASSIGNED)
                .placedAt(pick(INSTANTS, 0))
                .assignedAt(pick(INSTANTS, 1))
                .build();
        before = waitsFor(
                scene,
                before,
                Pending.builder()
                        .order(assigned)
                        .token(Scene.sent(stocked))
                        .lapsesAt(pick(INSTANTS, 2))
                        .build());
        Order sent = Order.builder()
                .state(OrderState.SENT)
                .placedAt(pick(INSTANTS, 0))
                .assignedAt(pick(INSTANTS, 1))
                .sentAt(pick(INSTANTS, 2))
                .build();
        Token suspended = suspended(Scene.sent(stocked));
        before = waitsFor(
                scene,
                before,
                Pending.builder()
                        .order(sent)
                        .token(suspended)
                        .lapsesAt(pick(INSTANTS, 3))
                        .build());
        scene.commit(scene.waiting(before, null, Scene.revoked(suspended)));
        expect("the pending token or order", scene.stored(TARO).pending(), null);
    }

    static void pendingSoftwareComesBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Token issued = Scene.issued(serial(7));
        before = waitsFor(
                scene,
                before,
                Pending.builder().token(issued).lapsesAt(pick(INSTANTS, 4)).build());
        Provisioning again = Provisioning.builder()
                .failures(3)
                .opensAt(pick(INSTANTS, 5))
                .closesAt(pick(INSTANTS, 6))
                .provisionedAt(Scene.NOW)
                .device(Scene.DEVICE)
                .repeats(2)
                .build();
        waitsFor(
                scene,
                before,
                Pending.builder()
                        .token(provisioned(issued, again))
                        .lapsesAt(pick(INSTANTS, 4))
                        .build());
    }

    private static Enrolment waitsFor(Scene scene, Enrolment before, Pending waiting) {
        Enrolment after = scene.commit(scene.waiting(before, waiting));
        expect("the enrolment", scene.stored(TARO), after);
        return after;
    }

    private static Token suspended(Token token) {
        Suspension suspension = Suspension.of(SuspensionReason.LOST, Scene.NOW, new Operator("窓口"));
        return changed(token, token.expiresAt(), Failures.of(1, 2, Scene.NOW), suspension, token.provisioning());
    }

    /** A token with another expiry, suspended or not. */
    static Token with(Token token, Instant expiresAt, @Nullable Suspension suspension) {
        return changed(token, expiresAt, token.failures(), suspension, token.provisioning());
    }

    private static Token provisioned(Token token, Provisioning provisioning) {
        return changed(token, token.expiresAt(), token.failures(), token.suspension(), provisioning);
    }

    private static Token changed(
            Token token,
            Instant expiresAt,
            Failures failures,
            @Nullable Suspension suspension,
            @Nullable Provisioning provisioning) {
        return token.toBuilder()
                .expiresAt(expiresAt)
                .failures(failures)
                .suspension(suspension)
                .provisioning(provisioning)
                .build();
    }

    /** Hardware tokens with every value of every field. */
    static List<StockedToken> stockedTokens() {
        List<StockedToken> tokens = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tokens.add(StockedToken.builder()
                    .batch(Scene.batchOf(serial(100 + i)))
                    .serial(serial(100 + i))
                    .profile(
                            i % 4 == 3
                                    ? new HotpProfile(pick(List.of(HmacAlgorithm.values()), i), 6 + i % 4)
                                    : pick(PROFILES, i))
                    .secret(new SealedSecret("鍵", new byte[] {(byte) i, -1}))
                    .startsAt(i % 3 == 0 ? null : pick(INSTANTS, i % 6))
                    .expiresAt(pick(INSTANTS, 6))
                    .codes(i % 4 == 3 ? CodeState.ofNextCounter(pick(COUNTERS, i / 4)) : drifted(pick(DRIFTS, i)))
                    .signing(SigningShapes.stocked(i))
                    .build());
        }
        return tokens;
    }

    private static CodeState drifted(int drift) {
        return new CodeState(Totp.NO_STEP, drift);
    }

    /** A holder uses hardware tokens of every kind, one after the other. */
    static void hardwareTokensInUseComeBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        for (StockedToken stocked : stockedTokens()) {
            scene.stock(stocked);
            Order sent = Order.builder()
                    .state(OrderState.SENT)
                    .placedAt(pick(INSTANTS, 0))
                    .assignedAt(pick(INSTANTS, 1))
                    .sentAt(pick(INSTANTS, 2))
                    .build();
            before = waitsFor(
                    scene,
                    before,
                    Pending.builder()
                            .order(sent)
                            .token(Scene.sent(stocked))
                            .lapsesAt(pick(INSTANTS, 3))
                            .build());
            Token token = Scene.sent(stocked).toBuilder()
                    .counterUnknown(stocked.profile() instanceof HotpProfile)
                    .build();
            before = waitsFor(
                    scene,
                    before,
                    Pending.builder()
                            .order(sent)
                            .token(token)
                            .lapsesAt(pick(INSTANTS, 4))
                            .build());
            before = scene.commit(scene.waiting(before, null, Scene.revoked(token)));
        }
    }

    static void eventsComeBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        List<RecordedEvent> events = new ArrayList<>();
        List<EventType> types = Arrays.stream(EventType.values())
                .filter(type -> type != EventType.ERASED)
                .toList();
        for (int i = 0; i < types.size() + 5; i++) {
            events.add(Scene.recorded(TokenEvent.builder()
                    .number(2 + i)
                    .at(pick(INSTANTS, i))
                    .type(pick(types, i))
                    .serial(i % 7 == 0 ? null : SERIAL_1)
                    .purpose(i % 2 == 0 ? null : new Purpose("p".repeat(1 + i % 32)))
                    .operator(i % 3 == 0 ? null : new Operator(pick(TEXTS, i)))
                    .suspensionReason(i % 4 == 0 ? null : pick(List.of(SuspensionReason.values()), i))
                    .reason(i % 5 == 0 ? null : "理".repeat(TokenEvent.MAX_REASON_LENGTH - i))
                    .origin(origin(i))
                    .request(i % 6 == 0 ? null : request(i))
                    .build()));
        }
        Enrolment after =
                Scene.after(before, before.userId(), before.token(), null, null, before.credentials(), events.size());
        scene.commit(EnrolmentChange.builder()
                .id(UUID.randomUUID())
                .before(before)
                .after(after)
                .events(events)
                .build());

        expect("the events", scene.store.history(scene.serviceId, TARO, 1, 100), events);
    }

    private static RequestReference request(int i) {
        String digits = String.format(Locale.ROOT, "%032x", i);
        return new RequestReference(new RequestId(digits), digits + digits);
    }

    /** Returns an origin with both, one or none of its texts. */
    private static Origin origin(int i) {
        Origin origin = i % 3 == 0 ? Origin.NONE : Origin.NONE.source("源".repeat(Origin.MAX_LENGTH - i));
        return i % 2 == 0 ? origin : origin.reference("Tx-" + "9".repeat(Origin.MAX_LENGTH - 3 - i));
    }

    static <T> T pick(List<T> values, int i) {
        return values.get(i % values.size());
    }
}
