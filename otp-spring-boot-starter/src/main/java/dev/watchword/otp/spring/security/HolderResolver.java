package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.model.Holder;
import org.springframework.security.core.Authentication;

/**
 * Finds the holder of an authenticated user. By default the holder's reference is the name of the user. Declare a bean if it is another
 * one. It MUST be thread-safe.
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
