package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/** Records that the pending token or order was not activated in time. */
public record Lapse() implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.LAPSE;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return draft.hasLapsed() ? Optional.empty() : Optional.of(draft.refuse(Refusal.NOT_ISSUED));
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        return draft.accept();
    }
}
