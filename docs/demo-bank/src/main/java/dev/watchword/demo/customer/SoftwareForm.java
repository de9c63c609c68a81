package dev.watchword.demo.customer;

import dev.watchword.otp.lifecycle.SoftwareRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of the first page of a software token: the mail address and the activation password, each twice. */
record SoftwareForm(
        @Nullable String mail,
        @Nullable String mailAgain,
        @Nullable String activationPassword,
        @Nullable String activationPasswordAgain) {
    SoftwareForm {
        mail = stripped(mail);
        mailAgain = stripped(mailAgain);
    }

    SoftwareRequest request() {
        return SoftwareRequest.of(mail, activationPassword).enteredAgain(mailAgain, activationPasswordAgain);
    }

    /** Returns the entries that the page shows again. The passwords are not among them. */
    Map<String, String> values() {
        return Map.of("mail", orEmpty(mail), "mailAgain", orEmpty(mailAgain));
    }

    private static @Nullable String stripped(@Nullable String entry) {
        return entry == null ? null : entry.strip();
    }

    private static String orEmpty(@Nullable String entry) {
        return entry == null ? "" : entry;
    }

    @Override
    public String toString() {
        return "SoftwareForm[redacted]";
    }
}
