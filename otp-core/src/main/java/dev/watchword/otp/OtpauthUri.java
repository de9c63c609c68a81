package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An {@code otpauth} URI, which transfers a token's secret to an authenticator app, usually by QR code. A URI is a
 * {@link ForTotp} or a {@link ForHotp}. Immutable, except that the secret can be destroyed. {@code toString} shows no
 * secret.
 *
 * <p>Each reading method returns an equal value for the text of {@link #exposeUri()}. A URI with a secret below 128 bits requires
 * {@link #parseWeakLegacy(String)}.
 *
 * <p>Existing services write URIs that deviate from the format. All reading methods except {@link #parseStrict(String)} read a
 * URI the way most authenticator apps do. {@link #read(String)} also returns the {@linkplain OtpauthRepair deviations} that it
 * repaired.
 *
 * <p>Never let a web service draw the QR code, because the service would learn the secret.
 */
public sealed interface OtpauthUri {
    /** The maximum length of an issuer and of an account, in {@code char}s. */
    int MAX_NAME_LENGTH = 200;

    /**
     * Returns the issuer of the token.
     *
     * @return the issuer, or {@code null} if the URI has no issuer
     */
    @Nullable
    String issuer();

    /**
     * Returns the account that the token belongs to.
     *
     * @return the account
     */
    String account();

    /**
     * Returns the secret of the token.
     *
     * @return the secret
     */
    OtpSecret secret();

    /**
     * Returns the text of the URI, which contains the secret in plain text.
     *
     * @return the URI, in ASCII
     * @throws IllegalStateException if the secret is destroyed
     */
    String exposeUri();

    /**
     * Reads a URI the way most authenticator apps do. Parameters that this library does not define, such as {@code
     * image}, are ignored.
     *
     * @param uri the URI, at most 8192 characters
     * @return the value, as in {@link #read(String)}. Missing parameters default to 6 digits, 30 seconds and SHA-1
     * @throws IllegalArgumentException if most authenticator apps reject the text, or if they interpret it differently. The
     *     message names the reason and shows no part of the text
     */
    static OtpauthUri parse(String uri) {
        return read(uri).uri();
    }

    /**
     * Reads a URI like {@link #parse(String)} and reports the deviations that were repaired.
     *
     * @param uri the URI, at most 8192 characters
     * @return the value and the repaired deviations
     * @throws IllegalArgumentException like {@link #parse(String)}
     */
    static OtpauthReading read(String uri) {
        return OtpauthParser.read(uri, OtpSecret::fromTypedBase32);
    }

    /**
     * Parses a URI and rejects every deviation from the format. The secret may be in upper or lower case and without padding. The
     * method accepts every URI that {@link #exposeUri()} returns. For an accepted URI, {@link #parse(String)} returns an equal
     * value.
     *
     * @param uri the URI, at most 8192 characters
     * @return the value. Missing parameters default to 6 digits, 30 seconds and SHA-1
     * @throws IllegalArgumentException if the text is not such a URI. The message names the reason and shows no part of
     *     the text
     */
    static OtpauthUri parseStrict(String uri) {
        return OtpauthParser.parseStrict(uri);
    }

    /**
     * Reads a URI with a legacy secret, which may be shorter than RFC 4226 allows because it is already in use. Many
     * existing URIs have a secret of 16 Base32 characters, which is 80 bits. New tokens MUST NOT use it.
     *
     * @param uri the URI, at most 8192 characters
     * @return the value, with the defaults of {@link #parse(String)}
     * @throws IllegalArgumentException like {@link #parse(String)}
     */
    static OtpauthUri parseWeakLegacy(String uri) {
        return readWeakLegacy(uri).uri();
    }

    /**
     * Reads a URI like {@link #parseWeakLegacy(String)} and reports the deviations that were repaired.
     *
     * @param uri the URI, at most 8192 characters
     * @return the value and the repaired deviations
     * @throws IllegalArgumentException like {@link #parse(String)}
     */
    static OtpauthReading readWeakLegacy(String uri) {
        return OtpauthParser.read(uri, OtpSecret::weakLegacyFromTypedBase32);
    }

    /**
     * An {@code otpauth://totp/} URI.
     *
     * @param issuer the issuer of the token: {@code null}, or 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters
     * @param account the account that the token belongs to: 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters. It may
     *     contain colons only if there is an issuer and the issuer contains no colon
     * @param secret the secret of the token
     * @param profile the parameters. T0 MUST be the Unix epoch, because the URI has no parameter for it
     */
    record ForTotp(@Nullable String issuer, String account, OtpSecret secret, TotpProfile profile)
            implements OtpauthUri {
        /**
         * Creates the value.
         *
         * @throws IllegalArgumentException if a name is out of range, or T0 is not the Unix epoch
         */
        public ForTotp {
            OtpauthBuilder.requireNames(issuer, account);
            requireNonNull(secret, "secret");
            if (!profile.t0().equals(Instant.EPOCH)) {
                throw new IllegalArgumentException("t0 must be the Unix epoch; an otpauth URI has no parameter for it");
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
     * @param issuer the issuer of the token: {@code null}, or 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters
     * @param account the account that the token belongs to: 1 to {@value OtpauthUri#MAX_NAME_LENGTH} characters. It may
     *     contain colons only if there is an issuer and the issuer contains no colon
     * @param secret the secret of the token
     * @param profile the parameters
     * @param counter the next counter, 0 or greater
     */
    record ForHotp(@Nullable String issuer, String account, OtpSecret secret, HotpProfile profile, long counter)
            implements OtpauthUri {
        /**
         * Creates the value.
         *
         * @throws IllegalArgumentException if a name is out of range, or the counter is negative
         */
        public ForHotp {
            OtpauthBuilder.requireNames(issuer, account);
            requireNonNull(secret, "secret");
            requireNonNull(profile, "profile");
            if (counter < 0) {
                throw new IllegalArgumentException("counter must be 0 or greater, not " + counter);
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
