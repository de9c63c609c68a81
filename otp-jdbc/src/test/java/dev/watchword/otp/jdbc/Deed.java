package dev.watchword.otp.jdbc;

import java.time.Duration;
import java.util.List;

/** What can be done in a script of the model-based test. */
enum Deed {
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
    ACTIVATE_FOB(true, true),
    VERIFY(true, false),
    RESYNCHRONISE(true, true),
    RENEW_SOFTWARE(true, true),
    RENEW_FOB(true, true),
    CANCEL(false, true),
    REVOKE(true, true),
    LAPSE(false, false),
    SUSPEND(false, false),
    RESUME(false, false),
    OPERATOR_CANCELS(false, false),
    OPERATOR_REVOKES(false, false),
    ERASE(false, false),
    RESET_FACTORS(false, false),
    /** All the steps to a phone in use. */
    PHONE(false, false),
    /** All the steps to a fob in use. */
    FOB(false, false),
    /** The steps from the order of a successor to its use. */
    NEXT_FOB(false, false),
    /** Wrong codes until the token is suspended or worse, and its resumption. */
    GUESSES(false, false);

    /** The codes that can be entered, by number. */
    static final List<String> CODES = List.of(
            "the code of now",
            "the next code",
            "the code after the next",
            "the last code",
            "a code of 9 steps ahead",
            "a code of 12 steps ago",
            "a wrong code",
            "no code");

    /** The factors that can be entered, by number. */
    static final List<String> FACTORS =
            List.of("a wrong password", "a wrong mail code", "no password", "all factors", "all right factors");

    /** How far the clock is moved, by number. */
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

    Deed(boolean takesCode, boolean takesFactor) {
        this.takesCode = takesCode;
        this.takesFactor = takesFactor;
    }

    /** What it is made of; most are of one piece. */
    List<Deed> steps() {
        return switch (this) {
            case PHONE -> List.of(SET_PASSWORD, MAIL_CODE, ISSUE, PROVISION, ACTIVATE_SOFTWARE);
            case FOB -> List.of(SET_PASSWORD, ORDER, STOCK, ASSIGN, SEND, ACTIVATE_FOB);
            case NEXT_FOB -> List.of(RENEW_FOB, STOCK, ASSIGN, SEND, ACTIVATE_FOB);
            case GUESSES -> List.of(WAIT, VERIFY, WAIT, VERIFY, WAIT, VERIFY, RESUME);
            default -> List.of(this);
        };
    }

    boolean isOfTheWorld() {
        return this == WAIT || this == STOCK;
    }
}
