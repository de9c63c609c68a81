package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpProfile;
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
        if (command instanceof Command.TakeOver takeOver) {
            return supply.takeOver(draft, takeOver);
        }
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
        if (command instanceof Command.RaiseFloor raise) {
            return raiseFloor(draft, raise);
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

    /**
     * After a restored backup: no step that a token can have shown before the floor is accepted any more. How far a token
     * that counts events was, nobody knows; it is suspended. So is no mail code good any more.
     */
    private Decision raiseFloor(Draft draft, Command.RaiseFloor raise) {
        boolean done = false;
        for (Token token : draft.living()) {
            Token floored = floored(draft, token, raise);
            if (!floored.equals(token)) {
                draft.put(floored);
                draft.record(EventType.FLOOR_RAISED, token.serial(), null, raise.operator(), null, raise.reason());
                done = true;
            }
        }
        MailCode code = draft.factors().mailCode();
        if (code != null && code.sentAt().isBefore(raise.floor())) {
            draft.keep(draft.factors().mailCodeUsed());
            draft.record(EventType.FLOOR_RAISED, null, null, raise.operator(), null, raise.reason());
            done = true;
        }
        return done ? draft.accept() : draft.refuse(Refusal.NO_TOKEN);
    }

    private Token floored(Draft draft, Token token, Command.RaiseFloor raise) {
        if (token.profile() instanceof TotpProfile profile) {
            return token.floored(policy.codes().lastStepShown(token, profile, raise.floor()));
        }
        boolean isKnown = token.isSuspended() || !token.issuedAt().isBefore(raise.floor());
        return isKnown
                ? token
                : token.suspended(new Suspension(SuspensionReason.BACKUP_RESTORED, draft.now, raise.operator()));
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
