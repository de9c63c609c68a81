package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Adds the code step to a chain of Spring Security:
 *
 * <pre>
 * http.formLogin(withDefaults()).with(watchword(), withDefaults());
 * </pre>
 *
 * <p>A user who passed the first factor and has an active token is sent to a page that asks for a code. An accepted code grants {@link
 * WatchwordFactor#AUTHORITY} and changes the session ID. Every other result has the same answer. Not thread-safe.
 */
public final class WatchwordConfigurer extends AbstractHttpConfigurer<WatchwordConfigurer, HttpSecurity> {
    /** The path of the code step, which the page is at and to which it posts. */
    public static final String DEFAULT_PATH = "/login/code";

    private static final String REQUIRE_CODE = "watchword.security.require-code";

    private final Map<String, Purpose> purposes = new LinkedHashMap<>();
    private @Nullable String page;
    private boolean backupCodes;

    private WatchwordConfigurer() {
        purposes.put(Purpose.LOGIN.value(), Purpose.LOGIN);
    }

    /** {@return a configurer for {@code HttpSecurity.with}} */
    public static WatchwordConfigurer watchword() {
        return new WatchwordConfigurer();
    }

    /**
     * Replaces the default page. The page of the application posts the parameter {@code code} and the CSRF token to {@value
     * #DEFAULT_PATH}. If its request has the parameter {@code purpose}, it posts that too. After a failure it receives the parameter
     * {@code error}. Its value is {@code emergencyCode} or {@code recoveryCode} if such a code was refused, and empty otherwise. Permit
     * the page to everybody: every other rule requires the code.
     *
     * @param path the path of the page
     * @return this configurer
     */
    @CanIgnoreReturnValue
    public WatchwordConfigurer page(String path) {
        page = path;
        return this;
    }

    /**
     * Adds purposes for which {@link StepUp} requires a code.
     *
     * @param more the purposes; none may be reserved
     * @return this configurer
     * @throws IllegalArgumentException if a purpose is reserved
     */
    @CanIgnoreReturnValue
    public WatchwordConfigurer purposes(Purpose... more) {
        for (Purpose purpose : more) {
            if (purpose.isReserved()) {
                throw new IllegalArgumentException("purpose must not be " + purpose + ", which is reserved");
            }
            purposes.put(purpose.value(), purpose);
        }
        return this;
    }

    /**
     * Accepts an emergency code or a recovery code in the place of a code of the token, for the login only (R14). The default page has a
     * form for each. A page of the application posts the parameter {@code emergencyCode} or {@code recoveryCode} instead of {@code code}.
     *
     * @return this configurer
     */
    @CanIgnoreReturnValue
    public WatchwordConfigurer backupCodes() {
        backupCodes = true;
        return this;
    }

    private String pagePath() {
        return page == null ? DEFAULT_PATH : page;
    }

    @Override
    public void init(HttpSecurity http) {
        ApplicationContext context = http.getSharedObject(ApplicationContext.class);
        String tokenPage = TokenPages.pageOf(context.getEnvironment());
        requireOwnRule(context);
        http.exceptionHandling(this::sendToPage);
        if (tokenPage != null) {
            http.exceptionHandling(exceptions -> exceptions.defaultDeniedHandlerForMissingAuthority(
                    new CodeEntryPoint(tokenPage, Purpose.LOGIN), WatchwordFactor.TOKEN));
        }
    }

    /** Without the rule of this starter the page would be there, and nothing would require the code. */
    private static void requireOwnRule(ApplicationContext context) {
        boolean required = context.getEnvironment().getProperty(REQUIRE_CODE, Boolean.class, true);
        if (!required && TokenPages.isRequired(context.getEnvironment())) {
            throw new IllegalStateException(TokenPages.REQUIRE_TOKEN + " is a part of the rule that " + REQUIRE_CODE
                    + "=false turns off; remove one of them");
        }
        if (required && !context.containsBean(WatchwordSecurityAutoConfiguration.RULE)) {
            throw new IllegalStateException("The application has its own AuthorizationManagerFactory, for instance by"
                    + " @EnableMultiFactorAuthentication, so no rule would require the code; remove it, or set "
                    + REQUIRE_CODE + "=false and require the authority " + WatchwordFactor.AUTHORITY + " yourself");
        }
    }

    private void sendToPage(ExceptionHandlingConfigurer<HttpSecurity> exceptions) {
        for (Purpose purpose : purposes.values()) {
            exceptions.defaultDeniedHandlerForMissingAuthority(
                    new CodeEntryPoint(pagePath(), purpose), WatchwordFactor.authority(purpose));
        }
    }

    @Override
    public void configure(HttpSecurity http) {
        ApplicationContext context = http.getSharedObject(ApplicationContext.class);
        if (page == null) {
            http.addFilterBefore(new CodePageFilter(purposes.keySet(), backupCodes), AuthorizationFilter.class);
        }
        http.addFilterBefore(
                new CodeStepFilter(
                        tokens(context),
                        context.getBean(HolderResolver.class),
                        Map.copyOf(purposes),
                        backupCodes,
                        pagePath(),
                        new CodeStep(
                                context.getBeanProvider(Clock.class).getIfUnique(Clock::systemUTC),
                                sessions(http),
                                contexts(http))),
                AuthorizationFilter.class);
    }

    /** The operations of holders for a request: with its origin if the application resolves origins. */
    private static Function<HttpServletRequest, TokenService> tokens(ApplicationContext context) {
        OriginResolver origins = context.getBeanProvider(OriginResolver.class).getIfAvailable();
        if (origins == null) {
            TokenService tokens = context.getBean(TokenService.class);
            return request -> tokens;
        }
        Institution institution = context.getBean(Institution.class);
        return request -> institution.from(origins.originOf(request)).tokens();
    }

    private static SessionAuthenticationStrategy sessions(HttpSecurity http) {
        SessionAuthenticationStrategy shared = http.getSharedObject(SessionAuthenticationStrategy.class);
        return shared == null ? new ChangeSessionIdAuthenticationStrategy() : shared;
    }

    private static SecurityContextRepository contexts(HttpSecurity http) {
        SecurityContextRepository shared = http.getSharedObject(SecurityContextRepository.class);
        return shared == null ? new HttpSessionSecurityContextRepository() : shared;
    }
}
