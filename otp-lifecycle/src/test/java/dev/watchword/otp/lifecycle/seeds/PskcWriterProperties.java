package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

/** The reader returns the seeds that the writer wrote. */
class PskcWriterProperties {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Property(tries = 300)
    @Tag("R5.1")
    void readsBackEqualSeeds(
            @ForAll @Size(min = 1, max = 5) List<@From("seeds") Seed> seeds, @ForAll("keys") PskcKey key) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PskcWriter writer = PskcWriter.open(file, key, RANDOM, 1000)) {
            seeds.forEach(writer::write);
        }

        List<SeedRecord> read = SeedFiles.all(PskcReader.open(new ByteArrayInputStream(file.toByteArray()), key));

        assertEquals(seeds.size(), read.size());
        int index = 1;
        for (int i = 0; i < read.size(); i++) {
            assertTrue(read.get(i) instanceof SeedRecord.Good, read.get(i)::toString);
            assertEquals(seeds.get(i), ((SeedRecord.Good) read.get(i)).seed());
            assertEquals(index, read.get(i).place().index());
            index += seeds.get(i).signing() == null ? 1 : 2;
        }
    }

    @Provide
    Arbitrary<PskcKey> keys() {
        return Arbitraries.of(
                PskcKey.none(),
                PskcKey.preShared(SeedFiles.aes("0f".repeat(16))),
                PskcKey.preShared(SeedFiles.aes("0f".repeat(24))),
                PskcKey.preShared(SeedFiles.aes("0f".repeat(32))),
                PskcKey.password("パスワード".toCharArray()));
    }

    @Provide
    Arbitrary<Seed> seeds() {
        Arbitrary<SerialNumber> serials =
                Arbitraries.strings().numeric().ofMinLength(8).ofMaxLength(12).map(SerialNumber::new);
        Arbitrary<OtpSecret> secrets = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(16)
                .ofMaxSize(256)
                .map(OtpSecret::copyOf);
        Arbitrary<Instant> starts = instants(0, 4_000_000_000L).injectNull(0.2);
        Arbitrary<Instant> ends = instants(4_000_000_001L, 253_402_300_799L).injectNull(0.2);
        return Combinators.combine(serials, secrets, profiles(), starts, ends, labels(), signing(secrets))
                .as((serial, secret, profile, startsAt, expiresAt, labels, signing) -> Seed.builder()
                        .serial(serial)
                        .secret(secret)
                        .profile(profile)
                        .startsAt(startsAt)
                        .expiresAt(expiresAt)
                        .labels(labels)
                        .signing(signing)
                        .build());
    }

    private static Arbitrary<SeedSigning> signing(Arbitrary<OtpSecret> secrets) {
        Arbitrary<OcraSuite> suites = Combinators.combine(
                        Arbitraries.of("SHA1", "SHA256", "SHA512"),
                        Arbitraries.of(0, 6, 7, 8, 9, 10),
                        Arbitraries.of("", "C-"),
                        Arbitraries.of("A", "N", "H"),
                        Arbitraries.integers().between(4, 64),
                        Arbitraries.of("", "-T1S", "-T59M", "-T48H"))
                .as((hash, digits, counter, format, length, time) -> OcraSuite.parse("OCRA-1:HOTP-" + hash + "-"
                        + digits + ":" + counter + "Q" + format + (length < 10 ? "0" : "") + length + time))
                .filter(SigningKey::isUsable);
        Arbitrary<Long> counters = Arbitraries.longs().between(0, KeyPackage.MAX_NUMBER);
        return Combinators.combine(suites, secrets, counters)
                .as((suite, secret, counter) -> new SeedSigning(suite, secret, suite.hasCounter() ? counter : 0))
                .injectNull(0.4);
    }

    private static Arbitrary<Instant> instants(long min, long max) {
        return Combinators.combine(
                        Arbitraries.longs().between(min, max),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, seconds == max ? 0 : nanos));
    }

    private static Arbitrary<SeedProfile> profiles() {
        Arbitrary<HmacAlgorithm> algorithms = Arbitraries.of(HmacAlgorithm.class);
        Arbitrary<Integer> digits = Arbitraries.integers().between(6, 9);
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, KeyPackage.MAX_NUMBER);
        Arbitrary<SeedProfile> totp = Combinators.combine(
                        algorithms, digits, Arbitraries.longs().between(1, 3600), numbers, Arbitraries.integers())
                .as((algorithm, length, step, time, drift) -> new SeedProfile.ForTotp(
                        TotpProfile.of(algorithm, length, Duration.ofSeconds(step)), time, drift));
        Arbitrary<SeedProfile> hotp = Combinators.combine(algorithms, digits, numbers)
                .as((algorithm, length, counter) ->
                        new SeedProfile.ForHotp(new HotpProfile(algorithm, length), counter));
        return Arbitraries.oneOf(totp, hotp);
    }

    /** Every seed has a key ID, because the writer would add one. */
    private static Arbitrary<Map<SeedLabel, String>> labels() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(40).filter(SeedLabel::isLabel);
        Arbitrary<Map<SeedLabel, String>> some = Arbitraries.maps(Arbitraries.of(SeedLabel.class), texts);
        return Combinators.combine(some, texts).as((labels, id) -> {
            Map<SeedLabel, String> all = new HashMap<>(labels);
            all.put(SeedLabel.KEY_ID, id);
            return all;
        });
    }
}
