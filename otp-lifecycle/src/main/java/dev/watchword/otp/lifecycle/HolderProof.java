package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.sealing.ProofHasher;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proof that a holder confirmed one operation, for {@link TokensInTransaction}. It has 256 random bits, so no failure counter is
 * needed against guesses. Any process of the institution can use it, once in a committed transaction, until it expires.
 *
 * <p>Treat it as a secret, because it replaces the holder's factors for its operation. Only {@link #exposeText} returns its text.
 * {@link #toString} redacts it, and the text is in a transient field of a type that is not serialisable. Two values are equal only
 * if they are the same object. Immutable.
 */
public final class HolderProof {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    private final transient String text;

    private HolderProof(String text) {
        this.text = text;
    }

    static HolderProof random(SecureRandom random) {
        byte[] nonce = new byte[BYTES];
        random.nextBytes(nonce);
        return new HolderProof(Base64.getUrlEncoder().withoutPadding().encodeToString(nonce));
    }

    /**
     * Reads a proof from its text.
     *
     * @param text the text of {@link #exposeText}, or any other text or {@code null}
     * @return the proof, or empty if the text does not have the form of a proof
     */
    public static Optional<HolderProof> parse(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new HolderProof(text)) : Optional.empty();
    }

    /**
     * Returns the text of the proof, to pass it to another process. Do not log it.
     *
     * @return 43 characters of the URL-safe Base64 alphabet (RFC 4648 §5)
     */
    public String exposeText() {
        return text;
    }

    /** Computes the hash that the store holds. */
    String hash(ServiceId serviceId, Holder holder, Entries entries) {
        return ProofHasher.hash(
                Base64.getUrlDecoder().decode(text),
                serviceId,
                holder,
                entries.operation,
                entries.mailAddress,
                entries.password);
    }

    /** The operation and the entries that a proof is bound to. */
    record Entries(
            String operation,
            @Nullable String mailAddress,
            @Nullable String password) {
        static Entries of(String operation) {
            return new Entries(operation, null, null);
        }

        static Entries of(String operation, SoftwareRequest request) {
            return new Entries(operation, request.requireMailAddress().value(), request.password());
        }

        Entries {
            requireNonNull(operation, "operation");
        }

        @Override
        public String toString() {
            return "Entries[redacted]";
        }
    }

    /** {@return a text that is the same for every proof} */
    @Override
    public String toString() {
        return "HolderProof[redacted]";
    }
}
