package dev.watchword.otp.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of {@link FakeAuthenticator} with the published vectors. */
@Tag("R11.1")
class FakeAuthenticatorTest {
    private static final TotpProfile PROFILE = TotpProfile.of(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(30));

    private final OtpSecret secret = OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    private final FakeClock clock = FakeClock.at("1970-01-01T00:00:59Z");
    private final FakeAuthenticator authenticator = new FakeAuthenticator(PROFILE, secret, clock);

    /** RFC 6238 App. B and RFC 4226 App. D. */
    @Test
    void showsTheCodeOfTheClocksTime() {
        assertEquals("94287082", authenticator.code());
        clock.toNextStep(PROFILE);
        assertEquals("37359152", authenticator.code());
        clock.set(Instant.ofEpochSecond(1_111_111_109));
        assertEquals("07081804", authenticator.code());
        assertEquals("14050471", authenticator.code(1));
    }

    @Test
    void showsTheCodeOfItsDriftedClock() {
        authenticator.drift(-1);
        assertEquals("84755224", authenticator.code());
        authenticator.drift(1);
        assertEquals("37359152", authenticator.code());
        assertEquals("94287082", authenticator.code(-1));
    }

    @Test
    void returnsDistinctWrongCodes() {
        Totp totp = Totp.of(PROFILE, secret);
        TotpWindow widest = new TotpWindow(TotpWindow.MAX, TotpWindow.MAX);

        long different = IntStream.range(0, 100)
                .mapToObj(authenticator::wrongCode)
                .filter(code -> totp.verify(code, clock.instant(), widest, Totp.NO_STEP) == Verification.WRONG)
                .distinct()
                .count();
        assertEquals(100, different);
        assertEquals(authenticator.wrongCode(0), authenticator.wrongCode());
        assertThrows(IllegalArgumentException.class, () -> authenticator.wrongCode(-1));
        assertThrows(IllegalArgumentException.class, () -> authenticator.wrongCode(800_000));
        assertEquals(8, authenticator.wrongCode(799_999).length());
    }

    /** Time step 331089 has the code 100000, which is the first candidate for a wrong code. */
    @Test
    void returnsNoRightCodeAsWrong() {
        TotpProfile sixDigits = TotpProfile.AUTHENTICATOR_APP;
        FakeAuthenticator app = new FakeAuthenticator(sixDigits, secret, clock);

        clock.set(sixDigits.startOf(331_089));

        assertEquals("100000", app.code());
        assertEquals("100001", app.wrongCode());
    }

    @Test
    void showsACodeForTheTimeLeft() {
        assertEquals(Duration.ofSeconds(1), PROFILE.timeLeft(clock.instant()));
        assertEquals(Duration.ofSeconds(30), PROFILE.timeLeft(clock.toNextStep(PROFILE)));
        clock.advance(Duration.ofNanos(1));
        assertEquals(Duration.ofSeconds(30).minusNanos(1), PROFILE.timeLeft(clock.instant()));
        assertEquals(Duration.ofSeconds(1), PROFILE.timeLeft(Instant.ofEpochSecond(-1)));
    }
}
