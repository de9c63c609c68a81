package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Registration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.FactorAuthorizationDecision;
import org.springframework.security.authorization.RequiredFactor;
import org.springframework.security.authorization.RequiredFactorError;
import org.springframework.security.core.Authentication;

/**
 * Requires the code of a user whose login asks for one (R3.3), and denies a suspended holder without a token. If the application wishes,
 * it also denies a user without an active token, except at the page to get one. A user who entered a code
 * costs nothing; for every other user it reads the registration. It is added to another rule, and both must grant. It therefore
 * leaves anonymous users to the other rule.
 */
final class CodeRequirement implements AuthorizationManager<Object> {
    private final Supplier<TokenService> tokens;
    private final Supplier<HolderResolver> holders;
    private final TokenPages pages;
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    /** Method security creates the requirement early, so the beans are looked up at the first request. */
    CodeRequirement(Supplier<TokenService> tokens, Supplier<HolderResolver> holders, TokenPages pages) {
        this.tokens = tokens;
        this.holders = holders;
        this.pages = pages;
    }

    @Override
    public AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> authentication, Object secured) {
        Authentication user = authentication.get();
        if (trust.isAnonymous(user)) {
            return new AuthorizationDecision(true); // the rule that this one is added to decides
        }
        if (user == null || !trust.isAuthenticated(user)) {
            return new AuthorizationDecision(false);
        }
        if (WatchwordFactor.isIn(user.getAuthorities())) {
            return new AuthorizationDecision(true);
        }
        Registration registration = tokens.get().registration(holders.get().holderOf(user));
        if (registration.loginAsksForCode()) {
            return missing(WatchwordFactor.AUTHORITY);
        }
        if (registration.suspension() != null) {
            return new AuthorizationDecision(false);
        }
        return pages.requireTokenFor(secured) ? missing(WatchwordFactor.TOKEN) : new AuthorizationDecision(true);
    }

    private static AuthorizationResult missing(String authority) {
        RequiredFactor factor = RequiredFactor.withAuthority(authority).build();
        return new FactorAuthorizationDecision(List.of(RequiredFactorError.createMissing(factor)));
    }
}
