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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The consumers of the event feed. The library does not list them, so {@code bank.consumers} names them. */
@Component
class Consumers {
    private final FeedConsumers consumers;
    private final List<ConsumerName> names;

    Consumers(Institution institution, @Value("${bank.consumers}") List<String> names) {
        consumers = institution.consumers();
        this.names = names.stream().map(ConsumerName::new).toList();
    }

    /**
     * What waits at a consumer.
     *
     * @param name its name
     * @param exists whether a node has started it
     * @param pausedUntil the end of its pause; {@code null} if it is not paused
     * @param parked the streams that wait for an operator, the longest parked first
     */
    record State(ConsumerName name, boolean exists, @Nullable Instant pausedUntil, List<ParkedStream> parked) {}

    /** A decision of an operator, with the consumer that it is about. */
    record Decided(ConsumerName consumer, FeedDecision decision) {}

    List<State> states() {
        return names.stream().map(this::state).toList();
    }

    private State state(ConsumerName name) {
        try {
            Optional<Instant> pause = consumers.pausedUntil(name);
            return new State(name, true, pause.orElse(null), consumers.parked(name, null, TokenLists.MAX_LIMIT));
        } catch (IllegalStateException e) {
            return new State(name, false, null, List.of()); // no node has started it yet
        }
    }

    Optional<ConsumerName> name(String text) {
        return names.stream().filter(name -> name.value().equals(text)).findFirst();
    }

    /** {@return the stream of a holder that waits for an operator} */
    Optional<ParkedStream> parked(ConsumerName name, Holder holder) {
        return consumers.parked(name, null, TokenLists.MAX_LIMIT).stream()
                .filter(stream -> stream.holder().equals(holder))
                .findFirst();
    }

    /** {@return the decisions about the events of a holder, consumer by consumer} */
    List<Decided> decisions(Holder holder) {
        return names.stream()
                .flatMap(name -> consumers.decisions(name, holder, TokenLists.MAX_LIMIT).stream()
                        .map(decision -> new Decided(name, decision)))
                .toList();
    }
}
