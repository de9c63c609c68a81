package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An {@code otpauth} URI, by which authenticator apps take a secret over, as a rule from a QR code: a {@link ForTotp} or a
 * {@link ForHotp}. Immutable. What is built is parsed to an equal value, a
 * short secret by {@link #parseWeakLegacy(String)}. Its {@code toString} shows no secret.
 *
 * <p>Never let a web service draw the QR code: it would learn the secret.
 */
public sealed interface OtpauthUri {
    /** The greatest length of an issuer and of an account. */
    int MAX_NAME_LENGTH = 200;

    /**
     * Returns who issued the token.
     *
     * @return the issuer, or {@code null} if the URI does not say
     */
    @Nullable
    String issuer();

    /**
     * Returns whose token it is.
     *
     * @return the account
     */
    String account();

    /**
     * Returns the secret.
     *
     * @return the secret
     */
    OtpSecret secret();

    /**
     * Hands the URI out, with the secret in the open.
     *
     * @return the URI, in ASCII
     * @throws IllegalStateException if the secret was destroyed
     */
    String exposeUri();

    /**
     * Parses a URI. The secret may be in either case and without padding, as it is in the wild; what this library does not
     * know, such as {@code image}, is passed over.
     *
     * @param uri the URI
     * @return the value, with the defaults of 6 digits, 30 seconds and SHA-1 for what the URI does not say
     * @throws IllegalArgumentException if it is no such URI; the message says why, and shows none of it
     */
    static OtpauthUri parse(String uri) {
        return OtpauthParser.parse(uri, OtpSecret::fromTypedBase32);
    }

    /**
     * Parses a URI whose secret may be shorter than the RFC allows, because it is in use already: 16 characters of Base32
     * are frequent. Never for a new token.
     *
     * @param uri the URI
     * @return the value, as {@link #parse(String)} gives it
     * @throws IllegalArgumentException if it is no such URI even so; the message says why, and shows none of it
     */
    static OtpauthUri parseWeakLegacy(String uri) {
        return OtpauthParser.parse(uri, OtpSecret::weakLegacyFromTypedBase32);
    }

    /**
     * An {@code otpauth://totp/} URI.
     *
     * @param issuer who issued the token: {@code null}, or 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters without a
     *     colon
     * @param account whose token it is: 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters without a colon
     * @param secret the secret
     * @param profile the parameters; the URI cannot say another T0 than the Unix epoch
     */
    record ForTotp(@Nullable String issuer, String account, OtpSecret secret, TotpProfile profile)
            implements OtpauthUri {
        /**
         * Creates the value.
         *
         * @throws IllegalArgumentException if a name is out of its bounds, or the profile has a T0 of its own
         */
        public ForTotp {
            OtpauthBuilder.requireNames(issuer, account);
            requireNonNull(secret, "secret");
            if (!profile.t0().equals(Instant.EPOCH)) {
                throw new IllegalArgumentException("An otpauth URI cannot say another T0 than the Unix epoch");
            }
        }

        @Override
        public String exposeUri() {
            return new OtpauthBuilder("totp", this, profile.algorithm(), profile.digits())
                    .parameter("period", Long.toString(profile.timeStep().toSeconds()))
                    .build();
        }
    }

    /**
     * An {@code otpauth://hotp/} URI.
     *
     * @param issuer who issued the token: {@code null}, or 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters without a
     *     colon
     * @param account whose token it is: 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters without a colon
     * @param secret the secret
     * @param profile the parameters
     * @param counter the next counter, from 0
     */
    record ForHotp(@Nullable String issuer, String account, OtpSecret secret, HotpProfile profile, long counter)
            implements OtpauthUri {
        /**
         * Creates the value.
         *
         * @throws IllegalArgumentException if a name is out of its bounds, or the counter is negative
         */
        public ForHotp {
            OtpauthBuilder.requireNames(issuer, account);
            requireNonNull(secret, "secret");
            requireNonNull(profile, "profile");
            if (counter < 0) {
                throw new IllegalArgumentException("counter must not be negative, but is " + counter);
            }
        }

        @Override
        public String exposeUri() {
            return new OtpauthBuilder("hotp", this, profile.algorithm(), profile.digits())
                    .parameter("counter", Long.toString(counter))
                    .build();
        }
    }
}
