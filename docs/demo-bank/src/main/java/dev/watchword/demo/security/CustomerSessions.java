package dev.watchword.demo.security;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.spring.feed.TokenEventListener;
import dev.watchword.otp.spring.security.WatchwordFactor;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Ends the logins of customers on all instances. The library has no sessions. Its feed delivers each suspension and revocation, also one
 * by the library itself or on another instance. The page that caused one does not wait for the feed: it calls {@link #end} or {@link
 * #endOthers}.
 */
@Component
public class CustomerSessions {
    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    CustomerSessions(FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.sessions = sessions;
    }

    /** Removes the customer's login from each session. An operator's login in the same browser stays. */
    public void end(Holder holder) {
        endOthers(holder, "");
    }

    /**
     * Removes the customer's login from each session but one.
     *
     * @param holder the customer
     * @param kept the ID of the session that stays
     */
    public void endOthers(Holder holder, String kept) {
        change(sessions, holder, session -> !session.getId().equals(kept), CustomerSessions::logOut);
    }

    /**
     * Ends the logins that passed the code step before an event. A suspension takes them back to the code step, which says why and still
     * takes emergency codes. After a revocation login asks for no code, so it removes them. The page on which a customer revokes a token
     * has ended the other logins, and its own one goes on.
     */
    @TokenEventListener(
            consumer = "sessions",
            types = {EventType.SUSPENDED, EventType.HOLDER_SUSPENDED, EventType.REVOKED},
            start = FeedStart.NOW)
    void end(Holder holder, TokenEvent event) {
        boolean revoked = event.type() == EventType.REVOKED;
        if (!revoked || event.operator() != null) {
            change(
                    sessions,
                    holder,
                    session -> isOlder(session, event.at()),
                    revoked ? CustomerSessions::logOut : CustomerSessions::requireCode);
        }
    }

    private static <S extends Session> void change(
            FindByIndexNameSessionRepository<S> sessions,
            Holder holder,
            Predicate<Session> which,
            Consumer<Session> change) {
        for (S session : sessions.findByPrincipalName(holder.value()).values()) {
            if (which.test(session)) {
                change.accept(session);
                sessions.save(session);
            }
        }
    }

    private static void logOut(Session session) {
        session.removeAttribute(CONTEXT);
    }

    private static boolean isOlder(Session session, Instant event) {
        Authentication user = user(session);
        return user != null
                && user.getAuthorities().stream()
                        .anyMatch(each -> each instanceof FactorGrantedAuthority factor
                                && WatchwordFactor.AUTHORITY.equals(factor.getAuthority())
                                && factor.getIssuedAt().isBefore(event));
    }

    private static void requireCode(Session session) {
        Authentication user = user(session);
        if (user != null) {
            session.setAttribute(
                    CONTEXT,
                    new SecurityContextImpl(user.toBuilder()
                            .authorities(
                                    all -> all.removeIf(each -> WatchwordFactor.AUTHORITY.equals(each.getAuthority())))
                            .build()));
        }
    }

    private static @Nullable Authentication user(Session session) {
        return session.getAttribute(CONTEXT) instanceof SecurityContext context ? context.getAuthentication() : null;
    }
}
