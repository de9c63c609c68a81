package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.model.Purpose;
import java.time.Clock;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.security.authorization.AllRequiredFactorsAuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * Requires a code that was entered for a purpose within a time, for {@code @PreAuthorize}. Its bean is named {@code stepUp}:
 *
 * <pre>
 * &#64;PreAuthorize("@stepUp.within(authentication, 'funds-transfer', '5m')")
 * </pre>
 *
 * <p>Name the purpose in {@link WatchwordConfigurer#purposes} too. A user without the code is sent to the page of the code step, and
 * then back. Thread-safe.
 */
public final class StepUp {
    private final Clock clock;

    /**
     * Creates the requirement.
     *
     * @param clock the clock of the application
     */
    public StepUp(Clock clock) {
        this.clock = clock;
    }

    /**
     * Decides whether a user entered a code for a purpose within a time.
     *
     * @param user the user
     * @param purpose the purpose, such as {@code funds-transfer}
     * @param time the time, such as {@code 5m} or {@code PT5M}
     * @return the decision; the code stays valid until the end of the time
     * @throws IllegalArgumentException if the purpose or the time is malformed
     */
    public AuthorizationResult within(Authentication user, String purpose, String time) {
        String authority = WatchwordFactor.authority(new Purpose(purpose));
        AllRequiredFactorsAuthorizationManager<Object> manager =
                AllRequiredFactorsAuthorizationManager.<Object>builder()
                        .requireFactor(
                                factor -> factor.authority(authority).validDuration(DurationStyle.detectAndParse(time)))
                        .build();
        manager.setClock(clock);
        return manager.authorize(() -> user, this);
    }
}
