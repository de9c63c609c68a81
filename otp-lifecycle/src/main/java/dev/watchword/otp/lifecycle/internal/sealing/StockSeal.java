package dev.watchword.otp.lifecycle.internal.sealing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockedToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values of a stocked token to which the encryption of its secret is bound (R10.5). A stock row with another value does not
 * decrypt.
 *
 * @param batch the batch that brought the token
 * @param serial the serial number
 * @param profile the parameters of its codes
 * @param startsAt the first instant at which it may be used, or {@code null}
 * @param expiresAt the first instant at which it accepts no code
 * @param codes the drift or the counter that its maker noted
 * @param signing the values of its signing key; {@code null} if it has none
 */
public record StockSeal(
        BatchId batch,
        SerialNumber serial,
        OtpProfile profile,
        @Nullable Instant startsAt,
        Instant expiresAt,
        CodeState codes,
        @Nullable Signing signing) {
    /**
     * The values of a stocked signing key.
     *
     * @param suite the suite
     * @param nextCounter the lowest counter that is not spent, or 0
     */
    public record Signing(OcraSuite suite, long nextCounter) {}

    /** No associated data of another kind of value begins with this byte. */
    private static final byte[] LABEL = "\0stock".getBytes(StandardCharsets.US_ASCII);

    private static final int FORMAT = 1;
    private static final int SECRET = 0;
    private static final int SIGNING = 1;

    static StockSeal of(StockedToken token) {
        SigningKey signing = token.signing();
        return new StockSeal(
                token.batch(),
                token.serial(),
                token.profile(),
                token.startsAt(),
                token.expiresAt(),
                token.codes(),
                signing == null ? null : new Signing(signing.suite(), signing.nextCounter()));
    }

    /** Returns the stocked token with its encrypted secret, and with its encrypted signing key if it has one. */
    public StockedToken token(SealedSecret secret, @Nullable SealedSecret signingKey) {
        return StockedToken.builder()
                .batch(batch)
                .serial(serial)
                .profile(profile)
                .secret(secret)
                .startsAt(startsAt)
                .expiresAt(expiresAt)
                .codes(codes)
                .signing(signing == null ? null : key(signing, requireNonNull(signingKey, "signingKey")))
                .build();
    }

    private static SigningKey key(Signing values, SealedSecret signingKey) {
        return SigningKey.builder()
                .suite(values.suite())
                .secret(signingKey)
                .nextCounter(values.nextCounter())
                .build();
    }

    /** Returns the associated data of the encryption of the secret. */
    byte[] ofSecret(ServiceId serviceId) {
        return associatedData(serviceId, SECRET);
    }

    /** Returns the associated data of the encryption of the signing key. */
    byte[] ofSigning(ServiceId serviceId) {
        return associatedData(serviceId, SIGNING);
    }

    private byte[] associatedData(ServiceId serviceId, int what) {
        FieldEncoder fields = new FieldEncoder();
        for (byte letter : LABEL) {
            fields.octet(letter);
        }
        fields.octet(FORMAT)
                .octet(what)
                .text(serviceId.value())
                .text(batch.value())
                .text(serial.value());
        RowEncoding.profile(fields, profile);
        fields.instantOrNull(startsAt).instant(expiresAt);
        RowEncoding.codes(fields, codes);
        fields.flag(signing != null);
        if (signing != null) {
            fields.text(signing.suite().text()).number(signing.nextCounter());
        }
        return fields.toBytes();
    }
}
