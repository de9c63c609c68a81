package dev.watchword.otp.spring.actuate;

import dev.watchword.otp.lifecycle.Institution;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The actuator endpoint {@code watchword}. */
@AutoConfiguration(afterName = "dev.watchword.otp.spring.WatchwordAutoConfiguration")
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Institution.class)
@ConditionalOnAvailableEndpoint(endpoint = WatchwordEndpoint.class)
final class WatchwordEndpointAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    WatchwordEndpoint watchwordEndpoint(Institution institution) {
        return new WatchwordEndpoint(institution);
    }
}
