package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Place;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Seeds, profiles and limits reject invalid values, and a place has a readable form. */
@Tag("R5.1")
class SeedValuesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void describesAPlaceInWords() {
        assertEquals(
                "record 17, serial 10119998, line 203, column 14, a/b",
                new Place(17, "10119998", 203, 14, "a/b").toString());
        assertEquals("line 1", new Place(0, null, 1, 0, "").toString());
    }

    @Test
    void rejectsInvalidSeeds() {
        SeedProfile profile = new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0);
        SerialNumber serial = new SerialNumber("10119998");
        for (Instant expiry : List.of(START, START.minusSeconds(1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Seed.builder()
                            .serial(serial)
                            .secret(SeedFiles.SECRET)
                            .profile(profile)
                            .startsAt(START)
                            .expiresAt(expiry)
                            .build());
        }
        for (String label : List.of("", " x", "x ", "a\nb", "\uD800", "\uFFFE", "\uFFFF", "x".repeat(257))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Seed.builder()
                            .serial(serial)
                            .secret(SeedFiles.SECRET)
                            .profile(profile)
                            .labels(Map.of(SeedLabel.MODEL, label))
                            .build());
        }
        Map<SeedLabel, String> labels = new EnumMap<>(Map.of(SeedLabel.MODEL, "M"));
        Seed seed = Seed.builder()
                .serial(serial)
                .secret(SeedFiles.SECRET)
                .profile(profile)
                .startsAt(START)
                .expiresAt(START.plusSeconds(1))
                .labels(labels)
                .build();
        labels.clear();
        assertEquals(Map.of(SeedLabel.MODEL, "M"), seed.labels());
        assertThrows(UnsupportedOperationException.class, () -> seed.labels().clear());
        assertThrows(IllegalArgumentException.class, () -> new SeedProfile.ForTotp(TotpProfile.BANK, -1, 0));
        HotpProfile hotp = new HotpProfile(HmacAlgorithm.SHA1, 6);
        assertThrows(IllegalArgumentException.class, () -> new SeedProfile.ForHotp(hotp, -1));
    }

    @Test
    @Tag("R13.2")
    void aKeyForSigningHasAUsableSuiteAndAFittingCounter() {
        OcraSuite plain = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08");
        OcraSuite counted = OcraSuite.parse("OCRA-1:HOTP-SHA1-6:C-QN08");
        assertThrows(IllegalArgumentException.class, () -> new SeedSigning(plain, SeedFiles.SECRET, 1));
        assertThrows(IllegalArgumentException.class, () -> new SeedSigning(counted, SeedFiles.SECRET, -1));
        for (String other : List.of("OCRA-1:HOTP-SHA1-6:QN08-PSHA1", "OCRA-1:HOTP-SHA1-6:QN08-S064")) {
            OcraSuite suite = OcraSuite.parse(other);
            assertThrows(IllegalArgumentException.class, () -> new SeedSigning(suite, SeedFiles.SECRET, 0));
        }
        assertEquals(1, new SeedSigning(counted, SeedFiles.SECRET, 1).counter());
    }

    @Test
    @Tag("R13.2")
    void theKeyForSigningIsPartOfASeedAndIsDestroyedWithIt() {
        SeedSigning signing =
                new SeedSigning(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:C-QN08"), OtpSecret.copyOf(new byte[20]), 7);
        Seed without = Seed.builder()
                .serial(new SerialNumber("10119998"))
                .secret(OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII)))
                .profile(new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0))
                .build();
        Seed seed = without.toBuilder().signing(signing).build();

        assertNotEquals(without, seed);
        assertNotEquals(without.hashCode(), seed.hashCode());
        assertEquals(seed, seed.toBuilder().build());
        assertEquals(without, seed.toBuilder().signing(null).build());
        assertEquals("SeedSigning[suite=OCRA-1:HOTP-SHA1-6:C-QN08, counter=7]", signing.toString());
        assertTrue(seed.toString().contains(signing.toString()), seed::toString);

        seed.destroy();
        seed.destroy();
        assertTrue(seed.secret().isDestroyed());
        assertTrue(signing.secret().isDestroyed());
    }

    @Test
    void rejectsALimitBelowOne() {
        SeedLimits least = SeedLimits.DEFAULT
                .withMaxBytes(1)
                .withMaxSignedBytes(1)
                .withMaxRecords(1)
                .withMaxIterations(1);
        assertThrows(IllegalArgumentException.class, () -> least.withMaxBytes(0));
        assertThrows(IllegalArgumentException.class, () -> least.withMaxSignedBytes(0));
        assertThrows(IllegalArgumentException.class, () -> least.withMaxRecords(0));
        assertThrows(IllegalArgumentException.class, () -> least.withMaxIterations(0));
    }
}
