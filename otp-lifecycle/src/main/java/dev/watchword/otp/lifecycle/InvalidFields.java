package dev.watchword.otp.lifecycle;

import java.util.Set;

/**
 * That a request was not looked at, since what was entered cannot be. Nothing was read, charged or stored.
 *
 * @param fields all that must be entered again, in the order of the screen
 */
public record InvalidFields(Set<Field> fields) implements IssueOutcome, MailCodeOutcome {
    /** Creates the outcome. */
    public InvalidFields {
        fields = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(fields));
    }

    /** What a holder enters. */
    public enum Field {
        /** The mail address is not one in ASCII. */
        MAIL_ADDRESS,
        /** The mail address entered again is another. */
        MAIL_ADDRESS_AGAIN,
        /** The activation password has not 4 to 8 digits. */
        ACTIVATION_PASSWORD,
        /** The activation password entered again is another. */
        ACTIVATION_PASSWORD_AGAIN
    }
}
