package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.machine.Proof;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import org.jspecify.annotations.Nullable;

/** An entered password that is hashed and compared at most once, however often the operation is decided. Not thread-safe. */
final class HashedOnce {
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
