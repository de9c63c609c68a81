package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of the factors with which a holder confirms. Immutable.
 *
 * @param password the sealed hash of the confirmation password; {@code null} if the library keeps none
 * @param passwordFailures how many wrong confirmation passwords in a row
 * @param mailCode the mail code that can be used; {@code null} if there is none
 * @param mailCodeFailures how many wrong mail codes in a row; a new code does not reset it
 */
public record Factors(
        @Nullable SealedSecret password,
        int passwordFailures,
        @Nullable MailCode mailCode,
        int mailCodeFailures) {
    /** Nothing yet. */
    public static final Factors NONE = new Factors(null, 0, null, 0);

    /**
     * Creates factors from what a store kept.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public Factors {
        if (passwordFailures < 0 || mailCodeFailures < 0) {
            throw new IllegalArgumentException("Factors have " + passwordFailures + " and " + mailCodeFailures
                    + " failures; neither can be negative");
        }
    }

    Factors withPassword(SealedSecret hash) {
        return new Factors(requireNonNull(hash), 0, mailCode, mailCodeFailures);
    }

    Factors withMailCode(@Nullable MailCode code) {
        return new Factors(password, passwordFailures, code, mailCodeFailures);
    }

    Factors passwordFailed() {
        return new Factors(password, passwordFailures + 1, mailCode, mailCodeFailures);
    }

    Factors mailCodeFailed() {
        return new Factors(password, passwordFailures, mailCode, mailCodeFailures + 1);
    }

    Factors passwordUsed() {
        return new Factors(password, 0, mailCode, mailCodeFailures);
    }

    Factors mailCodeUsed() {
        return new Factors(password, passwordFailures, null, 0);
    }

    Factors reset() {
        return new Factors(password, 0, null, 0);
    }
}
