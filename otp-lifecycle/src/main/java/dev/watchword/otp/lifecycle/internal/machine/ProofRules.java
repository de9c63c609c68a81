package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules for an open proof: which token and operation it is for, and when it no longer counts (R15.2). */
final class ProofRules {
    private ProofRules() {}

    /** The token whose code is among the factors of an action; {@code null} if no code is. */
    static @Nullable Token tokenOfCode(Draft draft, TokenAction action) {
        if (action == TokenAction.ACTIVATE) {
            return draft.requireIssued();
        }
        return action.takesCodeOfActive() ? draft.requireActive() : null;
    }

    /** The token that an action is about; {@code null} for a new token and for an order without one. */
    static @Nullable Token token(Draft draft, TokenAction action) {
        Pending pending = draft.pending();
        if (action.isAboutPending()) {
            return pending == null ? null : pending.token();
        }
        return action.takesCodeOfActive() ? draft.active() : null;
    }

    static @Nullable SerialNumber serial(Draft draft, TokenAction action) {
        Token token = token(draft, action);
        return token == null ? null : token.serial();
    }

    /** Whether a proof is for an operation on the pending token or order. It ends with that token or order. */
    static boolean isAboutPending(OpenProof proof) {
        return proof.operation() == Operation.ACTIVATE || proof.operation() == Operation.CANCEL;
    }

    /** Refuses an operation without an open proof for it and for its token. */
    static Optional<Decision> refusal(Draft draft, Provable proved) {
        OpenProof proof = draft.proof();
        boolean open = proof != null
                && proof.operation() == proved.operation()
                && Objects.equals(proof.serial(), serial(draft, proved.action()))
                && draft.now().isBefore(proof.expiresAt());
        return open ? Optional.empty() : Optional.of(draft.refuse(Refusal.NO_PROOF));
    }
}
