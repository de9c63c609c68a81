package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Enrolment;
import java.time.Instant;

/** A command with its evidence, for one call of the machine. */
record Asked<E>(Command<E> command, Entered entered, E evidence) {
    /** Texts in the right form for all factors. */
    static final Entered ALL = new Entered(Entered.Entry.GIVEN, true, 8);

    Asked(Command<E> command, E evidence) {
        this(command, ALL, evidence);
    }

    Asked<E> entered(Entered other) {
        return new Asked<>(command, other, evidence);
    }

    static Asked<NoEvidence> of(Command<NoEvidence> command) {
        return new Asked<>(command, NoEvidence.NONE);
    }

    Decision decide(TokenMachine machine, Enrolment before, Instant now) {
        Begun<E> begun = machine.begin(before, command, entered, now);
        return begun instanceof Begun.Refused<E> refused
                ? refused.decision()
                : ((Begun.Open<E>) begun).decide(evidence);
    }
}
