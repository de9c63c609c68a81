package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

    /** With it would vanish the chance that its secret is ever deleted. */
    @Test
    @Tag("R7.2")
    void aChangeLetsNoLivingTokenVanishAndNoRevokedOneLive() {
        Enrolment before = Condition.RENEWING_SENT.enrolment();
        Token fob = before.requireActive();
        Token successor = before.requireIssued();
        Waiting waiting = before.requireWaiting();
        Token ended = fob.revoked(Condition.NOW);

        assertThrows(IllegalArgumentException.class, () -> change(before, null, waiting));
        assertThrows(IllegalArgumentException.class, () -> change(before, fob, null));
        assertThrows(IllegalArgumentException.class, () -> change(before, fob, null, successor));
        assertThrows(IllegalArgumentException.class, () -> change(before, fob, waiting, ended));
        assertThrows(
                IllegalArgumentException.class,
                () -> change(before, ended, null, successor.revoked(Condition.NOW), successor.revoked(Condition.NOW)));

        EnrolmentChange revoked = change(before, ended, null, successor.revoked(Condition.NOW));
        assertEquals(List.of(), revoked.broughtTokens());
        assertEquals(List.of(ended, successor.revoked(Condition.NOW)), revoked.changedTokens());
        EnrolmentChange activated = change(before, successor.activated(Condition.NOW), null, ended);
        assertEquals(List.of(), activated.broughtTokens());
        assertEquals(List.of(successor.activated(Condition.NOW), ended), activated.changedTokens());
        EnrolmentChange livesAgain = change(revoked.after(), fob, null);
        assertEquals(List.of(fob), livesAgain.broughtTokens());
        assertEquals(List.of(), change(before, fob, waiting).changedTokens());
        assertEquals(List.of(successor), change(revoked.after(), ended, waiting).broughtTokens());
    }

    @Test
    void aChangeNumbersItsEventsOn() {
        Enrolment before = Condition.ACTIVE.enrolment();
        Enrolment after = after(before, before.token(), null);
        for (List<RecordedEvent> events : List.of(List.<RecordedEvent>of(), List.of(event(4)), List.of(event(6)))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new EnrolmentChange(new UUID(0, 0), before, after, List.of(), events));
        }
    }

    private static EnrolmentChange change(
            Enrolment before, @Nullable Token token, @Nullable Waiting waiting, Token... ended) {
        return new EnrolmentChange(
                new UUID(0, 0),
                before,
                after(before, token, waiting),
                List.of(ended),
                List.of(event(before.eventCount() + 1)));
    }

    private static Enrolment after(Enrolment before, @Nullable Token token, @Nullable Waiting waiting) {
        return new Enrolment(
                before.serviceId(),
                before.holder(),
                before.version() + 1,
                before.userId(),
                token,
                waiting,
                null,
                null,
                before.factors(),
                before.eventCount() + 1,
                event(before.eventCount() + 1).link());
    }

    private static RecordedEvent event(long number) {
        return new RecordedEvent(
                new TokenEvent(number, Condition.NOW, EventType.ISSUED, null, null, null, null, null),
                null,
                new ChainLink("k", "0".repeat(64)));
    }

    @Test
    void storedValuesContradictThemselvesNowhere() {
        SealedSecret secret = Condition.SECRET;
        Instant now = Condition.NOW;
        for (Executable wrong : List.<Executable>of(
                () -> new CodeState(0, TotpWindow.MAX_DRIFT + 1),
                () -> new CodeState(0, -TotpWindow.MAX_DRIFT - 1),
                () -> new Failures(2, 1, now),
                () -> new Failures(-1, 1, now),
                () -> new Failures(0, 0, now),
                () -> new Failures(0, 1, null),
                () -> new Provisioning(secret, 0, now, now, now, Condition.DEVICE),
                () -> new Provisioning(null, -1, now, now, null, null),
                () -> new Provisioning(null, 0, now, now, now, null),
                () -> new Order(OrderState.PLACED, now, now, null),
                () -> new Order(OrderState.ASSIGNED, now, null, null),
                () -> new Order(OrderState.SENT, now, now, null),
                () -> new Order(OrderState.ASSIGNED, now, now, now),
                () -> new Waiting(null, null, now),
                () -> new Waiting(null, Condition.SENT.enrolment().requireIssued(), now),
                () -> new Waiting(Order.placed(now), Condition.SENT.enrolment().requireIssued(), now),
                () -> new Factors(null, -1, null, 0),
                () -> new Factors(null, 0, null, -1),
                () -> new StockedFob(Condition.FOB, TotpProfile.BANK, secret, now, now, CodeState.NEW),
                () -> new StockedFob(
                        Condition.FOB,
                        TotpProfile.BANK,
                        secret,
                        null,
                        now,
                        new CodeState(Totp.NO_STEP, TotpWindow.MAX_DRIFT + 1)),
                () -> new DeviceFingerprint("AB".repeat(32)),
                () -> new BatchId("a b"),
                () -> new BatchId("x".repeat(65)),
                () -> new MailAddress("x".repeat(64) + "@" + "y".repeat(190)))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
        assertEquals(
                254,
                new MailAddress("x".repeat(64) + "@" + "y".repeat(189)).text().length());
        assertEquals(TotpWindow.MAX_DRIFT, new CodeState(0, TotpWindow.MAX_DRIFT).drift());
        assertEquals("delivery-1", new BatchId("delivery-1").toString());
        assertEquals(Condition.DEVICE.hex(), Condition.DEVICE.toString());
    }

    @Test
    @Tag("R10.2")
    void whatIsSecretOrPersonalSaysSo() {
        assertEquals("MailAddress[redacted]", new MailAddress("taro@bank.example").toString());
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
