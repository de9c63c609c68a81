package dev.watchword.otp.spring.security;

import dev.watchword.otp.TypedCode;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Verifies the code that a user who passed the first factor entered. For a login, an emergency code or a recovery code can take its place,
 * if the application wishes. Every refusal of a form has the same answer, so that the answer does not tell
 * whether the code was wrong, replayed or too soon, or whether the token is suspended.
 */
final class CodeStepFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(CodeStepFilter.class);

    static final String CODE = "code";
    static final String EMERGENCY_CODE = "emergencyCode";
    static final String RECOVERY_CODE = "recoveryCode";

    private final RequestMatcher matcher =
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, WatchwordConfigurer.DEFAULT_PATH);
    private final SecurityContextHolderStrategy contextHolder = SecurityContextHolder.getContextHolderStrategy();
    private final AuthenticationSuccessHandler success = new SavedRequestAwareAuthenticationSuccessHandler();
    private final RedirectStrategy redirect = new DefaultRedirectStrategy();

    private final Function<HttpServletRequest, TokenService> tokens;
    private final HolderResolver holders;
    private final Map<String, Purpose> purposes;
    private final boolean backupCodes;
    private final String page;
    private final CodeStep step;

    CodeStepFilter(
            Function<HttpServletRequest, TokenService> tokens,
            HolderResolver holders,
            Map<String, Purpose> purposes,
            boolean backupCodes,
            String page,
            CodeStep step) {
        this.tokens = tokens;
        this.holders = holders;
        this.purposes = purposes;
        this.backupCodes = backupCodes;
        this.page = page;
        this.step = step;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!matcher.matches(request)) {
            step.offerTo(request);
            chain.doFilter(request, response);
            return;
        }
        Authentication user = contextHolder.getContext().getAuthentication();
        if (user == null || !step.isAuthenticated(user)) {
            throw new InsufficientAuthenticationException("The first factor comes before the code");
        }
        Purpose purpose = purpose(request.getParameter("purpose"));
        if (purpose == null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return;
        }
        String form = form(request, purpose);
        Instant before = step.now();
        Outcome<Registration> outcome;
        try {
            outcome = verify(request, form, holders.holderOf(user), purpose);
        } catch (WatchwordException e) {
            LOG.warn("A code could not be verified, so the user stays without it", e);
            refuseForNow(response);
            return;
        }
        if (outcome.isAccepted()) {
            success.onAuthenticationSuccess(request, response, step.grant(user, purpose, before, request, response));
        } else {
            redirect.sendRedirect(request, response, CodeEntryPoint.failure(page, purpose, form));
        }
    }

    /** Returns the parameter that has the code: that of a backup code if the application accepts one and the form has it. */
    private String form(HttpServletRequest request, Purpose purpose) {
        return backupCodes && purpose.equals(Purpose.LOGIN)
                ? Stream.of(EMERGENCY_CODE, RECOVERY_CODE)
                        .filter(name -> request.getParameter(name) != null)
                        .findFirst()
                        .orElse(CODE)
                : CODE;
    }

    private Outcome<Registration> verify(HttpServletRequest request, String form, Holder holder, Purpose purpose) {
        TokenService service = tokens.apply(request);
        String typed = request.getParameter(form);
        return switch (form) {
            case EMERGENCY_CODE -> service.useEmergencyCode(holder, typed);
            case RECOVERY_CODE -> service.useRecoveryCode(holder, typed);
            default -> service.verify(holder, TypedCode.normalise(typed), purpose);
        };
    }

    private @Nullable Purpose purpose(@Nullable String entered) {
        return entered == null || entered.isEmpty() ? Purpose.LOGIN : purposes.get(entered);
    }

    /** Answers without an error dispatch, which would be denied for the missing code. */
    private static void refuseForNow(HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().print("The code cannot be verified now. Try again later.");
    }
}
