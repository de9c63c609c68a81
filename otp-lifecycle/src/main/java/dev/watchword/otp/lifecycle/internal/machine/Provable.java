package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/**
 * An operation that a holder confirms with factors. It is carried out at once, or it is {@linkplain Prove proved} first and
 * {@linkplain UseProof carried out} later, in a transaction of the application (R15.2).
 */
public sealed interface Provable permits Issue, PlaceOrder, RenewSoftware, RenewHardware, Activate, Cancel, Revoke {
    /** The action. It has an {@link Operation}. */
    TokenAction action();

    /** Refuses what the command can refuse without evidence, as {@link Command#precondition} does. */
    Optional<Decision> precondition(Draft draft);

    /** Refuses what no longer fits the registration when the operation is carried out with a proof. */
    default Optional<Decision> standing(Draft draft) {
        return Optional.empty();
    }

    /** Consumes the factors, or charges those that failed. Returns the reason of a refusal, or empty. */
    default Optional<Refusal> confirm(Draft draft, Evidence evidence) {
        return ConfirmationRules.confirm(draft, operation(), evidence, ProofRules.tokenOfCode(draft, action()));
    }

    /** Carries out the confirmed operation. */
    Decision perform(Draft draft, NewValues values);

    /** The operation that the policy lets the holder confirm. */
    default Operation operation() {
        return requireNonNull(action().operation(), "operation");
    }

    /** Confirms and carries out the operation at once. */
    default Decision confirmed(Draft draft, Evidence evidence, NewValues values) {
        Optional<Refusal> refusal = confirm(draft, evidence);
        return refusal.isPresent() ? draft.refuse(refusal.get()) : perform(draft, values);
    }
}
