package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.model.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an action. Each action has some of them.
 *
 * @param kind the kind of reason
 * @param reason the reason in words
 * @param serialNumber the serial number of a hardware token
 * @param mailAddress the mail address of a software token
 * @param mailAddressAgain the second entry
 * @param activationPassword the activation password that the customer chose
 * @param activationPasswordAgain the second entry
 * @param sure whether the operator checked the box of an action that cannot be undone
 */
record ActionForm(
        @Nullable String kind,
        @Nullable String reason,
        @Nullable String serialNumber,
        @Nullable String mailAddress,
        @Nullable String mailAddressAgain,
        @Nullable String activationPassword,
        @Nullable String activationPasswordAgain,
        @Nullable Boolean sure) {
    static final ActionForm EMPTY = new ActionForm(null, null, null, null, null, null, null, null);

    /** The fields of the library, and the fields of this form that they are. */
    static final Map<Field, String> FIELDS = Map.of(
            Field.REASON, "reason",
            Field.SERIAL_NUMBER, "serialNumber",
            Field.MAIL_ADDRESS, "mailAddress",
            Field.MAIL_ADDRESS_AGAIN, "mailAddressAgain",
            Field.ACTIVATION_PASSWORD, "activationPassword",
            Field.ACTIVATION_PASSWORD_AGAIN, "activationPasswordAgain");

    SoftwareRequest softwareRequest() {
        return SoftwareRequest.of(mailAddress, activationPassword)
                .enteredAgain(mailAddressAgain, activationPasswordAgain);
    }

    /** Contains no password. */
    @Override
    public String toString() {
        return "ActionForm[kind=" + kind + "]";
    }
}
