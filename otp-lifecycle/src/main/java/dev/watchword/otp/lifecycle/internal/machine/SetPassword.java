package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.util.Optional;

/** Sets the confirmation password. The evidence is its encrypted hash. */
public record SetPassword() implements Command<SealedSecret> {
    @Override
    public TokenAction action() {
        return TokenAction.SET_PASSWORD;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, SealedSecret evidence) {
        draft.setCredentials(CredentialTransitions.withPassword(draft.credentials(), evidence));
        return draft.record(Draft.event(EventType.PASSWORD_SET)).accept();
    }
}
