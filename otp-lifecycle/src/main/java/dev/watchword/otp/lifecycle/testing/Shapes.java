package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.revoked;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.Suspension;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            TokenKind kind = pick(List.of(TokenKind.values()), i);
            tokens.add(shaped(serial(i), kind, i, 0, pick(secrets, i), TokenState.ISSUED, null, null, before));
            tokens.add(shaped(serial(i), kind, i, 1, pick(secrets, i + 1), TokenState.ACTIVE, at, null, after));
            tokens.add(shaped(serial(i), kind, i, 2, null, TokenState.REVOKED, i % 2 == 0 ? at : null, at, null));
        }
        return tokens;
    }

    private static Token shaped(
            SerialNumber serial,
            TokenKind kind,
            int i,
            int change,
            @Nullable SealedSecret secret,
            TokenState state,
            @Nullable Instant activatedAt,
            @Nullable Instant revokedAt,
            @Nullable Suspension suspension) {
        return new Token(
                serial,
                kind,
                pick(PROFILES, i),
                state,
                secret,
                pick(INSTANTS, i + 1),
                activatedAt,
                revokedAt,
                pick(INSTANTS, i + 2),
                pick(STEPS, i + change),
                (i + change) % 7,
                suspension);
    }

    static void eventsComeBack(Scene scene) {
        Enrolment before = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        List<TokenEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(new TokenEvent(
                    2 + i,
                    pick(INSTANTS, i),
                    pick(List.of(EventType.values()), i),
                    SERIAL_1,
                    i % 2 == 0 ? null : new Purpose("p".repeat(1 + i % 32)),
                    i % 3 == 0 ? null : new Operator(pick(TEXTS, i)),
                    i % 4 == 0 ? null : pick(List.of(SuspensionReason.values()), i),
                    i % 5 == 0 ? null : "理".repeat(TokenEvent.MAX_REASON_LENGTH - i)));
        }
        Enrolment after =
                new Enrolment(before.serviceId(), TARO, 2, before.userId(), before.token(), 1L + events.size());
        scene.commit(new EnrolmentChange(UUID.randomUUID(), before, after, events));

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
