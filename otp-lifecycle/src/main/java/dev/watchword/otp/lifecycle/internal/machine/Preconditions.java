package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Optional;

/** The refusals that no evidence can change, in the order in which they are checked. */
final class Preconditions {
    private Preconditions() {}

    static Optional<Decision> refusal(Draft draft, Command<?> command) {
        TokenAction action = command.action();
        if (action == TokenAction.LAPSE) {
            return command.precondition(draft);
        }
        if (!draft.before().isStored() && !action.mayBeFirst()) {
            return Optional.of(draft.refuse(Refusal.UNKNOWN_HOLDER));
        }
        if (draft.hasLapsed() && action.isAboutPending()) {
            return Optional.of(draft.refuse(Refusal.LAPSED));
        }
        boolean lacksPending = action.isAboutPending() && draft.pending() == null;
        if (Edge.find(draft.state(), action).isEmpty() || lacksPending) {
            return Optional.of(draft.refuse(action.refusal()));
        }
        Optional<Decision> ofToken =
                action.takesCodeOfActive() ? CodeRules.refusal(draft, draft.requireActive()) : Optional.empty();
        return ofToken.or(() -> command.precondition(draft)).or(() -> ConfirmationRules.refusal(draft, action));
    }
}
