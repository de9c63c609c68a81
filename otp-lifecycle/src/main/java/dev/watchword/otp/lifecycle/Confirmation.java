package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.internal.machine.Entered;
import org.jspecify.annotations.Nullable;

/**
 * The entries with which a holder confirms an operation. They may be wrong, malformed or missing. Begin with {@link #NONE} and
 * add the entries. {@link #toString} is redacted, and the fields of the entries are transient, so that neither a log nor a JSON mapper
 * shows them. Immutable.
 */
public final class Confirmation {
    /** No entry. */
    public static final Confirmation NONE = new Confirmation(null, null, null, null);

    private final transient @Nullable String password;
    private final @Nullable Boolean passwordVerdict;
    private final transient @Nullable String mailCode;
    private final transient @Nullable String code;

    private Confirmation(
            @Nullable String password,
            @Nullable Boolean passwordVerdict,
            @Nullable String mailCode,
            @Nullable String code) {
        this.password = password;
        this.passwordVerdict = passwordVerdict;
        this.mailCode = mailCode;
        this.code = code;
    }

    /**
     * Adds the confirmation password that was entered. The library verifies it. For policies in which the library keeps the
     * passwords.
     *
     * @param entered the entry, or {@code null}
     * @return a confirmation with the entry
     */
    public Confirmation password(@Nullable String entered) {
        return new Confirmation(entered, null, mailCode, code);
    }

    /**
     * States that the application verified the confirmation password as right. For policies in which the application keeps the
     * passwords.
     *
     * @return a confirmation with a right password
     */
    public Confirmation passwordWasRight() {
        return new Confirmation(null, true, mailCode, code);
    }

    /**
     * States that the application verified the confirmation password as wrong. For policies in which the application keeps the
     * passwords.
     *
     * @return a confirmation with a wrong password
     */
    public Confirmation passwordWasWrong() {
        return new Confirmation(null, false, mailCode, code);
    }

    /**
     * Adds the mail code that was entered.
     *
     * @param entered the entry, or {@code null}
     * @return a confirmation with the entry
     */
    public Confirmation mailCode(@Nullable String entered) {
        return new Confirmation(password, passwordVerdict, entered, code);
    }

    /**
     * Adds the code of the token that was entered.
     *
     * @param entered the entry, or {@code null}
     * @return a confirmation with the entry
     */
    public Confirmation code(@Nullable String entered) {
        return new Confirmation(password, passwordVerdict, mailCode, entered);
    }

    @Nullable
    String password() {
        return password;
    }

    /** The application's verdict on the password; null if it gave none. */
    @Nullable
    Boolean passwordVerdict() {
        return passwordVerdict;
    }

    @Nullable
    String mailCode() {
        return mailCode;
    }

    /** The code, or a text that is not a code if none was entered. */
    String codeOrEmpty() {
        return code == null ? "" : code;
    }

    /** The form of the entries. */
    Entered entered() {
        return new Entered(passwordEntry(), mailCode != null, digits(codeOrEmpty()));
    }

    private Entered.Entry passwordEntry() {
        if (passwordVerdict != null) {
            return passwordVerdict ? Entered.Entry.GIVEN : Entered.Entry.REFUSED;
        }
        return password == null ? Entered.Entry.MISSING : Entered.Entry.GIVEN;
    }

    /** The number of digits of a text that consists of ASCII digits; otherwise 0. */
    static int digits(String text) {
        return Require.isDigits(text, 0, text.length()) ? text.length() : 0;
    }

    /** {@return a text that is the same for every confirmation} */
    @Override
    public String toString() {
        return "Confirmation[redacted]";
    }
}
