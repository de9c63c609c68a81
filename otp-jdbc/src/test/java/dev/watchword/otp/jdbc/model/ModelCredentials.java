package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.Factor;
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
    private Instant mailUntil = Instant.MIN;
    private int wrongMailCodes;

    ModelCredentials(ModelHolder holder) {
        this.holder = holder;
        this.policy = holder.policy.confirmation();
    }

    @Nullable
    String mailCode() {
        return mailCode;
    }

    @Nullable
    Refusal setPassword(String entered, Instant now) {
        if (!entered.matches("[A-Za-z0-9]{6,12}")) {
            return Refusal.MALFORMED;
        }
        password = entered;
        wrongPasswords = 0;
        holder.commit(now, EventType.PASSWORD_SET);
        return null;
    }

    boolean mailCodesAreLocked() {
        return wrongMailCodes >= policy.mailCodeTries();
    }

    void mailCodeMade(String code, Operation operation, String address, Instant now) {
        mailCode = code;
        mailFor = operation;
        mailTo = address;
        mailUntil = now.plus(policy.mailCodeLifetime());
        holder.commit(now, EventType.MAIL_CODE_MADE);
    }

    /** Returns why the factors of an operation cannot be tried, or null. */
    @Nullable
    Refusal mayConfirm(Operation operation, Instant now) {
        Set<Factor> needed = policy.factorsOf(operation);
        if (needed.contains(Factor.PASSWORD) && password == null) {
            return Refusal.NO_PASSWORD;
        }
        if (needed.contains(Factor.PASSWORD) && wrongPasswords >= policy.passwordTries()) {
            return Refusal.PASSWORD_LOCKED;
        }
        if (needed.contains(Factor.MAIL_CODE) && mailCodesAreLocked()) {
            return Refusal.MAIL_CODE_LOCKED;
        }
        boolean usable = mailCode != null && mailFor == operation && now.isBefore(mailUntil);
        return needed.contains(Factor.MAIL_CODE) && !usable ? Refusal.NO_MAIL_CODE : null;
    }

    /** A mail code for a software token is bound to the mail address of the request. */
    boolean mailCodeWentElsewhere(String address) {
        return policy.factorsOf(Operation.ISSUE).contains(Factor.MAIL_CODE) && !mailTo.equals(address);
    }

    /** Confirms an operation that takes no code of a token. */
    @Nullable
    Refusal confirm(Operation operation, EnteredFactors entered, Instant now) {
        return confirm(operation, entered, null, "", 0, now);
    }

    /** Checks all factors. Consumes them if all are right, and otherwise charges the wrong ones. */
    @Nullable
    Refusal confirm(
            Operation operation,
            EnteredFactors entered,
            @Nullable ModelToken token,
            String code,
            int reach,
            Instant now) {
        Set<Factor> needed = policy.factorsOf(operation);
        boolean wantsPassword = needed.contains(Factor.PASSWORD);
        boolean wantsMail = needed.contains(Factor.MAIL_CODE);
        if ((wantsPassword && entered.password() == null) || (wantsMail && entered.mailCode() == null)) {
            return Refusal.FACTOR_MISSING;
        }
        boolean passwordFails = wantsPassword && !String.valueOf(password).equals(entered.password());
        boolean mailFails = wantsMail && !String.valueOf(mailCode).equals(entered.mailCode());
        Refusal ofCode = null;
        if (token != null) {
            ModelToken tried = passwordFails || mailFails ? token.copyOfCodes() : token;
            ofCode = tried.judge(code, now, reach, holder.driftCap());
            holder.charge(ofCode, token, now);
        }
        if (ofCode == null && !passwordFails && !mailFails) {
            consume(wantsPassword, wantsMail);
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
        if (!holder.known) {
            return Refusal.UNKNOWN_HOLDER;
        }
        clearTries();
        holder.commit(now, EventType.FACTORS_RESET);
        return null;
    }

    void erase() {
        password = null;
        clearTries();
    }

    private void clearTries() {
        wrongPasswords = 0;
        wrongMailCodes = 0;
        mailCode = null;
    }
}
