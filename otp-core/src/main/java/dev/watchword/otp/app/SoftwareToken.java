package dev.watchword.otp.app;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * A software token in an app, which shows codes until it expires. It reads no clock; the caller passes the instant. It
 * does not sign transactions; the {@link TokenVault} does.
 *
 * <p>A software token holds its secret in plain text. Destroy it when the app no longer shows it, and load it from the
 * {@link TokenVault} again. Safe for use by several threads, provided that no thread destroys the token while another
 * thread uses it.
 */
public final class SoftwareToken implements Destroyable {
    private final TokenContents contents;
    private final Totp totp;

    private SoftwareToken(TokenContents contents) {
        this.contents = contents;
        this.totp = Totp.of(contents.profile(), contents.secret());
    }

    /**
     * Creates a token from the contents that the app received.
     *
     * @param contents the contents. The secret of the codes is kept, so destroying the token or the secret destroys both.
     *     The signing secret is not kept
     * @return the token
     * @throws IllegalStateException if the secret is already destroyed
     */
    public static SoftwareToken of(TokenContents contents) {
        return new SoftwareToken(contents.withoutSigningKey());
    }

    /**
     * Generates the code of an instant.
     *
     * @param at the instant, usually the present one
     * @return the code, exactly as many ASCII digits as the profile says; empty if the token has expired at the instant
     * @throws IllegalStateException if the token is destroyed
     */
    public Optional<String> code(Instant at) {
        if (isDestroyed()) {
            throw new IllegalStateException("This token was destroyed; load it from the vault again");
        }
        return isExpired(at) ? Optional.empty() : Optional.of(totp.generate(at));
    }

    /**
     * Returns how long the token continues to show the code of an instant.
     *
     * @param at the instant
     * @return the remaining time, at most the time step and never past the expiry; zero once the token has expired
     */
    public Duration timeLeft(Instant at) {
        if (isExpired(at)) {
            return Duration.ZERO;
        }
        Duration ofCode = profile().timeLeft(at);
        Duration ofToken = Duration.between(at, expiry());
        return ofCode.compareTo(ofToken) < 0 ? ofCode : ofToken;
    }

    /**
     * Returns whether the token has expired.
     *
     * @param at the instant
     * @return whether the instant is the expiry or later
     */
    public boolean isExpired(Instant at) {
        return !at.isBefore(expiry());
    }

    /**
     * Returns the parameters of the codes.
     *
     * @return the profile
     */
    public TotpProfile profile() {
        return contents.profile();
    }

    /**
     * Returns the serial number.
     *
     * @return 1 to 64 printable ASCII characters without spaces
     */
    public String serial() {
        return contents.serial();
    }

    /**
     * Returns the institution's name.
     *
     * @return the name, as the app displays it
     */
    public String institution() {
        return contents.institution();
    }

    /**
     * Returns the institution's service ID.
     *
     * @return 8 ASCII digits
     */
    public String serviceId() {
        return contents.serviceId();
    }

    /**
     * Returns the holder's user ID.
     *
     * @return 12 ASCII digits
     */
    public String userId() {
        return contents.userId();
    }

    /**
     * Returns the instant at which the token was provisioned.
     *
     * @return the instant. Display it in the institution's time zone
     */
    public Instant start() {
        return contents.start();
    }

    /**
     * Returns the instant at which the token expires.
     *
     * @return the first instant without a code. Display it in the institution's time zone
     */
    public Instant expiry() {
        return contents.expiry();
    }

    /**
     * Wipes the secret. Generating a code afterwards throws an {@link IllegalStateException}. The copy in a vault
     * remains.
     */
    @Override
    public void destroy() {
        contents.secret().destroy();
    }

    @Override
    public boolean isDestroyed() {
        return contents.secret().isDestroyed();
    }

    @Override
    public String toString() {
        return "SoftwareToken[" + serial() + " of " + contents.owner() + ", redacted]";
    }
}
