package dev.watchword.otp.lifecycle.internal.machine;

import java.util.Optional;

/**
 * A command on an enrolment, with its decision. A command without a decision does not compile, and there is no default
 * decision: the machine fails closed. Commands are immutable and hold no secret in the clear.
 *
 * @param <E> the evidence that the decision takes: what the codes and passwords showed, never the codes and passwords
 */
public sealed interface Command<E>
        permits Issue,
                PlaceOrder,
                OrderByOperator,
                RenewSoftware,
                RenewHardware,
                Replace,
                Assign,
                Send,
                Provision,
                Activate,
                Verify,
                RequestSignature,
                ConfirmSignature,
                RefuseSignature,
                WithdrawSignature,
                Resynchronise,
                Suspend,
                Resume,
                SuspendHolder,
                ResumeHolder,
                Cancel,
                CancelByOperator,
                Lapse,
                Revoke,
                RevokeByOperator,
                OnSelected,
                TakeOver,
                SetPassword,
                MakeMailCode,
                RaiseFloor,
                Reanchor,
                Erase,
                ResetFactors,
                Prove,
                UseProof,
                IssueEmergencyCodes,
                UseEmergencyCode,
                CreateRecoveryCodes,
                UseRecoveryCode {
    /** The action. The edges of the state machine refer to it, and listeners see its name. */
    TokenAction action();

    /**
     * Refuses what this command alone can refuse without evidence. The machine has checked the edges before, and the token's
     * expiry, suspension and delay if the command takes a code of the token in use.
     */
    Optional<Decision> precondition(Draft draft);

    /** Decides with the evidence. The draft records the change and its events. */
    Decision decide(Draft draft, E evidence);

    /** The name that listeners see. */
    default String word() {
        return action().word();
    }

    /** Whether the factors were proved before, so that this command takes none. */
    default boolean isProved() {
        return false;
    }

    /** Whether the serial number is given: then a taken one is a refusal. Otherwise the caller draws another one. */
    default boolean hasFixedSerial() {
        return false;
    }

    /** Whether the user ID is given: then a taken one is a refusal. Otherwise the caller draws another one. */
    default boolean hasFixedUserId() {
        return false;
    }
}
