package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the factors with which a holder confirms one request. Each is hashed at most once, however often the request
 * is decided again.
 */
final class FactorReader {
    static final String PASSWORD = "confirmation password";
    static final String MAIL_CODE = "mail code";

    private static final Pattern PASSWORD_FORM = Pattern.compile("[A-Za-z0-9]{6,12}");

    private final Confirmation confirmation;
    private final HashedOnce password;
    private final HashedOnce mailCode;

    FactorReader(PasswordHasher hasher, PasswordKeeper keeper, Confirmation confirmation) {
        boolean forLibrary = keeper == PasswordKeeper.LIBRARY;
        if (forLibrary ? confirmation.checkedPassword() != null : confirmation.password() != null) {
            throw new IllegalArgumentException("By the policy the "
                    + (forLibrary
                            ? "library keeps the confirmation passwords: give it what was entered"
                            : "application keeps the confirmation passwords: say what came of checking"));
        }
        this.confirmation = confirmation;
        password = new HashedOnce(hasher, PASSWORD);
        mailCode = new HashedOnce(hasher, MAIL_CODE);
    }

    static boolean isPassword(String text) {
        return PASSWORD_FORM.matcher(text).matches();
    }

    Evidence read(Enrolment before, Verification code) {
        return new Evidence(password(before), mailCode(before), code);
    }

    private Proof password(Enrolment before) {
        Boolean checked = confirmation.checkedPassword();
        if (checked != null) {
            return checked ? Proof.RIGHT : Proof.WRONG;
        }
        String entered = confirmation.password();
        if (entered != null && !isPassword(entered)) {
            return Proof.WRONG;
        }
        return password.compare(before.holder(), before.factors().password(), entered);
    }

    private Proof mailCode(Enrolment before) {
        MailCode expected = before.factors().mailCode();
        return mailCode.compare(before.holder(), expected == null ? null : expected.hash(), confirmation.mailCode());
    }

    /** A text that is hashed at most once, and compared with one hash. */
    static final class HashedOnce {
        private final PasswordHasher hasher;
        private final String what;
        private @Nullable SealedSecret comparedWith;
        private boolean right;

        HashedOnce(PasswordHasher hasher, String what) {
            this.hasher = hasher;
            this.what = what;
        }

        Proof compare(Holder holder, @Nullable SealedSecret expected, @Nullable String entered) {
            if (entered == null || expected == null) {
                return Proof.NOT_GIVEN;
            }
            if (comparedWith == null) {
                right = hasher.matches(holder, what, expected, entered);
                comparedWith = expected;
            }
            if (!expected.equals(comparedWith)) {
                return Proof.OVERTAKEN;
            }
            return right ? Proof.RIGHT : Proof.WRONG;
        }

        boolean wasCompared() {
            return comparedWith != null;
        }
    }
}
