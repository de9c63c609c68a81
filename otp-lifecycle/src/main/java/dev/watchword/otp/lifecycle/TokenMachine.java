package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The state machine: what becomes of an enrolment. Pure: it knows no clock, no store, no randomness and no cryptography.
 * What a code showed comes in as evidence; what is to be written goes out as a decision.
 */
class TokenMachine {
    private final TokenPolicy policy;
    private final Preconditions preconditions;
    private final Supply supply;
    private final Codes codes;

    TokenMachine(TokenPolicy policy) {
        this.policy = policy;
        preconditions = new Preconditions(policy);
        Confirmations confirmations = new Confirmations(policy);
        supply = new Supply(policy, confirmations);
        codes = new Codes(confirmations);
    }

    /** A refusal that holds whatever evidence there were, so that none needs to be taken. */
    Optional<Decision> refusal(Enrolment enrolment, TokenAction action, Instant now) {
        return preconditions.refusal(enrolment, new Draft(enrolment, now), action);
    }

    /** What becomes of an enrolment. */
    Decision decide(Enrolment before, Command command, Instant now) {
        Draft draft = new Draft(before, now);
        return preconditions.refusal(before, draft, command.action()).orElseGet(() -> decide(draft, command));
    }

    private Decision decide(Draft draft, Command command) {
        if (command instanceof Command.Verify verify) {
            return codes.verify(draft, verify);
        }
        if (command instanceof Command.Activate activate) {
            return codes.activate(draft, activate);
        }
        if (command instanceof Command.Resynchronise resynchronise) {
            return codes.resynchronise(draft, resynchronise);
        }
        if (command instanceof Command.Revoke revoke) {
            return codes.revoke(draft, revoke);
        }
        if (command instanceof Command.RenewSoftware renew) {
            return supply.renew(draft, renew);
        }
        if (command instanceof Command.RenewHardware renew) {
            return supply.renew(draft, renew);
        }
        if (command instanceof Command.Issue issue) {
            return supply.issue(draft, issue);
        }
        if (command instanceof Command.PlaceOrder order) {
            return supply.order(draft, order);
        }
        if (command instanceof Command.Provision provision) {
            return supply.provision(draft, provision);
        }
        if (command instanceof Command.Cancel cancel) {
            return supply.cancel(draft, cancel);
        }
        return byInstitution(draft, command);
    }

    private Decision byInstitution(Draft draft, Command command) {
        if (command instanceof Command.Assign assign) {
            return supply.assign(draft, assign);
        }
        if (command instanceof Command.Send send) {
            return supply.send(draft, send);
        }
        if (command instanceof Command.Suspend suspend) {
            return suspend(draft, suspend);
        }
        if (command instanceof Command.Resume resume) {
            return resume(draft, resume);
        }
        if (command instanceof Command.CancelByOperator cancel) {
            draft.endWaiting(EventType.CANCELLED, cancel.operator(), cancel.reason());
            return draft.accept();
        }
        if (command instanceof Command.RevokeByOperator revoke) {
            return revoke(draft, revoke);
        }
        if (command instanceof Command.SetPassword set) {
            draft.keep(draft.factors().withPassword(set.hash()));
            return draft.record(EventType.PASSWORD_SET, null, null).accept();
        }
        if (command instanceof Command.MakeMailCode make) {
            draft.keep(draft.factors().withMailCode(make.code()));
            Purpose purpose = make.code().operation().purpose();
            return draft.record(EventType.MAIL_CODE_MADE, null, purpose).accept();
        }
        if (command instanceof Command.Erase erase) {
            draft.forgetPerson();
            return draft.record(EventType.ERASED, null, null, erase.operator(), null, null)
                    .accept();
        }
        if (command instanceof Command.ResetFactors reset) {
            draft.keep(draft.factors().reset());
            return draft.record(EventType.FACTORS_RESET, null, null, reset.operator(), null, reset.reason())
                    .accept();
        }
        return draft.accept();
    }

    private static Decision suspend(Draft draft, Command.Suspend suspend) {
        Suspension suspension = new Suspension(suspend.why(), draft.now, suspend.operator());
        boolean done = false;
        for (Token token : draft.living()) {
            if (suspend.serial() == null || suspend.serial().equals(token.serial())) {
                draft.put(token.suspended(suspension));
                draft.record(
                        EventType.SUSPENDED, token.serial(), null, suspend.operator(), suspend.why(), suspend.reason());
                done = true;
            }
        }
        return done ? draft.accept() : draft.refuse(Refusal.NO_TOKEN);
    }

    private Decision resume(Draft draft, Command.Resume resume) {
        Refusal refusal = Refusal.NOT_SUSPENDED;
        boolean done = false;
        for (Token token : draft.living()) {
            boolean meant = resume.serial() == null || resume.serial().equals(token.serial());
            if (meant && token.isSuspended() && policy.lock().isAtCeiling(token)) {
                refusal = Refusal.CEILING_REACHED;
            } else if (meant && token.isSuspended()) {
                draft.put(token.resumed());
                draft.record(EventType.RESUMED, token.serial(), null, resume.operator(), null, resume.reason());
                done = true;
            }
        }
        return done ? draft.accept() : draft.refuse(refusal);
    }

    private static Decision revoke(Draft draft, Command.RevokeByOperator revoke) {
        if (draft.waiting() != null) {
            EventType type = draft.active() == null ? EventType.REVOKED : EventType.CANCELLED;
            draft.endWaiting(type, revoke.operator(), revoke.reason());
        }
        if (draft.active() != null) {
            draft.endActive(EventType.REVOKED, null, requireNonNull(revoke.operator()), revoke.reason());
        }
        return draft.accept();
    }
}
