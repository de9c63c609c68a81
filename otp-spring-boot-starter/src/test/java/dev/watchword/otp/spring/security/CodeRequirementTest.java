package dev.watchword.otp.spring.security;

import static dev.watchword.otp.spring.security.WatchwordConfigurer.watchword;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.DefaultAuthorizationManagerFactory;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The rule that requires the code, beside the rules of the application. */
@Tag("R3.3")
class CodeRequirementTest {
    private static final Authentication ANONYMOUS =
            new AnonymousAuthenticationToken("key", "guest", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

    private final TokenService tokens =
            TestInstitution.on(FakeClock.at("2026-11-23T09:00:00Z")).tokens();

    @Test
    void otherRulesDecideAboutAnonymousUsers() {
        DefaultAuthorizationManagerFactory<Object> rules = new DefaultAuthorizationManagerFactory<>();
        rules.setAdditionalAuthorization(new CodeRequirement(
                () -> tokens,
                () -> user -> {
                    throw new AssertionError("An anonymous user is no holder");
                },
                TokenPages.of(new MockEnvironment().withProperty("watchword.security.require-token", "true"))));
        assertThat(isGranted(rules.anonymous().authorize(() -> ANONYMOUS, "page")))
                .isTrue();
        assertThat(isGranted(rules.hasRole("ANONYMOUS").authorize(() -> ANONYMOUS, "page")))
                .isTrue();
        assertThat(isGranted(rules.authenticated().authorize(() -> ANONYMOUS, "page")))
                .isFalse();
        assertThat(isGranted(rules.fullyAuthenticated().authorize(() -> ANONYMOUS, "page")))
                .isFalse();
        assertThat(isGranted(rules.hasRole("USER").authorize(() -> ANONYMOUS, "page")))
                .isFalse();
    }

    private static boolean isGranted(@Nullable AuthorizationResult result) {
        return requireNonNull(result).isGranted();
    }

    /** An application with the code step that defines another factory of rules. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @EnableMultiFactorAuthentication(authorities = "FACTOR_PASSWORD")
    static class OwnFactory {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.formLogin(withDefaults())
                    .with(watchword(), withDefaults())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("taro").password("{noop}pass").build());
        }
    }

    private WebApplicationContextRunner application() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WatchwordSecurityAutoConfiguration.class))
                .withBean(TokenService.class, () -> tokens)
                .withUserConfiguration(OwnFactory.class);
    }

    @Test
    void anotherFactoryOfRulesFailsTheStart() {
        application()
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("has its own AuthorizationManagerFactory")
                        .hasMessageContaining("FACTOR_WATCHWORD"));
    }

    @Test
    void anotherFactoryOfRulesIsPermittedWithoutTheRequirement() {
        application()
                .withPropertyValues("watchword.security.require-code=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aTokenCannotBeRequiredWithoutTheRule() {
        application()
                .withPropertyValues("watchword.security.require-code=false", "watchword.security.require-token=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("watchword.security.require-token is a part of the rule"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenPageThatHasNoEffectFailsTheStart(boolean requireCode) {
        application()
                .withPropertyValues(
                        "watchword.security.require-code=" + requireCode, "watchword.security.token-page=/token")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("watchword.security.token-page has no effect"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "/token/", "/token/**"})
    void aTokenPageIsAPath(String page) {
        MockEnvironment environment = new MockEnvironment().withProperty("watchword.security.token-page", page);
        assertThatThrownBy(() -> TokenPages.of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("watchword.security.token-page must be a path");
    }
}
