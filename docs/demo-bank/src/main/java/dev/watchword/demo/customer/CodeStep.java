package dev.watchword.demo.customer;

import dev.watchword.otp.spring.security.WatchwordFactor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Completes the code step of a login in which the customer activated a token. The code of the activation was a code of the token, so the
 * next page does not ask for another one. From the next login on, the code step asks for a code.
 */
@Component
class CodeStep {
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final Clock clock;

    CodeStep(Clock clock) {
        this.clock = clock;
    }

    void complete(HttpServletRequest request, HttpServletResponse response) {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        if (user == null) {
            throw new IllegalStateException("Only a customer who logged in can activate a token");
        }
        Authentication raised = user.toBuilder()
                .authorities(all -> {
                    all.removeIf(each -> WatchwordFactor.AUTHORITY.equals(each.getAuthority()));
                    all.add(FactorGrantedAuthority.withAuthority(WatchwordFactor.AUTHORITY)
                            .issuedAt(clock.instant())
                            .build());
                })
                .build();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(raised);
        SecurityContextHolder.setContext(context);
        request.changeSessionId();
        contexts.saveContext(context, request, response);
    }
}
