package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.model.Holder;
import java.util.Collection;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Logs customers out on all instances. The library evaluates codes and knows no sessions, so the application ends them when an operator
 * suspends or revokes a token.
 */
@Component
class CustomerSessions {
    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    CustomerSessions(FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.sessions = sessions;
    }

    /** Removes the customer's login from each session. An operator's login in the same browser stays. */
    void end(Holder holder) {
        end(sessions, holder);
    }

    private static <S extends Session> void end(FindByIndexNameSessionRepository<S> sessions, Holder holder) {
        Collection<S> found = sessions.findByPrincipalName(holder.value()).values();
        for (S session : found) {
            session.removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
            sessions.save(session);
        }
    }
}
