package dev.watchword.otp.lifecycle.support;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.internal.sealing.StockSeal;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.security.SecureRandom;
import java.time.Instant;

/** Hardware tokens in stock of the test institution, with known secrets. */
public final class StockedTokens {
    private StockedTokens() {}

    /** Returns a token without a start. */
    public static StockedToken of(
            BatchId batch,
            SerialNumber serial,
            OtpProfile profile,
            Instant expiresAt,
            CodeState codes,
            OtpSecret secret) {
        StockSeal seal = new StockSeal(batch, serial, profile, null, expiresAt, codes);
        return seal.token(new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, new SecureRandom())
                .seal(seal, secret));
    }
}
