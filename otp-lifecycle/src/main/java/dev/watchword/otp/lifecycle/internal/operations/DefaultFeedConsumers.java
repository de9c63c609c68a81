package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.FeedConsumers;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.spi.ConsumerState;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The consumers of the event feed, through the feed part of a store. */
public final class DefaultFeedConsumers implements FeedConsumers {
    private final Context context;
    private final FeedStore feed;

    /** Creates the view. It writes nothing. */
    public DefaultFeedConsumers(Context context) {
        this.context = context;
        feed = context.require(FeedStore.class);
    }

    /** Returns the state of a consumer that must exist. */
    static ConsumerState state(FeedStore feed, ServiceId serviceId, ConsumerName consumer) {
        return feed.state(serviceId, consumer)
                .orElseThrow(() -> new IllegalStateException("The consumer " + consumer
                        + " of the event feed does not exist; create it once with Institution.consumers().create"));
    }

    /** Returns the end of a running pause, or null. */
    static @Nullable Instant pause(ConsumerState state, Instant now) {
        Instant until = state.pausedUntil();
        return until != null && now.isBefore(until) ? until : null;
    }

    @Override
    public boolean create(ConsumerName consumer, FeedStart start) {
        return feed.register(context.serviceId(), requireNonNull(consumer, "consumer"), requireNonNull(start, "start"));
    }

    @Override
    public void rename(ConsumerName from, ConsumerName to) {
        if (requireNonNull(from, "from").equals(requireNonNull(to, "to"))
                || !feed.rename(context.serviceId(), from, to)) {
            throw new IllegalStateException("The consumer " + from + " cannot be renamed to " + to
                    + "; the first name must belong to a consumer, and the second must be free");
        }
    }

    @Override
    public void end(ConsumerName consumer) {
        feed.retire(context.serviceId(), requireNonNull(consumer, "consumer"));
    }

    @Override
    public List<ConsumerName> list() {
        return feed.consumers(context.serviceId()).stream()
                .sorted(Comparator.comparing(ConsumerName::value))
                .toList();
    }

    @Override
    public Optional<Instant> pausedUntil(ConsumerName consumer) {
        return Optional.ofNullable(pause(state(feed, context.serviceId(), consumer), context.now()));
    }

    @Override
    public List<ParkedStream> parked(ConsumerName consumer, @Nullable ParkedStream after, int limit) {
        requireLimit(limit);
        return feed.parked(context.serviceId(), consumer, after, limit);
    }

    private static void requireLimit(int limit) {
        Require.range(limit, "limit", 1, TokenLists.MAX_LIMIT, "the size of a page");
    }

    @Override
    public Outcome<FeedDecision> retry(
            ConsumerName consumer, ParkedStream parked, Operator operator, @Nullable String reason) {
        return decide(FeedDecision.Kind.RETRY, consumer, parked, operator, reason);
    }

    @Override
    public Outcome<FeedDecision> skip(
            ConsumerName consumer, ParkedStream parked, Operator operator, @Nullable String reason) {
        return decide(FeedDecision.Kind.SKIP, consumer, parked, operator, reason);
    }

    private Outcome<FeedDecision> decide(
            FeedDecision.Kind kind,
            ConsumerName consumer,
            ParkedStream parked,
            Operator operator,
            @Nullable String reason) {
        if (reason == null || !Require.isText(reason, TokenEvent.MAX_REASON_LENGTH)) {
            return Refused.<FeedDecision>of(Refusal.MALFORMED).withFields(Set.of(Field.REASON));
        }
        FeedDecision decision = FeedDecision.of(kind, parked.number(), context.now(), operator, reason);
        return feed.decide(context.serviceId(), consumer, parked.holder(), parked.since(), decision)
                ? Accepted.of(decision)
                : Refused.of(Refusal.NOT_PARKED);
    }

    @Override
    public List<FeedDecision> decisions(ConsumerName consumer, Holder holder, int limit) {
        requireLimit(limit);
        return feed.decisions(context.serviceId(), consumer, holder, limit);
    }
}
