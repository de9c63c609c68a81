package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static final List<Function<String, Object>> NUMBERS =
            List.of(ServiceId::new, UserId::new, SerialNumber::new);

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
        assertEquals(100, new Holder("x".repeat(100)).reference().length());
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

    @Test
    @Tag("R2.1")
    void aPolicyKnowsItsBounds() {
        Duration year = Duration.ofDays(365);
        for (int limit : new int[] {-1, 0, 101}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TokenPolicy(TotpProfile.BANK, TotpWindow.ONE_STEP, limit, year));
        }
        for (Duration lifetime : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(36_526))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TokenPolicy(TotpProfile.BANK, TotpWindow.ONE_STEP, 5, lifetime));
        }
        assertEquals(
                100,
                new TokenPolicy(TotpProfile.BANK, TotpWindow.ONE_STEP, 100, Duration.ofDays(36_525)).failureLimit());
    }

    /** With it would vanish the chance that its secret is ever deleted. */
    @Test
    @Tag("R7.2")
    void aChangeLetsNoLivingTokenAndNoEventVanish() {
        ServiceId service = new ServiceId("10112235");
        Holder holder = new Holder("taro");
        UserId userId = new UserId("999800000001");
        Instant now = Instant.parse("2026-11-23T09:00:00Z");
        SealedSecret secret = new SealedSecret("key", new byte[] {1});
        SerialNumber serial = new SerialNumber("243725864");
        Token living = Token.issued(serial, TokenKind.SOFTWARE, TotpProfile.BANK, secret, now, now.plusSeconds(1));
        Token other = Token.issued(
                new SerialNumber("243725865"), TokenKind.SOFTWARE, TotpProfile.BANK, secret, now, now.plusSeconds(1));
        Token ended = living.movedTo(TokenState.REVOKED, now);
        TokenEvent event = new TokenEvent(2, now, EventType.ISSUED, serial, null, null, null, null);
        BiFunction<Token, @Nullable Token, EnrolmentChange> change = (before, after) -> new EnrolmentChange(
                new UUID(0, 0),
                new Enrolment(service, holder, 1, userId, before, 1),
                new Enrolment(service, holder, 2, userId, after, 2),
                List.of(event));

        TokenEvent misnumbered = new TokenEvent(3, now, EventType.ISSUED, serial, null, null, null, null);
        assertThrows(
                IllegalArgumentException.class,
                () -> new EnrolmentChange(
                        new UUID(0, 0),
                        new Enrolment(service, holder, 1, userId, living, 1),
                        new Enrolment(service, holder, 2, userId, living, 2),
                        List.of(misnumbered)));
        assertThrows(IllegalArgumentException.class, () -> change.apply(living, null));
        assertThrows(IllegalArgumentException.class, () -> change.apply(living, other));
        assertThrows(IllegalArgumentException.class, () -> change.apply(ended, null));
        assertFalse(change.apply(living, ended).bringsNewToken());
        assertTrue(change.apply(ended, other).bringsNewToken());
        assertTrue(change.apply(ended, living).bringsNewToken());
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
