package dev.watchword.otp.lifecycle.seeds.support;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcWriter;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedLabel;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A generator of seed files that are too large to hold in memory. */
public final class GeneratedBatch {
    private GeneratedBatch() {}

    /**
     * Opens a batch whose bytes are generated while they are read.
     *
     * @param kind {@code plain}, {@code encrypted} (both PSKC) or {@code csv}
     * @param tokens the number of tokens, a multiple of 100
     */
    public static InputStream open(String kind, int tokens) {
        if (kind.equals("csv")) {
            return rows(
                    tokens,
                    "serial,secret_hex,kind,digits,step\n",
                    i -> serial(i) + ",3132333435363738393031323334353637383930,TOTP,8,60\n",
                    "");
        }
        String one = one(kind);
        String keyPackage = keyPackage(one);
        int from = one.indexOf(keyPackage);
        return rows(
                tokens,
                one.substring(0, from),
                i -> keyPackage.replace("10000000", serial(i)),
                one.substring(from + keyPackage.length()));
    }

    private static InputStream rows(int tokens, String head, IntFunction<String> row, String foot) {
        Stream<String> middle = IntStream.range(0, tokens / 100)
                .mapToObj(i -> IntStream.range(0, 100)
                        .mapToObj(j -> row.apply(100 * i + j))
                        .reduce("", String::concat));
        Iterator<byte[]> parts = Stream.concat(Stream.concat(Stream.of(head), middle), Stream.of(foot))
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .iterator();
        return new InputStream() {
            private byte[] part = parts.next();
            private int position;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                while (position == part.length) {
                    if (!parts.hasNext()) {
                        return -1;
                    }
                    part = parts.next();
                    position = 0;
                }
                int count = Math.min(length, part.length - position);
                System.arraycopy(part, position, buffer, offset, count);
                position += count;
                return count;
            }
        };
    }

    private static String serial(int i) {
        return Integer.toString(10_000_000 + i);
    }

    /** Returns the length of each key package of a PSKC batch, in bytes. */
    public static int keyPackageLength(String kind) {
        return keyPackage(one(kind)).length();
    }

    private static String keyPackage(String one) {
        return one.substring(one.indexOf("<KeyPackage>"), one.indexOf("</KeyPackage>") + "</KeyPackage>".length());
    }

    private static String one(String kind) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PskcKey key = kind.equals("encrypted") ? PskcKey.preShared(SeedFiles.KEY) : PskcKey.none();
        SeedProfile profile = new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0);
        try (PskcWriter writer = PskcWriter.open(file, key, new SecureRandom(new byte[] {1}))) {
            writer.write(Seed.builder()
                    .serial(new SerialNumber("10000000"))
                    .secret(SeedFiles.SECRET)
                    .profile(profile)
                    .expiresAt(Instant.parse("2031-01-01T00:00:00Z"))
                    .labels(Map.of(SeedLabel.MANUFACTURER, "oath.AC", SeedLabel.KEY_ID, "10000000"))
                    .build());
        }
        return file.toString(StandardCharsets.UTF_8);
    }
}
