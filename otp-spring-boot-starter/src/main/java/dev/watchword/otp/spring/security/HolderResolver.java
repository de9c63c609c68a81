package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.model.Holder;
import org.springframework.security.core.Authentication;

/**
 * Finds the holder of an authenticated user. By default the holder's reference is the name of the user. Declare a bean if it is another
 * one. It MUST be thread-safe.
 *
 * <p>References are compared exactly, and an unknown holder has no token. The result MUST therefore be the same for every spelling of a
 * user's name that the first factor accepts. If {@code alice} has a token and {@code ALICE} is another reference, a login as
 * {@code ALICE} asks for no code. A {@code UserDetailsService} that ignores case MUST return the stored name, not the typed one.
 */
@FunctionalInterface
public interface HolderResolver {
    /**
     * Returns the holder of a user.
     *
     * @param user a user who passed the first factor
     * @return the holder
     */
    Holder holderOf(Authentication user);
}
