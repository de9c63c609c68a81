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
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Factors;
import dev.watchword.otp.lifecycle.Failures;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.MailAddress;
import dev.watchword.otp.lifecycle.MailCode;
import dev.watchword.otp.lifecycle.Operation;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Order;
import dev.watchword.otp.lifecycle.OrderState;
import dev.watchword.otp.lifecycle.Provisioning;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.RecordedEvent;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.Suspension;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.Waiting;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values that a store must give back as they were, the odd ones first of all. */
final class Shapes {
    /** Every script, quotation marks, what SQL and LIKE read, and pairs that a lenient collation takes for equal. */
    private static final List<String> TEXTS = List.of(
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

    private static final List<Instant> INSTANTS = List.of(
            Instant.parse("1900-01-01T00:00:00.000001Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.EPOCH,
            Instant.parse("2026-03-29T01:30:00.5Z"),
            Instant.parse("2026-10-25T01:30:00.000010Z"),
            Instant.parse("2038-01-19T03:14:08Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));

    private static final List<TotpProfile> PROFILES = List.of(
            TotpProfile.AUTHENTICATOR_APP,
            new TotpProfile(HmacAlgorithm.SHA256, 7, Duration.ofSeconds(1), Instant.ofEpochSecond(-86_400)),
            new TotpProfile(HmacAlgorithm.SHA512, 9, Duration.ofDays(1), Instant.ofEpochSecond(4_000_000_000L)));

    private static final List<Integer> DRIFTS = List.of(0, -1, 1, -TotpWindow.MAX_DRIFT, TotpWindow.MAX_DRIFT);

    private static final List<Long> COUNTERS = List.of(0L, 1L, Long.MAX_VALUE);

    private static final List<Long> STEPS = List.of(Totp.NO_STEP, -1L, 0L, 29_000_000L, Long.MAX_VALUE);

    private Shapes() {}

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

    /** Every value of every field, in tokens that are brought one after the other and then changed. */
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
            Suspension suspension = new Suspension(why, at, i % 2 == 0 ? operator : null);
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
        return new Token(
                serial,
                TokenKind.SOFTWARE,
                pick(PROFILES, i),
                state,
                secret,
                pick(INSTANTS, i + 1),
                activatedAt,
                revokedAt,
                pick(INSTANTS, i + 2),
                new CodeState(pick(STEPS, i + change), pick(DRIFTS, i + change)),
                failed == 0 ? Failures.NONE : new Failures(failed - 1, failed, at),
                suspension,
                new Provisioning(null, i + change, at, pick(INSTANTS, i + 3), at, Scene.DEVICE));
    }

    static void waitingComesBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Order placed = new Order(OrderState.PLACED, pick(INSTANTS, 0), null, null);
        before = waitsFor(scene, before, new Waiting(placed, null, pick(INSTANTS, 1)));
        StockedFob fob = new StockedFob(
                SERIAL_2,
                pick(PROFILES, 1),
                new SealedSecret("k", new byte[] {3}),
                null,
                pick(INSTANTS, 5),
                drifted(-7));
        scene.stock(fob);
        Order assigned = new Order(OrderState.ASSIGNED, pick(INSTANTS, 0), pick(INSTANTS, 1), null);
        before = waitsFor(scene, before, new Waiting(assigned, Scene.sent(fob), pick(INSTANTS, 2)));
        Order sent = new Order(OrderState.SENT, pick(INSTANTS, 0), pick(INSTANTS, 1), pick(INSTANTS, 2));
        Token suspended = suspended(Scene.sent(fob));
        before = waitsFor(scene, before, new Waiting(sent, suspended, pick(INSTANTS, 3)));
        before = scene.commit(scene.waiting(before, null, Scene.revoked(suspended)));
        expect("what waits", scene.stored(TARO).waiting(), null);

        Token issued = Scene.issued(serial(7));
        before = waitsFor(scene, before, new Waiting(null, issued, pick(INSTANTS, 4)));
        Provisioning again = new Provisioning(null, 3, pick(INSTANTS, 5), pick(INSTANTS, 6), Scene.NOW, Scene.DEVICE);
        waitsFor(scene, before, new Waiting(null, provisioned(issued, again), pick(INSTANTS, 4)));
    }

    private static Enrolment waitsFor(Scene scene, Enrolment before, Waiting waiting) {
        Enrolment after = scene.commit(scene.waiting(before, waiting));
        expect("the enrolment", scene.stored(TARO), after);
        return after;
    }

    private static Token suspended(Token token) {
        Suspension suspension = new Suspension(SuspensionReason.LOST, Scene.NOW, new Operator("窓口"));
        return changed(token, token.expiresAt(), new Failures(1, 2, Scene.NOW), suspension, token.provisioning());
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
        return new Token(
                token.serial(),
                token.kind(),
                token.profile(),
                token.state(),
                token.secret(),
                token.issuedAt(),
                token.activatedAt(),
                token.revokedAt(),
                expiresAt,
                token.codes(),
                failures,
                suspension,
                provisioning);
    }

    /** What is kept of a holder who has no token, and no user ID yet. */
    static void holdersComeBack(Scene scene) {
        SealedSecret hash = new SealedSecret("k", new byte[] {1, 2, 3});
        MailAddress address = new MailAddress("o'brien+a_b%c@xn--bcher-kva.example");
        MailCode code = new MailCode(hash, Operation.ISSUE, address, pick(INSTANTS, 3), pick(INSTANTS, 4));
        Enrolment before = scene.none(TARO);
        for (Factors factors : List.of(
                new Factors(hash, 0, null, 0),
                new Factors(null, 0, code, 4),
                new Factors(hash, 3, code, 0),
                Factors.NONE)) {
            Enrolment after = Scene.after(before, null, null, null, address, factors, 1);
            before = scene.commit(Scene.change(before, after));
            expect("the enrolment", scene.stored(TARO), after);
        }
        Enrolment revoked = new Enrolment(
                scene.serviceId,
                TARO,
                before.version() + 1,
                USER_1,
                null,
                null,
                pick(INSTANTS, 3),
                null,
                Factors.NONE,
                before.eventCount() + 1,
                Scene.link(before.eventCount() + 1));
        scene.commit(Scene.change(before, revoked));
        expect("the enrolment", scene.stored(TARO), revoked);
        expect("the enrolment by its user ID", scene.store.find(scene.serviceId, USER_1), Optional.of(revoked));
    }

    /** Fobs with every value of every field. */
    static List<StockedFob> fobs() {
        List<StockedFob> fobs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            fobs.add(new StockedFob(
                    serial(100 + i),
                    i % 4 == 3
                            ? new HotpProfile(pick(List.of(HmacAlgorithm.values()), i), 6 + i % 4)
                            : pick(PROFILES, i),
                    new SealedSecret("鍵", new byte[] {(byte) i, -1}),
                    i % 3 == 0 ? null : pick(INSTANTS, i % 6),
                    pick(INSTANTS, 6),
                    i % 4 == 3 ? CodeState.ofNextCounter(pick(COUNTERS, i / 4)) : drifted(pick(DRIFTS, i))));
        }
        return fobs;
    }

    private static CodeState drifted(int drift) {
        return new CodeState(Totp.NO_STEP, drift);
    }

    /** Fobs of every kind at a holder's, who uses one after the other. */
    static void fobsInUseComeBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        for (StockedFob fob : fobs()) {
            scene.stock(fob);
            Order sent = new Order(OrderState.SENT, pick(INSTANTS, 0), pick(INSTANTS, 1), pick(INSTANTS, 2));
            before = waitsFor(scene, before, new Waiting(sent, Scene.sent(fob), pick(INSTANTS, 3)));
            before = scene.commit(scene.waiting(before, null, Scene.revoked(Scene.sent(fob))));
        }
    }

    static void eventsComeBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        List<RecordedEvent> events = new ArrayList<>();
        List<EventType> types = Arrays.stream(EventType.values())
                .filter(type -> type != EventType.ERASED)
                .toList();
        for (int i = 0; i < 40; i++) {
            events.add(Scene.recorded(new TokenEvent(
                    2 + i,
                    pick(INSTANTS, i),
                    pick(types, i),
                    i % 7 == 0 ? null : SERIAL_1,
                    i % 2 == 0 ? null : new Purpose("p".repeat(1 + i % 32)),
                    i % 3 == 0 ? null : new Operator(pick(TEXTS, i)),
                    i % 4 == 0 ? null : pick(List.of(SuspensionReason.values()), i),
                    i % 5 == 0 ? null : "理".repeat(TokenEvent.MAX_REASON_LENGTH - i))));
        }
        Enrolment after =
                Scene.after(before, before.userId(), before.token(), null, null, before.factors(), events.size());
        scene.commit(new EnrolmentChange(UUID.randomUUID(), before, after, List.of(), events));

        expect("the events", scene.store.history(scene.serviceId, TARO, 1, 100), events);
    }

    static void holdersAreExact(Scene scene) {
        for (int i = 0; i < TEXTS.size(); i++) {
            scene.commit(scene.first(new Holder(TEXTS.get(i)), userId(i), token(serial(i))));
        }
        for (int i = 0; i < TEXTS.size(); i++) {
            Holder holder = new Holder(TEXTS.get(i));
            expect(
                    "the enrolment of " + holder,
                    scene.stored(holder),
                    scene.first(holder, userId(i), token(serial(i))).after());
        }
    }

    private static <T> T pick(List<T> values, int i) {
        return values.get(i % values.size());
    }
}
