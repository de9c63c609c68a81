package dev.watchword.otp.lifecycle.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.internal.sealing.StockSeal;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        return of(new StockSeal(batch, serial, profile, null, expiresAt, codes, null), secret, null);
    }

    /** Returns a token with a signing key. */
    public static StockedToken signing(StockedToken token, OtpSecret secret, OcraSuite suite, OtpSecret key) {
        return of(
                new StockSeal(
                        token.batch(),
                        token.serial(),
                        token.profile(),
                        token.startsAt(),
                        token.expiresAt(),
                        token.codes(),
                        new StockSeal.Signing(suite, 0)),
                secret,
                key);
    }

    private static StockedToken of(StockSeal seal, OtpSecret secret, @Nullable OtpSecret key) {
        SecretSealer sealer = new SecretSealer(TestInstitution.KEYS, TestInstitution.SERVICE_ID, new SecureRandom());
        return seal.token(sealer.seal(seal, secret), key == null ? null : sealer.sealSigning(seal, key));
    }

    /** Puts a hardware token in stock, in the batch that it names. */
    public static void stock(StockStore store, StockedToken token) {
        UUID importId = new UUID(1, 1);
        assertTrue(store.begin(TestInstitution.SERVICE_ID, token.batch(), importId));
        assertEquals(Set.of(), store.stage(TestInstitution.SERVICE_ID, token.batch(), importId, List.of(token)));
        assertTrue(store.publish(TestInstitution.SERVICE_ID, token.batch(), importId, 1));
    }
}
