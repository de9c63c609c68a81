package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.Institution;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the event feed, as {@code watchwordFeed}. */
@AutoConfiguration(after = WatchwordFeedAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({Institution.class, FeedWorkers.class})
@ConditionalOnEnabledHealthIndicator("watchword-feed")
final class WatchwordFeedHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "watchwordFeedHealthIndicator")
    HealthIndicator watchwordFeedHealthIndicator(Institution institution, FeedWorkers workers) {
        return new FeedHealthIndicator(institution, workers);
    }
}
