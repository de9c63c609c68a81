package dev.watchword.otp.spring.actuate;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The observations of the institution. */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
        beforeName = "dev.watchword.otp.spring.WatchwordAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(
        name = {"watchword.enabled", "watchword.observations.enabled"},
        matchIfMissing = true)
final class WatchwordObservationAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ObservationTokenListener watchwordObservations(ObservationRegistry registry) {
        return new ObservationTokenListener(registry);
    }
}
