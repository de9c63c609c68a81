package dev.watchword.otp.spring.feed;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the event feed.
 *
 * @param enabled Whether this node delivers events.
 * @param lease The time for which a worker has the events of a holder for itself. Choose it much longer than the handling of an event.
 * @param delay The time between two rounds that found nothing.
 */
@ConfigurationProperties("watchword.feed")
record FeedProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5m") Duration lease,
        @DefaultValue("1s") Duration delay) {}
