package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.MailAddress;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a holder who asks for a software token. They may be malformed: the service refuses them and names the fields.
 * {@link #toString} is redacted, and the fields of the password are transient, so that neither a log nor a JSON mapper shows it.
 * Immutable.
 */
public final class SoftwareRequest {
    private static final int MIN_PASSWORD = 4;
    private static final int MAX_PASSWORD = 8;

    private final @Nullable String mailAddress;
    private final transient @Nullable String password;
    private final @Nullable String mailAddressAgain;
    private final transient @Nullable String passwordAgain;

    private SoftwareRequest(
            @Nullable String mailAddress,
            @Nullable String password,
            @Nullable String mailAddressAgain,
            @Nullable String passwordAgain) {
        this.mailAddress = mailAddress;
        this.password = password;
        this.mailAddressAgain = mailAddressAgain;
        this.passwordAgain = passwordAgain;
    }

    /**
     * Creates a request. The second entries of the address and of the password equal the first ones, unless {@link
     * #enteredAgain} sets others.
     *
     * @param mailAddress the mail address that was entered
     * @param password the activation password that was entered, 4 to 8 digits; {@code null} if the policy generates it
     * @return the request
     */
    public static SoftwareRequest of(@Nullable String mailAddress, @Nullable String password) {
        return new SoftwareRequest(mailAddress, password, mailAddress, password);
    }

    /**
     * Returns this request with the second entries of the address and of the password. They must equal the first ones.
     *
     * @param newMailAddressAgain the mail address as it was entered again
     * @param newPasswordAgain the activation password as it was entered again; {@code null} if the policy generates it
     * @return the request with the second entries
     */
    public SoftwareRequest enteredAgain(@Nullable String newMailAddressAgain, @Nullable String newPasswordAgain) {
        return new SoftwareRequest(mailAddress, password, newMailAddressAgain, newPasswordAgain);
    }

    /** Returns the fields that must be entered again, in the order of the screen. */
    Set<Field> malformedFields(boolean generatedPassword) {
        Set<Field> malformed = new LinkedHashSet<>();
        if (MailAddress.parse(mailAddress).isEmpty()) {
            malformed.add(Field.MAIL_ADDRESS);
        }
        if (!Objects.equals(mailAddress, mailAddressAgain)) {
            malformed.add(Field.MAIL_ADDRESS_AGAIN);
        }
        boolean fits = password != null && Require.isDigits(password, MIN_PASSWORD, MAX_PASSWORD);
        if (generatedPassword ? password != null : !fits) {
            malformed.add(Field.ACTIVATION_PASSWORD);
        }
        if (!Objects.equals(password, passwordAgain)) {
            malformed.add(Field.ACTIVATION_PASSWORD_AGAIN);
        }
        return malformed;
    }

    /** Returns the well-formed address. */
    MailAddress requireMailAddress() {
        return MailAddress.parse(mailAddress).orElseThrow();
    }

    @Nullable
    String password() {
        return password;
    }

    /** {@return a text that is the same for every request} */
    @Override
    public String toString() {
        return "SoftwareRequest[redacted]";
    }
}
