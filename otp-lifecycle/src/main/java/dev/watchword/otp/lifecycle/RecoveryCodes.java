package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SecretText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Recovery codes that a holder created (R14.2). The store has only their hashes, so show them to the holder now, to print or to write
 * down. Each code is accepted once, by {@link TokenService#useRecoveryCode}. Immutable.
 */
public final class RecoveryCodes {
    private final List<SecretText> codes;
    private final Registration registration;

    private RecoveryCodes(List<SecretText> codes, Registration registration) {
        this.codes = List.copyOf(codes);
        this.registration = requireNonNull(registration, "registration");
    }

    static RecoveryCodes of(List<SecretText> codes, Registration registration) {
        return new RecoveryCodes(codes, registration);
    }

    /** {@return the codes, in groups of symbols with hyphens between them} */
    public List<SecretText> codes() {
        return codes;
    }

    /** {@return the registration after the creation} */
    public Registration registration() {
        return registration;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RecoveryCodes that
                        && codes.equals(that.codes)
                        && registration.equals(that.registration));
    }

    @Override
    public int hashCode() {
        return Objects.hash(codes, registration);
    }

    @Override
    public String toString() {
        return "RecoveryCodes[codes=" + codes + ", registration=" + registration + "]";
    }
}
