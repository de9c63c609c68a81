package dev.watchword.demo.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Ends one of the two logins of a session, which a customer and an operator of the same browser share. The other login stays. Nothing
 * else stays, and without the other login the session ends.
 *
 * @param other the attribute of the session that has the other login
 */
record Logout(String other) implements LogoutHandler {
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication user) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        if (session.getAttribute(other) == null) {
            session.invalidate();
            return;
        }
        Collections.list(session.getAttributeNames()).stream()
                .filter(name -> !name.equals(other))
                .forEach(session::removeAttribute);
    }
}
