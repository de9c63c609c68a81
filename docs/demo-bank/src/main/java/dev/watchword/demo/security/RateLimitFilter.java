package dev.watchword.demo.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers with status 429 when one client address sends too many passwords or codes. The library limits the tries for each holder; this
 * filter limits a client that tries one password with many holders. Behind a proxy, {@code server.forward-headers-strategy} decides
 * which address a request has.
 */
final class RateLimitFilter extends OncePerRequestFilter {
    private static final List<PathPatternRequestMatcher> LIMITED = List.of(
            post("/login"), post("/desk/login"), post("/login/code"), post("/app/**"));

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
        for (PathPatternRequestMatcher path : LIMITED) {
            if (path.matches(request)) {
                // the pattern, so that made-up paths below /app share one bucket
                Duration wait = limits.take(request.getRemoteAddr(), path.toString());
                if (!wait.isZero()) {
                    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusSeconds(1).toSeconds()));
                    response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }
}
