package dev.watchword.otp.support;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import java.nio.charset.StandardCharsets;

/** The secrets of the published test vectors of RFC 4226 and RFC 6238. */
public final class RfcSecrets {
    private RfcSecrets() {}

    /** Returns the secret of RFC 4226 App. D and RFC 6238 App. B: 1234567890, repeated to the length of the hash. */
    public static OtpSecret of(HmacAlgorithm algorithm) {
        String digits = "1234567890".repeat(7).substring(0, algorithm.hashLength());
        return OtpSecret.copyOf(digits.getBytes(StandardCharsets.US_ASCII));
    }
}
