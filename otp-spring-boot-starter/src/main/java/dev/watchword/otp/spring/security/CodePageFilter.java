package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.model.Purpose;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;

/** The default page that asks for a code. It needs no script and no style, and works with a screen reader and with autofill. */
final class CodePageFilter extends OncePerRequestFilter {
    private final RequestMatcher matcher =
            PathPatternRequestMatcher.pathPattern(HttpMethod.GET, WatchwordConfigurer.DEFAULT_PATH);
    private final Set<String> purposes;
    private final boolean backupCodes;

    CodePageFilter(Set<String> purposes, boolean backupCodes) {
        this.purposes = Set.copyOf(purposes);
        this.backupCodes = backupCodes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!matcher.matches(request)) {
            chain.doFilter(request, response);
            return;
        }
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().print(html(request));
    }

    private String html(HttpServletRequest request) {
        String error = request.getParameter("error");
        boolean failed = error != null;
        boolean ofToken = failed && error.isEmpty();
        String purpose = request.getParameter("purpose");
        boolean login = purpose == null || purpose.equals(Purpose.LOGIN.value());
        return String.format(
                Locale.ROOT,
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                  <meta charset="utf-8">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <title>%1$sEnter your code</title>
                </head>
                <body>
                  <main>
                    <h1>Enter your code</h1>
                %2$s    <form method="post" action="%3$s">
                      <p><label for="code">Code from your token</label></p>
                      <p><input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code"
                          maxlength="20" required autofocus aria-describedby="hint%4$s"></p>
                      <p id="hint">Each code works once. Wait for the next one if you used it.</p>
                %5$s      <p><button type="submit">Continue</button></p>
                    </form>
                %6$s  </main>
                </body>
                </html>
                """,
                failed ? "Error: " : "",
                failed
                        ? "    <p id=\"error\" role=\"alert\">The code was not accepted."
                                + (ofToken ? " Wait for the next code and enter it." : "") + "</p>\n"
                        : "",
                HtmlUtils.htmlEscape(request.getContextPath() + WatchwordConfigurer.DEFAULT_PATH),
                ofToken ? " error" : "",
                purposeField(purpose) + csrfField(request),
                backupCodes && login
                        ? backupForm(request, CodeStepFilter.EMERGENCY_CODE, "an", "emergency code")
                                + backupForm(request, CodeStepFilter.RECOVERY_CODE, "a", "recovery code")
                        : "");
    }

    private static String backupForm(HttpServletRequest request, String parameter, String article, String name) {
        return String.format(
                Locale.ROOT,
                """
                    <details>
                      <summary>Use %5$s %1$s</summary>
                      <form method="post" action="%2$s">
                        <p><label for="%3$s">Your %1$s</label></p>
                        <p><input id="%3$s" name="%3$s" type="text" autocomplete="off" autocapitalize="characters"
                            spellcheck="false" maxlength="100" required></p>
                %4$s        <p><button type="submit">Continue with the %1$s</button></p>
                      </form>
                    </details>
                """,
                name,
                HtmlUtils.htmlEscape(request.getContextPath() + WatchwordConfigurer.DEFAULT_PATH),
                parameter,
                csrfField(request),
                article);
    }

    private String purposeField(@Nullable String purpose) {
        return purpose != null && purposes.contains(purpose) ? hidden("purpose", purpose) : "";
    }

    private static String csrfField(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? hidden(token.getParameterName(), token.getToken())
                : "";
    }

    private static String hidden(String name, String value) {
        return "      <input type=\"hidden\" name=\"" + HtmlUtils.htmlEscape(name) + "\" value=\""
                + HtmlUtils.htmlEscape(value) + "\">\n";
    }
}
