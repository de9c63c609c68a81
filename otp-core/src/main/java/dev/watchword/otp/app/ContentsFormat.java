package dev.watchword.otp.app;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.internal.Require;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The binary encoding of a token's contents. It begins with a format number, and the fields follow in a fixed order.
 * Numbers are big-endian. Each text and the secret follow their length. Each value has exactly one encoding, and {@link
 * #read} rejects all other bytes.
 */
final class ContentsFormat {
    /**
     * The maximum length in bytes: that of the longest secret, serial number and name. A {@code char} of a name takes up
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
            + OtpSecret.MAX_LENGTH;

    private static final byte FORMAT = 1;
    private static final int NANOS = 1_000_000_000;

    private ContentsFormat() {}

    /** Encodes contents. The result contains the secret in plain text. The caller MUST wipe it. */
    static byte[] write(TokenContents contents) {
        byte[] all = new byte[MAX_LENGTH];
        byte[] secret = contents.secret().exposeBytes();
        try {
            ByteBuffer out = ByteBuffer.wrap(all);
            TotpProfile profile = contents.profile();
            out.put(FORMAT).put(code(profile.algorithm())).put((byte) profile.digits());
            out.putInt((int) profile.timeStep().toSeconds());
            putInstant(out, profile.t0());
            putInstant(out, contents.start());
            putInstant(out, contents.expiry());
            out.put(contents.owner().toBytes());
            byte[] serial = contents.serial().getBytes(StandardCharsets.US_ASCII);
            out.put((byte) serial.length).put(serial);
            byte[] institution = contents.institution().getBytes(StandardCharsets.UTF_8);
            out.putShort((short) institution.length).put(institution);
            out.putShort((short) secret.length).put(secret);
            return Arrays.copyOf(all, out.position());
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(all, (byte) 0);
        }
    }

    /**
     * Decodes bytes that {@link #write} encoded. Other bytes are an {@link IllegalArgumentException}, whose message
     * shows none of them.
     */
    static TokenContents read(byte[] bytes) {
        byte[] secret = {};
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.get() != FORMAT) {
                throw malformed("must begin with format 1");
            }
            HmacAlgorithm algorithm = algorithm(in.get());
            int digits = in.get();
            Duration timeStep = Duration.ofSeconds(in.getInt());
            TotpProfile profile = new TotpProfile(algorithm, digits, timeStep, instant(in));
            Instant start = instant(in);
            Instant expiry = instant(in);
            Owner owner = Owner.fromBytes(take(in, Owner.LENGTH));
            String serial = new String(take(in, in.get()), StandardCharsets.US_ASCII);
            String institution = utf8(take(in, in.getShort()));
            secret = take(in, in.getShort());
            if (in.hasRemaining()) {
                throw malformed("must end after the secret");
            }
            return TokenContents.builder()
                    .secret(OtpSecret.copyOf(secret))
                    .profile(profile)
                    .serial(serial)
                    .institution(institution)
                    .serviceId(owner.serviceId())
                    .userId(owner.userId())
                    .start(start)
                    .expiry(expiry)
                    .build();
        } catch (BufferUnderflowException e) {
            throw malformed("must be complete");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static IllegalArgumentException malformed(String how) {
        return new IllegalArgumentException("The encoded contents of a token " + how);
    }

    private static byte code(HmacAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA1 -> 1;
            case SHA256 -> 2;
            case SHA512 -> 3;
        };
    }

    private static HmacAlgorithm algorithm(byte code) {
        return switch (code) {
            case 1 -> HmacAlgorithm.SHA1;
            case 2 -> HmacAlgorithm.SHA256;
            case 3 -> HmacAlgorithm.SHA512;
            default -> throw malformed("must have the hash function 1, 2 or 3");
        };
    }

    private static void putInstant(ByteBuffer out, Instant instant) {
        out.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }

    private static Instant instant(ByteBuffer in) {
        long seconds = in.getLong();
        int nanos = in.getInt();
        if (nanos < 0 || nanos >= NANOS) {
            throw malformed("must have instants of 0 to 999999999 nanoseconds");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw malformed("must have instants that Java can represent");
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw malformed("must be complete");
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("must have a name in UTF-8");
        }
    }
}
