package dev.watchword.otp.spring.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/** The answers to exceptions of Watchword in an application with Spring MVC. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "watchword.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
final class WatchwordWebAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    WatchwordExceptionHandler watchwordExceptionHandler() {
        return new WatchwordExceptionHandler();
    }
}
