package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SecretText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Emergency codes that an operator issued (R14.1). The store has only their hashes, so give them to the holder now. Each code is
 * accepted once, by {@link TokenService#useEmergencyCode}. Immutable.
 */
public final class EmergencyCodes {
    private final List<SecretText> codes;
    private final Instant expiresAt;
    private final Registration registration;

    private EmergencyCodes(List<SecretText> codes, Instant expiresAt, Registration registration) {
        this.codes = List.copyOf(codes);
        this.expiresAt = requireNonNull(expiresAt, "expiresAt");
        this.registration = requireNonNull(registration, "registration");
    }

    static EmergencyCodes of(List<SecretText> codes, Instant expiresAt, Registration registration) {
        return new EmergencyCodes(codes, expiresAt, registration);
    }

    /** {@return the codes, in groups of symbols with hyphens between them} */
    public List<SecretText> codes() {
        return codes;
    }

    /** {@return the first instant at which the codes are no longer accepted} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return the registration after the issue} */
    public Registration registration() {
        return registration;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EmergencyCodes that
                        && codes.equals(that.codes)
                        && expiresAt.equals(that.expiresAt)
                        && registration.equals(that.registration));
    }

    @Override
    public int hashCode() {
        return Objects.hash(codes, expiresAt, registration);
    }

    @Override
    public String toString() {
        return "EmergencyCodes[codes=" + codes + ", expiresAt=" + expiresAt + ", registration=" + registration + "]";
    }
}
