package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fobs that count events (RFC 4226), whose life is that of the others. */
class EventFobTest extends TokenServiceFixture {
    private static final Holder TARO = new Holder("taro");
    private static final long FIRST = 7;

    private final OtpSecret secret = OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    private final Hotp fob = Hotp.of(HotpProfile.STANDARD, secret);
    private final LookAhead lookAhead = InMemoryTokens.POLICY.codes().lookAhead();

    private String shown(long counter) {
        return fob.generate(counter);
    }

    private void send() {
        SealedSecret sealed = new SecretSealer(InMemoryTokens.KEYS, InMemoryTokens.SERVICE_ID, new SecureRandom())
                .seal(SERIAL, secret);
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365));
        BatchId batch = new BatchId("events");
        store.stage(
                InMemoryTokens.SERVICE_ID,
                batch,
                List.of(new StockedFob(
                        SERIAL, HotpProfile.STANDARD, sealed, null, expiresAt, CodeState.ofNextCounter(FIRST))));
        assertTrue(store.publish(InMemoryTokens.SERVICE_ID, batch, 1));
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, SERIAL));
        assertAccepted(desk.send(TARO));
    }

    private Outcome activate(long counter) {
        return tokens.activateHardware(TARO, SERIAL.value(), code(shown(counter)));
    }

    private void inUse() {
        send();
        assertAccepted(activate(FIRST));
    }

    /** The values of RFC 4226, Appendix D, one after the other. */
    @Test
    @Tag("R1.1")
    void acceptsTheCodesOfTheRfc() {
        inUse();
        assertAccepted(login(TARO, "399871"));
        assertAccepted(login(TARO, "520489"));
    }

    @Test
    @Tag("R1.1")
    void timeDoesNotMatter() {
        inUse();
        clock.advance(Duration.ofDays(200));
        assertAccepted(login(TARO, shown(FIRST + 1)));
    }

    @Test
    @Tag("R1.2")
    void acceptsNoCounterTwiceAndNoneBefore() {
        inUse();
        assertRefused(Refusal.REPLAYED, 5, login(TARO, shown(FIRST)));
        assertAccepted(login(TARO, shown(FIRST + 3)));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, shown(FIRST + 3)));
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, shown(FIRST + 2)));
        assertAccepted(login(TARO, shown(FIRST + 4)));
    }

    @Test
    @Tag("R1.1")
    void looksAheadAndNoFurther() {
        inUse();
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, shown(FIRST + 2 + lookAhead.atLogin())));
        assertAccepted(login(TARO, shown(FIRST + 1 + lookAhead.atLogin())));
    }

    @Test
    @Tag("R5.3")
    void looksFurtherAtTheFirstCode() {
        send();
        assertRefused(Refusal.WRONG_CODE, 4, activate(FIRST - 1));
        assertRefused(Refusal.WRONG_CODE, 3, activate(FIRST + 1 + lookAhead.atActivation()));
        assertAccepted(activate(FIRST + lookAhead.atActivation()));
    }

    @Test
    @Tag("R1.4")
    void isResynchronisedByTwoCodesInARow() {
        inUse();
        long far = FIRST + 1 + lookAhead.toResynchronise();
        assertRefused(Refusal.WRONG_CODE, 4, tokens.resynchronise(TARO, shown(far - 1), shown(far + 1)));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.resynchronise(TARO, shown(far), shown(far + 1)));
        assertRefused(Refusal.WRONG_CODE, 2, tokens.resynchronise(TARO, shown(FIRST), shown(FIRST + 1)));
        assertAccepted(tokens.resynchronise(TARO, shown(far - 1), shown(far)));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, shown(far)));
        assertAccepted(login(TARO, shown(far + 1)));
    }

    @Test
    @Tag("R2.1")
    void isSuspendedByWrongCodes() {
        inUse();
        for (long counter : LongStream.range(100, 105).toArray()) {
            assertRefused(Refusal.WRONG_CODE, login(TARO, shown(counter)));
        }
        assertRefused(Refusal.SUSPENDED, login(TARO, shown(FIRST + 1)));
        assertAccepted(desk.resume(TARO, "asked for by telephone"));
        assertAccepted(login(TARO, shown(FIRST + 1)));
    }

    /** Nobody knows how far it was: an operator resumes it. */
    @Test
    @Tag("R11.3")
    void isSuspendedByAFloor() {
        inUse();
        clock.advance(Duration.ofHours(1));
        assertEquals(1, desk.raiseFloor(clock.instant(), "restored", changed -> {}));
        assertRefused(Refusal.SUSPENDED, login(TARO, shown(FIRST + 1)));
        assertEquals(0, desk.raiseFloor(clock.instant(), "restored", changed -> {}));
        assertAccepted(desk.resume(TARO, "seen at the counter"));
    }

    @Test
    @Tag("R7.1")
    void isRevokedWithACode() {
        inUse();
        assertRefused(Refusal.REPLAYED, tokens.revoke(TARO, code(shown(FIRST))));
        assertAccepted(tokens.revoke(TARO, code(shown(FIRST + 1))));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
    }

    @Test
    @Tag("R1.1")
    void theLastCounterIsTheEnd() {
        CodeReader reader = new CodeReader(
                new SecretSealer(InMemoryTokens.KEYS, InMemoryTokens.SERVICE_ID, new SecureRandom()),
                InMemoryTokens.POLICY.codes().withProfile(TotpProfile.AUTHENTICATOR_APP),
                new SecureRandom(),
                tried -> {});
        send();
        Token token = store.find(InMemoryTokens.SERVICE_ID, TARO).orElseThrow().requireIssued();
        Token worn = token.activated(token.issuedAt()).afterAccepting(new CodeState(Long.MAX_VALUE, 0));
        assertEquals(
                new Verification.Replayed(Long.MAX_VALUE), reader.read(worn, shown(Long.MAX_VALUE), clock.instant()));
        assertEquals(Verification.WRONG, reader.read(worn, shown(0), clock.instant()));
        assertEquals(Verification.WRONG, reader.readInARow(worn, shown(0), shown(1), clock.instant()));
    }

    @Test
    @Tag("R1.1")
    void valuesThatCannotBeAreRefused() {
        send();
        Token token = store.find(InMemoryTokens.SERVICE_ID, TARO).orElseThrow().requireIssued();
        assertThrows(IllegalArgumentException.class, () -> token.afterAccepting(CodeState.NEW));
        assertThrows(IllegalArgumentException.class, () -> token.afterAccepting(new CodeState(1, 1)));
        assertThrows(IllegalArgumentException.class, () -> CodeState.ofNextCounter(-1));
        assertThrows(IllegalArgumentException.class, () -> new LookAhead(-1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LookAhead(2, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LookAhead(1, Hotp.MAX_LOOK_AHEAD + 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LookAhead(1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new LookAhead(1, 1, Hotp.MAX_RESYNCHRONISATION + 1));
    }
}
