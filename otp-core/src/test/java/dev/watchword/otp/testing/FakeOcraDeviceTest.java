package dev.watchword.otp.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.OcraWindow;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.support.RfcSecrets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of {@link FakeOcraDevice} with the published vectors. */
@Tag("R13.1")
class FakeOcraDeviceTest {
    private final FakeClock clock = FakeClock.at("2008-03-25T12:06:30Z");

    private FakeOcraDevice device(String text) {
        OcraSuite suite = OcraSuite.parse(text);
        OtpSecret secret = RfcSecrets.of(suite.algorithm());
        FakeOcraDevice device = new FakeOcraDevice(suite, secret, clock);
        secret.destroy();
        return device;
    }

    @Test
    void respondsToAChallenge() {
        assertEquals("237653", device("OCRA-1:HOTP-SHA1-6:QN08").respond("00000000"));
        assertEquals("28934924", device("OCRA-1:HOTP-SHA256-8:QA08").respond("CLI22224", "SRV11114"));
    }

    @Test
    void countsItsResponsesAndTakesThePin() {
        FakeOcraDevice device = device("OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1");
        assertThrows(IllegalArgumentException.class, () -> device.respond("12345678"));
        device.pin("1234");

        assertEquals("65347737", device.respond("12345678"));
        assertEquals("86775851", device.respond("12345678"));
        device.counter(9);
        device.wrongResponse("12345678");
        assertEquals("08522129", device.respond("12345678"));
    }

    @Test
    void showsTheTimeOfItsDriftedClock() {
        FakeOcraDevice device = device("OCRA-1:HOTP-SHA512-8:QN08-T1M");
        assertEquals("95209754", device.respond("00000000"));
        clock.advance(Duration.ofMinutes(2));
        device.drift(-2);
        assertEquals("95209754", device.respond("00000000"));
    }

    @Test
    void sendsSessionInformation() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:QN08-S064");
        FakeOcraDevice device = device(suite.text());
        byte[] session = {1, 2, 3};
        device.session(session);
        session[0] = 9;

        OcraInput input = OcraInput.of("1").withSession(new byte[] {1, 2, 3});
        assertEquals(Ocra.of(suite, RfcSecrets.of(HmacAlgorithm.SHA1)).generate(input), device.respond("1"));
    }

    /** With four digits, the first candidates are right for some counters of the look-ahead. */
    @Test
    void returnsWrongResponses() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-4:C-QN08-T1M");
        Ocra ocra = Ocra.of(suite, RfcSecrets.of(HmacAlgorithm.SHA1));
        FakeOcraDevice device = device(suite.text());
        OcraWindow widest =
                OcraWindow.EXACT.withLookAhead(100).withSteps(new TotpWindow(TotpWindow.MAX, TotpWindow.MAX));
        for (int challenge = 0; challenge < 5; challenge++) {
            OcraInput input = OcraInput.of("" + challenge).withCounter(0).withTime(clock.instant());
            assertEquals(OcraVerification.WRONG, ocra.verify(device.wrongResponse("" + challenge), input, widest));
        }
        assertEquals(40, device("OCRA-1:HOTP-SHA1-0:QN08").wrongResponse("1").length());
        assertEquals(
                new OcraVerification.Matched(OptionalLong.of(0), OptionalLong.of(0x132d0b6), 0),
                ocra.verify(
                        device.respond("1"), OcraInput.of("1").withCounter(0).withTime(clock.instant())));
    }
}
