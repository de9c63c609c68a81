package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.DefaultAuthorizationManagerFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.web.SecurityFilterChain;

/** The beans of the code step. The step itself is added to a chain by {@link WatchwordConfigurer}. */
@AutoConfiguration(
        afterName = "dev.watchword.otp.spring.WatchwordAutoConfiguration",
        beforeName = "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration")
@ConditionalOnBooleanProperty(name = "watchword.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SecurityFilterChain.class, HttpSecurity.class})
final class WatchwordSecurityAutoConfiguration {
    /** The name of the bean that requires the code. */
    static final String RULE = "watchwordAuthorizationManagerFactory";

    @Bean
    @ConditionalOnMissingBean
    HolderResolver watchwordHolderResolver() {
        return user -> new Holder(user.getName());
    }

    @Bean
    @ConditionalOnMissingBean
    StepUp stepUp(ObjectProvider<Clock> clocks) {
        return new StepUp(clocks.getIfUnique(Clock::systemUTC));
    }

    @Bean(RULE)
    @ConditionalOnMissingBean(AuthorizationManagerFactory.class)
    @ConditionalOnBooleanProperty(name = "watchword.security.require-code", matchIfMissing = true)
    DefaultAuthorizationManagerFactory<Object> watchwordAuthorizationManagerFactory(
            ObjectProvider<TokenService> tokens,
            ObjectProvider<HolderResolver> holders,
            ObjectProvider<RoleHierarchy> hierarchy,
            ObjectProvider<GrantedAuthorityDefaults> defaults,
            Environment environment) {
        DefaultAuthorizationManagerFactory<Object> factory = new DefaultAuthorizationManagerFactory<>();
        factory.setAdditionalAuthorization(
                new CodeRequirement(tokens::getObject, holders::getObject, TokenPages.of(environment)));
        hierarchy.ifAvailable(factory::setRoleHierarchy);
        defaults.ifAvailable(prefix -> factory.setRolePrefix(prefix.getRolePrefix()));
        return factory;
    }
}
