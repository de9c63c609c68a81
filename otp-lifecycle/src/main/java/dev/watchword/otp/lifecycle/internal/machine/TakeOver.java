package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes over a token that is in use in another system. The evidence is a user ID that is probably free; it is used
 * if the token has none.
 *
 * @param token the token, as issued
 * @param userId the user ID to keep; {@code null} to assign one
 * @param mailAddress the holder's mail address; {@code null} if none is known
 * @param suspended the reason why it is suspended; {@code null} if it is not. A suspicion of fraud suspends the holder
 * @param operator the operator who takes it over
 */
public record TakeOver(
        Token token,
        @Nullable UserId userId,
        @Nullable MailAddress mailAddress,
        @Nullable SuspensionReason suspended,
        Operator operator)
        implements Command<UserId> {
    @Override
    public TokenAction action() {
        return TokenAction.TAKE_OVER;
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        boolean hasAnother = userId != null && draft.userId() != null && !userId.equals(draft.userId());
        return hasAnother ? Optional.of(draft.refuse(Refusal.USER_ID_TAKEN)) : Optional.empty();
    }

    @Override
    public Decision decide(Draft draft, UserId evidence) {
        draft.assign(userId == null ? evidence : userId);
        if (mailAddress != null) {
            draft.setMailAddress(mailAddress);
        }
        draft.record(Draft.event(EventType.TAKEN_OVER, token).operator(operator));
        Token taken = activated(draft);
        if (suspended == SuspensionReason.FRAUD_SUSPECTED) {
            suspendHolder(draft, suspended);
        } else if (suspended != null) {
            taken = TokenTransitions.suspended(taken, Suspension.of(suspended, draft.now(), operator));
            draft.record(
                    Draft.event(EventType.SUSPENDED, token).operator(operator).suspensionReason(suspended));
        }
        draft.putIntoUse(taken);
        return draft.accept();
    }

    /** Fraud is suspected of a holder, not of a token. */
    private void suspendHolder(Draft draft, SuspensionReason why) {
        draft.setSuspension(HolderSuspension.builder()
                .reason(why)
                .since(draft.now())
                .operator(operator)
                .loginAskedForCode(true)
                .build());
        draft.record(Draft.event(EventType.HOLDER_SUSPENDED).operator(operator).suspensionReason(why));
    }

    /** The token in use. If its last step is unknown, every step up to now counts as spent. */
    private Token activated(Draft draft) {
        CodePolicy policy = draft.policy().codes();
        Token issued = token.toBuilder()
                .issuedAt(draft.now())
                .codes(DriftRules.capped(policy, token.profile(), token.codes()))
                .build();
        Token taken = TokenTransitions.activated(issued, draft.now());
        return token.profile() instanceof TotpProfile profile && token.codes().lastStep() == Totp.NO_STEP
                ? TokenTransitions.floored(
                        taken,
                        DriftRules.lastStepAccepted(
                                policy, profile, taken.codes().drift(), draft.now()))
                : taken;
    }

    @Override
    public boolean hasFixedSerial() {
        return true;
    }

    @Override
    public boolean hasFixedUserId() {
        return userId != null;
    }
}
