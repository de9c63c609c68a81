package dev.watchword.demo.security;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;

/**
 * Answers customers to whom a page is denied. A form that was open when the login ended has a token of the former session: its customer
 * reads at the login that it ended. A suspended customer without a token, to whom the library denies every page, reads why.
 */
record DeniedRequests(TokenService tokens) implements AccessDeniedHandler {
    private static final AccessDeniedHandler OTHERS = new AccessDeniedHandlerImpl();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
            throws IOException, ServletException {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        if (user == null && denial instanceof CsrfException) {
            response.sendRedirect(LoginController.ENDED);
        } else if (user != null
                && tokens.registration(new Holder(user.getName())).suspension() != null) {
            response.sendRedirect(CodeController.PATH);
        } else {
            OTHERS.handle(request, response, denial);
        }
    }
}
