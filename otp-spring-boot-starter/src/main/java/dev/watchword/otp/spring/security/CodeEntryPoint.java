package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.model.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;

/** Redirects a user without a code to the page of the code step. */
final class CodeEntryPoint implements AuthenticationEntryPoint {
    private final RedirectStrategy redirect = new DefaultRedirectStrategy();
    private final String location;

    CodeEntryPoint(String page, Purpose purpose) {
        location = location(page, purpose, "");
    }

    /** Returns the page after a failure. The parameter names the form that was sent, which its sender knows, and not what was wrong. */
    static String failure(String page, Purpose purpose, String form) {
        return location(page, purpose, form.equals(CodeStepFilter.CODE) ? "&error" : "&error=" + form);
    }

    private static String location(String page, Purpose purpose, String error) {
        String parameters = (purpose.equals(Purpose.LOGIN) ? "" : "&purpose=" + purpose) + error;
        return parameters.isEmpty() ? page : page + "?" + parameters.substring(1);
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authenticationException)
            throws IOException {
        redirect.sendRedirect(request, response, location);
    }
}
