package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * The code step of a login, for an application that verified a code itself. A user who activates a token has just entered a code of it.
 * Without {@link #complete}, the next page would ask for another one. Thread-safe.
 */
public final class CodeStep {
    private static final String ATTRIBUTE = CodeStep.class.getName();

    private final SecurityContextHolderStrategy contextHolder = SecurityContextHolder.getContextHolderStrategy();
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();
    private final Clock clock;
    private final SessionAuthenticationStrategy sessions;
    private final SecurityContextRepository contexts;

    CodeStep(Clock clock, SessionAuthenticationStrategy sessions, SecurityContextRepository contexts) {
        this.clock = clock;
        this.sessions = sessions;
        this.contexts = contexts;
    }

    /**
     * Completes the code step for the user of a request, as an accepted code at {@value WatchwordConfigurer#DEFAULT_PATH} does: grants
     * {@link WatchwordFactor#AUTHORITY} and changes the session ID.
     *
     * <p>Call it only after an operation of this user that accepted a code of the token, such as {@link
     * TokenService#activateSoftware}. It verifies nothing.
     *
     * @param request a request in a chain with {@link WatchwordConfigurer}
     * @param response the response, which is not committed yet
     * @throws IllegalStateException if the chain of the request has no code step, or nobody has passed the first factor
     */
    public static void complete(HttpServletRequest request, HttpServletResponse response) {
        if (!(request.getAttribute(ATTRIBUTE) instanceof CodeStep step)) {
            throw new IllegalStateException("The request has no code step; add watchword() to its security chain");
        }
        Authentication user = step.contextHolder.getContext().getAuthentication();
        if (user == null || !step.isAuthenticated(user)) {
            throw new IllegalStateException("The first factor comes before the code");
        }
        step.grant(user, Purpose.LOGIN, step.now(), request, response);
    }

    void offerTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    boolean isAuthenticated(Authentication user) {
        return trust.isAuthenticated(user);
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Grants the authority of a purpose. Returns the user with the authority.
     *
     * @param at the time before the code was verified, so that a suspension after the code is later than the authority
     */
    Authentication grant(
            Authentication user,
            Purpose purpose,
            Instant at,
            HttpServletRequest request,
            HttpServletResponse response) {
        String authority = WatchwordFactor.authority(purpose);
        Authentication raised = user.toBuilder()
                .authorities(all -> {
                    all.removeIf(each -> authority.equals(each.getAuthority()));
                    all.add(FactorGrantedAuthority.withAuthority(authority)
                            .issuedAt(at)
                            .build());
                })
                .build();
        sessions.onAuthentication(raised, request, response);
        SecurityContext context = contextHolder.createEmptyContext();
        context.setAuthentication(raised);
        contextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        return raised;
    }
}
