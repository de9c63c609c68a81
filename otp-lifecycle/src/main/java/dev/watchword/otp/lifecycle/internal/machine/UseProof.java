package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an operation that was {@linkplain Prove proved}, and closes its proof in the same change. A wrong proof is refused
 * and charges nothing, because it has 256 random bits.
 *
 * @param proved the operation
 */
public record UseProof(Provable proved) implements Command<UseProof.Given> {
    @Override
    public TokenAction action() {
        return proved.action();
    }

    @Override
    public boolean isProved() {
        return true;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return unusable(draft).or(() -> proved.standing(draft)).or(() -> ProofRules.refusal(draft, proved));
    }

    private Optional<Decision> unusable(Draft draft) {
        Token token = action().takesCodeOfActive() ? draft.active() : null;
        return token == null ? Optional.empty() : CodeRules.unusable(draft, token);
    }

    @Override
    public Decision decide(Draft draft, Given evidence) {
        if (evidence.proof() != Proof.RIGHT) {
            return draft.refuse(Refusal.NO_PROOF);
        }
        draft.closeProof();
        return proved.perform(draft, requireNonNull(evidence.values(), "values"));
    }

    /**
     * The evidence and the new values.
     *
     * @param proof whether the given proof is the open one
     * @param values the new values; {@code null} if the proof is not right
     */
    public record Given(Proof proof, @Nullable NewValues values) {}
}
