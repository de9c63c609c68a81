package dev.watchword.otp.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine decided: what the enrolment becomes, the events that record it, and the refusal if it is one. A wrong
 * code is both a refusal and a change; a decision without events changes nothing.
 */
record Decision(
        Enrolment enrolment,
        List<TokenEvent> events,
        @Nullable Refusal refusal) {

    static Decision refuse(Enrolment unchanged, Refusal refusal) {
        return new Decision(unchanged, List.of(), refusal);
    }

    boolean changes() {
        return !events.isEmpty();
    }
}
