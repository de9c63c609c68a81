package dev.watchword.otp.app.support;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.TokenContents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The software token of the manual's example. */
public final class SampleToken {
    /** The service ID of its institution. */
    public static final String SERVICE = "10112235";

    /** The user ID of its holder. */
    public static final String USER = "999800000001";

    /** The instant of its provisioning. */
    public static final Instant START = Instant.parse("2015-08-26T01:30:00Z");

    /** Its expiry: 2020-10-31 09:00 in Japan. */
    public static final Instant EXPIRY = Instant.parse("2020-10-31T00:00:00Z");

    /** The suite of its signing secret. */
    public static final OcraSuite SIGNING_SUITE = OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QH64");

    private SampleToken() {}

    /** Returns the bytes of its secret, the SHA-1 secret of the RFCs. */
    public static byte[] secret() {
        return "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the bytes of its signing secret, the first 32 bytes of the SHA-256 secret of the RFCs backwards. */
    public static byte[] signingSecret() {
        return "21098765432109876543210987654321".getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the contents of the same token that also signs transactions. */
    public static TokenContents signingContents() {
        return contents().toBuilder()
                .signingSecret(OtpSecret.copyOf(signingSecret()))
                .signingSuite(SIGNING_SUITE)
                .build();
    }

    /** Returns its contents. */
    public static TokenContents contents() {
        return contents(SERVICE, USER);
    }

    /** Returns the same contents for another owner. */
    public static TokenContents contents(String serviceId, String userId) {
        return TokenContents.builder()
                .secret(OtpSecret.copyOf(secret()))
                .profile(TotpProfile.BANK)
                .serial("243725864")
                .institution("とまと信用金庫")
                .serviceId(serviceId)
                .userId(userId)
                .start(START)
                .expiry(EXPIRY)
                .build();
    }
}
