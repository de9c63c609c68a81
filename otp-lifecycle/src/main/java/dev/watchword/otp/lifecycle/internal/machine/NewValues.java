package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The new values that an operation of a holder stores.
 *
 * @param userId a user ID that is probably free; used if the holder has none; {@code null} for operations that assign none
 * @param token the new token; {@code null} for operations that issue none
 */
public record NewValues(@Nullable UserId userId, @Nullable NewSoftwareToken token) {
    /** For operations that store no new values. */
    public static final NewValues NONE = new NewValues(null, null);

    UserId requireUserId() {
        return requireNonNull(userId, "userId");
    }

    NewSoftwareToken requireToken() {
        return requireNonNull(token, "token");
    }
}
