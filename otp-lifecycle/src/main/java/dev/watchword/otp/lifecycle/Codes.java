package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;
import java.util.Optional;

/** Decisions on the codes of a token: what they let happen, and what a wrong one costs. */
final class Codes {
    private final Confirmations confirmations;

    Codes(Confirmations confirmations) {
        this.confirmations = confirmations;
    }

    Decision verify(Draft draft, Command.Verify verify) {
        return accept(draft, verify.code(), EventType.CODE_ACCEPTED, verify.purpose());
    }

    Decision resynchronise(Draft draft, Command.Resynchronise resynchronise) {
        return accept(draft, resynchronise.codes(), EventType.RESYNCHRONISED, Purpose.RESYNCHRONISATION);
    }

    private Decision accept(Draft draft, Verification code, EventType right, Purpose purpose) {
        Token token = draft.requireActive();
        Optional<Refusal> refusal = confirmations.charge(draft, token, code, purpose);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        draft.put(confirmations.accepted(token, (Verification.Matched) code));
        return draft.record(right, token.serial(), purpose).accept();
    }

    Decision activate(Draft draft, Command.Activate activate) {
        Token token = draft.enrolment().requireIssued();
        if (activate.evidence().code() instanceof Verification.Malformed) {
            return draft.refuse(Refusal.MALFORMED);
        }
        SerialNumber entered = activate.serial();
        if (entered == null && token.kind() == TokenKind.HARDWARE) {
            return draft.refuse(Refusal.SERIAL_REQUIRED);
        }
        if (entered != null && !entered.equals(token.serial())) {
            confirmations.charge(draft, token, EventType.WRONG_SERIAL, Purpose.ACTIVATION);
            return draft.refuse(Refusal.WRONG_SERIAL);
        }
        Optional<Refusal> refusal = confirmations.confirm(draft, Operation.ACTIVATE, activate.evidence(), token);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        draft.record(EventType.ACTIVATED, token.serial(), Purpose.ACTIVATION);
        draft.activate(draft.enrolment().requireIssued().activated(draft.now));
        return draft.accept();
    }

    Decision revoke(Draft draft, Command.Revoke revoke) {
        Optional<Refusal> refusal =
                confirmations.confirm(draft, Operation.REVOKE, revoke.evidence(), draft.requireActive());
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        if (draft.waiting() != null) {
            draft.endWaiting(EventType.CANCELLED, null, null);
        }
        draft.endActive(EventType.REVOKED, Purpose.REVOCATION, null, null);
        return draft.accept();
    }
}
