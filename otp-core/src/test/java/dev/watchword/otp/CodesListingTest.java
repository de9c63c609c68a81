package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.Listings;
import dev.watchword.otp.support.RfcSecrets;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Runs the listings of docs/codes.md. The listings are the regions of this file, in their order. */
class CodesListingTest {
    private final OtpSecret secret = RfcSecrets.of(HmacAlgorithm.SHA1);

    @Test
    void equalsTheListingsOfThePage() throws IOException {
        List<String> regions = Listings.ofSource(Path.of("src/test/java/dev/watchword/otp/CodesListingTest.java"));

        assertEquals(7, regions.size());
        assertEquals(regions, Listings.ofPage(Path.of("../docs/codes.md")));
    }

    @Test
    void verifiesTheCodeOfACounter() {
        String entered = "359152";
        long counter = 1;
        // region
        Hotp hotp = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), secret);
        Verification found =
                hotp.verify(entered, counter, 10); // this counter and up to ten later ones, never an earlier one
        if (found instanceof Verification.Matched matched) {
            counter = matched.step() + 1; // record this atomically before you grant access
        }
        // end
        assertEquals(3, counter);
    }

    @Test
    void normalisesATypedCode() {
        // region
        String code = TypedCode.normalise("１２３４　５６７８"); // 12345678
        // end
        assertEquals("12345678", code);
    }

    @Test
    void findsATokenWhoseClockIsFarOff() {
        Totp totp = Totp.of(TotpProfile.BANK, secret);
        Instant now = Instant.parse("2026-11-23T09:00:00Z");
        String first = totp.generate(now.plusSeconds(49 * 60));
        String second = totp.generate(now.plusSeconds(50 * 60));
        long lastSpentStep = Totp.NO_STEP;
        TotpWindow window = TotpWindow.ONE_STEP;
        // region
        Verification found = totp.resynchronise(List.of(first, second), now, 1000, lastSpentStep);
        if (found instanceof Verification.Matched matched) {
            lastSpentStep = matched.step(); // the step of the second code
            window = window.withDrift(matched.drift());
        }
        // end
        assertEquals(TotpProfile.BANK.stepAt(now) + 50, lastSpentStep);
        assertEquals(50, window.drift());
    }

    @Test
    void generatesCodesWithAKeyInAnHsm() {
        SecretKey keyInHsm = new SecretKeySpec(secret.exposeBytes(), "HmacSHA1");
        Provider providerOfHsm = Security.getProvider("SunJCE");
        // region
        Totp totp = Totp.of(TotpProfile.BANK, keyInHsm, providerOfHsm);
        // end
        assertEquals(Totp.of(TotpProfile.BANK, secret).generate(Instant.EPOCH), totp.generate(Instant.EPOCH));
    }

    @Test
    void writesAndParsesAUri() {
        // region
        OtpauthUri uri = new OtpauthUri.ForTotp("Example Credit Union", "taro", secret, TotpProfile.AUTHENTICATOR_APP);
        String picture = OtpauthQr.exposeSvg(uri); // or exposeText, for a terminal
        OtpauthUri parsed = OtpauthUri.parse(uri.exposeUri()); // equals uri
        // end
        assertTrue(picture.startsWith("<svg "));
        assertEquals(uri, parsed);
    }

    @Test
    void verifiesAResponseToAChallenge() {
        SecureRandom random = new SecureRandom();
        FakeOcraDevice device = new FakeOcraDevice(
                OcraSuite.parse("OCRA-1:HOTP-SHA256-8:C-QN10"), secret, FakeClock.at("2026-11-23T09:00:00Z"));
        device.counter(9);
        UnaryOperator<String> entered = device::respond;
        long counter = 7;
        // region
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA256-8:C-QN10");
        Ocra ocra = Ocra.of(suite, secret);
        String challenge = suite.randomChallenge(random); // store it, and show it to the holder
        OcraInput input = OcraInput.of(challenge).withCounter(counter);
        OcraVerification found = ocra.verify(entered.apply(challenge), input, OcraWindow.EXACT.withLookAhead(5));
        if (found instanceof OcraVerification.Matched matched) {
            counter = matched.counter().orElseThrow() + 1; // record this and the end of the challenge atomically
        }
        // end
        assertEquals(10, counter);
    }

    // region
    @Test
    void acceptsATokenWhoseClockIsFast() {
        OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, new SecureRandom());
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        FakeAuthenticator token = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        Totp totp = Totp.of(TotpProfile.BANK, secret);

        token.drift(1);
        String shown = token.code();

        long step = TotpProfile.BANK.stepAt(clock.instant());
        assertEquals(
                new Verification.Matched(step + 1, 1),
                totp.verify(shown, clock.instant(), TotpWindow.ONE_STEP, Totp.NO_STEP));
        clock.advance(Duration.ofMinutes(5));
        assertEquals(Verification.WRONG, totp.verify(shown, clock.instant(), TotpWindow.ONE_STEP, Totp.NO_STEP));
    }
    // end
}
