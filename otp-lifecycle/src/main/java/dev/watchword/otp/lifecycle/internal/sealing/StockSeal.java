package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
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
 */
public record StockSeal(
        BatchId batch,
        SerialNumber serial,
        OtpProfile profile,
        @Nullable Instant startsAt,
        Instant expiresAt,
        CodeState codes) {
    /** No associated data of another kind of value begins with this byte. */
    private static final byte[] LABEL = "\0stock".getBytes(StandardCharsets.US_ASCII);

    private static final int FORMAT = 1;

    static StockSeal of(StockedToken token) {
        return new StockSeal(
                token.batch(), token.serial(), token.profile(), token.startsAt(), token.expiresAt(), token.codes());
    }

    /** Returns the stocked token with its encrypted secret. */
    public StockedToken token(SealedSecret secret) {
        return StockedToken.builder()
                .batch(batch)
                .serial(serial)
                .profile(profile)
                .secret(secret)
                .startsAt(startsAt)
                .expiresAt(expiresAt)
                .codes(codes)
                .build();
    }

    /** Returns the associated data of the encryption. */
    byte[] associatedData(ServiceId serviceId) {
        FieldEncoder fields = new FieldEncoder();
        for (byte letter : LABEL) {
            fields.octet(letter);
        }
        fields.octet(FORMAT).text(serviceId.value()).text(batch.value()).text(serial.value());
        RowEncoding.profile(fields, profile);
        fields.instantOrNull(startsAt).instant(expiresAt);
        RowEncoding.codes(fields, codes);
        return fields.toBytes();
    }
}
