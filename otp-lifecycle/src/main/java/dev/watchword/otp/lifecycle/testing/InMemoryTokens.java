package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.HashingPolicy;
import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.TokenServiceBuilder;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Token services for tests, in one line: {@code TokenService tokens = InMemoryTokens.on(clock);}. */
public final class InMemoryTokens {
    /** The institution whose service it is. */
    public static final ServiceId SERVICE_ID = new ServiceId("10112235");

    /** A bank's policy, but that the application confirms by itself, and that hashes cost nothing. */
    public static final TokenPolicy POLICY =
            TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BY_APPLICATION).withHashing(HashingPolicy.FOR_TESTS);

    /** Keys of this process, which seal the secrets and tie the histories. */
    public static final KeySource KEYS = KeySource.of("test", randomKey("AES"), randomKey("HmacSHA256"));

    private InMemoryTokens() {}

    private static SecretKey randomKey(String algorithm) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, algorithm);
    }

    /**
     * Creates a service with a store in memory, {@link #KEYS} and {@link #POLICY}.
     *
     * @param clock the time, a {@link dev.watchword.otp.testing.FakeClock} as a rule
     * @return the service
     */
    public static TokenService on(Clock clock) {
        return builder(new InMemoryTokenStore(), clock).build();
    }

    /**
     * Begins to build a service with {@link #KEYS}.
     *
     * @param store where its tokens are kept
     * @param clock the time
     * @return a builder with {@link #POLICY}
     */
    public static TokenServiceBuilder builder(TokenStore store, Clock clock) {
        return TokenService.builder(SERVICE_ID, store, KEYS, clock).policy(POLICY);
    }
}
