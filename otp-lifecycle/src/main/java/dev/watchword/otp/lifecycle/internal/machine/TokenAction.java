package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Refusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The actions on an enrolment. Each names the refusal for a state that has no edge for it. */
public enum TokenAction {
    ISSUE(Refusal.TOKEN_EXISTS),
    ORDER(Refusal.TOKEN_EXISTS),
    ORDER_BY_OPERATOR(Refusal.TOKEN_EXISTS),
    RENEW(Refusal.NOT_ACTIVE),
    REPLACE(Refusal.NOT_ACTIVE),
    ASSIGN(Refusal.NO_ORDER),
    SEND(Refusal.NO_ORDER),
    PROVISION(Refusal.NOT_ISSUED),
    ACTIVATE(Refusal.NOT_ISSUED),
    VERIFY(Refusal.NOT_ACTIVE),
    RESYNCHRONISE(Refusal.NOT_ACTIVE),
    REQUEST_SIGNATURE(Refusal.NOT_ACTIVE),
    CONFIRM_SIGNATURE(Refusal.NOT_ACTIVE),
    REFUSE_SIGNATURE(Refusal.NOT_ACTIVE),
    WITHDRAW_SIGNATURE(Refusal.NO_REQUEST),
    SUSPEND(Refusal.NO_TOKEN),
    RESUME(Refusal.NOT_SUSPENDED),
    SUSPEND_HOLDER(Refusal.NO_TOKEN),
    RESUME_HOLDER(Refusal.NOT_SUSPENDED),
    CANCEL(Refusal.NOT_ISSUED),
    CANCEL_BY_OPERATOR(Refusal.NOT_ISSUED),
    LAPSE(Refusal.NOT_ISSUED),
    REVOKE(Refusal.NOT_ACTIVE),
    REVOKE_BY_OPERATOR(Refusal.NO_TOKEN),
    SET_PASSWORD(Refusal.NO_TOKEN),
    MAKE_MAIL_CODE(Refusal.NO_TOKEN),
    RESET_FACTORS(Refusal.NO_TOKEN),
    RAISE_FLOOR(Refusal.NO_TOKEN),
    REANCHOR(Refusal.NO_TOKEN),
    ERASE(Refusal.TOKEN_EXISTS),
    TAKE_OVER(Refusal.TOKEN_EXISTS),
    ISSUE_EMERGENCY_CODES(Refusal.NOT_ACTIVE),
    USE_EMERGENCY_CODE(Refusal.NOT_ACTIVE),
    CREATE_RECOVERY_CODES(Refusal.NOT_ACTIVE),
    USE_RECOVERY_CODE(Refusal.NOT_ACTIVE);

    private final Refusal refusal;

    TokenAction(Refusal refusal) {
        this.refusal = refusal;
    }

    /** The name that listeners see, such as {@code revoke-by-operator}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The refusal for a state without an edge for this action. */
    Refusal refusal() {
        return refusal;
    }

    /** Whether the action can be the first one of a holder. */
    boolean mayBeFirst() {
        return switch (this) {
            case ISSUE, ORDER, ORDER_BY_OPERATOR, SET_PASSWORD, MAKE_MAIL_CODE, TAKE_OVER, SUSPEND_HOLDER -> true;
            default -> false;
        };
    }

    /** Whether the holder acts, and not an operator or time. A suspended holder cannot act. */
    boolean isOfHolder() {
        return switch (this) {
            case ISSUE,
                    ORDER,
                    RENEW,
                    PROVISION,
                    ACTIVATE,
                    VERIFY,
                    RESYNCHRONISE,
                    REQUEST_SIGNATURE,
                    CONFIRM_SIGNATURE,
                    REFUSE_SIGNATURE,
                    CANCEL,
                    REVOKE,
                    SET_PASSWORD,
                    MAKE_MAIL_CODE,
                    USE_EMERGENCY_CODE,
                    CREATE_RECOVERY_CODES,
                    USE_RECOVERY_CODE -> true;
            case ORDER_BY_OPERATOR,
                    WITHDRAW_SIGNATURE,
                    REPLACE,
                    ASSIGN,
                    SEND,
                    SUSPEND,
                    RESUME,
                    SUSPEND_HOLDER,
                    RESUME_HOLDER,
                    CANCEL_BY_OPERATOR,
                    LAPSE,
                    REVOKE_BY_OPERATOR,
                    RESET_FACTORS,
                    RAISE_FLOOR,
                    REANCHOR,
                    ERASE,
                    TAKE_OVER,
                    ISSUE_EMERGENCY_CODES -> false;
        };
    }

    /** Whether the action takes a code of the token in use, or its response to a signing request. */
    boolean takesCodeOfActive() {
        return switch (this) {
            case VERIFY, RESYNCHRONISE, CONFIRM_SIGNATURE, RENEW, REVOKE, CREATE_RECOVERY_CODES -> true;
            default -> false;
        };
    }

    /** Whether the action is about the pending token or order, which must not have lapsed. */
    boolean isAboutPending() {
        return switch (this) {
            case ASSIGN, SEND, PROVISION, ACTIVATE, CANCEL, CANCEL_BY_OPERATOR, LAPSE -> true;
            default -> false;
        };
    }

    /** The operation that the policy lets the holder confirm; {@code null} for other actions. */
    @Nullable
    Operation operation() {
        return switch (this) {
            case ISSUE -> Operation.ISSUE;
            case ORDER -> Operation.ORDER;
            case RENEW -> Operation.RENEW;
            case ACTIVATE -> Operation.ACTIVATE;
            case CANCEL -> Operation.CANCEL;
            case REVOKE -> Operation.REVOKE;
            case CREATE_RECOVERY_CODES -> Operation.RECOVERY_CODES;
            default -> null;
        };
    }
}
