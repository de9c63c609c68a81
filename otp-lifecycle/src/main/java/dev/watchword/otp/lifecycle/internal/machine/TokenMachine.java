package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * The state machine. It decides how an enrolment changes. It is pure: the caller passes the time and the evidence, and
 * writes the decision.
 */
public class TokenMachine {
    private final TokenPolicy policy;

    public TokenMachine(TokenPolicy policy) {
        this.policy = policy;
    }

    /**
     * Begins a command on an enrolment. The result is either a refusal that no evidence can change, so that the caller takes
     * none, or an open decision that takes the evidence once.
     */
    public <E> Begun<E> begin(Enrolment before, Command<E> command, Entered entered, Instant now) {
        Draft draft = new Draft(before, now, policy);
        Optional<Decision> refusal = Preconditions.refusal(draft, command, entered);
        return refusal.isPresent() ? new Begun.Refused<>(refusal.get()) : new OpenDraft<>(draft, command);
    }
}
