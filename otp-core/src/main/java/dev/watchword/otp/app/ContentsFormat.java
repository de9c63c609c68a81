package dev.watchword.otp.app;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A token's contents as bytes: a format number, then each field in one order, numbers big-endian, texts and the secret after
 * their length. Each value has one encoding, and nothing else is read.
 */
final class ContentsFormat {
    /** The greatest length there is, that of the longest secret and name, of which a {@code char} takes three bytes. */
    static final int MAX_LENGTH = 1
            + 6
            + 3 * 12
            + Owner.LENGTH
            + 1
            + 12
            + 2
            + 3 * TokenContents.MAX_INSTITUTION_LENGTH
            + 2
            + OtpSecret.MAX_LENGTH;

    private static final byte FORMAT = 1;
    private static final int NANOS = 1_000_000_000;

    private ContentsFormat() {}

    /** Returns bytes with the secret in the open, which the caller must wipe. */
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

    /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException} that shows none of it. */
    static TokenContents read(byte[] bytes) {
        byte[] secret = {};
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.get() != FORMAT) {
                throw malformed("of an unknown format");
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
                throw malformed("followed by something else");
            }
            return new TokenContents(
                    OtpSecret.copyOf(secret),
                    profile,
                    serial,
                    institution,
                    owner.serviceId(),
                    owner.userId(),
                    start,
                    expiry);
        } catch (BufferUnderflowException e) {
            throw malformed("cut off");
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static IllegalArgumentException malformed(String how) {
        return new IllegalArgumentException("A token's contents are " + how);
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
            default -> throw malformed("for a hash function that is unknown");
        };
    }

    private static void putInstant(ByteBuffer out, Instant instant) {
        out.putLong(instant.getEpochSecond()).putInt(instant.getNano());
    }

    private static Instant instant(ByteBuffer in) {
        long seconds = in.getLong();
        int nanos = in.getInt();
        if (nanos < 0 || nanos >= NANOS) {
            throw malformed("with an instant of too many nanoseconds");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw malformed("with an instant out of bounds");
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw malformed("cut off");
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
            throw malformed("with a name that is not UTF-8");
        }
    }
}
