package dev.watchword.demo.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers with status 429 when one client address sends too many passwords or codes, or when one login name is tried too often. The
 * library limits the tries of codes, activation passwords and confirmation passwords. The login password is the application's own. Behind a
 * proxy, {@code server.forward-headers-strategy} decides which address a request has.
 */
final class RateLimitFilter extends OncePerRequestFilter {
    private static final List<String> LOGINS = List.of("/login", "/desk/login");
    private static final List<String> LIMITED =
            List.of("/login", "/desk/login", "/login/code", "/app/provisioning", "/app/requests", "/app/answers");
    private static final int MAX_NAME = 100;
    private static final Map<String, PathPatternRequestMatcher> MATCHERS =
            LIMITED.stream().collect(Collectors.toUnmodifiableMap(path -> path, RateLimitFilter::post));

    private final RateLimits limits;

    RateLimitFilter(RateLimits limits) {
        this.limits = limits;
    }

    private static PathPatternRequestMatcher post(String path) {
        return PathPatternRequestMatcher.pathPattern(HttpMethod.POST, path);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        for (Map.Entry<String, PathPatternRequestMatcher> limited : MATCHERS.entrySet()) {
            if (limited.getValue().matches(request)) {
                Duration wait = waitFor(limited.getKey(), request);
                if (!wait.isZero()) {
                    response.setHeader(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(wait.plusSeconds(1).toSeconds()));
                    response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    /** Returns one name for all spellings that a database may take for one account. Spring Security trims the name, too. */
    private static String account(String typed) {
        String name = typed.trim().toLowerCase(Locale.ROOT);
        return name.substring(0, Math.min(MAX_NAME, name.length()));
    }

    private Duration waitFor(String path, HttpServletRequest request) {
        Duration wait = limits.take(request.getRemoteAddr(), path);
        String name = request.getParameter("username");
        return wait.isZero() && LOGINS.contains(path) && name != null ? limits.takeForName(account(name), path) : wait;
    }
}
