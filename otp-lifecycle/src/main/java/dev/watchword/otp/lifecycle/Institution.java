package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.engine.AuthenticatedStore;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.engine.Engine;
import dev.watchword.otp.lifecycle.internal.engine.StoreOfTransaction;
import dev.watchword.otp.lifecycle.internal.machine.TokenMachine;
import dev.watchword.otp.lifecycle.internal.operations.DefaultEventFeed;
import dev.watchword.otp.lifecycle.internal.operations.DefaultFeedConsumers;
import dev.watchword.otp.lifecycle.internal.operations.DefaultHistories;
import dev.watchword.otp.lifecycle.internal.operations.DefaultMigration;
import dev.watchword.otp.lifecycle.internal.operations.DefaultReencryption;
import dev.watchword.otp.lifecycle.internal.operations.DefaultTokenLists;
import dev.watchword.otp.lifecycle.internal.operations.DefaultTokenStock;
import dev.watchword.otp.lifecycle.internal.operations.KeyRingCheck;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.operations.FeedConsumers;
import dev.watchword.otp.lifecycle.operations.Helpdesk;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.KeyReport;
import dev.watchword.otp.lifecycle.operations.Migration;
import dev.watchword.otp.lifecycle.operations.Reencryption;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: one institution with its store, keys and policy. Its methods return all other services. Build it once and share
 * it. Immutable and thread-safe. It starts no thread and keeps no state between calls.
 *
 * <p>A method for an optional part of the store throws {@link UnsupportedOperationException} if the store does not have the part.
 */
public final class Institution {
    private final Context context;
    private final Engine engine;
    private final CodeVerifier codes;
    private final TokenService tokens;

    private Institution(Context context, CodeVerifier codes, Engine engine, TokenService tokens) {
        this.context = context;
        this.codes = codes;
        this.engine = engine;
        this.tokens = tokens;
    }

    private static Institution of(Context context) {
        CodeVerifier codes = new CodeVerifier(context);
        Engine engine = new Engine(context);
        return new Institution(context, codes, engine, new TokenService(context, engine, codes));
    }

    /**
     * Begins to build an institution. The builder has no default policy: name one with {@link Builder#policy}.
     *
     * @param serviceId the number of the institution
     * @param store the store of its tokens
     * @param keys the source of the keys that protect its secrets and histories
     * @return a builder
     */
    public static Builder builder(ServiceId serviceId, TokenStore store, KeySource keys) {
        return new Builder(
                requireNonNull(serviceId, "serviceId"), requireNonNull(store, "store"), requireNonNull(keys, "keys"));
    }

    /**
     * Returns the operations that are part of a transaction of the application. It is cheap, so each transaction has its own.
     *
     * <p>The {@linkplain Builder#listener listener} is not told of these operations, because the transaction may roll back.
     *
     * @param view the view of this institution's store within the transaction
     * @return the operations within the transaction
     */
    public TokensInTransaction within(TransactionStore view) {
        Context within = context.on(new StoreOfTransaction(requireNonNull(view, "view")));
        return new TokensInTransaction(within, engine.within(within, view::failed));
    }

    /**
     * Returns this institution for one request. Every event that its services record has the origin (R9.6). The call is cheap;
     * make it for each request.
     *
     * @param origin the origin of the request, as far as the application can tell
     * @return the institution for the request
     */
    public Institution from(Origin origin) {
        Engine ofRequest = engine.from(requireNonNull(origin, "origin"));
        return new Institution(context, codes, ofRequest, tokens.with(ofRequest));
    }

    /** {@return the number of the institution} */
    public ServiceId serviceId() {
        return context.serviceId();
    }

    /** {@return the operations of holders} */
    public TokenService tokens() {
        return tokens;
    }

    /** {@return the proofs with which holders confirm operations in transactions of the application} */
    public Proofs proofs() {
        return new Proofs(context, engine, codes);
    }

    /**
     * Returns the operations of an operator.
     *
     * @param operator the operator; recorded with every operation
     * @return the operator's desk
     */
    public OperatorDesk desk(Operator operator) {
        return new OperatorDesk(context, engine, requireNonNull(operator, "operator"));
    }

    /**
     * Returns the stock of hardware tokens.
     *
     * @return the stock
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.StockStore}
     */
    public TokenStock stock() {
        return new DefaultTokenStock(context);
    }

    /**
     * Returns the lists for the institution's staff.
     *
     * @return the lists
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.ListStore}
     */
    public TokenLists lists() {
        return new DefaultTokenLists(context);
    }

    /**
     * Creates a worker of a consumer of the event feed, with {@link FeedPolicy#STANDARD}. It writes nothing.
     * {@link #consumers} creates the consumer.
     *
     * @param consumer the consumer
     * @return the worker, for one thread
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.FeedStore}
     */
    public EventFeed feed(ConsumerName consumer) {
        return feed(consumer, FeedPolicy.STANDARD);
    }

    /**
     * Creates a worker of a consumer of the event feed. It writes nothing.
     *
     * @param consumer the consumer
     * @param feedPolicy the bounds of the worker
     * @return the worker, for one thread
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.FeedStore}
     */
    public EventFeed feed(ConsumerName consumer, FeedPolicy feedPolicy) {
        return new DefaultEventFeed(context, consumer, feedPolicy);
    }

    /**
     * Returns the consumers of the event feed: their creation, renaming and end, and the events at which they failed.
     *
     * @return the consumers
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.FeedStore}
     */
    public FeedConsumers consumers() {
        return new DefaultFeedConsumers(context);
    }

    /** {@return the histories of holders: reading, verifying and archiving} */
    public Histories histories() {
        return new DefaultHistories(context);
    }

    /**
     * Returns the takeover of tokens that are in use in another system.
     *
     * @param operator the operator; recorded with every token
     * @return the migration
     */
    public Migration migration(Operator operator) {
        return new DefaultMigration(context, engine, operator);
    }

    /**
     * Returns the re-encryption of stored values after a rotation of the sealing key.
     *
     * @return the job
     * @throws UnsupportedOperationException if the store has no {@link dev.watchword.otp.lifecycle.spi.ReencryptionStore}
     */
    public Reencryption reencryption() {
        return new DefaultReencryption(context);
    }

    /**
     * Checks the keys of the key source against the check values in the store (R10.4), for a health check. It reads one table and
     * computes one HMAC or decryption for each key.
     *
     * <p>A current key without a check value is taken as right, and its check value is stored. After a rotation without a restart,
     * call this method on every node before the nodes serve requests under the new key.
     *
     * @return the keys and their states
     * @throws UnsupportedOperationException if the store has no {@link KeyCheckStore}
     * @throws KeyUnavailableException if the key source cannot determine it
     * @throws WatchwordException if the store fails, or a check value has an unknown format; the caller may repeat the call
     */
    public KeyReport checkKeys() {
        return new KeyRingCheck(context).report();
    }

    /**
     * Returns the helpdesk, which explains histories and refusals in sentences. It shows instants in the time zone of the policy.
     *
     * @param language Japanese, or any other language for English
     * @return the helpdesk
     */
    public Helpdesk helpdesk(Locale language) {
        return Helpdesk.in(language, context.policy().zone());
    }

    /** Builds an {@link Institution}. Not thread-safe. */
    public static final class Builder {
        private final ServiceId serviceId;
        private final TokenStore store;
        private final KeySource keys;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private TokenListener listener = measured -> {};
        private @Nullable String name;
        private @Nullable TokenPolicy policy;
        private @Nullable NumberSource numbers;
        private Function<TokenPolicy, TokenMachine> machine = TokenMachine::new;
        private IntConsumer codesTried = codes -> {};
        private Runnable hashing = () -> {};
        private boolean checksKeys = true;

        private Builder(ServiceId serviceId, TokenStore store, KeySource keys) {
            this.serviceId = serviceId;
            this.store = store;
            this.keys = keys;
        }

        /**
         * Sets the policy. It is required.
         *
         * @param newPolicy the policy, such as {@link TokenPolicy#BANK} or {@link TokenPolicy#AUTHENTICATOR_APP}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder policy(TokenPolicy newPolicy) {
            policy = requireNonNull(newPolicy, "policy");
            return this;
        }

        /**
         * Sets the name that the app displays. By default it is the service ID.
         *
         * @param newName 1 to {@value TokenContents#MAX_INSTITUTION_LENGTH} characters
         * @return this builder
         * @throws IllegalArgumentException if the name is malformed
         */
        @CanIgnoreReturnValue
        public Builder name(String newName) {
            name = Require.text(newName, "name", TokenContents.MAX_INSTITUTION_LENGTH);
            return this;
        }

        /**
         * Sets the clock. By default it is the system clock. Tests pass a {@code FakeClock}.
         *
         * @param newClock the clock
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder clock(Clock newClock) {
            clock = requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * Sets the source of randomness. By default it is a new {@link SecureRandom}.
         *
         * @param newRandom the source
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder random(SecureRandom newRandom) {
            random = requireNonNull(newRandom, "random");
            return this;
        }

        /**
         * Sets the source of user IDs and serial numbers. By default it is {@link NumberSource#random}, in the policy's form.
         *
         * @param newNumbers the source
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder numbers(NumberSource newNumbers) {
            numbers = requireNonNull(newNumbers, "numbers");
            return this;
        }

        /**
         * Sets the listener to every operation, for metrics. The default listener does nothing.
         *
         * @param newListener the listener
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder listener(TokenListener newListener) {
            listener = requireNonNull(newListener, "listener");
            return this;
        }

        /**
         * Omits the key check of {@link #build}. A process with wrong keys then fails at each customer's login, and issues tokens
         * under a key that no other process has. Use it only for a store without a {@link KeyCheckStore}.
         *
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder withoutKeyCheck() {
            checksKeys = false;
            return this;
        }

        /** Replaces the state machine, for tests that a defective machine is detected. */
        @CanIgnoreReturnValue
        Builder machine(Function<TokenPolicy, TokenMachine> newMachine) {
            machine = newMachine;
            return this;
        }

        /** Sets the receiver of the number of codes that each search computes, for tests of equal work. */
        @CanIgnoreReturnValue
        Builder codesTried(IntConsumer newCodesTried) {
            codesTried = newCodesTried;
            return this;
        }

        /** Sets the task that runs at the beginning of each password hash, for tests of equal work and of overload. */
        @CanIgnoreReturnValue
        Builder hashing(Runnable newHashing) {
            hashing = newHashing;
            return this;
        }

        /**
         * Builds the institution. Checks the keys first (R10.4): every key with a check value in the store must have the bytes
         * that it had when the value was stored. If all are right, the store receives the missing check values of the current
         * keys.
         *
         * @return the institution
         * @throws IllegalStateException if no policy was named, or if the store has no {@link KeyCheckStore} and {@link
         *     #withoutKeyCheck} was not called
         * @throws KeyUnavailableException if the key source has other bytes under a known name, if a current key is missing or not
         *     fit for its use, or if the source cannot tell; the message names the key
         * @throws WatchwordException if the store fails, or a check value has an unknown format; the caller may build again
         */
        public Institution build() {
            if (policy == null) {
                throw new IllegalStateException("An institution needs a policy; call policy(TokenPolicy.BANK),"
                        + " policy(TokenPolicy.AUTHENTICATOR_APP) or pass your own");
            }
            AuthenticatedStore authenticated = new AuthenticatedStore(store, keys);
            Context context = new Context(
                    serviceId,
                    name == null ? serviceId.value() : name,
                    authenticated,
                    keys,
                    policy,
                    clock,
                    random,
                    numbers == null ? NumberSource.random(random, policy.serials()) : numbers,
                    listener,
                    machine.apply(policy),
                    policy.signing().appSuite() != null
                            && authenticated.capability(DeviceStore.class).isPresent(),
                    codesTried,
                    hashing);
            if (checksKeys) {
                requireRightKeys(context);
            }
            return Institution.of(context);
        }

        private static void requireRightKeys(Context context) {
            if (context.store().capability(KeyCheckStore.class).isEmpty()) {
                throw new IllegalStateException(
                        "The store has no KeyCheckStore, so wrong keys would not be found; use a store"
                                + " that offers this capability, or call withoutKeyCheck()");
            }
            new KeyRingCheck(context).requireRight();
        }
    }
}
