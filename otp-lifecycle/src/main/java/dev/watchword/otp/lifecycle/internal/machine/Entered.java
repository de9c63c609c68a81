package dev.watchword.otp.lifecycle.internal.machine;

/**
 * The form of the texts that were entered with a command, never the texts. The machine refuses an entry that is missing or
 * cannot be right before anything is evaluated.
 *
 * @param password whether a confirmation password was entered
 * @param mailCode whether a mail code was entered
 * @param codeDigits the number of digits of the entered code, or of each of two entered codes; 0 if the text is not a code
 */
public record Entered(Entry password, boolean mailCode, int codeDigits) {
    /** For commands without entries. */
    public static final Entered NOTHING = new Entered(Entry.MISSING, false, 0);

    /** The confirmation password. */
    public enum Entry {
        /** None was entered. */
        MISSING,
        /** One was entered. */
        GIVEN,
        /** The application keeps the passwords, and found this one wrong. */
        REFUSED
    }

    /** The form of a code alone. */
    public static Entered code(int digits) {
        return new Entered(Entry.MISSING, false, digits);
    }
}
