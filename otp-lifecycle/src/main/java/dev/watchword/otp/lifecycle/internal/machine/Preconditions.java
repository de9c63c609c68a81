package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Token;
import java.util.Optional;

/** The refusals that no evidence can change, in the order in which they are checked. */
final class Preconditions {
    private Preconditions() {}

    static Optional<Decision> refusal(Draft draft, Command<?> command, Entered entered) {
        TokenAction action = command.action();
        if (action == TokenAction.LAPSE) {
            return command.precondition(draft);
        }
        if (!draft.before().isStored() && !action.mayBeFirst()) {
            return Optional.of(draft.refuse(Refusal.UNKNOWN_HOLDER));
        }
        if (draft.before().suspension() != null && action.isOfHolder()) {
            return Optional.of(draft.refuse(Refusal.HOLDER_SUSPENDED));
        }
        if (draft.hasLapsed() && action.isAboutPending()) {
            return Optional.of(draft.refuse(Refusal.LAPSED));
        }
        boolean lacksPending = action.isAboutPending() && draft.pending() == null;
        if (Edge.find(draft.state(), action).isEmpty() || lacksPending) {
            return Optional.of(draft.refuse(action.refusal()));
        }
        if (command.isProved()) {
            return command.precondition(draft);
        }
        Optional<Decision> ofToken = action.takesCodeOfActive()
                ? CodeRules.refusal(draft, draft.requireActive(), action == TokenAction.RESYNCHRONISE)
                : Optional.empty();
        return ofToken.or(() -> command.precondition(draft))
                .or(() -> ConfirmationRules.refusal(draft, action))
                .or(() -> ConfirmationRules.missing(draft, action, entered))
                .or(() -> malformedCode(draft, action, entered));
    }

    /** Refuses a text that cannot be a code of the token. */
    private static Optional<Decision> malformedCode(Draft draft, TokenAction action, Entered entered) {
        boolean takesCode = action.takesCodeOfActive() || action == TokenAction.ACTIVATE;
        if (!takesCode || action == TokenAction.CONFIRM_SIGNATURE) {
            return Optional.empty(); // the form of a response depends on its request
        }
        Token token = action == TokenAction.ACTIVATE ? draft.requireIssued() : draft.requireActive();
        return entered.codeDigits() == token.profile().digits()
                ? Optional.empty()
                : Optional.of(draft.refuse(Refusal.MALFORMED));
    }
}
