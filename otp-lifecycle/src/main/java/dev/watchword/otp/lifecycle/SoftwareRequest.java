package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a holder enters to be issued a software token, whatever it is. Immutable.
 *
 * @param mailAddress where the holder wants to be written to
 * @param mailAddressAgain the same, entered again
 * @param password the activation password, 4 to 8 digits; {@code null} where the policy has it generated
 * @param passwordAgain the same, entered again
 */
public record SoftwareRequest(
        String mailAddress,
        String mailAddressAgain,
        @Nullable String password,
        @Nullable String passwordAgain) {
    private static final int MIN_PASSWORD = 4;
    private static final int MAX_PASSWORD = 8;

    /** Creates a request. */
    public SoftwareRequest {
        requireNonNull(mailAddress, "mailAddress");
        requireNonNull(mailAddressAgain, "mailAddressAgain");
    }

    /**
     * Returns a request in which both entries are alike.
     *
     * @param mailAddress the mail address
     * @param password the activation password, {@code null} where the policy has it generated
     * @return the request
     */
    public static SoftwareRequest of(String mailAddress, @Nullable String password) {
        return new SoftwareRequest(mailAddress, mailAddress, password, password);
    }

    /** What must be entered again. */
    Set<InvalidFields.Field> invalidFields(boolean generatedPassword) {
        Set<InvalidFields.Field> invalid = new LinkedHashSet<>();
        if (!MailAddress.isMailAddress(mailAddress)) {
            invalid.add(InvalidFields.Field.MAIL_ADDRESS);
        }
        if (!mailAddress.equals(mailAddressAgain)) {
            invalid.add(InvalidFields.Field.MAIL_ADDRESS_AGAIN);
        }
        boolean fits = password != null && Require.isDigits(password, MIN_PASSWORD, MAX_PASSWORD);
        if (generatedPassword ? password != null : !fits) {
            invalid.add(InvalidFields.Field.ACTIVATION_PASSWORD);
        }
        if (password == null ? passwordAgain != null : !password.equals(passwordAgain)) {
            invalid.add(InvalidFields.Field.ACTIVATION_PASSWORD_AGAIN);
        }
        return invalid;
    }

    /**
     * Tells nothing of what was entered.
     *
     * @return a text that is the same for every request
     */
    @Override
    public String toString() {
        return "SoftwareRequest[redacted]";
    }
}
