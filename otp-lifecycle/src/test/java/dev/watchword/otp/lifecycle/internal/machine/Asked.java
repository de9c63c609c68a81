package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Enrolment;
import java.time.Instant;

/** A command with its evidence, for one call of the machine. */
record Asked<E>(Command<E> command, E evidence) {

    static Asked<NoEvidence> of(Command<NoEvidence> command) {
        return new Asked<>(command, NoEvidence.NONE);
    }

    Decision decide(TokenMachine machine, Enrolment before, Instant now) {
        Begun<E> begun = machine.begin(before, command, now);
        return begun instanceof Begun.Refused<E> refused
                ? refused.decision()
                : ((Begun.Open<E>) begun).decide(evidence);
    }
}
