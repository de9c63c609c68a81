package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decisions on how a holder comes to a token: issue, order, assignment, shipping, provisioning, renewal, cancelling. */
final class Supply {
    private final TokenPolicy policy;
    private final Confirmations confirmations;

    Supply(TokenPolicy policy, Confirmations confirmations) {
        this.policy = policy;
        this.confirmations = confirmations;
    }

    Decision issue(Draft draft, Command.Issue issue) {
        MailCode mailed = draft.factors().mailCode();
        boolean mailedElsewhere =
                policy.confirmation().factorsOf(Operation.ISSUE).contains(Factor.MAIL_CODE)
                        && mailed != null
                        && !mailed.destination().equals(issue.mailAddress());
        if (mailedElsewhere) {
            return draft.refuse(Refusal.NO_MAIL_CODE);
        }
        Optional<Refusal> refusal = confirmations.confirm(draft, Operation.ISSUE, issue.evidence(), null);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        draft.allot(issue.userId());
        draft.writeTo(issue.mailAddress());
        Instant opensAt = mayBeProvisionedFrom(draft);
        wait(draft, issue.serial(), issue.secret(), issue.password(), opensAt);
        return draft.record(EventType.ISSUED, issue.serial(), null).accept();
    }

    /** The next calendar day after a software token was revoked, if the policy says so. */
    private Instant mayBeProvisionedFrom(Draft draft) {
        Instant revokedAt = draft.softwareRevokedAt();
        if (revokedAt == null || !policy.software().fromNextDay()) {
            return draft.now;
        }
        Instant nextDay = policy.nextDay(revokedAt);
        return nextDay.isAfter(draft.now) ? nextDay : draft.now;
    }

    private void wait(Draft draft, SerialNumber serial, SealedSecret secret, SealedSecret password, Instant opensAt) {
        Provisioning provisioning = new Provisioning(
                password, 0, opensAt, opensAt.plus(policy.software().passwordLifetime()), null, null);
        Token token = Token.issued(
                serial,
                TokenKind.SOFTWARE,
                policy.codes().profile(),
                secret,
                draft.now,
                draft.now.plus(policy.software().lifetime()),
                CodeState.NEW,
                provisioning);
        draft.waitFor(new Waiting(null, token, opensAt.plus(policy.waitingTime())));
    }

    Decision order(Draft draft, Command.PlaceOrder order) {
        Optional<Refusal> refusal = confirmations.confirm(draft, Operation.ORDER, order.evidence(), null);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        draft.allot(order.userId());
        return placeOrder(draft, null);
    }

    Decision renew(Draft draft, Command.RenewHardware renew) {
        return renew(draft, TokenKind.HARDWARE, renew.evidence()).orElseGet(() -> placeOrder(draft, Purpose.RENEWAL));
    }

    Decision renew(Draft draft, Command.RenewSoftware renew) {
        return renew(draft, TokenKind.SOFTWARE, renew.evidence()).orElseGet(() -> {
            draft.writeTo(renew.mailAddress());
            wait(draft, renew.serial(), renew.secret(), renew.password(), draft.now);
            return draft.record(EventType.ISSUED, renew.serial(), Purpose.RENEWAL)
                    .accept();
        });
    }

    private Optional<Decision> renew(Draft draft, TokenKind kind, Evidence evidence) {
        if (draft.requireActive().kind() != kind) {
            return Optional.of(draft.refuse(Refusal.NOT_RENEWABLE));
        }
        return confirmations
                .confirm(draft, Operation.RENEW, evidence, draft.requireActive())
                .map(draft::refuse);
    }

    private Decision placeOrder(Draft draft, @Nullable Purpose purpose) {
        draft.waitFor(new Waiting(Order.placed(draft.now), null, draft.now.plus(policy.waitingTime())));
        return draft.record(EventType.ORDERED, null, purpose).accept();
    }

    Decision assign(Draft draft, Command.Assign assign) {
        StockedFob fob = assign.fob();
        if (fob == null || !isUsable(fob, draft.now)) {
            return draft.refuse(Refusal.NOT_IN_STOCK);
        }
        Order order = requireNonNull(requireNonNull(draft.waiting()).order()).assigned(draft.now);
        Token token = Token.issued(
                fob.serial(),
                TokenKind.HARDWARE,
                fob.profile(),
                fob.secret(),
                draft.now,
                fob.expiresAt(),
                policy.codes().capped(fob.codes()),
                null);
        draft.waitFor(new Waiting(order, token, draft.now.plus(policy.waitingTime())));
        return draft.record(EventType.ASSIGNED, token.serial(), null, assign.operator(), null, null)
                .accept();
    }

    /** A token of another system goes on here; what it showed until now counts as spent, unless it is known how far it was. */
    Decision takeOver(Draft draft, Command.TakeOver takeOver) {
        UserId has = draft.userId();
        if (takeOver.keepsUserId() && has != null && !has.equals(takeOver.userId())) {
            return draft.refuse(Refusal.USER_ID_TAKEN);
        }
        Instant now = draft.now;
        Provisioning elsewhere =
                takeOver.kind() == TokenKind.SOFTWARE ? new Provisioning(null, 0, now, now, null, null) : null;
        Token token = Token.issued(
                        takeOver.serial(),
                        takeOver.kind(),
                        takeOver.profile(),
                        takeOver.secret(),
                        now,
                        takeOver.expiresAt(),
                        policy.codes().capped(takeOver.codes()),
                        elsewhere)
                .activated(now);
        if (takeOver.profile() instanceof TotpProfile profile
                && takeOver.codes().lastStep() == Totp.NO_STEP) {
            token = token.floored(policy.codes().lastStepShown(token, profile, now));
        }
        draft.allot(takeOver.userId());
        if (takeOver.mailAddress() != null) {
            draft.writeTo(takeOver.mailAddress());
        }
        draft.record(EventType.TAKEN_OVER, token.serial(), null, takeOver.operator(), null, null);
        SuspensionReason why = takeOver.suspended();
        if (why != null) {
            token = token.suspended(new Suspension(why, now, takeOver.operator()));
            draft.record(EventType.SUSPENDED, token.serial(), null, takeOver.operator(), why, null);
        }
        draft.use(token);
        return draft.accept();
    }

    private static boolean isUsable(StockedFob fob, Instant now) {
        Instant startsAt = fob.startsAt();
        return (startsAt == null || !now.isBefore(startsAt)) && now.isBefore(fob.expiresAt());
    }

    Decision send(Draft draft, Command.Send send) {
        Waiting waiting = requireNonNull(draft.waiting());
        Token token = requireNonNull(waiting.token());
        Order order = requireNonNull(waiting.order()).sent(draft.now);
        draft.waitFor(new Waiting(order, token, draft.now.plus(policy.waitingTime())));
        return draft.record(EventType.SENT, token.serial(), null, send.operator(), null, null)
                .accept();
    }

    Decision provision(Draft draft, Command.Provision provision) {
        Token token = draft.enrolment().requireIssued();
        Provisioning before = token.requireProvisioning();
        if (before.isDone()) {
            return provisionAgain(draft, token, before, provision.device());
        }
        return switch (provision.password()) {
            case NOT_GIVEN -> draft.refuse(Refusal.FACTOR_MISSING);
            case OVERTAKEN -> draft.refuse(Refusal.OVERTAKEN);
            case WRONG -> {
                draft.put(
                        token.provisioned(before.afterFailure(policy.software().passwordTries())));
                draft.record(EventType.WRONG_ACTIVATION_PASSWORD, token.serial(), null);
                yield draft.refuse(Refusal.WRONG_ACTIVATION_PASSWORD);
            }
            case RIGHT -> {
                draft.put(token.provisioned(before.done(draft.now, provision.device())));
                yield draft.record(EventType.PROVISIONED, token.serial(), null).accept();
            }
        };
    }

    private Decision provisionAgain(Draft draft, Token token, Provisioning done, DeviceFingerprint device) {
        Instant until =
                requireNonNull(done.provisionedAt()).plus(policy.software().grace());
        if (!device.equals(done.device()) || !draft.now.isBefore(until)) {
            return draft.refuse(Refusal.ALREADY_PROVISIONED);
        }
        return draft.record(EventType.PROVISIONED_AGAIN, token.serial(), null).accept();
    }

    Decision cancel(Draft draft, Command.Cancel cancel) {
        Optional<Refusal> refusal = confirmations.confirm(draft, Operation.CANCEL, cancel.evidence(), null);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        draft.endWaiting(EventType.CANCELLED, null, null);
        return draft.accept();
    }
}
