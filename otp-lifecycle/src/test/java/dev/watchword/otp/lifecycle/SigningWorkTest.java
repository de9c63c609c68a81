package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of HMACs that a response of a hardware token costs. A wrong code costs 12. */
@Tag("R2.7")
@Tag("R13.2")
class SigningWorkTest extends InstitutionFixture {
    private static final int OF_CODE = 12;
    private static final TransactionDetails TRANSFER = TransactionDetails.of("payee", "0123456");

    private int tried;

    private TokenService counted(SigningPolicy policy) {
        return TestInstitution.builder(store, clock)
                .policy(TestInstitution.POLICY.withSigning(policy))
                .codesTried(codes -> tried += codes)
                .build()
                .tokens();
    }

    private RequestedSignature request() {
        return tokens.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TRANSFER).orElseThrow();
    }

    private void assertCosts(int expected, Refusal refusal, Supplier<Outcome<?>> attempt) {
        tried = 0;
        assertRefused(refusal, attempt.get());
        assertEquals(expected, tried, refusal.toString());
    }

    private void assertCosts(int ofResponse, FakeOcraDevice keypad) {
        TokenService counted = counted(SigningPolicy.BANK);
        RequestedSignature request = request();
        String challenge = request.challenge().orElseThrow();
        String wrong = keypad.wrongResponse(challenge);
        TransactionDetails other = TransactionDetails.of("payee", "6660666");

        assertCosts(OF_CODE, Refusal.OTHER_DETAILS, () -> counted.confirm(TARO, request.id(), other, wrong));
        assertCosts(OF_CODE, Refusal.MALFORMED, () -> counted.confirm(TARO, request.id(), TRANSFER, "1"));
        assertCosts(ofResponse, Refusal.WRONG_SIGNATURE, () -> counted.confirm(TARO, request.id(), TRANSFER, wrong));
        tried = 0;
        assertAccepted(counted.confirm(TARO, request.id(), TRANSFER, keypad.respond(challenge)));
        assertEquals(ofResponse, tried);
    }

    @ParameterizedTest
    @CsvSource({"QN08, 12", "C-QN08, 12", "QN08-T1M, 12", "C-QN08-T1M, 33"})
    void aResponseCostsAtLeastAsMuchAsACode(String input, int expected) {
        assertCosts(expected, activateKeypad(TARO, SERIAL, OcraSuite.parse("OCRA-1:HOTP-SHA1-8:" + input)));
    }

    @ParameterizedTest
    @CsvSource({"QN08-T1M, 12", "C-QN08-T1M, 66"})
    void aLearnedDriftDoublesTheComparedSteps(String input, int expected) {
        OtpSecret secret = OtpSecret.random(TotpProfile.BANK.algorithm(), new SecureRandom());
        Clock fast = Clock.offset(clock, Duration.ofMinutes(7));
        FakeOcraDevice keypad = sendKeypad(TARO, SERIAL, OcraSuite.parse("OCRA-1:HOTP-SHA1-8:" + input), secret, fast);
        String shown = new FakeAuthenticator(TotpProfile.BANK, secret, fast).code();
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown)));

        assertCosts(expected, keypad);
    }

    @Test
    @Tag("R11.3")
    void anUnknownCounterIsComparedWithMore() {
        FakeOcraDevice keypad = activateKeypad(TARO, SERIAL, OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08"));
        assertAccepted(desk.raiseFloor(clock.instant(), "restored the backup of 9:00", done -> {}));

        assertCosts(102, keypad);
    }

    @Test
    @Tag("R13.3")
    void anOrdinaryCodeCostsTheSameForATransaction() {
        SigningPolicy plain = SigningPolicy.BANK.toBuilder().plainCodes(true).build();
        FakeAuthenticator shown = activateHardware(TARO, SERIAL);
        follow(TestInstitution.POLICY.withSigning(plain));
        TokenService counted = counted(plain);
        RequestedSignature request = request();

        assertCosts(OF_CODE, Refusal.MALFORMED, () -> counted.confirm(TARO, request.id(), TRANSFER, "1"));
        assertCosts(
                OF_CODE, Refusal.WRONG_CODE, () -> counted.confirm(TARO, request.id(), TRANSFER, shown.wrongCode()));
    }
}
