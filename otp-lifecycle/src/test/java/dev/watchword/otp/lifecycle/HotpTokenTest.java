package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.Hotp;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.engine.AuthenticatedStore;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.TokenMachine;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.LookAhead;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.StockedTokens;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HOTP tokens (RFC 4226) in every operation. */
class HotpTokenTest extends InstitutionFixture {
    private static final Holder TARO = new Holder("taro");
    private static final long FIRST = 7;

    private final OtpSecret secret = OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    private final Hotp token = Hotp.of(HotpProfile.STANDARD, secret);
    private final LookAhead lookAhead = TestInstitution.POLICY.codes().lookAhead();

    private String shown(long counter) {
        return token.generate(counter);
    }

    private void send() {
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(Duration.ofDays(365));
        BatchId batch = new BatchId("events");
        StockedTokens.stock(
                store,
                StockedTokens.of(
                        batch, SERIAL, HotpProfile.STANDARD, expiresAt, CodeState.ofNextCounter(FIRST), secret));
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
    }

    private Outcome<Registration> activate(long counter) {
        return tokens.activateHardware(TARO, SERIAL.value(), code(shown(counter)));
    }

    private void inUse() {
        send();
        assertAccepted(activate(FIRST));
    }

    /** The values of RFC 4226, Appendix D, in order. */
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

    private Outcome<Registration> activate(long first, long next) {
        return tokens.activateHardware(TARO, SERIAL.value(), code(shown(first)), shown(next));
    }

    @Test
    @Tag("R1.4")
    @Tag("R5.3")
    void looksFurtherAtTwoFirstCodes() {
        send();
        long far = FIRST + lookAhead.toResynchronise();
        assertRefused(Refusal.WRONG_CODE, 4, activate(far, far + 1));
        assertAccepted(activate(far - 1, far));
        assertRefused(Refusal.REPLAYED, 5, login(TARO, shown(far)));
        assertAccepted(login(TARO, shown(far + 1)));
    }

    @Test
    @Tag("R1.4")
    void isResynchronisedByTwoCodesInARow() {
        inUse();
        long far = FIRST + 1 + lookAhead.toResynchronise();
        assertRefused(Refusal.WRONG_CODE, 4, tokens.resynchronise(TARO, shown(far - 1), shown(far + 1)));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.resynchronise(TARO, shown(far), shown(far + 1)));
        assertRefused(Refusal.REPLAYED, 3, tokens.resynchronise(TARO, shown(FIRST), shown(FIRST + 1)));
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

    /** An earlier fault: after an ordinary resumption, counters that were spent after the backup were accepted. */
    @Test
    @Tag("R11.3")
    void mustBeResynchronisedAfterAFloor() {
        inUse();
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "phoned in"));
        clock.advance(Duration.ofHours(1));
        assertEquals(1, raiseFloor());
        assertEquals(0, raiseFloor());
        assertRefused(Refusal.SUSPENDED, login(TARO, shown(FIRST + 1)));
        assertAccepted(desk.resume(TARO, "found it"));

        assertRefused(Refusal.RESYNCHRONISATION_REQUIRED, login(TARO, shown(FIRST + 1)));
        assertRefused(Refusal.RESYNCHRONISATION_REQUIRED, tokens.revoke(TARO, code(shown(FIRST + 2))));
        assertRefused(Refusal.WRONG_CODE, 4, tokens.resynchronise(TARO, shown(FIRST + 8), shown(FIRST + 10)));
        assertRefused(Refusal.RESYNCHRONISATION_REQUIRED, login(TARO, shown(FIRST + 11)));
        assertAccepted(tokens.resynchronise(TARO, shown(FIRST + 8), shown(FIRST + 9)));
        assertAccepted(login(TARO, shown(FIRST + 10)));
    }

    @Test
    @Tag("R11.3")
    void isNotActivatedByOneCodeAfterAFloor() {
        send();
        clock.advance(Duration.ofHours(1));
        assertEquals(1, raiseFloor());

        assertRefused(Refusal.RESYNCHRONISATION_REQUIRED, activate(FIRST));
        assertAccepted(activate(FIRST + 8, FIRST + 9));
        assertAccepted(login(TARO, shown(FIRST + 10)));
    }

    private long raiseFloor() {
        return desk.raiseFloor(clock.instant(), "restored", handled -> {})
                .orElseThrow()
                .changed();
    }

    @Test
    @Tag("R7.1")
    void isRevokedWithACode() {
        inUse();
        assertRefused(Refusal.REPLAYED, tokens.revoke(TARO, code(shown(FIRST))));
        assertAccepted(tokens.revoke(TARO, code(shown(FIRST + 1))));
        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
    }

    private CodeVerifier verifier(TokenPolicy policy) {
        SecureRandom random = new SecureRandom();
        return new CodeVerifier(new Context(
                TestInstitution.SERVICE_ID,
                "bank",
                new AuthenticatedStore(store, TestInstitution.KEYS),
                TestInstitution.KEYS,
                policy,
                clock,
                random,
                NumberSource.random(random),
                measured -> {},
                new TokenMachine(policy),
                false,
                tried -> {},
                () -> {}));
    }

    @Test
    @Tag("R1.1")
    void theLastCounterIsTheEnd() {
        CodePolicy codes = TestInstitution.POLICY.codes().toBuilder()
                .profile(TotpProfile.AUTHENTICATOR_APP)
                .build();
        CodeVerifier verifier = verifier(TestInstitution.POLICY.withCodes(codes));
        send();
        Token token = java.util.Objects.requireNonNull(
                store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().pendingToken());
        Token worn = token.toBuilder()
                .state(TokenState.ACTIVE)
                .activatedAt(token.issuedAt())
                .codes(new CodeState(Long.MAX_VALUE, 0))
                .build();
        assertEquals(
                new Verification.Replayed(Long.MAX_VALUE),
                verifier.verify(worn, shown(Long.MAX_VALUE), clock.instant()));
        assertEquals(Verification.WRONG, verifier.verify(worn, shown(0), clock.instant()));
        assertEquals(Verification.WRONG, verifier.verifyConsecutive(worn, shown(0), shown(1), clock.instant()));
        assertEquals(
                new Verification.Replayed(Long.MAX_VALUE - 1),
                verifier.verifyConsecutive(worn, shown(Long.MAX_VALUE - 1), shown(Long.MAX_VALUE), clock.instant()));
    }

    @Test
    @Tag("R1.1")
    void valuesThatCannotBeAreRefused() {
        send();
        Token token = java.util.Objects.requireNonNull(
                store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().pendingToken());
        assertThrows(
                IllegalArgumentException.class,
                () -> token.toBuilder().codes(CodeState.NEW).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> token.toBuilder().codes(new CodeState(1, 1)).build());
        assertThrows(IllegalArgumentException.class, () -> CodeState.ofNextCounter(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> LookAhead.builder()
                        .atLogin(-1)
                        .atActivation(1)
                        .toResynchronise(1)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> LookAhead.builder()
                        .atLogin(2)
                        .atActivation(1)
                        .toResynchronise(1)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> LookAhead.builder()
                        .atLogin(1)
                        .atActivation(Hotp.MAX_LOOK_AHEAD + 1)
                        .toResynchronise(1)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> LookAhead.builder()
                        .atLogin(1)
                        .atActivation(1)
                        .toResynchronise(0)
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> LookAhead.builder()
                        .atLogin(1)
                        .atActivation(1)
                        .toResynchronise(Hotp.MAX_RESYNCHRONISATION + 1)
                        .build());
    }
}
