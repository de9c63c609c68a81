package dev.watchword.otp.lifecycle.internal.engine;

import dev.watchword.otp.lifecycle.internal.machine.Begun;
import dev.watchword.otp.lifecycle.internal.machine.Command;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.Entered;
import dev.watchword.otp.lifecycle.internal.machine.NoEvidence;
import dev.watchword.otp.lifecycle.internal.machine.TokenAction;
import dev.watchword.otp.lifecycle.internal.sealing.HistoryChain;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes enrolments: reads, decides, commits, and retries after a lost race. A decision is a pure function, and a change is
 * one atomic commit. Thread-safe.
 */
public final class Engine {
    /** Gives up after this many lost races. */
    private static final int MAX_TRIES = 100;

    /** The upper bound of the first pause. It doubles {@link #MAX_DOUBLINGS} times. */
    private static final long FIRST_PAUSE_NANOS = 1_000_000;

    private static final int MAX_DOUBLINGS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Context context;
    private final HistoryChain chain;
    private final Origin origin;
    private final boolean locksFirst;
    private final Consumer<WatchwordException> onFailure;

    public Engine(Context context) {
        this(context, context.chain(), Origin.NONE, false, failure -> {});
    }

    private Engine(
            Context context,
            HistoryChain chain,
            Origin origin,
            boolean locksFirst,
            Consumer<WatchwordException> onFailure) {
        this.context = context;
        this.chain = chain;
        this.origin = origin;
        this.locksFirst = locksFirst;
        this.onFailure = onFailure;
    }

    /** Returns an engine whose events record an origin. */
    public Engine from(Origin newOrigin) {
        return new Engine(context, chain, newOrigin, locksFirst, onFailure);
    }

    /**
     * Returns an engine with the same origin for a view within a transaction of the application. Each change reads the enrolment
     * through an {@link Attempt} from the first try on, because a plain read would return the snapshot of the transaction.
     *
     * @param failed is told of every exception of the family that an operation throws
     */
    public Engine within(Context view, Consumer<WatchwordException> failed) {
        return new Engine(view, view.chain(), origin, true, failed);
    }

    /** Does a part of an operation. If it fails, the transaction of the application must not commit. */
    public <T> T watched(Supplier<T> part) {
        try {
            return part.get();
        } catch (WatchwordException e) {
            onFailure.accept(e);
            throw e;
        }
    }

    /** Takes the evidence of a command. The engine calls it once for each decision. */
    @FunctionalInterface
    public interface EvidenceSource<E> {
        E take(Enrolment before, Instant now);
    }

    /**
     * The result of a command.
     *
     * @param decision the decision, which is committed if it changes anything
     * @param tookEvidence whether evidence was taken
     */
    public record Result(Decision decision, boolean tookEvidence) {}

    /** Reads a holder's enrolment; an unknown holder has an empty one. */
    public Enrolment read(Holder holder) {
        return watched(() -> orNone(context.store().find(context.serviceId(), holder), holder));
    }

    /** Reads a holder's enrolment as last committed, and locks it if the store has row locks. */
    public Enrolment lock(Holder holder) {
        return watched(() -> {
            try (Attempt attempt = context.store().attempt(context.serviceId(), holder)) {
                return orNone(attempt.find(), holder);
            }
        });
    }

    private Enrolment orNone(Optional<Enrolment> found, Holder holder) {
        return found.orElseGet(() -> Enrolment.none(context.serviceId(), holder));
    }

    /** Reads the enrolment of a user ID. */
    public Optional<Enrolment> read(UserId userId) {
        return context.store().find(context.serviceId(), userId);
    }

    /** Carries out a command that needs no evidence. */
    public Decision change(Holder holder, Command<NoEvidence> command) {
        return change(holder, command, (before, now) -> NoEvidence.NONE).decision();
    }

    /** Carries out a command without confirmation entries. */
    public <E> Result change(Holder holder, Command<E> command, EvidenceSource<E> source) {
        return change(holder, command, Entered.NOTHING, source);
    }

    /** Carries out a command. */
    public <E> Result change(Holder holder, Command<E> command, Entered entered, EvidenceSource<E> source) {
        Work<E> work = new Work<>(command, entered, source);
        return measured(
                work,
                () -> new Result(work.change(locksFirst ? null : read(holder), holder), work.tookEvidence),
                result -> result.decision().refusal());
    }

    /**
     * Carries out a command on the enrolment of a user ID, or returns empty for an unknown one.
     *
     * @param pretend computes the codes of a wrong guess when a refusal needs no evidence; the listener is called afterwards
     */
    public <E> Optional<Decision> change(
            UserId userId, Command<E> command, EvidenceSource<E> source, Runnable pretend) {
        Work<E> work = new Work<>(command, Entered.NOTHING, source);
        return measured(
                work,
                () -> {
                    Optional<Decision> decision = read(userId).map(found -> work.change(found, found.holder()));
                    if (!work.tookEvidence) {
                        pretend.run();
                    }
                    return decision;
                },
                decision -> decision.isEmpty()
                        ? Refusal.UNKNOWN_HOLDER
                        : decision.get().refusal());
    }

    /** Decides on a command and commits nothing. */
    public <E> Decision rehearse(Holder holder, Command<E> command, EvidenceSource<E> source) {
        Enrolment before = read(holder);
        Instant now = context.now();
        return new Work<>(command, Entered.NOTHING, source).decide(before, now);
    }

    /** Refuses malformed fields without reading anything, and calls the listener. */
    public <T> Refused<T> malformed(TokenAction action, Set<Field> fields) {
        tell(
                context.listener(),
                MeasuredOperation.builder()
                        .serviceId(context.serviceId())
                        .operation(action.word())
                        .refusal(Refusal.MALFORMED)
                        .time(Duration.ZERO)
                        .build());
        return Refused.<T>of(Refusal.MALFORMED).withFields(fields);
    }

    /** Measures an operation by the wall clock, and calls the listener. The clock of the institution is used for decisions only. */
    private <R> R measured(Work<?> work, Supplier<R> operation, RefusalOf<R> refusal) {
        TokenListener listener = begin(work.command.word());
        long begun = System.nanoTime();
        R result = null;
        try {
            result = watched(operation);
            return result;
        } finally {
            tell(
                    listener,
                    MeasuredOperation.builder()
                            .serviceId(context.serviceId())
                            .operation(work.command.word())
                            .refusal(result == null ? null : refusal.of(result))
                            .failed(result == null)
                            .tries(work.tries)
                            .time(Duration.ofNanos(System.nanoTime() - begun))
                            .build());
        }
    }

    /** Finds the refusal in the result of an operation. */
    private interface RefusalOf<R> {
        @Nullable
        Refusal of(R result);
    }

    /** Nothing that a listener throws may prevent an operation. */
    private TokenListener begin(String operation) {
        try {
            return context.listener().begin(context.serviceId(), operation);
        } catch (Throwable e) {
            LOG.warn("The listener failed at the beginning of an operation, which goes on", e);
            return context.listener();
        }
    }

    /** The operation has ended and is committed, so nothing that a listener throws may change its outcome. */
    private static void tell(TokenListener listener, MeasuredOperation measured) {
        try {
            listener.measured(measured);
        } catch (Throwable e) {
            LOG.warn("The listener failed; the operation stands", e);
        }
    }

    private List<TokenEvent> withOrigin(List<TokenEvent> events) {
        return origin.isNone()
                ? events
                : events.stream()
                        .map(event -> event.toBuilder().origin(origin).build())
                        .toList();
    }

    /** One operation and its attempts. Used by one thread. */
    private final class Work<E> {
        private final Command<E> command;
        private final Entered entered;
        private final EvidenceSource<E> source;
        private int tries;
        private boolean tookEvidence;

        Work(Command<E> command, Entered entered, EvidenceSource<E> source) {
            this.command = command;
            this.entered = entered;
            this.source = source;
        }

        /** Makes a first attempt without a lock. After each lost race it makes another attempt, which holds a row lock if the store supports it. */
        Decision change(@Nullable Enrolment found, Holder holder) {
            AuthenticatedStore store = context.store();
            Decision decision = found == null ? null : commit(found, store::commit);
            while (decision == null && tries < MAX_TRIES) {
                pause();
                try (Attempt attempt = store.attempt(context.serviceId(), holder)) {
                    decision = commit(orNone(attempt.find(), holder), attempt::commit);
                }
            }
            if (decision == null) {
                throw new LostRaceException(
                        "A change lost " + MAX_TRIES + " races; refuse the request and repeat it later", null);
            }
            return decision;
        }

        /** Decides, and commits in one atomic step. Returns null after a lost race. */
        private @Nullable Decision commit(Enrolment before, Function<EnrolmentChange, CommitResult> commit) {
            tries++;
            Decision decision = decide(before, context.now());
            if (!decision.changes()) {
                return decision;
            }
            CommitResult result = commit.apply(change(before, decision));
            if (result == CommitResult.COMMITTED) {
                return decision;
            }
            Optional<Refusal> conflict = conflict(result);
            if (conflict.isPresent()) {
                return Decision.refuse(before, conflict.get(), null);
            }
            LOG.debug("A change of version {} lost its race ({}); deciding again", before.version(), result);
            return null;
        }

        private Decision decide(Enrolment before, Instant now) {
            Begun<E> begun = context.machine().begin(before, command, entered, now);
            if (begun instanceof Begun.Refused<E> refused) {
                return refused.decision();
            }
            tookEvidence = true;
            return ((Begun.Open<E>) begun).decide(source.take(before, now));
        }

        private EnrolmentChange change(Enrolment before, Decision decision) {
            List<RecordedEvent> events = chain.link(before, withOrigin(decision.events()));
            Enrolment after = decision.enrolment().toBuilder()
                    .head(events.get(events.size() - 1).link())
                    .build();
            return EnrolmentChange.builder()
                    .id(context.newId())
                    .before(before)
                    .after(after)
                    .ended(decision.ended())
                    .events(events)
                    .stockSecret(decision.stockSecret())
                    .device(decision.device())
                    .build();
        }

        /** Returns the refusal for a number that is taken and cannot be drawn again, or for a token that is not in stock. */
        private Optional<Refusal> conflict(CommitResult result) {
            return switch (result) {
                case NOT_IN_STOCK -> Optional.of(Refusal.NOT_IN_STOCK);
                case SERIAL_TAKEN -> command.hasFixedSerial() ? Optional.of(Refusal.SERIAL_TAKEN) : Optional.empty();
                case USER_ID_TAKEN -> command.hasFixedUserId() ? Optional.of(Refusal.USER_ID_TAKEN) : Optional.empty();
                case COMMITTED, STALE -> Optional.empty();
            };
        }

        /** The second attempt is immediate. If the lock of the store does not hold, the second attempt can lose again, and later attempts wait for a random time. */
        private void pause() {
            if (tries > 1) {
                int doubled = Math.min(tries - 2, MAX_DOUBLINGS);
                LockSupport.parkNanos(1 + ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << doubled));
            }
        }
    }
}
