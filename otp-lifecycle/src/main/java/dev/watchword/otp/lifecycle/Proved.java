package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Registration;
import java.time.Instant;

/** An operation that a holder confirmed and that a transaction of the application can carry out. Immutable. */
public final class Proved {
    private final HolderProof proof;
    private final Instant expiresAt;
    private final Registration registration;

    private Proved(HolderProof proof, Instant expiresAt, Registration registration) {
        this.proof = requireNonNull(proof, "proof");
        this.expiresAt = requireNonNull(expiresAt, "expiresAt");
        this.registration = requireNonNull(registration, "registration");
    }

    static Proved of(HolderProof proof, Instant expiresAt, Registration registration) {
        return new Proved(proof, expiresAt, registration);
    }

    /** {@return the proof, for the operation in the transaction} */
    public HolderProof proof() {
        return proof;
    }

    /** {@return the first instant at which the proof is no longer accepted} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return the registration after the proof} */
    public Registration registration() {
        return registration;
    }

    @Override
    public String toString() {
        return "Proved[proof=" + proof + ", expiresAt=" + expiresAt + ", registration=" + registration + "]";
    }
}
