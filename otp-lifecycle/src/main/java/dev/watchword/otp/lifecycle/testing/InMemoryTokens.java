package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.ServiceId;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import javax.crypto.spec.SecretKeySpec;

/** Token services for tests, in one line: {@code TokenService tokens = InMemoryTokens.on(clock);}. */
public final class InMemoryTokens {
    /** The institution whose service it is. */
    public static final ServiceId SERVICE_ID = new ServiceId("10112235");

    private InMemoryTokens() {}

    /**
     * Creates a service with a store in memory, a key of its own and a bank's policy.
     *
     * @param clock the time, a {@link dev.watchword.otp.testing.FakeClock} as a rule
     * @return the service
     */
    public static TokenService on(Clock clock) {
        return builder(new InMemoryTokenStore(), clock).build();
    }

    /**
     * Begins to build a service with a key of its own.
     *
     * @param store where its tokens are kept
     * @param clock the time
     * @return a builder with a bank's policy
     */
    public static TokenService.Builder builder(TokenStore store, Clock clock) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return TokenService.builder(SERVICE_ID, store, KeySource.of("test", new SecretKeySpec(key, "AES")), clock);
    }
}
