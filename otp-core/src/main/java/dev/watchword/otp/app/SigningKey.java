package dev.watchword.otp.app;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.internal.ByteReader;
import dev.watchword.otp.internal.Require;
import dev.watchword.otp.signing.SigningRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a token in a vault signs transactions: the suite and the signing secret, the private key of the device,
 * and the requests that the holder answered. A vault stores it apart from the secret of the token's codes.
 *
 * <p>A signing key holds its secrets in plain text. Closing it wipes them. For one operation of a vault.
 */
final class SigningKey implements AutoCloseable {
    private static final byte FORMAT = 1;
    private static final int DEVICE_KEY_LENGTH = 1 + Hpke.PRIVATE_KEY_LENGTH;
    private static final int MAX_LENGTH_WITHOUT_ANSWERS = 1
            + Long.BYTES
            + Integer.BYTES
            + 1
            + Require.MAX_SERIAL
            + 1
            + ContentsFormat.MAX_SUITE
            + Short.BYTES
            + OtpSecret.MAX_LENGTH
            + DEVICE_KEY_LENGTH;

    private final Owner owner;
    private final String serial;
    private final Instant expiry;
    private final OcraSuite suite;
    private final OtpSecret secret;
    private final DeviceKey device;
    private final AnsweredRequests answered;

    private SigningKey(
            Owner owner,
            String serial,
            Instant expiry,
            OcraSuite suite,
            OtpSecret secret,
            DeviceKey device,
            AnsweredRequests answered) {
        this.owner = owner;
        this.serial = serial;
        this.expiry = expiry;
        this.suite = suite;
        this.secret = secret;
        this.device = device;
        this.answered = answered;
    }

    /** Returns the signing key of a token that was provisioned on a device. Returns empty if the token does not sign. */
    static Optional<SigningKey> of(TokenContents contents, DeviceKey device) {
        return contents.signingSecret()
                .map(secret -> new SigningKey(
                        contents.owner(),
                        contents.serial(),
                        contents.expiry(),
                        contents.signingSuite().orElseThrow(),
                        secret,
                        device,
                        AnsweredRequests.NONE));
    }

    /**
     * Decodes a key that {@link #write} encoded. Other bytes are an {@link IllegalArgumentException}, whose message shows
     * none of them.
     */
    static SigningKey read(Owner owner, byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "An encoded signing key");
        in.format(FORMAT);
        Instant expiry = ContentsFormat.instant(in);
        String serial = ContentsFormat.ascii(in);
        Require.serial(serial);
        OcraSuite suite = OcraSuite.parse(ContentsFormat.ascii(in));
        TokenContents.requireChallengeOnly(suite);
        OtpSecret secret = ContentsFormat.secret(in);
        byte[] key = in.bytes(DEVICE_KEY_LENGTH);
        try {
            DeviceKey device = DeviceKey.fromBytes(key);
            AnsweredRequests answered = AnsweredRequests.read(in);
            in.end();
            return new SigningKey(owner, serial, expiry, suite, secret, device, answered);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Encodes the key: a format number (1), the expiry, the serial number, the suite, the signing secret, the device key
     * and the answered requests. The result contains the secrets in plain text. The caller MUST wipe it.
     */
    byte[] write() {
        byte[] all = new byte[MAX_LENGTH_WITHOUT_ANSWERS + answered.length()];
        byte[] key = device.exposeBytes();
        try {
            ByteBuffer out = ByteBuffer.wrap(all).put(FORMAT);
            ContentsFormat.putInstant(out, expiry);
            ContentsFormat.putAscii(out, serial);
            ContentsFormat.putAscii(out, suite.text());
            ContentsFormat.putSecret(out, secret);
            out.put(key);
            answered.write(out);
            return Arrays.copyOf(all, out.position());
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(all, (byte) 0);
        }
    }

    /** Opens a request that the holder can answer at an instant. */
    OpenedRequest open(SealedRequest sealed, Instant now) {
        Optional<SigningRequest> request = opened(sealed);
        if (request.isEmpty()) {
            return RequestRefusal.DOES_NOT_OPEN;
        }
        RequestRefusal refusal = refusal(request.get(), now);
        return refusal == null ? new ReceivedRequest(request.get(), device.publicKey()) : refusal;
    }

    private Optional<SigningRequest> opened(SealedRequest sealed) {
        return sealed.open(device, secret, owner).filter(request -> serial.equals(request.serial()));
    }

    private @Nullable RequestRefusal refusal(SigningRequest request, Instant now) {
        if (isExpired(request, now)) {
            return RequestRefusal.EXPIRED;
        }
        if (answered.contains(request)) {
            return RequestRefusal.ALREADY_ANSWERED;
        }
        return answered.hasRoom(now) ? null : RequestRefusal.TOO_MANY_ANSWERED;
    }

    /** Returns whether the request or the token has expired at an instant. */
    private boolean isExpired(SigningRequest request, Instant now) {
        return !now.isBefore(request.expiresAt()) || !now.isBefore(expiry);
    }

    /**
     * Returns this key with the answer to a request. Both keys share their secrets. Returns empty if the request cannot be
     * answered at the instant, or was opened with another key, for instance before the token was provisioned again.
     */
    Optional<SigningKey> answering(ReceivedRequest received, boolean approved, Instant now) {
        SigningRequest request = received.request();
        if (!received.device().equals(device.publicKey()) || refusal(request, now) != null) {
            return Optional.empty();
        }
        return Optional.of(
                new SigningKey(owner, serial, expiry, suite, secret, device, answered.with(request, approved, now)));
    }

    /** Returns the response to a request that the holder approved before. Returns empty if there is no such request. */
    Optional<String> approvedResponse(SealedRequest sealed, Instant now) {
        return opened(sealed)
                .filter(request -> answered.approved(request) && !isExpired(request, now))
                .map(this::response);
    }

    /** Returns the response to a request. The vault MUST have recorded the approval. */
    String response(SigningRequest request) {
        return Ocra.of(suite, secret).generate(OcraInput.of(request.challenge(suite)));
    }

    @Override
    public void close() {
        secret.destroy();
        device.destroy();
    }
}
