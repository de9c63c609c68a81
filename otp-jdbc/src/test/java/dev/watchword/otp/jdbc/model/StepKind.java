package dev.watchword.otp.jdbc.model;

import java.time.Duration;
import java.util.List;

/** The kinds of steps in a script of the model-based test. */
public enum StepKind {
    WAIT(false, false),
    STOCK(false, false),
    /** Raises the floor of the whole institution. */
    FLOOR(false, false),
    SET_PASSWORD(false, false),
    MAIL_CODE(false, false),
    ISSUE(false, true),
    ORDER(false, true),
    ASSIGN(true, false),
    SEND(false, false),
    PROVISION(true, true),
    ACTIVATE_SOFTWARE(true, true),
    ACTIVATE_HARDWARE(true, true),
    /** Two consecutive codes activate a hardware token. */
    ACTIVATE_CONSECUTIVELY(true, true),
    VERIFY(true, false),
    RESYNCHRONISE(true, true),
    REQUEST_SIGNATURE(false, false),
    /** Confirms one of the signing requests with a right or a wrong response, or with other details. */
    SIGN(false, false),
    REFUSE_SIGNATURE(false, false),
    /** An operator withdraws one of the signing requests. */
    WITHDRAW_SIGNATURE(false, false),
    /** Signing requests and their confirmations. */
    SIGNATURES(false, false),
    RENEW_SOFTWARE(true, true),
    RENEW_HARDWARE(true, true),
    /** An operator replaces the token in use with a software token. */
    REPLACE_WITH_SOFTWARE(false, false),
    /** An operator replaces the token in use with a hardware token. */
    REPLACE_WITH_HARDWARE(false, false),
    /** An operator orders the successor of a token that stays in use. */
    ORDER_SUCCESSOR(false, false),
    OPERATOR_ORDERS(false, false),
    CANCEL(false, true),
    REVOKE(true, true),
    LAPSE(false, false),
    SUSPEND(false, false),
    RESUME(false, false),
    SUSPEND_HOLDER(false, false),
    RESUME_HOLDER(false, false),
    OPERATOR_CANCELS(false, false),
    OPERATOR_REVOKES(false, false),
    ERASE(false, false),
    RESET_FACTORS(false, false),
    ISSUE_EMERGENCY_CODES(false, false),
    CREATE_RECOVERY_CODES(true, true),
    /** Enters the emergency code of a slot, or a wrong one. */
    USE_EMERGENCY_CODE(true, false),
    /** Enters the recovery code of a slot, or a wrong one. */
    USE_RECOVERY_CODE(true, false),
    /** All steps up to the use of a software token. */
    PHONE(false, false),
    /** All steps up to an issued software token. */
    ISSUED_PHONE(false, false),
    /** All steps up to a provisioned software token. */
    PROVISIONED_PHONE(false, false),
    /** All steps up to a provisioned software token, and its cancellation by an operator. */
    CANCELLED_PHONE(false, false),
    /** A wait of months, and then all steps from the renewal of a software token up to its provisioned successor. */
    PENDING_NEXT_PHONE(false, false),
    /** A wait of months, and then all steps from the renewal of a software token up to the use of its successor. */
    NEXT_PHONE(false, false),
    /** All steps from an operator's replacement of the token in use up to the use of a software token. */
    REPLACED_BY_PHONE(false, false),
    /** All steps up to the use of a hardware token. */
    HARDWARE(false, false),
    /** All steps up to a hardware token that was sent. */
    SENT_HARDWARE(false, false),
    /** A wait of months, and then all steps from the renewal of a hardware token up to its sent successor. */
    PENDING_NEXT_HARDWARE(false, false),
    /** A wait of months, and then all steps from the renewal of a hardware token up to the use of its successor. */
    NEXT_HARDWARE(false, false),
    /** Wrong codes that may suspend the token in use, and its resumption. */
    GUESSES(false, false),
    /** Wrong codes that may suspend the pending token. */
    PENDING_GUESSES(false, false),
    /** Wrong mail codes and passwords that may lock them. */
    FACTOR_GUESSES(false, false),
    /** Emergency codes and recovery codes, of which the first is used. */
    BACKUP_CODES(false, false),
    /** Wrong emergency codes and recovery codes that may lock them. */
    BACKUP_GUESSES(false, false);

    /** The codes that a step can enter, by number. */
    static final List<String> CODES = List.of(
            "the code of now",
            "the next code",
            "the code after the next",
            "the last code",
            "a code of 9 steps ahead",
            "a code of 12 steps ago",
            "a wrong code",
            "no code",
            "the code before the last");

    /** The factors that a step can enter, by number. */
    static final List<String> FACTORS = List.of(
            "a wrong password",
            "a wrong mail code",
            "no password",
            "no mail code",
            "a wrong password alone",
            "all right factors");

    /** The distances by which a step moves the clock, by number. */
    static final List<Duration> WAITS = List.of(
            Duration.ofMinutes(1),
            Duration.ofSeconds(7),
            Duration.ofMinutes(5),
            Duration.ofMinutes(-2),
            Duration.ofHours(13),
            Duration.ofDays(3),
            Duration.ofDays(60),
            Duration.ofDays(110),
            Duration.ofMinutes(29));

    final boolean takesCode;
    final boolean takesFactor;

    StepKind(boolean takesCode, boolean takesFactor) {
        this.takesCode = takesCode;
        this.takesFactor = takesFactor;
    }

    /** Returns the steps of which this one consists. Most kinds are a single step. */
    List<StepKind> steps() {
        return switch (this) {
            case PHONE -> List.of(SET_PASSWORD, MAIL_CODE, ISSUE, PROVISION, ACTIVATE_SOFTWARE);
            case ISSUED_PHONE -> List.of(SET_PASSWORD, MAIL_CODE, ISSUE);
            case PROVISIONED_PHONE -> List.of(SET_PASSWORD, MAIL_CODE, ISSUE, PROVISION);
            case CANCELLED_PHONE -> List.of(SET_PASSWORD, MAIL_CODE, ISSUE, PROVISION, OPERATOR_CANCELS);
            case PENDING_NEXT_PHONE -> List.of(WAIT, SET_PASSWORD, RENEW_SOFTWARE, PROVISION);
            case NEXT_PHONE -> List.of(WAIT, SET_PASSWORD, RENEW_SOFTWARE, PROVISION, ACTIVATE_SOFTWARE);
            case REPLACED_BY_PHONE -> List.of(REPLACE_WITH_SOFTWARE, PROVISION, ACTIVATE_SOFTWARE);
            case HARDWARE -> List.of(SET_PASSWORD, ORDER, STOCK, ASSIGN, SEND, ACTIVATE_HARDWARE);
            case SENT_HARDWARE -> List.of(SET_PASSWORD, ORDER, STOCK, ASSIGN, SEND);
            case PENDING_NEXT_HARDWARE -> List.of(WAIT, SET_PASSWORD, RENEW_HARDWARE, STOCK, ASSIGN, SEND);
            case NEXT_HARDWARE -> List.of(WAIT, SET_PASSWORD, RENEW_HARDWARE, STOCK, ASSIGN, SEND, ACTIVATE_HARDWARE);
            case SIGNATURES -> List.of(REQUEST_SIGNATURE, REQUEST_SIGNATURE, SIGN, REFUSE_SIGNATURE);
            case GUESSES -> List.of(WAIT, VERIFY, WAIT, VERIFY, WAIT, VERIFY, RESUME);
            case PENDING_GUESSES ->
                List.of(WAIT, ACTIVATE_SOFTWARE, ACTIVATE_HARDWARE, WAIT, ACTIVATE_SOFTWARE, ACTIVATE_HARDWARE);
            case FACTOR_GUESSES -> List.of(SET_PASSWORD, MAIL_CODE, ISSUE, ISSUE, ISSUE, ORDER, ORDER, ORDER);
            case BACKUP_CODES ->
                List.of(
                        WAIT,
                        SET_PASSWORD,
                        CREATE_RECOVERY_CODES,
                        ISSUE_EMERGENCY_CODES,
                        USE_RECOVERY_CODE,
                        USE_EMERGENCY_CODE);
            case BACKUP_GUESSES ->
                List.of(ISSUE_EMERGENCY_CODES, USE_EMERGENCY_CODE, USE_RECOVERY_CODE, USE_EMERGENCY_CODE);
            default -> List.of(this);
        };
    }

    /** Whether this kind begins with a wait after which a token can be renewed. */
    boolean isRenewal() {
        return switch (this) {
            case PENDING_NEXT_PHONE, NEXT_PHONE, PENDING_NEXT_HARDWARE, NEXT_HARDWARE -> true;
            default -> false;
        };
    }

    /** Whether the steps of this kind enter wrong codes or factors. */
    boolean isGuesses() {
        return switch (this) {
            case GUESSES, PENDING_GUESSES, FACTOR_GUESSES, BACKUP_GUESSES -> true;
            default -> false;
        };
    }

    boolean concernsNoHolder() {
        return this == WAIT || this == STOCK || this == FLOOR;
    }
}
