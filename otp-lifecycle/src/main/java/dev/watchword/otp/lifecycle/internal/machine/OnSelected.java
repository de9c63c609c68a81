package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;

/**
 * A command of a bulk job on one token. It is refused if the holder no longer has the token or if the token no longer meets the
 * criterion, because the list that contained the token can be out of date (R12.3).
 *
 * @param serial the token
 * @param criterion the criterion of the job
 * @param command the command; a token that is suspended already is not suspended again
 */
public record OnSelected(SerialNumber serial, Criterion criterion, Command<NoEvidence> command)
        implements Command<NoEvidence> {
    @Override
    public TokenAction action() {
        return command.action();
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        for (Token token : draft.living()) {
            if (token.serial().equals(serial) && criterion.isMetBy(token)) {
                return command instanceof Suspend && token.isSuspended()
                        ? Optional.of(draft.refuse(Refusal.SUSPENDED))
                        : command.precondition(draft);
            }
        }
        return Optional.of(draft.refuse(Refusal.NO_TOKEN));
    }

    @Override
    public Decision decide(Draft draft, NoEvidence evidence) {
        return command.decide(draft, evidence);
    }
}
