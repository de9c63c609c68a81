package dev.watchword.otp.jdbc.model;

import static dev.watchword.otp.jdbc.model.Checks.firstOf;
import static dev.watchword.otp.jdbc.model.Checks.refuseIf;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.Factor;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The confirmation password and the mail code of a model holder, and the rules on them. */
final class ModelCredentials {
    private final ModelHolder holder;
    private final ConfirmationPolicy policy;

    private @Nullable String password;
    private int wrongPasswords;
    private @Nullable String mailCode;
    private @Nullable Operation mailFor;
    private String mailTo = "";
    private Instant mailedAt = Instant.MIN;
    private int wrongMailCodes;

    ModelCredentials(ModelHolder holder) {
        this.holder = holder;
        this.policy = holder.policy.confirmation();
    }

    @Nullable
    String mailCode() {
        return mailCode;
    }

    boolean areKeptByLibrary() {
        return policy.passwordKeeper() == PasswordKeeper.LIBRARY;
    }

    @Nullable
    Refusal setPassword(String entered, Instant now) {
        Refusal refusal =
                firstOf(() -> refuseIf(!entered.matches("[A-Za-z0-9]{6,12}"), Refusal.MALFORMED), holder::mayAct);
        if (refusal == null) {
            password = entered;
            wrongPasswords = 0;
            holder.commit(now, EventType.PASSWORD_SET);
        }
        return refusal;
    }

    @Nullable
    Refusal mayMakeMailCode() {
        return firstOf(holder::mayAct, () -> refuseIf(mailCodesAreLocked(), Refusal.MAIL_CODE_LOCKED));
    }

    private boolean mailCodesAreLocked() {
        return wrongMailCodes >= policy.mailCodeTries();
    }

    /** Replaces the mail code. The counter of wrong ones stays. */
    void mailCodeMade(String code, Operation operation, String address, Instant now) {
        mailCode = code;
        mailFor = operation;
        mailTo = address;
        mailedAt = now;
        holder.commit(now, EventType.MAIL_CODE_MADE);
    }

    /** Returns the reason why the factors of an operation cannot be evaluated, or null. Counts no failure. */
    @Nullable
    Refusal mayConfirm(Operation operation, EnteredFactors entered, Instant now) {
        return mayConfirm(operation, mailTo, entered, now);
    }

    /** The same, for an operation whose mail code is bound to the mail address of the request. */
    @Nullable
    Refusal mayConfirm(Operation operation, String address, EnteredFactors entered, Instant now) {
        Set<Factor> needed = policy.factorsOf(operation);
        boolean byPassword = needed.contains(Factor.PASSWORD);
        boolean byMail = needed.contains(Factor.MAIL_CODE);
        boolean usable = mailCode != null
                && mailFor == operation
                && mailTo.equals(address)
                && now.isBefore(mailedAt.plus(policy.mailCodeLifetime()));
        return firstOf(
                () -> byPassword && areKeptByLibrary() ? mayTryPassword() : null,
                () -> refuseIf(byMail && mailCodesAreLocked(), Refusal.MAIL_CODE_LOCKED),
                () -> refuseIf(byMail && !usable, Refusal.NO_MAIL_CODE),
                () -> refuseIf(byPassword && isRefusedByApplication(entered), Refusal.WRONG_PASSWORD),
                () -> refuseIf(byPassword && entered.password() == null, Refusal.FACTOR_MISSING),
                () -> refuseIf(byMail && entered.mailCode() == null, Refusal.FACTOR_MISSING));
    }

    private @Nullable Refusal mayTryPassword() {
        return firstOf(
                () -> refuseIf(password == null, Refusal.NO_PASSWORD),
                () -> refuseIf(wrongPasswords >= policy.passwordTries(), Refusal.PASSWORD_LOCKED));
    }

    private boolean isRefusedByApplication(EnteredFactors entered) {
        return !areKeptByLibrary() && entered.password() != null && !entered.passwordIsRight();
    }

    /** Confirms an operation that takes no code of a token. */
    @Nullable
    Refusal confirm(Operation operation, EnteredFactors entered, Instant now) {
        return confirm(operation, entered, null, token -> null, now);
    }

    /** Confirms an operation that takes a code of the token in use. */
    @Nullable
    Refusal confirmWithCode(Operation operation, EnteredFactors entered, String code, Instant now) {
        ModelToken token = requireNonNull(holder.inUse);
        return confirm(
                operation,
                entered,
                token,
                judged -> judged.judge(code, now, holder.policy.codes().window(), holder.driftCap()),
                now);
    }

    /** The judgement on the entered code or codes of a token. */
    interface CodeCheck {
        @Nullable
        Refusal judge(ModelToken token);
    }

    /** Checks all factors. Consumes them if all are right, and otherwise counts the failures of the wrong ones. */
    @Nullable
    Refusal confirm(
            Operation operation, EnteredFactors entered, @Nullable ModelToken token, CodeCheck code, Instant now) {
        Set<Factor> needed = policy.factorsOf(operation);
        boolean byPassword = needed.contains(Factor.PASSWORD) && areKeptByLibrary();
        boolean byMail = needed.contains(Factor.MAIL_CODE);
        boolean passwordFails = byPassword && !String.valueOf(password).equals(entered.password());
        boolean mailFails = byMail && !String.valueOf(mailCode).equals(entered.mailCode());
        Refusal ofCode = null;
        if (token != null) {
            ModelToken tried = passwordFails || mailFails ? token.copyOfCodes() : token;
            ofCode = code.judge(tried);
            holder.charge(ofCode, token, now);
        }
        if (ofCode == null && !passwordFails && !mailFails) {
            consume(byPassword, byMail);
            if (token != null) {
                holder.backup.tokenCodeAccepted();
            }
            return null;
        }
        if (mailFails) {
            wrongMailCodes++;
            holder.commit(now, EventType.WRONG_MAIL_CODE);
        }
        if (passwordFails) {
            wrongPasswords++;
            holder.commit(now, EventType.WRONG_PASSWORD);
        }
        return passwordFails ? Refusal.WRONG_PASSWORD : mailFails ? Refusal.WRONG_MAIL_CODE : ofCode;
    }

    private void consume(boolean ofPassword, boolean ofMail) {
        wrongPasswords = ofPassword ? 0 : wrongPasswords;
        if (ofMail) {
            mailCode = null;
            wrongMailCodes = 0;
        }
    }

    @Nullable
    Refusal reset(Instant now) {
        Refusal refusal = holder.mustBeKnown();
        if (refusal == null) {
            wrongPasswords = 0;
            wrongMailCodes = 0;
            mailCode = null;
            holder.commit(now, EventType.FACTORS_RESET);
        }
        return refusal;
    }

    /** Removes the personal data. The failure counters stay, so that erasure gives no further attempts. */
    void erase() {
        password = null;
        mailCode = null;
    }

    /** Removes a mail code from before a floor. The failure counter stays. Returns whether there was one. */
    boolean dropMailCodeFrom(Instant floor) {
        boolean drops = mailCode != null && mailedAt.isBefore(floor);
        mailCode = drops ? null : mailCode;
        return drops;
    }
}
