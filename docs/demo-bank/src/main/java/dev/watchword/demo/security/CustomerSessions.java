package dev.watchword.demo.security;

import dev.watchword.otp.lifecycle.model.Holder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Logs customers out on all instances. The library has no sessions. The application ends them when a token is suspended or revoked.
 */
@Component
public class CustomerSessions {
    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    CustomerSessions(FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.sessions = sessions;
    }

    /** Removes the customer's login from each session. An operator's login in the same browser stays. */
    public void end(Holder holder) {
        endOthers(sessions, holder, "");
    }

    /**
     * Removes the customer's login from each session but one.
     *
     * @param holder the customer
     * @param kept the ID of the session that stays
     */
    public void endOthers(Holder holder, String kept) {
        endOthers(sessions, holder, kept);
    }

    private static <S extends Session> void endOthers(
            FindByIndexNameSessionRepository<S> sessions, Holder holder, String kept) {
        for (S session : sessions.findByPrincipalName(holder.value()).values()) {
            if (!session.getId().equals(kept)) {
                session.removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
                sessions.save(session);
            }
        }
    }
}
