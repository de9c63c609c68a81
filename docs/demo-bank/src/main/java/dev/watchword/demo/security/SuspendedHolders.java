package dev.watchword.demo.security;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;

/** Sends a suspended customer without a token, to whom the library denies every page, to the page that says why. */
record SuspendedHolders(TokenService tokens) implements AccessDeniedHandler {
    private static final AccessDeniedHandler OTHERS = new AccessDeniedHandlerImpl();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
            throws IOException, ServletException {
        Principal user = request.getUserPrincipal();
        if (user != null && tokens.registration(new Holder(user.getName())).suspension() != null) {
            response.sendRedirect(CodeController.PATH);
        } else {
            OTHERS.handle(request, response, denial);
        }
    }
}
