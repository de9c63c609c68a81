package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.machine.Proof;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An entered password that is hashed and compared at most once, even if the operation repeats its decision. A text without the
 * form of the password is wrong, and is not hashed. Not thread-safe.
 */
final class HashedOnce {
    private final PasswordHasher hasher;
    private final String what;
    private final Predicate<String> form;
    private @Nullable SealedSecret comparedWith;
    private boolean right;
    private boolean pretended;

    HashedOnce(PasswordHasher hasher, String what, Predicate<String> form) {
        this.hasher = hasher;
        this.what = what;
        this.form = form;
    }

    Proof compare(Holder holder, @Nullable SealedSecret expected, @Nullable String entered) {
        if (entered == null || expected == null) {
            return Proof.NOT_GIVEN;
        }
        if (!form.test(entered)) {
            return Proof.WRONG;
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

    /** Computes a hash unless the request has already computed one, so that timing does not reveal a missing comparison. */
    void pretend(String entered) {
        if (comparedWith == null && !pretended) {
            hasher.pretend(entered);
            pretended = true;
        }
    }
}
