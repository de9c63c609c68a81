package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The writer writes only files that the reader accepts, and no secret into an encrypted file. */
@Tag("R5.1")
class PskcWriterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SeedProfile BANK = new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0);
    private static final Seed SEED = Seed.builder()
            .serial(new SerialNumber("10119998"))
            .secret(SECRET)
            .profile(BANK)
            .labels(Map.of(SeedLabel.ISSUER, "A & <B>"))
            .build();

    private static String written(PskcKey key, Seed... seeds) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PskcWriter writer = PskcWriter.open(file, key, RANDOM)) {
            for (Seed seed : seeds) {
                writer.write(seed);
            }
        }
        return file.toString(StandardCharsets.UTF_8);
    }

    @Test
    void usesTheSerialNumberAsAMissingKeyId() {
        Seed read = SeedFiles.good(written(PskcKey.none(), SEED));

        assertEquals("10119998", read.labels().get(SeedLabel.KEY_ID));
        assertEquals("A & <B>", read.labels().get(SeedLabel.ISSUER));
        assertEquals(SECRET, read.secret());
    }

    @Test
    void showsNoSecretAndRepeatsNoCiphertext() {
        PskcKey key = PskcKey.preShared(SeedFiles.KEY);
        String file = written(key, SEED, SEED);

        assertFalse(file.contains("MTIz"));
        assertFalse(file.equals(written(key, SEED, SEED)));
        List<String> values =
                file.lines().filter(line -> line.contains("CipherValue")).toList();
        assertEquals(3, values.stream().distinct().count());
        assertTrue(file.contains("<ds:KeyName>Pre-shared-key</ds:KeyName>"));
    }

    @Test
    void drawsTheSaltAndTheMacKeyAtRandom() throws GeneralSecurityException {
        PskcKey password = PskcKey.password("qwerty".toCharArray());
        assertEquals(
                2,
                Stream.of(written(password, SEED), written(password, SEED))
                        .map(file -> file.substring(file.indexOf("<Specified>"), file.indexOf("</Specified>")))
                        .distinct()
                        .count());
        String file = written(PskcKey.preShared(SeedFiles.KEY), SEED);
        int value = file.lastIndexOf("<xenc:CipherValue>") + "<xenc:CipherValue>".length();
        byte[] data = Base64.getDecoder().decode(file.substring(value, file.indexOf('<', value)));
        SecretKey zero = new SecretKeySpec(new byte[32], "X");
        assertFalse(file.contains(Encrypted.base64(Encrypted.mac("SHA256", zero, data))));
    }

    @Test
    void restrictsEachKeyToOneTimePasswords() {
        assertTrue(written(PskcKey.none(), SEED).contains("<KeyUsage>OTP</KeyUsage>"));
    }

    @Test
    void encryptsTheKeyForSigningAndRestrictsIt() {
        SeedSigning signing = new SeedSigning(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08"), SECRET, 0);
        Seed seed = SEED.toBuilder().signing(signing).build();
        PskcKey key = PskcKey.preShared(SeedFiles.KEY);
        String file = written(key, seed);

        assertFalse(file.contains("MTIz"));
        assertTrue(file.contains("<KeyUsage>CR</KeyUsage>"));
        assertTrue(file.contains("Id=\"10119998-ocra\""));
        assertEquals(signing, SeedFiles.good(file, key).signing());
    }

    @Test
    void rejectsAKeyForSigningThatEveryReaderRejects() {
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:C-QN08");
        OtpSecret weak = OtpSecret.weakLegacyCopyOf(new byte[15]);
        for (SeedSigning signing :
                List.of(new SeedSigning(suite, weak, 0), new SeedSigning(suite, SECRET, 1_000_000_000_000_000_000L))) {
            Seed seed = SEED.toBuilder().signing(signing).build();
            assertThrows(IllegalArgumentException.class, () -> written(PskcKey.none(), seed));
        }
    }

    @Test
    void stretchesAPassword() {
        PskcKey key = PskcKey.password("qwerty".toCharArray());
        String file = written(key, SEED);

        assertTrue(file.contains("<IterationCount>600000</IterationCount>"));
        assertFalse(file.contains("MTIz"));
        assertEquals(SECRET, SeedFiles.good(file, key).secret());
    }

    @Test
    void rejectsAProfileThatPskcCannotExpress() {
        for (TotpProfile profile : List.of(
                new TotpProfile(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30), Instant.ofEpochSecond(1)),
                TotpProfile.of(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(3601)))) {
            Seed seed = Seed.builder()
                    .serial(SEED.serial())
                    .secret(SECRET)
                    .profile(new SeedProfile.ForTotp(profile, 0, 0))
                    .build();
            assertThrows(IllegalArgumentException.class, () -> written(PskcKey.none(), seed));
        }
    }

    @Test
    void rejectsASeedThatEveryReaderRejects() {
        SeedProfile hotp = new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, 6), 1_000_000_000_000_000_000L);
        SeedProfile totp = new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0);
        SeedProfile late = new SeedProfile.ForTotp(TotpProfile.BANK, Long.MAX_VALUE, 0);
        OtpSecret weak = OtpSecret.weakLegacyCopyOf(new byte[15]);
        Instant before1970 = Instant.EPOCH.minusNanos(1);
        Instant year10000 = Instant.parse("+10000-01-01T00:00:00Z");
        for (Seed seed : List.of(
                Seed.builder()
                        .serial(SEED.serial())
                        .secret(SECRET)
                        .profile(hotp)
                        .build(),
                Seed.builder()
                        .serial(SEED.serial())
                        .secret(SECRET)
                        .profile(late)
                        .build(),
                Seed.builder().serial(SEED.serial()).secret(weak).profile(totp).build(),
                Seed.builder()
                        .serial(SEED.serial())
                        .secret(SECRET)
                        .profile(totp)
                        .startsAt(before1970)
                        .build(),
                Seed.builder()
                        .serial(SEED.serial())
                        .secret(SECRET)
                        .profile(totp)
                        .expiresAt(year10000)
                        .build())) {
            assertThrows(IllegalArgumentException.class, () -> written(PskcKey.none(), seed));
        }
    }

    @Test
    void writesNoReadableFileBeforeClose() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PskcWriter writer = PskcWriter.open(file, PskcKey.none(), RANDOM);
        writer.write(SEED);
        String cut = file.toString(StandardCharsets.UTF_8);
        assertThrows(SeedFileException.class, () -> SeedFiles.read(cut, PskcKey.none()));
        writer.close();
        writer.close();
        assertEquals(
                1,
                SeedFiles.all(PskcReader.open(new ByteArrayInputStream(file.toByteArray()), PskcKey.none()))
                        .size());
    }

    @Test
    void reportsAFailedStreamWithItsCause() {
        IOException broken = new IOException("broken");
        OutputStream closing = new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                throw broken;
            }
        };
        PskcWriter writer = PskcWriter.open(closing, PskcKey.none(), RANDOM);
        assertSame(broken, assertThrows(SeedFileException.class, writer::close).getCause());
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw broken;
            }
        };
        assertThrows(SeedFileException.class, () -> {
            try (PskcWriter failing = PskcWriter.open(full, PskcKey.none(), RANDOM)) {
                for (int i = 0; i < 1000; i++) {
                    failing.write(SEED);
                }
            }
        });
    }
}
