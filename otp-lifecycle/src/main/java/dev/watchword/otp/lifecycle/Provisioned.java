package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.lifecycle.model.Registration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to the app of a provisioned token. Immutable. */
public final class Provisioned {
    private final SealedAnswer sealedAnswer;
    private final Registration registration;

    private Provisioned(SealedAnswer sealedAnswer, Registration registration) {
        this.sealedAnswer = requireNonNull(sealedAnswer, "sealedAnswer");
        this.registration = requireNonNull(registration, "registration");
    }

    static Provisioned of(SealedAnswer sealedAnswer, Registration registration) {
        return new Provisioned(sealedAnswer, registration);
    }

    /** {@return the encrypted answer; only the device that sent the request can open it} */
    public SealedAnswer sealedAnswer() {
        return sealedAnswer;
    }

    /** {@return the registration after the provisioning} */
    public Registration registration() {
        return registration;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Provisioned that
                        && sealedAnswer.equals(that.sealedAnswer)
                        && registration.equals(that.registration));
    }

    @Override
    public int hashCode() {
        return Objects.hash(sealedAnswer, registration);
    }

    @Override
    public String toString() {
        return "Provisioned[sealedAnswer=" + sealedAnswer + ", registration=" + registration + "]";
    }
}
