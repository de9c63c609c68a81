package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.codec.binary.Base32;

/**
 * The question to every library: is this text of 8 digits the right code at the current time? The window extends one
 * step of 60 seconds to either side.
 *
 * <p>The secret exists as bytes and as Base32 text, so no measurement includes a conversion of the secret. The code is
 * the text that a person entered. A caller converts it if a library needs another form, and the conversion is measured.
 */
final class Question {
    static final int DIGITS = 8;
    static final Duration PERIOD = Duration.ofSeconds(60);
    static final Instant NOW = Instant.parse("2026-11-23T09:00:30Z");
    static final Instant BEFORE = NOW.minus(PERIOD);

    final TotpProfile profile;
    final Entered entered;
    final byte[] secret;
    final String base32;
    final String code;

    private Question(HmacAlgorithm algorithm, Entered entered) {
        this.profile = TotpProfile.of(algorithm, DIGITS, PERIOD);
        this.entered = entered;
        this.secret = secret(algorithm.hashLength());
        this.base32 = new Base32().encodeToString(secret);
        this.code = entered.code(Totp.of(profile, OtpSecret.copyOf(secret)));
    }

    static Question of(HmacAlgorithm algorithm, Entered entered) {
        return new Question(algorithm, entered);
    }

    /** Returns the secret of RFC 6238, appendix B: the digits 1, 2, 3 and so on in ASCII. */
    private static byte[] secret(int length) {
        byte[] secret = new byte[length];
        for (int i = 0; i < length; i++) {
            secret[i] = (byte) ('0' + (i + 1) % 10);
        }
        return secret;
    }

    /**
     * Returns a verifier after checking that it answers correctly.
     *
     * @throws IllegalStateException if it answers incorrectly, because its measurement would then have no meaning
     */
    Verifier answeredBy(Verifier verifier) throws GeneralSecurityException {
        boolean right = entered != Entered.WRONG;
        if (verifier.isMatch(verifier.fresh()) != right || verifier.isMatch(verifier.prepared()) != right) {
            throw new IllegalStateException(
                    verifier.getClass().getSimpleName() + " answers incorrectly for the kind of code " + entered
                            + "; correct the calls to the library before you measure it");
        }
        return verifier;
    }
}
