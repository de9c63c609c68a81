package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.CheckReturnValue;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Institutions for tests, in one line: {@code Institution bank = TestInstitution.on(clock);}. Thread-safe. */
@CheckReturnValue
public final class TestInstitution {
    /** The service ID. */
    public static final ServiceId SERVICE_ID = new ServiceId("10112235");

    /** A hash of 8 KiB and one pass. It protects nothing, so use it in tests only. */
    public static final HashingPolicy FAST_HASHING =
            HashingPolicy.builder().memoryKib(8).passes(1).build();

    /** The policy of a bank, with fast hashes. The application confirms operations itself. */
    public static final TokenPolicy POLICY =
            TokenPolicy.BANK.withConfirmation(ConfirmationPolicy.BY_APPLICATION).withHashing(FAST_HASHING);

    /** Random keys of this process. */
    public static final KeySource KEYS = KeySource.of("test", randomKey("AES"), randomKey("HmacSHA256"));

    private TestInstitution() {}

    private static SecretKey randomKey(String algorithm) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, algorithm);
    }

    /**
     * Creates an institution with an in-memory store, {@link #KEYS} and {@link #POLICY}.
     *
     * @param clock the clock, usually a {@link dev.watchword.otp.testing.FakeClock}
     * @return the institution
     */
    public static Institution on(Clock clock) {
        return builder(new InMemoryTokenStore(), clock).build();
    }

    /**
     * Begins to build an institution with {@link #KEYS} and {@link #POLICY}. It checks the keys if the store has a {@link
     * KeyCheckStore}.
     *
     * @param store the store of its tokens
     * @param clock the clock
     * @return a builder
     */
    public static Institution.Builder builder(TokenStore store, Clock clock) {
        Institution.Builder builder =
                Institution.builder(SERVICE_ID, store, KEYS).clock(clock).policy(POLICY);
        return store.capability(KeyCheckStore.class).isPresent() ? builder : builder.withoutKeyCheck();
    }
}
