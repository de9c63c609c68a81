package dev.watchword.otp.app;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.internal.ByteReader;
import dev.watchword.otp.internal.Require;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The binary encoding of a token's contents. It begins with a format number, and the fields follow in a fixed order.
 * Numbers are big-endian. Each text and each secret follow their length. Each value has exactly one encoding, and {@link
 * #read} rejects all other bytes.
 */
final class ContentsFormat {
    /** The length of the longest suite with a challenge and no other input, such as {@code OCRA-1:HOTP-SHA512-10:QN64}. */
    static final int MAX_SUITE = 26;

    /**
     * The maximum length in bytes: that of the longest secrets, serial number and name. A {@code char} of a name takes up
     * to three bytes.
     */
    static final int MAX_LENGTH = 1
            + 6
            + 3 * 12
            + Owner.LENGTH
            + 1
            + Require.MAX_SERIAL
            + 2
            + 3 * TokenContents.MAX_INSTITUTION_LENGTH
            + 2
            + OtpSecret.MAX_LENGTH
            + 2
            + MAX_SUITE
            + 2
            + OtpSecret.MAX_LENGTH;

    private static final byte FORMAT = 1;
    private static final int NANOS = 1_000_000_000;

    private ContentsFormat() {}

    /** Encodes contents. The result contains the secrets in plain text. The caller MUST wipe it. */
    static byte[] write(TokenContents contents) {
        byte[] all = new byte[MAX_LENGTH];
        try {
            ByteBuffer out = ByteBuffer.wrap(all);
            TotpProfile profile = contents.profile();
            out.put(FORMAT).put(code(profile.algorithm())).put((byte) profile.digits());
            out.putInt((int) profile.timeStep().toSeconds());
            putInstant(out, profile.t0());
            putInstant(out, contents.start());
            putInstant(out, contents.expiry());
            out.put(contents.owner().toBytes());
            putAscii(out, contents.serial());
            byte[] institution = contents.institution().getBytes(StandardCharsets.UTF_8);
            out.putShort((short) institution.length).put(institution);
            putSecret(out, contents.secret());
            out.put((byte) (contents.signingSecret().isPresent() ? 1 : 0));
            contents.signingSuite().ifPresent(suite -> putAscii(out, suite.text()));
            contents.signingSecret().ifPresent(secret -> putSecret(out, secret));
            return Arrays.copyOf(all, out.position());
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    /**
     * Decodes bytes that {@link #write} encoded. Other bytes are an {@link IllegalArgumentException}, whose message
     * shows none of them.
     */
    static TokenContents read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "The encoded contents of a token");
        in.format(FORMAT);
        HmacAlgorithm algorithm = algorithm(in);
        int digits = in.octet();
        Duration timeStep = Duration.ofSeconds(in.integer());
        TokenContents.Builder builder = TokenContents.builder()
                .profile(new TotpProfile(algorithm, digits, timeStep, instant(in)))
                .start(instant(in))
                .expiry(instant(in));
        Owner owner = Owner.fromBytes(in.bytes(Owner.LENGTH));
        builder.serviceId(owner.serviceId()).userId(owner.userId());
        builder.serial(ascii(in)).institution(in.text()).secret(secret(in));
        int signs = in.octet();
        if (signs > 1) {
            throw in.malformed("must say by 0 or 1 whether there is a signing secret");
        }
        if (signs == 1) {
            builder.signingSuite(OcraSuite.parse(ascii(in))).signingSecret(secret(in));
        }
        in.end();
        return builder.build();
    }

    private static byte code(HmacAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA1 -> 1;
            case SHA256 -> 2;
            case SHA512 -> 3;
        };
    }

    private static HmacAlgorithm algorithm(ByteReader in) {
        return switch (in.octet()) {
            case 1 -> HmacAlgorithm.SHA1;
            case 2 -> HmacAlgorithm.SHA256;
            case 3 -> HmacAlgorithm.SHA512;
            default -> throw in.malformed("must have the hash function 1, 2 or 3");
        };
    }

    static void putInstant(ByteBuffer out, Instant instant) {
        out.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }

    static Instant instant(ByteReader in) {
        long seconds = in.longInteger();
        int nanos = in.integer();
        if (nanos < 0 || nanos >= NANOS) {
            throw in.malformed("must have instants of 0 to 999999999 nanoseconds");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw in.malformed("must have instants that Java can represent");
        }
    }

    /** Writes a length of one byte and a text in ASCII. */
    static void putAscii(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.put((byte) bytes.length).put(bytes);
    }

    /** Reads a text. A byte that is not ASCII becomes a character that no field accepts. */
    static String ascii(ByteReader in) {
        return new String(in.bytes(in.octet()), StandardCharsets.US_ASCII);
    }

    /** Writes a length of two bytes and a secret in plain text. */
    static void putSecret(ByteBuffer out, OtpSecret secret) {
        byte[] bytes = secret.exposeBytes();
        out.putShort((short) bytes.length).put(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    static OtpSecret secret(ByteReader in) {
        byte[] bytes = in.bytes(in.unsignedShort());
        try {
            return OtpSecret.copyOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
