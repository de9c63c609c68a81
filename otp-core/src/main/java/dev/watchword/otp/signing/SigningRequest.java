package dev.watchword.otp.signing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.internal.ByteReader;
import dev.watchword.otp.internal.Require;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request from an institution to one token, to sign the purpose and the details of a transaction before an expiry. The
 * response of the token is the OCRA response to the request's {@link #challenge}. Immutable. {@code toString} shows no details.
 *
 * <p>The challenge depends on every field. One field is a nonce, which is random for each request. A response to one
 * request is therefore not a response to another.
 */
public final class SigningRequest {
    private static final int FORMAT = 1;
    private static final int ID_LENGTH = 32;
    private static final int SERVICE_ID_LENGTH = 8;
    private static final int USER_ID_LENGTH = 12;

    /** The maximum length of a purpose in characters. */
    public static final int MAX_PURPOSE_LENGTH = 32;

    /** The maximum length of an encoding in bytes. */
    public static final int MAX_ENCODED_LENGTH = 1
            + 7 * Short.BYTES
            + 2 * ID_LENGTH
            + SERVICE_ID_LENGTH
            + USER_ID_LENGTH
            + Require.MAX_SERIAL
            + MAX_PURPOSE_LENGTH
            + Long.BYTES
            + TransactionDetails.MAX_ENCODED_LENGTH;

    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0," + (MAX_PURPOSE_LENGTH - 1) + "}");
    private static final long MICROS = 1_000_000;
    private static final byte[] LABEL = "Watchword signing request\0".getBytes(StandardCharsets.US_ASCII);

    private final String id;
    private final String serviceId;
    private final String userId;
    private final String serial;
    private final String purpose;
    private final String nonce;
    private final Instant expiresAt;
    private final TransactionDetails details;

    private SigningRequest(Builder builder) {
        id = requireNonNull(builder.id, "id");
        serviceId = requireNonNull(builder.serviceId, "serviceId");
        userId = requireNonNull(builder.userId, "userId");
        serial = requireNonNull(builder.serial, "serial");
        purpose = requireNonNull(builder.purpose, "purpose");
        nonce = requireNonNull(builder.nonce, "nonce");
        expiresAt = requireNonNull(builder.expiresAt, "expiresAt");
        details = requireNonNull(builder.details, "details");
        Require.hex(id, "id", ID_LENGTH);
        Require.digits(serviceId, "service ID", SERVICE_ID_LENGTH, SERVICE_ID_LENGTH);
        Require.digits(userId, "user ID", USER_ID_LENGTH, USER_ID_LENGTH);
        Require.serial(serial);
        if (!isPurpose(purpose)) {
            throw new IllegalArgumentException(
                    "purpose must be 1 to " + MAX_PURPOSE_LENGTH + " of a-z, 0-9 and -, beginning with a letter");
        }
        Require.hex(nonce, "nonce", ID_LENGTH);
        if (!Require.instant(expiresAt, "expiresAt").equals(expiresAt.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException("expiresAt must have whole microseconds");
        }
    }

    /**
     * Returns whether a text has the form of a purpose.
     *
     * @param text any text
     * @return whether it has 1 to {@value #MAX_PURPOSE_LENGTH} of {@code a-z}, {@code 0-9} and {@code -}, beginning with
     *     a letter
     */
    public static boolean isPurpose(String text) {
        return PURPOSE.matcher(text).matches();
    }

    /**
     * Begins to describe a request.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build a copy that differs in some values.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.id = id;
        builder.serviceId = serviceId;
        builder.userId = userId;
        builder.serial = serial;
        builder.purpose = purpose;
        builder.nonce = nonce;
        builder.expiresAt = expiresAt;
        builder.details = details;
        return builder;
    }

    /**
     * Decodes a request. Accepts exactly the results of {@link #encode()}.
     *
     * @param bytes the encoding
     * @return the request
     * @throws IllegalArgumentException if the bytes are not an encoding of a request. The message names the rule and
     *     shows none of the bytes
     */
    public static SigningRequest decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "An encoded signing request");
        in.format(FORMAT);
        Builder builder = builder()
                .id(in.text())
                .serviceId(in.text())
                .userId(in.text())
                .serial(in.text())
                .purpose(in.text())
                .nonce(in.text());
        if (in.unsignedShort() != Long.BYTES) {
            throw in.malformed("must have an expiry of 8 bytes");
        }
        long micros = in.longInteger();
        Instant expiresAt = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
        return builder.expiresAt(expiresAt)
                .details(TransactionDetails.decode(in.rest()))
                .build();
    }

    /**
     * Encodes the request. Different requests have different encodings, and equal requests have the same one. Each
     * number is big-endian, and each length is unsigned:
     * <ol>
     *   <li>one byte: the format, 1
     *   <li>for each of the ID, the service ID, the user ID, the serial number, the purpose and the nonce: two bytes of
     *       its length, and its characters in ASCII
     *   <li>two bytes with the number 8, and eight bytes: the expiry in microseconds since 1970, signed
     *   <li>the encoding of the details, as {@link TransactionDetails#encode()} describes it
     * </ol>
     *
     * @return at most {@value #MAX_ENCODED_LENGTH} bytes
     */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(FORMAT);
        for (String text : new String[] {id, serviceId, userId, serial, purpose, nonce}) {
            put(out, text.getBytes(StandardCharsets.US_ASCII));
        }
        long micros = expiresAt.getEpochSecond() * MICROS + expiresAt.getNano() / 1000;
        put(out, ByteBuffer.allocate(Long.BYTES).putLong(micros).array());
        out.writeBytes(details.encode());
        return out.toByteArray();
    }

    /** Writes a length of two bytes and the bytes. */
    static void put(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes.length >> Byte.SIZE);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    /**
     * Returns the digest that stands for the request.
     *
     * @return the 32 bytes of SHA-256 over the ASCII characters of {@code Watchword signing request}, a zero byte, and
     *     the result of {@link #encode()}
     */
    public byte[] digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LABEL);
            return digest.digest(encode());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The platform must have SHA-256; use a standard Java platform", e);
        }
    }

    /**
     * Returns the challenge that a token signs. It is derived from the {@link #digest()} and has the full length of the
     * suite. A short challenge can stand for several requests. {@code QH64} stands for the whole digest.
     *
     * @param suite the suite of the token
     * @return the challenge, as {@link OcraSuite#digestChallenge} derives it
     */
    public String challenge(OcraSuite suite) {
        return suite.digestChallenge(digest());
    }

    /** {@return the ID, 32 hexadecimal digits in lower case} */
    public String id() {
        return id;
    }

    /** {@return the institution's service ID, 8 ASCII digits} */
    public String serviceId() {
        return serviceId;
    }

    /** {@return the holder's user ID at the institution, 12 ASCII digits} */
    public String userId() {
        return userId;
    }

    /** {@return the serial number of the token that signs, 1 to 64 printable ASCII characters without spaces} */
    public String serial() {
        return serial;
    }

    /** {@return the purpose that the holder approves, 1 to 32 of a-z, 0-9 and -, beginning with a letter} */
    public String purpose() {
        return purpose;
    }

    /** {@return the nonce, 32 hexadecimal digits in lower case} */
    public String nonce() {
        return nonce;
    }

    /** {@return the first instant at which the request can no longer be answered, in whole microseconds} */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@return the details that the holder approves} */
    public TransactionDetails details() {
        return details;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SigningRequest that
                        && id.equals(that.id)
                        && serviceId.equals(that.serviceId)
                        && userId.equals(that.userId)
                        && serial.equals(that.serial)
                        && purpose.equals(that.purpose)
                        && nonce.equals(that.nonce)
                        && expiresAt.equals(that.expiresAt)
                        && details.equals(that.details));
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SigningRequest[id=" + id + ", serviceId=" + serviceId + ", userId=" + userId + ", serial=" + serial
                + ", purpose=" + purpose + ", expiresAt=" + expiresAt + ", " + details + "]";
    }

    /** Builds a {@link SigningRequest}. All values are required. Not thread-safe. */
    public static final class Builder {
        private @Nullable String id;
        private @Nullable String serviceId;
        private @Nullable String userId;
        private @Nullable String serial;
        private @Nullable String purpose;
        private @Nullable String nonce;
        private @Nullable Instant expiresAt;
        private @Nullable TransactionDetails details;

        private Builder() {}

        /**
         * Sets the ID, which an app records so that it answers each request once.
         *
         * @param newId 32 hexadecimal digits in lower case: 128 random bits
         * @return this builder
         */
        public Builder id(String newId) {
            id = newId;
            return this;
        }

        /**
         * Sets the institution's service ID.
         *
         * @param newServiceId 8 ASCII digits
         * @return this builder
         */
        public Builder serviceId(String newServiceId) {
            serviceId = newServiceId;
            return this;
        }

        /**
         * Sets the holder's user ID at the institution.
         *
         * @param newUserId 12 ASCII digits
         * @return this builder
         */
        public Builder userId(String newUserId) {
            userId = newUserId;
            return this;
        }

        /**
         * Sets the serial number of the token that signs.
         *
         * @param newSerial 1 to 64 printable ASCII characters without spaces
         * @return this builder
         */
        public Builder serial(String newSerial) {
            serial = newSerial;
            return this;
        }

        /**
         * Sets the purpose for which the holder signs, such as {@code funds-transfer}. The app shows it, so a signature
         * for one purpose is not valid for another.
         *
         * @param newPurpose 1 to {@value SigningRequest#MAX_PURPOSE_LENGTH} of {@code a-z}, {@code 0-9} and {@code -},
         *     beginning with a letter
         * @return this builder
         */
        public Builder purpose(String newPurpose) {
            purpose = newPurpose;
            return this;
        }

        /**
         * Sets the nonce, so that two requests with the same details have different challenges.
         *
         * @param newNonce 32 hexadecimal digits in lower case: 128 random bits
         * @return this builder
         */
        public Builder nonce(String newNonce) {
            nonce = newNonce;
            return this;
        }

        /**
         * Sets the first instant at which the request can no longer be answered.
         *
         * @param newExpiresAt whole microseconds, in the years 1 to 9999
         * @return this builder
         */
        public Builder expiresAt(Instant newExpiresAt) {
            expiresAt = newExpiresAt;
            return this;
        }

        /**
         * Sets the details that the holder approves.
         *
         * @param newDetails the details
         * @return this builder
         */
        public Builder details(TransactionDetails newDetails) {
            details = newDetails;
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         * @throws NullPointerException if a value is missing; the message names it
         * @throws IllegalArgumentException if a value is malformed; the message names the value and the rule
         */
        public SigningRequest build() {
            return new SigningRequest(this);
        }
    }
}
