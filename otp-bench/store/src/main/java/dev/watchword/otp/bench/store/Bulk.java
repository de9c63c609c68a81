package dev.watchword.otp.bench.store;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.EmbeddedDatabase;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.BulkAction;
import dev.watchword.otp.lifecycle.operations.BulkJob;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import dev.watchword.otp.lifecycle.operations.Migrated;
import dev.watchword.otp.lifecycle.operations.Reencrypted;
import dev.watchword.otp.lifecycle.operations.Selection;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.CsvTokenReader;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.PskcWriter;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.TextColumn;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.seeds.TextLayouts;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.crypto.spec.SecretKeySpec;

/**
 * A measurement of bulk operations on the embedded database. It imports hardware tokens, re-encrypts all of them,
 * migrates tokens from another system, re-encrypts these too and suspends them, and lets orders lapse. For each operation it prints the throughput and the
 * largest live heap. The live heap must not grow with the number of tokens. Run {@code mvn -q -Pbulk}. With {@code -Dbulk.files=true} it only
 * imports, from a text layout, from PSKC, and from encrypted PSKC.
 */
public final class Bulk {
    private static final ServiceId SERVICE = new ServiceId("10112235");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Operator OPERATOR = new Operator("bulk");
    private static final String OLD = key("seal old", 32);
    private static final String NEW = key("seal new", 32);
    private static final String HISTORY = key("history h", 32);

    private static final SeedProfile PROFILE = new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0);
    private static final Instant EXPIRY = Instant.parse("2099-01-01T00:00:00Z");

    /** The number of tokens between two measurements of the heap. */
    private static final int STRIDE = 10_000;

    private final JdbcTokenStore store;
    private final Path folder;
    private final int count;
    private long nextLook = STRIDE;
    private long live;

    private Bulk(JdbcTokenStore store, Path folder, int count) {
        this.store = store;
        this.folder = folder;
        this.count = count;
    }

    /**
     * Measures and prints.
     *
     * @param args the folder for the databases, then one or more numbers of hardware tokens, each of which is measured
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        for (int i = 1; i < args.length; i++) {
            int count = Integer.parseInt(args[i]);
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "bulk");
            try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("files"))) {
                new Bulk(database.tokenStore(), folder, count).measureFiles();
            }
            if (Boolean.getBoolean("bulk.files")) {
                continue;
            }
            try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
                new Bulk(database.tokenStore(), folder, count).measure();
            }
        }
    }

    private static String key(String name, int bytes) {
        byte[] key = new byte[bytes];
        RANDOM.nextBytes(key);
        return name + " " + Base64.getEncoder().encodeToString(key);
    }

    private void measure() throws IOException {
        KeySource before = KeyRing.parse(OLD + "\n" + HISTORY, "keys");
        KeySource after = KeyRing.parse(OLD + "\n" + NEW + " current\n" + HISTORY, "keys");
        measured("imported", count, () -> importTokens(before));
        measured("resealed", count, () -> reencrypt(after).stocked());
        measured("migrated", count / 10, () -> migrate(before));
        measured("resealed-tokens", count / 10, () -> reencrypt(after).holders());
        measured("suspended", count / 10, () -> suspend(after));
        order(after);
        measured("lapsed", count / 10, () -> lapse(after));
    }

    /** Imports from each kind of seed file. */
    private void measureFiles() throws IOException {
        KeySource keys = KeyRing.parse(OLD + "\n" + HISTORY, "keys");
        Path text = written("seeds.txt", "", count, i -> (100_000_000 + i) + "," + secret() + "\n");
        TextLayout layout = TextLayouts.SERIAL_HEX.toBuilder()
                .constant(TextColumn.EXPIRY, EXPIRY.toString())
                .build();
        measured("imported-text", count, () -> importSeeds(keys, text, in -> CsvSeedReader.open(in, layout)));
        Path plain = writtenPskc("plain.pskcxml", 200_000_000, PskcKey.none());
        measured("imported-pskc", count, () -> importSeeds(keys, plain, in -> PskcReader.open(in, PskcKey.none())));
        PskcKey shared = PskcKey.preShared(new SecretKeySpec(RANDOM.generateSeed(32), "AES"));
        Path sealed = writtenPskc("sealed.pskcxml", 300_000_000, shared);
        measured("imported-encrypted-pskc", count, () -> importSeeds(keys, sealed, in -> PskcReader.open(in, shared)));
    }

    private long importSeeds(KeySource keys, Path file, Function<InputStream, SeedReader> opening) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                SeedReader reader = opening.apply(in)) {
            return bank(keys)
                    .stock()
                    .importBatch(new BatchId(file.getFileName().toString()), reader, this::look)
                    .orElseThrow()
                    .tokens();
        }
    }

    private Path writtenPskc(String name, int firstSerial, PskcKey key) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                PskcWriter writer = PskcWriter.open(out, key, RANDOM)) {
            for (int i = 0; i < count; i++) {
                OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, RANDOM);
                writer.write(Seed.builder()
                        .serial(new SerialNumber(Integer.toString(firstSerial + i)))
                        .secret(secret)
                        .profile(PROFILE)
                        .expiresAt(EXPIRY)
                        .build());
                secret.destroy();
            }
        }
        return file;
    }

    private interface Job {
        long run() throws IOException;
    }

    private void measured(String what, long expected, Job job) throws IOException {
        live = 0;
        nextLook = 0;
        long begun = System.nanoTime();
        long done = job.run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (done != expected) {
            throw new IllegalStateException(
                    what + ": " + done + " done instead of " + expected + "; correct the input or the store first");
        }
        System.out.printf("bulk %s %d a-second %.0f live-MiB %d%n", what, done, done / seconds, live >> 20);
    }

    private Institution bank(KeySource keys) {
        return builder(keys).build();
    }

    private Institution.Builder builder(KeySource keys) {
        return Institution.builder(SERVICE, store, keys)
                .policy(TokenPolicy.BANK)
                .random(RANDOM);
    }

    private long importTokens(KeySource keys) throws IOException {
        Path file = written(
                "tokens.csv",
                "serial,secret_hex,kind,digits,step,expiry\n",
                count,
                i -> (100_000_000 + i) + "," + secret() + ",TOTP,8,60,2099-01-01T00:00:00Z\n");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                SeedReader reader = CsvSeedReader.open(in, TextLayout.DEFAULT)) {
            return bank(keys)
                    .stock()
                    .importBatch(new BatchId("bulk"), reader, this::look)
                    .orElseThrow()
                    .tokens();
        }
    }

    private long migrate(KeySource keys) throws IOException {
        Path file = written(
                "tokens.csv",
                "holder,token,serial,secret_hex,kind,digits,step,expiry\n",
                count / 10,
                i -> "holder-" + i + ",HARDWARE," + (900_000_000 + i) + "," + secret()
                        + ",TOTP,8,60,2099-01-01T00:00:00Z\n");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                CsvTokenReader reader = CsvTokenReader.open(in, TextLayout.DEFAULT)) {
            Migrated done = bank(keys).migration(OPERATOR).run(reader, this::look);
            return done.takenOver();
        }
    }

    private Reencrypted reencrypt(KeySource keys) {
        return bank(keys).reencryption().run(done -> look(done.stocked() + done.holders()));
    }

    /** Suspends the tokens that expire before a day, stops halfway, and continues. */
    private long suspend(KeySource keys) {
        BulkJob job = bank(keys)
                .desk(OPERATOR)
                .bulk(
                        Selection.expiringBefore(Instant.parse("2099-12-31T00:00:00Z")),
                        BulkAction.suspend(SuspensionReason.OTHER),
                        "the maker reports a leak")
                .orElseThrow();
        return stoppedHalfway(job) + job.run(this::look).changed();
    }

    private void order(KeySource keys) {
        OperatorDesk desk = bank(keys).desk(OPERATOR);
        for (int i = 0; i < count / 10; i++) {
            desk.orderHardware(new Holder("orderer-" + i), "for a measurement").orElseThrow();
        }
    }

    /** Records the lapse of the orders after a year, stops halfway, and continues. */
    private long lapse(KeySource keys) {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(366));
        Institution bank = builder(keys).clock(later).build();
        BulkJob job = bank.desk(OPERATOR)
                .bulk(Selection.overdue(), BulkAction.lapse(), "for a measurement")
                .orElseThrow();
        return stoppedHalfway(job) + job.run(this::look).changed();
    }

    /** Stops a job after half of its tokens. Returns the number of handled ones. */
    private long stoppedHalfway(BulkJob job) {
        LongAdder handled = new LongAdder();
        try {
            BulkResult whole = job.run(so -> {
                handled.reset();
                handled.add(so);
                look(so);
                if (so >= count / 20) {
                    throw new CancellationException("halfway");
                }
            });
            throw new IllegalStateException("The job ended before it was stopped: " + whole);
        } catch (CancellationException expected) {
            return handled.sum();
        }
    }

    private Path written(String name, String header, int rows, IntFunction<String> row) throws IOException {
        Path file = folder.resolve(name);
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writer.write(header);
            for (int i = 0; i < rows; i++) {
                writer.write(row.apply(i));
            }
        }
        return file;
    }

    private static String secret() {
        byte[] secret = new byte[20];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private void look(long done) {
        if (done >= nextLook) {
            nextLook = done + STRIDE;
            System.gc();
            live = Math.max(
                    live,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
    }
}
