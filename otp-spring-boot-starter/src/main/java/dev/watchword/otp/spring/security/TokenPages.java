package dev.watchword.otp.spring.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The pages at which a user without an active token gets one, if every other page requires a token. Immutable. */
final class TokenPages {
    static final String REQUIRE_TOKEN = "watchword.security.require-token";
    static final String TOKEN_PAGE = "watchword.security.token-page";

    private final boolean required;
    private final @Nullable RequestMatcher pages;

    private TokenPages(boolean required, @Nullable RequestMatcher pages) {
        this.required = required;
        this.pages = pages;
    }

    static TokenPages of(Environment environment) {
        String page = pageOf(environment);
        return new TokenPages(
                isRequired(environment), page == null ? null : PathPatternRequestMatcher.pathPattern(page + "/**"));
    }

    /**
     * Returns the page at which a user gets a token, or {@code null}.
     *
     * @throws IllegalArgumentException if it is no path, or if no rule sends a user to it
     */
    static @Nullable String pageOf(Environment environment) {
        String page = environment.getProperty(TOKEN_PAGE);
        if (page != null && (!page.startsWith("/") || page.endsWith("/") || page.contains("*"))) {
            throw new IllegalArgumentException(
                    TOKEN_PAGE + " must be a path such as /token, which includes the paths below it, not " + page);
        }
        if (page != null && !isRequired(environment)) {
            throw new IllegalArgumentException(TOKEN_PAGE + " has no effect without " + REQUIRE_TOKEN + "=true; set "
                    + REQUIRE_TOKEN + "=true, or remove " + TOKEN_PAGE);
        }
        return page;
    }

    static boolean isRequired(Environment environment) {
        return environment.getProperty(REQUIRE_TOKEN, Boolean.class, false);
    }

    /** Returns whether a user needs an active token for a request or for a method that is called within one. */
    boolean requireTokenFor(Object secured) {
        return required && !isTokenPage(secured);
    }

    private boolean isTokenPage(Object secured) {
        HttpServletRequest request =
                secured instanceof RequestAuthorizationContext context ? context.getRequest() : current();
        return pages != null && request != null && pages.matches(request);
    }

    private static @Nullable HttpServletRequest current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }
}
