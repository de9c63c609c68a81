package dev.watchword.otp.app;

import static dev.watchword.otp.app.support.SampleToken.EXPIRY;
import static dev.watchword.otp.app.support.SampleToken.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.support.SampleToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of {@link SoftwareToken}: its codes, its expiry and its destruction. */
@Tag("R4.5")
class SoftwareTokenTest {
    private final SoftwareToken token = SoftwareToken.of(SampleToken.contents());

    @Test
    void returnsTheReceivedContents() {
        assertEquals("243725864", token.serial());
        assertEquals("とまと信用金庫", token.institution());
        assertEquals(SampleToken.SERVICE, token.serviceId());
        assertEquals(SampleToken.USER, token.userId());
        assertEquals(START, token.start());
        assertEquals(EXPIRY, token.expiry());
        assertEquals(TotpProfile.BANK, token.profile());
    }

    /** RFC 6238 App. B. */
    @Test
    void generatesTheCodesOfTheRfc() {
        SoftwareToken rfc = SoftwareToken.of(TokenContents.builder()
                .secret(OtpSecret.copyOf(SampleToken.secret()))
                .profile(TotpProfile.of(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(30)))
                .serial("12345678")
                .institution("RFC")
                .serviceId(SampleToken.SERVICE)
                .userId(SampleToken.USER)
                .start(Instant.EPOCH)
                .expiry(EXPIRY)
                .build());
        Instant at = Instant.ofEpochSecond(1_111_111_109);

        assertEquals(Optional.of("07081804"), rfc.code(at));
        assertEquals(Optional.of("14050471"), rfc.code(at.plusSeconds(2)));
        assertEquals(Duration.ofSeconds(1), rfc.timeLeft(at));
        assertEquals(Duration.ofSeconds(29), rfc.timeLeft(at.plusSeconds(2)));
    }

    /** The example of the manual: a token that expires on 2020-10-31 at 09:00 in Japan. */
    @Test
    @Tag("R4.6")
    void showsNoCodeFromItsExpiryOn() {
        Instant last = EXPIRY.minusNanos(1);

        assertTrue(token.code(last).isPresent());
        assertFalse(token.isExpired(last));
        assertEquals(Optional.empty(), token.code(EXPIRY));
        assertTrue(token.isExpired(EXPIRY));
        assertEquals(Optional.empty(), token.code(EXPIRY.plusSeconds(1)));
        assertEquals(Duration.ZERO, token.timeLeft(EXPIRY));
        assertEquals(Duration.ZERO, token.timeLeft(EXPIRY.plusSeconds(1)));
    }

    @Test
    @Tag("R4.6")
    void showsNoCodePastItsExpiry() {
        SoftwareToken brief = SoftwareToken.of(TokenContents.builder()
                .secret(OtpSecret.copyOf(SampleToken.secret()))
                .profile(TotpProfile.BANK)
                .serial("12345678")
                .institution("A")
                .serviceId(SampleToken.SERVICE)
                .userId(SampleToken.USER)
                .start(START)
                .expiry(START.plusSeconds(80))
                .build());

        assertEquals(Duration.ofSeconds(60), brief.timeLeft(START));
        assertEquals(Duration.ofSeconds(1), brief.timeLeft(START.plusSeconds(59)));
        assertEquals(Duration.ofSeconds(20), brief.timeLeft(START.plusSeconds(60)));
    }

    @Test
    @Tag("R13.4")
    void doesNotHoldTheSigningSecret() {
        TokenContents signing = SampleToken.signingContents();
        SoftwareToken token = SoftwareToken.of(signing);

        token.destroy();

        assertTrue(signing.secret().isDestroyed());
        assertFalse(signing.signingSecret().orElseThrow().isDestroyed());
    }

    @Test
    @Tag("R10.2")
    void isUnusableOnceDestroyed() {
        TokenContents contents = SampleToken.contents();
        SoftwareToken token = SoftwareToken.of(contents);
        assertFalse(token.isDestroyed());

        token.destroy();

        assertTrue(token.isDestroyed());
        assertTrue(contents.secret().isDestroyed());
        assertThrows(IllegalStateException.class, () -> token.code(START));
        assertThrows(IllegalStateException.class, () -> token.code(EXPIRY));
        assertThrows(IllegalStateException.class, () -> SoftwareToken.of(contents));
        assertEquals("243725864", token.serial());
    }

    @Test
    @Tag("R10.2")
    void showsNoSecretAndNoCode() {
        assertEquals("SoftwareToken[243725864 of user 999800000001 at service 10112235, redacted]", token.toString());
    }
}
