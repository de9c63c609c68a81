package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.internal.RandomText;
import dev.watchword.otp.lifecycle.internal.machine.Evidence;
import dev.watchword.otp.lifecycle.internal.machine.Proof;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.Factor;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates those factors of one request that its operation requires. It hashes each password at most once. It does not compare a
 * password whose failure the machine could not count (R2.2).
 */
final class ConfirmationVerifier {
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9]{6,12}");

    private final Set<Factor> needed;
    private final Confirmation confirmation;
    private final HashedOnce password;
    private final HashedOnce mailCode;

    /**
     * Creates a verifier for one request.
     *
     * @throws IllegalArgumentException if the confirmation has the password in the form for another policy
     */
    ConfirmationVerifier(
            PasswordHasher hasher, ConfirmationPolicy policy, Operation operation, Confirmation confirmation) {
        boolean library = policy.passwordKeeper() == PasswordKeeper.LIBRARY;
        if (library ? confirmation.passwordVerdict() != null : confirmation.password() != null) {
            throw new IllegalArgumentException(
                    library
                            ? "The library keeps the confirmation passwords by this policy; use Confirmation.password"
                            : "The application keeps the confirmation passwords by this policy; use"
                                    + " Confirmation.passwordWasRight or passwordWasWrong");
        }
        needed = policy.factorsOf(operation);
        this.confirmation = confirmation;
        password = new HashedOnce(hasher, HashedSecrets.CONFIRMATION_PASSWORD, ConfirmationVerifier::isPassword);
        mailCode = new HashedOnce(hasher, HashedSecrets.MAIL_CODE, RandomText::isMailCode);
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

    /** Whether every factor that the operation requires is right, and the code is accepted. */
    boolean isRight(Evidence evidence) {
        return (!needed.contains(Factor.PASSWORD) || evidence.password() == Proof.RIGHT)
                && (!needed.contains(Factor.MAIL_CODE) || evidence.mailCode() == Proof.RIGHT)
                && evidence.code() instanceof Verification.Matched;
    }

    private Proof password(Enrolment before) {
        if (!needed.contains(Factor.PASSWORD)) {
            return Proof.NOT_GIVEN;
        }
        Boolean verdict = confirmation.passwordVerdict();
        if (verdict != null) {
            return verdict ? Proof.RIGHT : Proof.WRONG;
        }
        return password.compare(before.holder(), before.credentials().password(), confirmation.password());
    }

    private Proof mailCode(Enrolment before) {
        if (!needed.contains(Factor.MAIL_CODE)) {
            return Proof.NOT_GIVEN;
        }
        MailCode expected = before.credentials().mailCode();
        return mailCode.compare(before.holder(), expected == null ? null : expected.hash(), confirmation.mailCode());
    }
}
