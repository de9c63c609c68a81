package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The workers of the event feed. */
@AutoConfiguration(afterName = "dev.watchword.otp.spring.WatchwordAutoConfiguration")
@ConditionalOnBean(Institution.class)
@ConditionalOnBooleanProperty(name = "watchword.feed.enabled", matchIfMissing = true)
@EnableConfigurationProperties(FeedProperties.class)
final class WatchwordFeedAutoConfiguration {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    @Bean
    @ConditionalOnMissingBean
    FeedPolicy watchwordFeedPolicy(FeedProperties properties) {
        return properties.policy();
    }

    @Bean
    @ConditionalOnMissingBean
    FeedWorkers watchwordFeedWorkers(
            Institution institution,
            FeedPolicy policy,
            FeedProperties properties,
            ObjectProvider<FeedHandler> handlers,
            ListableBeanFactory beans) {
        return new FeedWorkers(
                new Feeds(institution, policy), () -> all(handlers, beans), properties.checkedDelay(), LONGEST_STOP);
    }

    private static List<FeedHandler> all(ObjectProvider<FeedHandler> handlers, ListableBeanFactory beans) {
        return Stream.concat(handlers.orderedStream(), TokenEventListeners.in(beans).stream())
                .toList();
    }
}
