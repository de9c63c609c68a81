package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.UserId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An issued software token. Immutable. */
public final class Issued {
    private final UserId userId;
    private final Registration registration;
    private final @Nullable SecretText activationPassword;

    private Issued(UserId userId, Registration registration, @Nullable SecretText activationPassword) {
        this.userId = requireNonNull(userId, "userId");
        this.registration = requireNonNull(registration, "registration");
        this.activationPassword = activationPassword;
    }

    static Issued of(UserId userId, Registration registration, @Nullable SecretText activationPassword) {
        return new Issued(userId, registration, activationPassword);
    }

    /** {@return the user ID, which the holder enters into the app with the service ID} */
    public UserId userId() {
        return userId;
    }

    /** {@return the registration after the issue} */
    public Registration registration() {
        return registration;
    }

    /**
     * {@return the generated activation password, to show it to the holder once; {@code null} if the holder chose
     * it}
     */
    public @Nullable SecretText activationPassword() {
        return activationPassword;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Issued that
                        && userId.equals(that.userId)
                        && registration.equals(that.registration)
                        && Objects.equals(activationPassword, that.activationPassword));
    }

    @Override
    public int hashCode() {
        return Objects.hash(userId, registration, activationPassword);
    }

    @Override
    public String toString() {
        return "Issued[userId=" + userId + ", registration=" + registration + ", activationPassword="
                + activationPassword + "]";
    }
}
