package dev.watchword.otp.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * That a software token was issued, and is stored with its event.
 *
 * @param userId the holder's number, which the app asks for, with the service ID
 * @param registration how the holder stands after it
 * @param activationPassword the activation password, if the policy has it generated, shown here once; {@code null} if the
 *     holder chose it
 */
public record Issued(
        UserId userId, Registration registration, @Nullable String activationPassword) implements IssueOutcome {
    /**
     * Tells how the holder stands, and nothing of the password.
     *
     * @return the registration
     */
    @Override
    public String toString() {
        return "Issued[" + userId + ", " + registration + "]";
    }
}
