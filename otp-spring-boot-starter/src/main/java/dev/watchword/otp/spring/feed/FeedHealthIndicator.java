package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports the backlog of each consumer of this application (R9.5): how many holders have due events, how many wait for an operator,
 * since when the first of these waits, and until when the consumer is paused. The details are numbers and instants, and name no holder. Numbers end at
 * {@value TokenLists#MAX_LIMIT}.
 *
 * <p>Parked events and pauses have the status {@link #ATTENTION}. It keeps the node in service, because a restart helps against
 * neither.
 */
final class FeedHealthIndicator extends AbstractHealthIndicator {
    /** The status of a feed that waits for an operator or is paused. Spring Boot answers with HTTP status 200. */
    static final Status ATTENTION = new Status("ATTENTION", "Events wait for an operator, or a consumer is paused");

    private final Institution institution;
    private final FeedWorkers workers;

    FeedHealthIndicator(Institution institution, FeedWorkers workers) {
        super("The event feed of Watchword could not be read");
        this.institution = institution;
        this.workers = workers;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (String name : workers.consumers()) {
            Map<String, Object> details = new LinkedHashMap<>();
            if (add(new ConsumerName(name), details)) {
                builder.status(ATTENTION);
            }
            builder.withDetail(name, details);
        }
    }

    /** Adds the details of a consumer. Returns whether it needs attention. */
    private boolean add(ConsumerName consumer, Map<String, Object> details) {
        List<ParkedStream> parked = institution.consumers().parked(consumer, null, TokenLists.MAX_LIMIT);
        Optional<Instant> pause = institution.consumers().pausedUntil(consumer);
        details.put(
                "holdersDue",
                institution.feed(consumer).due(null, TokenLists.MAX_LIMIT).size());
        details.put("holdersParked", parked.size());
        parked.stream()
                .findFirst()
                .ifPresent(longest -> details.put("parkedSince", longest.since().toString()));
        pause.ifPresent(until -> details.put("pausedUntil", until.toString()));
        return !parked.isEmpty() || pause.isPresent();
    }
}
