package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a holder enters to confirm an operation, whatever it is. Begin with {@link #NONE}, and add what was entered.
 * Immutable.
 */
public final class Confirmation {
    /** Nothing was entered. */
    public static final Confirmation NONE = new Confirmation(null, null, null, null);

    private final @Nullable String password;
    private final @Nullable Boolean checkedPassword;
    private final @Nullable String mailCode;
    private final @Nullable String code;

    private Confirmation(
            @Nullable String password,
            @Nullable Boolean checkedPassword,
            @Nullable String mailCode,
            @Nullable String code) {
        this.password = password;
        this.checkedPassword = checkedPassword;
        this.mailCode = mailCode;
        this.code = code;
    }

    /**
     * Adds the confirmation password that was entered, for the library to check.
     *
     * @param entered what was entered
     * @return a confirmation with it
     */
    public Confirmation password(String entered) {
        return new Confirmation(requireNonNull(entered, "entered"), null, mailCode, code);
    }

    /**
     * Adds what the application found when it checked the confirmation password by itself.
     *
     * @param right whether it was right
     * @return a confirmation with it
     */
    public Confirmation checkedPassword(boolean right) {
        return new Confirmation(null, right, mailCode, code);
    }

    /**
     * Adds the mail code that was entered.
     *
     * @param entered what was entered
     * @return a confirmation with it
     */
    public Confirmation mailCode(String entered) {
        return new Confirmation(password, checkedPassword, requireNonNull(entered, "entered"), code);
    }

    /**
     * Adds the code of the token that was entered.
     *
     * @param entered what was entered
     * @return a confirmation with it
     */
    public Confirmation code(String entered) {
        return new Confirmation(password, checkedPassword, mailCode, requireNonNull(entered, "entered"));
    }

    @Nullable
    String password() {
        return password;
    }

    @Nullable
    Boolean checkedPassword() {
        return checkedPassword;
    }

    @Nullable
    String mailCode() {
        return mailCode;
    }

    /** The code, or what is no code if none was entered. */
    String codeOrNone() {
        return code == null ? "" : code;
    }

    /**
     * Tells nothing of what was entered.
     *
     * @return a text that is the same for every confirmation
     */
    @Override
    public String toString() {
        return "Confirmation[redacted]";
    }
}
