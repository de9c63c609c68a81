package dev.watchword.otp.spring.actuate;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the institution, as {@code watchword}. */
@AutoConfiguration(afterName = "dev.watchword.otp.spring.WatchwordAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({Institution.class, TokenStore.class})
@ConditionalOnEnabledHealthIndicator("watchword")
final class WatchwordHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "watchwordHealthIndicator")
    HealthIndicator watchwordHealthIndicator(Institution institution, TokenStore store) {
        return new WatchwordHealthIndicator(institution, store);
    }
}
