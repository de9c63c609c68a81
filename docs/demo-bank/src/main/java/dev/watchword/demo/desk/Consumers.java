package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.operations.FeedConsumers;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The consumers of the event feed, as the desk shows them. */
@Component
class Consumers {
    private final FeedConsumers consumers;

    Consumers(Institution institution) {
        consumers = institution.consumers();
    }

    /**
     * The state of a consumer.
     *
     * @param name its name
     * @param pausedUntil the end of its pause; {@code null} if it is not paused
     * @param parked the streams that wait for an operator, the longest parked first
     */
    record State(ConsumerName name, @Nullable Instant pausedUntil, List<ParkedStream> parked) {}

    /** A decision of an operator, with the consumer that it is about. */
    record Decided(ConsumerName consumer, FeedDecision decision) {}

    List<State> states() {
        return consumers.list().stream()
                .map(name -> new State(name, consumers.pausedUntil(name).orElse(null), parked(name)))
                .toList();
    }

    Optional<ConsumerName> name(String text) {
        return consumers.list().stream()
                .filter(name -> name.value().equals(text))
                .findFirst();
    }

    private List<ParkedStream> parked(ConsumerName name) {
        return consumers.parked(name, null, TokenLists.MAX_LIMIT);
    }

    /** {@return the stream of a holder that waits for an operator} */
    Optional<ParkedStream> parked(ConsumerName name, Holder holder) {
        return parked(name).stream()
                .filter(stream -> stream.holder().equals(holder))
                .findFirst();
    }

    /** {@return the decisions about the events of a holder, consumer by consumer} */
    List<Decided> decisions(Holder holder) {
        return consumers.list().stream()
                .flatMap(name -> consumers.decisions(name, holder, TokenLists.MAX_LIMIT).stream()
                        .map(decision -> new Decided(name, decision)))
                .toList();
    }
}
