package dev.watchword.otp.lifecycle.internal.engine;

import dev.watchword.otp.lifecycle.internal.machine.TokenMachine;
import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * The parts of one institution. Every service works on them. Immutable.
 *
 * @param serviceId the institution
 * @param name the name that the app displays
 * @param store the store of its tokens, which authenticates every enrolment
 * @param keys the source of its keys
 * @param policy the policy
 * @param clock the clock
 * @param random the source of randomness
 * @param numbers the source of user IDs and serial numbers
 * @param listener the listener to every operation
 * @param machine the state machine of the policy
 * @param signsInApps whether new software tokens have a signing key: the policy has a suite for apps, and the store has a {@code
 *     DeviceStore}. A view of the store in a transaction has none, so the question is asked once, of the store itself
 * @param codesTried receives the number of codes that each search computes, for tests of equal work
 * @param hashing runs at the beginning of each password hash, for tests of equal work and of overload
 */
public record Context(
        ServiceId serviceId,
        String name,
        AuthenticatedStore store,
        KeySource keys,
        TokenPolicy policy,
        Clock clock,
        SecureRandom random,
        NumberSource numbers,
        TokenListener listener,
        TokenMachine machine,
        boolean signsInApps,
        IntConsumer codesTried,
        Runnable hashing) {

    private static final TokenListener SILENT = measured -> {};

    /**
     * Returns the same institution on another view of its store. Its listener is not told of operations on the view: they may be
     * part of a transaction that is rolled back.
     */
    public Context on(TokenStore view) {
        return new Context(
                serviceId,
                name,
                new AuthenticatedStore(view, keys),
                keys,
                policy,
                clock,
                random,
                numbers,
                SILENT,
                machine,
                signsInApps,
                codesTried,
                hashing);
    }

    /** Returns the current instant in whole microseconds, as databases keep it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns a random ID, such as that of an event. */
    public UUID newId() {
        ByteBuffer bits = ByteBuffer.allocate(2 * Long.BYTES);
        random.nextBytes(bits.array());
        return new UUID(bits.getLong(), bits.getLong());
    }

    public PasswordHasher hasher() {
        return new PasswordHasher(sealer(), policy.hashing(), random, hashing);
    }

    public SecretSealer sealer() {
        return new SecretSealer(keys, serviceId, random);
    }

    public HistoryChain chain() {
        return new HistoryChain(keys, serviceId);
    }

    /**
     * Returns an optional part of the store.
     *
     * @throws UnsupportedOperationException if the store does not have it
     */
    public <C> C require(Class<C> capability) {
        return store.capability(capability)
                .orElseThrow(() -> new UnsupportedOperationException("The store has no " + capability.getSimpleName()
                        + "; use a store that offers this capability"));
    }
}
