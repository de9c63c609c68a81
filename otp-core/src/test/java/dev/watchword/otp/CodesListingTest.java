package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The listings of docs/codes.md are the regions of this file, in their order, and work. */
class CodesListingTest {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    private final OtpSecret secret = Rfc.secret(HmacAlgorithm.SHA1);

    @Test
    void listingsAreRegions() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/watchword/otp/CodesListingTest.java"));

        assertEquals(5, found(REGION, source).count());
        assertEquals(
                found(REGION, source).map(String::stripIndent).toList(),
                found(LISTING, Files.readString(Path.of("../docs/codes.md"))).toList());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    @Test
    void counters() {
        String entered = "359152";
        long counter = 1;
        // region
        Hotp hotp = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 6), secret);
        Verification found =
                hotp.verify(entered, counter, 10); // this counter, and up to ten after it; never one before
        if (found instanceof Verification.Matched matched) {
            counter = matched.step() + 1; // recorded atomically, before anyone is let in
        }
        // end
        assertEquals(3, counter);
    }

    @Test
    void resynchronisation() {
        Totp totp = Totp.of(TotpProfile.BANK, secret);
        Instant now = Instant.parse("2026-11-23T09:00:00Z");
        String first = totp.generate(now.plusSeconds(49 * 60));
        String second = totp.generate(now.plusSeconds(50 * 60));
        long lastSpentStep = Totp.NO_STEP;
        TotpWindow window = TotpWindow.ONE_STEP;
        // region
        Verification found = totp.resynchronise(List.of(first, second), now, 1000, lastSpentStep);
        if (found instanceof Verification.Matched matched) {
            lastSpentStep = matched.step(); // the step of the second code; the next code is good at its own step
            window = window.withDrift(matched.drift());
        }
        // end
        assertEquals(TotpProfile.BANK.stepAt(now) + 50, lastSpentStep);
        assertEquals(50, window.drift());
    }

    @Test
    void keysOfADevice() {
        SecretKey keyInHsm = new SecretKeySpec(secret.exposeBytes(), "HmacSHA1");
        Provider providerOfHsm = Security.getProvider("SunJCE");
        // region
        Totp totp = Totp.of(TotpProfile.BANK, keyInHsm, providerOfHsm);
        // end
        assertEquals(Totp.of(TotpProfile.BANK, secret).generate(Instant.EPOCH), totp.generate(Instant.EPOCH));
    }

    @Test
    void uris() {
        // region
        OtpauthUri uri = new OtpauthUri.ForTotp("Example Credit Union", "taro", secret, TotpProfile.AUTHENTICATOR_APP);
        String picture = OtpauthQr.exposeSvg(uri); // or exposeText, for a terminal
        OtpauthUri parsed = OtpauthUri.parse(uri.exposeUri()); // equals uri
        // end
        assertTrue(picture.startsWith("<svg "));
        assertEquals(uri, parsed);
    }

    // region
    @Test
    void aFobWhoseClockIsFastIsStillUnderstood() {
        OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, new SecureRandom());
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        FakeAuthenticator fob = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        Totp totp = Totp.of(TotpProfile.BANK, secret);

        fob.drift(1);
        String shown = fob.code();

        long step = TotpProfile.BANK.stepAt(clock.instant());
        assertEquals(
                new Verification.Matched(step + 1, 1),
                totp.verify(shown, clock.instant(), TotpWindow.ONE_STEP, Totp.NO_STEP));
        clock.advance(Duration.ofMinutes(5));
        assertEquals(Verification.WRONG, totp.verify(shown, clock.instant(), TotpWindow.ONE_STEP, Totp.NO_STEP));
    }
    // end
}
