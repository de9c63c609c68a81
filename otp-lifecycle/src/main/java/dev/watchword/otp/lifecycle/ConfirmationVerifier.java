package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.machine.Evidence;
import dev.watchword.otp.lifecycle.internal.machine.Proof;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates the factors of one request. It hashes each password at most once. */
final class ConfirmationVerifier {
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9]{6,12}");

    private final Confirmation confirmation;
    private final HashedOnce password;
    private final HashedOnce mailCode;

    /**
     * Creates a verifier for one request.
     *
     * @throws IllegalArgumentException if the confirmation has the password in the form for another policy
     */
    ConfirmationVerifier(PasswordHasher hasher, PasswordKeeper keeper, Confirmation confirmation) {
        boolean library = keeper == PasswordKeeper.LIBRARY;
        if (library ? confirmation.passwordVerdict() != null : confirmation.password() != null) {
            throw new IllegalArgumentException(
                    library
                            ? "The library keeps the confirmation passwords by this policy; use Confirmation.password"
                            : "The application keeps the confirmation passwords by this policy; use"
                                    + " Confirmation.passwordWasRight or passwordWasWrong");
        }
        this.confirmation = confirmation;
        password = new HashedOnce(hasher, HashedSecrets.CONFIRMATION_PASSWORD);
        mailCode = new HashedOnce(hasher, HashedSecrets.MAIL_CODE);
    }

    /** Whether a text has the form of a confirmation password: 6 to 12 ASCII letters or digits. */
    static boolean isPassword(@Nullable String text) {
        return text != null && PASSWORD.matcher(text).matches();
    }

    /** Evaluates the factors of an operation without a code. */
    Evidence verify(Enrolment before) {
        return verify(before, Verification.MALFORMED);
    }

    /** Evaluates the factors of an operation, with the result of its code. */
    Evidence verify(Enrolment before, Verification code) {
        return new Evidence(password(before), mailCode(before), code);
    }

    private Proof password(Enrolment before) {
        Boolean verdict = confirmation.passwordVerdict();
        if (verdict != null) {
            return verdict ? Proof.RIGHT : Proof.WRONG;
        }
        String entered = confirmation.password();
        if (entered != null && !isPassword(entered)) {
            return Proof.WRONG;
        }
        return password.compare(before.holder(), before.credentials().password(), entered);
    }

    private Proof mailCode(Enrolment before) {
        MailCode expected = before.credentials().mailCode();
        return mailCode.compare(before.holder(), expected == null ? null : expected.hash(), confirmation.mailCode());
    }
}
