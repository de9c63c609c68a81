package dev.watchword.otp.jdbc.model;

import java.time.Duration;
import java.util.List;

/** The kinds of steps in a script of the model-based test. */
public enum StepKind {
    WAIT(false, false),
    STOCK(false, false),
    SET_PASSWORD(false, false),
    MAIL_CODE(false, true),
    ISSUE(false, true),
    ORDER(false, true),
    ASSIGN(true, false),
    SEND(false, false),
    PROVISION(true, true),
    ACTIVATE_SOFTWARE(true, false),
    ACTIVATE_HARDWARE(true, true),
    VERIFY(true, false),
    RESYNCHRONISE(true, true),
    RENEW_SOFTWARE(true, true),
    RENEW_HARDWARE(true, true),
    CANCEL(false, true),
    REVOKE(true, true),
    LAPSE(false, false),
    SUSPEND(false, false),
    RESUME(false, false),
    OPERATOR_CANCELS(false, false),
    OPERATOR_REVOKES(false, false),
    ERASE(false, false),
    RESET_FACTORS(false, false),
    /** All steps up to the use of a software token. */
    PHONE(false, false),
    /** All steps up to the use of a hardware token. */
    HARDWARE(false, false),
    /** All steps from the renewal of a hardware token up to the use of its successor. */
    NEXT_HARDWARE(false, false),
    /** Wrong codes that may suspend the token, and its resumption. */
    GUESSES(false, false);

    /** The codes that a step can enter, by number. */
    static final List<String> CODES = List.of(
            "the code of now",
            "the next code",
            "the code after the next",
            "the last code",
            "a code of 9 steps ahead",
            "a code of 12 steps ago",
            "a wrong code",
            "no code");

    /** The factors that a step can enter, by number. */
    static final List<String> FACTORS =
            List.of("a wrong password", "a wrong mail code", "no password", "all factors", "all right factors");

    /** The distances by which a step moves the clock, by number. */
    static final List<Duration> WAITS = List.of(
            Duration.ofMinutes(1),
            Duration.ofSeconds(7),
            Duration.ofMinutes(5),
            Duration.ofMinutes(-2),
            Duration.ofHours(13),
            Duration.ofDays(3),
            Duration.ofDays(60),
            Duration.ofDays(110));

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
            case HARDWARE -> List.of(SET_PASSWORD, ORDER, STOCK, ASSIGN, SEND, ACTIVATE_HARDWARE);
            case NEXT_HARDWARE -> List.of(RENEW_HARDWARE, STOCK, ASSIGN, SEND, ACTIVATE_HARDWARE);
            case GUESSES -> List.of(WAIT, VERIFY, WAIT, VERIFY, WAIT, VERIFY, RESUME);
            default -> List.of(this);
        };
    }

    boolean concernsNoHolder() {
        return this == WAIT || this == STOCK;
    }
}
