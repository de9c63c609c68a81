package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.Turn;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The enrolments of one institution, and the one way in which they change: a decision is a pure function, a change is one
 * atomic commit.
 */
final class Enrolments {
    /** Who decides again this often has met as many others who were faster. */
    private static final int MAX_TRIES = 100;

    /** The longest pause is 32 times the first one. */
    private static final long FIRST_PAUSE_NANOS = 1_000_000;

    private static final int MAX_DOUBLINGS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Enrolments.class);

    private final ServiceId serviceId;
    private final TokenStore store;
    private final HistoryChain chain;
    private final TokenMachine machine;
    private final TokenListener listener;
    private final Clock clock;
    private final SecureRandom random;

    Enrolments(
            ServiceId serviceId,
            TokenStore store,
            HistoryChain chain,
            TokenMachine machine,
            Clock clock,
            SecureRandom random,
            TokenListener listener) {
        this.listener = listener;
        this.chain = chain;
        this.serviceId = serviceId;
        this.store = store;
        this.machine = machine;
        this.clock = clock;
        this.random = random;
    }

    /** The same in another view of the store. */
    Enrolments on(TokenStore other) {
        return new Enrolments(serviceId, other, chain, machine, clock, random, listener);
    }

    /** Now, as exactly as databases keep it: in whole microseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The holder's enrolment as it is stored now, or an empty one. */
    Enrolment read(Holder holder) {
        return orNone(store.find(serviceId, holder), holder);
    }

    private Enrolment orNone(Optional<Enrolment> found, Holder holder) {
        return found.orElseGet(() -> Enrolment.none(serviceId, holder));
    }

    Optional<Enrolment> read(UserId userId) {
        return store.find(serviceId, userId);
    }

    Decision change(Holder holder, TokenAction action, BiFunction<Enrolment, Instant, Command> evidence) {
        return measured(action, work -> work.change(read(holder), evidence));
    }

    Decision change(Enrolment found, TokenAction action, BiFunction<Enrolment, Instant, Command> evidence) {
        return measured(action, work -> work.change(found, evidence));
    }

    /** What would be decided, of which nothing is committed. */
    Decision rehearse(Holder holder, Command command) {
        return machine.decide(read(holder), command, now());
    }

    /** A refusal that needs no enrolment. */
    void refused(TokenAction action, Refusal refusal) {
        tell(action, refusal, false, 0, Duration.ZERO);
    }

    private Decision measured(TokenAction action, Function<Work, Decision> operation) {
        Instant begun = clock.instant();
        Work work = new Work(action);
        Decision decision = null;
        try {
            decision = operation.apply(work);
            return decision;
        } finally {
            Duration time = Duration.between(begun, clock.instant());
            tell(
                    action,
                    decision == null ? null : decision.refusal(),
                    decision == null,
                    work.tries,
                    time.isNegative() ? Duration.ZERO : time);
        }
    }

    private void tell(TokenAction action, @Nullable Refusal refusal, boolean failed, int tries, Duration time) {
        try {
            listener.measured(new TokenListener.Measured(action.word(), refusal, failed, tries, time));
        } catch (RuntimeException e) {
            LOG.warn("The listener failed; what it was told of stands", e);
        }
    }

    /** One operation, and how often it was decided. */
    private final class Work {
        private final TokenAction action;
        private int tries;

        Work(TokenAction action) {
            this.action = action;
        }

        /** Tries, and if another was faster tries again, each time in a turn of its own. */
        Decision change(Enrolment found, BiFunction<Enrolment, Instant, Command> evidence) {
            Holder holder = found.holder();
            Decision decision = decide(found, evidence, store::commit);
            while (decision == null && tries < MAX_TRIES) {
                pause();
                try (Turn turn = store.turn(serviceId, holder)) {
                    decision = decide(orNone(turn.find(), holder), evidence, turn::commit);
                }
            }
            if (decision == null) {
                throw new StorageException(
                        "A change could not be committed in " + MAX_TRIES
                                + " tries; refuse the request and let it be tried again",
                        null);
            }
            return decision;
        }

        /**
         * Takes evidence, unless the action is refused without it; decides; commits in one atomic step. Null if another was
         * faster.
         */
        private @Nullable Decision decide(
                Enrolment before,
                BiFunction<Enrolment, Instant, Command> evidence,
                Function<EnrolmentChange, CommitResult> commit) {
            Instant now = now();
            tries++;
            Optional<Decision> refusal = machine.refusal(before, action, now);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Command command = evidence.apply(before, now);
            Decision decision = machine.decide(before, command, now);
            if (!decision.changes()) {
                return decision;
            }
            CommitResult result = commit.apply(chain.change(newId(), before, decision));
            if (result == CommitResult.COMMITTED) {
                return decision;
            }
            Optional<Refusal> lost = command.refusal(result);
            if (lost.isPresent()) {
                return Decision.refuse(before, lost.get(), null);
            }
            LOG.debug("A change of version {} was not committed ({}); deciding again", before.version(), result);
            return null;
        }

        /** The second try comes at once. If its lock did not hold, so that it was too late, the next ones wait, by chance. */
        private void pause() {
            if (tries > 1) {
                int doubled = Math.min(tries - 2, MAX_DOUBLINGS);
                LockSupport.parkNanos(1 + ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << doubled));
            }
        }
    }

    private UUID newId() {
        ByteBuffer bits = ByteBuffer.allocate(2 * Long.BYTES);
        random.nextBytes(bits.array());
        return new UUID(bits.getLong(), bits.getLong());
    }
}
