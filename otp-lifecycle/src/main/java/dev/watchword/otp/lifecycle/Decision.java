package dev.watchword.otp.lifecycle;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine decided: what the enrolment becomes, the tokens that leave it, the events that record it, and the
 * refusal if it is one. A wrong code is both a refusal and a change; a decision without events changes nothing.
 */
record Decision(
        Enrolment enrolment,
        List<Token> ended,
        List<TokenEvent> events,
        @Nullable Refusal refusal,
        @Nullable Instant notBefore) {

    static Decision refuse(Enrolment unchanged, Refusal refusal, @Nullable Instant notBefore) {
        return new Decision(unchanged, List.of(), List.of(), refusal, notBefore);
    }

    boolean changes() {
        return !events.isEmpty();
    }
}
