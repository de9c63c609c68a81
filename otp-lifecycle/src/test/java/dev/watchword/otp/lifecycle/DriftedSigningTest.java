package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures with the time, by tokens whose clock is wrong, and by tokens whose drift was learned wrongly. */
@Tag("R13.2")
@Tag("R1.4")
class DriftedSigningTest extends InstitutionFixture {
    private static final TransactionDetails TRANSFER = TransactionDetails.of("payee", "0123456");
    private static final OcraSuite MINUTES = OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QN10-T1M");

    private final OtpSecret secret = OtpSecret.random(TotpProfile.BANK.algorithm(), new SecureRandom());

    /** Activates a keypad that was stored for years, with two consecutive codes. */
    private FakeOcraDevice activated(OcraSuite suite, int minutesAhead) {
        Clock ofKeypad = Clock.offset(clock, Duration.ofMinutes(minutesAhead));
        FakeOcraDevice keypad = sendKeypad(TARO, SERIAL, suite, secret, ofKeypad);
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, secret, ofKeypad);
        String first = shown.code();
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(first), shown.code()));
        return keypad;
    }

    private RequestedSignature request() {
        return tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER).orElseThrow();
    }

    private Outcome<Registration> confirm(RequestedSignature request, String response) {
        return tokens.confirm(TARO, request.id(), TRANSFER, response);
    }

    /** Signs a new request while the keypad's clock is further ahead by some steps of the suite. */
    private Outcome<Registration> sign(FakeOcraDevice keypad, int steps) {
        RequestedSignature request = request();
        keypad.drift(steps);
        Outcome<Registration> outcome =
                confirm(request, keypad.respond(request.challenge().orElseThrow()));
        if (!outcome.isAccepted()) {
            assertAccepted(tokens.refuse(TARO, request.id()));
        }
        return outcome;
    }

    /** The time step of the codes is one minute. That of the suite can be longer, shorter or equal. */
    @ParameterizedTest
    @CsvSource({"T1M, 15", "T1M, -15", "T1M, 20", "T1M, -19", "T10M, 20", "T10M, -19", "T30S, 9", "T30S, -9", "T7S, 1"})
    @Tag("R5.3")
    void aTokenWithAWrongClockSigns(String step, int minutesAhead) {
        FakeOcraDevice keypad = activated(OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QN10-" + step), minutesAhead);

        assertAccepted(sign(keypad, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, -15})
    void theWindowAroundTheDriftIsThatOfThePolicy(int minutesAhead) {
        FakeOcraDevice keypad = activated(MINUTES, minutesAhead);

        assertRefused(Refusal.WRONG_SIGNATURE, 4, sign(keypad, 2));
        assertRefused(Refusal.WRONG_SIGNATURE, 3, sign(keypad, -2));
        assertRefused(Refusal.WRONG_SIGNATURE, 2, sign(keypad, -minutesAhead / 2));
        assertAccepted(sign(keypad, -1));
        assertAccepted(sign(keypad, 1));
    }

    @Test
    void aTokenWithoutALearnedDriftSignsAroundTheServersStepOnly() {
        FakeOcraDevice keypad = activated(MINUTES, 0);

        assertRefused(Refusal.WRONG_SIGNATURE, 4, sign(keypad, 2));
        assertRefused(Refusal.WRONG_SIGNATURE, 3, sign(keypad, -2));
        assertAccepted(sign(keypad, -1));
        assertAccepted(sign(keypad, 1));
    }

    /** The holder typed codes late. The learned drift is wrong, and the token's clock is right. */
    @Test
    void aDriftThatWasLearnedWronglyLocksNoTokenOut() {
        FakeOcraDevice keypad = activated(MINUTES, 0);
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        for (int late = 1; late <= 4; late++) {
            clock.advance(Duration.ofMinutes(10));
            assertAccepted(login(TARO, shown.code(-late)));
        }

        assertAccepted(sign(keypad, 0));
    }

    private void followTyped() {
        follow(TestInstitution.POLICY.withSigning(SigningPolicy.BANK.toBuilder()
                .typedDetail(TypedDetail.of("payee", 7))
                .build()));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, -15})
    void aResponseOfATokenWithAWrongClockIsAcceptedOnce(int minutesAhead) {
        followTyped();
        FakeOcraDevice keypad = activated(MINUTES, minutesAhead);
        RequestedSignature first = request();
        assertEquals(SigningMethod.TYPED_DETAIL, first.method());
        String response = keypad.respond(first.challenge().orElseThrow());
        assertAccepted(confirm(first, response));

        assertRefused(Refusal.REPLAYED, 5, confirm(request(), response));
    }

    /** The response can have been accepted after the backup was taken. */
    @Test
    @Tag("R11.3")
    void noResponseFromBeforeTheFloorIsAccepted() {
        followTyped();
        FakeOcraDevice keypad = activated(MINUTES, 20);
        keypad.drift(1);
        String response = keypad.respond(request().challenge().orElseThrow());
        assertAccepted(desk.raiseFloor(clock.instant(), "restored the backup of 9:00", done -> {}));

        assertRefused(Refusal.REPLAYED, 5, confirm(request(), response));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(sign(keypad, 1));
    }
}
