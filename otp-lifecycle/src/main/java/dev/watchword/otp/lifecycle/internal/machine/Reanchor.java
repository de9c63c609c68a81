package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/**
 * Continues a history under the current history key (R10.6). The event changes nothing else. Its link and the authentication code
 * of the enrolment are computed with the current key.
 *
 * @param keyName the name of the current history key; a history whose last link is under it already is refused
 * @param operator the operator
 * @param reason the operator's reason
 */
public record Reanchor(String keyName, Operator operator, String reason) implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return TokenAction.REANCHOR;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        ChainLink head = draft.before().head();
        return head == null || head.keyName().equals(keyName)
                ? Optional.of(draft.refuse(Refusal.NO_TOKEN))
                : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        return draft.record(Draft.event(EventType.REANCHORED).operator(operator).reason(reason))
                .accept();
    }
}
