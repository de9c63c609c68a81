package dev.watchword.otp.app;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * A software token in an app: it shows codes until it expires. It reads no clock; the instant is an argument.
 *
 * <p>It holds the secret in the open, so destroy it when it is not shown any more, and take it from the {@link TokenVault}
 * again. Safe for use by several threads, as long as none destroys it under the others.
 */
public final class SoftwareToken implements Destroyable {
    private final TokenContents contents;
    private final Totp totp;

    private SoftwareToken(TokenContents contents) {
        this.contents = contents;
        this.totp = Totp.of(contents.profile(), contents.secret());
    }

    /**
     * Makes a token of what the app received.
     *
     * @param contents the contents, whose secret is kept: to destroy one is to destroy the other
     * @return the token
     * @throws IllegalStateException if the secret was destroyed already
     */
    public static SoftwareToken of(TokenContents contents) {
        return new SoftwareToken(contents);
    }

    /**
     * Returns the code of an instant.
     *
     * @param at the instant, as a rule the present one
     * @return exactly the profile's number of ASCII digits; empty if the token has expired by then
     * @throws IllegalStateException if the token was destroyed
     */
    public Optional<String> code(Instant at) {
        if (isDestroyed()) {
            throw new IllegalStateException("This token was destroyed; take it from the vault again");
        }
        return isExpired(at) ? Optional.empty() : Optional.of(totp.generate(at));
    }

    /**
     * Returns how long the code of an instant is still shown.
     *
     * @param at the instant
     * @return at most the time step, and never past the expiry; zero once the token has expired
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
     * Tells whether the token has expired.
     *
     * @param at the instant
     * @return whether it is the expiry or later
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
     * @return 8 to 12 ASCII digits
     */
    public String serial() {
        return contents.serial();
    }

    /**
     * Returns the institution's name.
     *
     * @return the name, as it is shown
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
     * Returns when the token was provisioned.
     *
     * @return the instant, to be shown in the institution's time zone
     */
    public Instant start() {
        return contents.start();
    }

    /**
     * Returns when the token expires.
     *
     * @return the first instant without a code, to be shown in the institution's time zone
     */
    public Instant expiry() {
        return contents.expiry();
    }

    /** Wipes the secret; asking for a code afterwards is an {@link IllegalStateException}. A vault keeps its own. */
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
