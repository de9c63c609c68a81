package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.MailAddress;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that is in use in another system, and is to be taken over. Immutable, but for the secret, which whoever holds the
 * token destroys after use.
 *
 * @param holder whose it is
 * @param userId the holder's number, to be kept; {@code null} to allot one
 * @param mailAddress where the holder is written to about tokens; {@code null} if no address is known
 * @param kind what shows its codes
 * @param serial its serial number
 * @param secret its secret
 * @param profile the parameters of its codes
 * @param codes how far its codes were accepted there; {@link dev.watchword.otp.Totp#NO_STEP} if that is not known of one that
 *     counts time: then none counts that it shows up to the moment at which it is taken over
 * @param expiresAt the first instant at which it accepts no code any more
 * @param suspended why it is suspended there; {@code null} if it is not
 */
public record ForeignToken(
        Holder holder,
        @Nullable UserId userId,
        @Nullable MailAddress mailAddress,
        TokenKind kind,
        SerialNumber serial,
        OtpSecret secret,
        OtpProfile profile,
        CodeState codes,
        Instant expiresAt,
        @Nullable SuspensionReason suspended) {
    /**
     * Creates a token.
     *
     * @throws IllegalArgumentException if it is a software token that counts events, or its profile has no such codes
     */
    public ForeignToken {
        requireNonNull(holder, "holder");
        requireNonNull(serial, "serial");
        requireNonNull(secret, "secret");
        requireNonNull(profile, "profile");
        requireNonNull(expiresAt, "expiresAt");
        codes.requireFits(profile);
        if (kind == TokenKind.SOFTWARE && !(profile instanceof TotpProfile)) {
            throw new IllegalArgumentException("a software token counts time, not events");
        }
    }

    /**
     * Tells which token it is, and nothing of its secret or of its holder.
     *
     * @return the serial number and the profile
     */
    @Override
    public String toString() {
        return "ForeignToken[" + serial + ", " + profile + "]";
    }
}
