package dev.watchword.demo.security;

import static dev.watchword.otp.spring.security.WatchwordConfigurer.watchword;

import dev.watchword.otp.lifecycle.TokenService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * The rules of access to the four parts of the site: the operator's desk, the interface for apps, the pages of the demonstration, and
 * the customer's pages. An operator is not a customer: the desk has other users, and its login is kept apart in the session.
 */
@Configuration
class SecurityChains {
    /** The attributes of the session that have the two logins. */
    private static final String DESK_LOGIN = "DESK_SECURITY_CONTEXT";

    private static final String CUSTOMER_LOGIN = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    @Bean
    @Order(1)
    SecurityFilterChain deskChain(HttpSecurity http, People people, RateLimits limits) {
        HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
        contexts.setSpringSecurityContextKey(DESK_LOGIN);
        return http.securityMatcher("/desk/**")
                .addFilterBefore(new UploadFilter(), CsrfFilter.class)
                .addFilterAfter(new RateLimitFilter(limits), CsrfFilter.class)
                .userDetailsService(people.operators())
                // a customer in the same browser would be sent to the desk after the code
                .requestCache(cache -> cache.disable())
                .securityContext(context -> context.securityContextRepository(contexts))
                // hasRole(…) would also ask operators for a code, because the starter adds the code to such rules
                .authorizeHttpRequests(requests -> requests.requestMatchers("/desk/login")
                        .permitAll()
                        .anyRequest()
                        .access(AuthorityAuthorizationManager.hasRole("OPERATOR")))
                .formLogin(form -> form.loginPage("/desk/login")
                        .defaultSuccessUrl("/desk", true)
                        .failureHandler(refusal("/desk/login?error")))
                .logout(logout -> logout.logoutUrl("/desk/logout")
                        .logoutSuccessUrl("/desk/login")
                        .invalidateHttpSession(false)
                        .addLogoutHandler(new Logout(CUSTOMER_LOGIN)))
                .build();
    }

    /** The app has no session and no cookie, so CSRF does not apply. The library limits the tries of an activation password. */
    @Bean
    @Order(2)
    SecurityFilterChain appChain(HttpSecurity http, RateLimits limits) {
        return http.securityMatcher("/app/**")
                .addFilterBefore(new UploadFilter(), CsrfFilter.class)
                .addFilterAfter(new RateLimitFilter(limits), CsrfFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(3)
    @Profile("demo")
    SecurityFilterChain stageChain(HttpSecurity http) {
        return http.securityMatcher("/", "/stage/**", "/phones/**", "/hardware/**")
                .addFilterBefore(new UploadFilter(), CsrfFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain customerChain(HttpSecurity http, People people, RateLimits limits, TokenService tokens) {
        return http.addFilterBefore(new UploadFilter(), CsrfFilter.class)
                .addFilterAfter(new RateLimitFilter(limits), CsrfFilter.class)
                .userDetailsService(people.customers())
                .requestCache(cache -> cache.requestCache(pagesOfCustomers()))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/login", CodeController.PATH, "/error", "/style.css", "/*.js", "/*.svg")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login")
                        .defaultSuccessUrl("/bank", true)
                        .failureHandler(refusal("/login?error")))
                .logout(logout -> logout.logoutSuccessUrl(LoginController.LOGGED_OUT)
                        .invalidateHttpSession(false)
                        .addLogoutHandler(new Logout(DESK_LOGIN)))
                .exceptionHandling(denied -> denied.authenticationEntryPoint(new CustomerEntryPoint())
                        .defaultAccessDeniedHandlerFor(new DeniedRequests(tokens), AnyRequestMatcher.INSTANCE))
                .with(watchword(), code -> code.page(CodeController.PATH).backupCodes())
                .build();
    }

    /** Keeps nothing of a refused login. The default handler keeps the exception in the session, and with it the typed password. */
    private static AuthenticationFailureHandler refusal(String page) {
        return (request, response, refused) -> response.sendRedirect(page);
    }

    /** Keeps the page to which the code step leads. A visitor without a login cannot fill the database with requests. */
    private static RequestCache pagesOfCustomers() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(
                request -> HttpMethod.GET.matches(request.getMethod()) && request.getUserPrincipal() != null);
        return cache;
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
