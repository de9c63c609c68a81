package dev.watchword.otp.lifecycle;

/** What can be asked of a holder's enrolment, and how it is refused in a state that has no edge for it. */
enum TokenAction {
    ISSUE(false, Refusal.TOKEN_EXISTS),
    ACTIVATE(true, Refusal.NOT_ISSUED),
    VERIFY(true, Refusal.NOT_ACTIVE),
    SUSPEND(false, Refusal.NO_TOKEN),
    RESUME(false, Refusal.NOT_SUSPENDED),
    REVOKE(true, Refusal.NOT_ACTIVE),
    REVOKE_BY_OPERATOR(false, Refusal.NO_TOKEN);

    private final boolean takesCode;
    private final Refusal refusal;

    TokenAction(boolean takesCode, Refusal refusal) {
        this.takesCode = takesCode;
        this.refusal = refusal;
    }

    /** Whether it needs a code, so that neither a suspended nor an expired token may do it. */
    boolean takesCode() {
        return takesCode;
    }

    Refusal refusal() {
        return refusal;
    }
}
