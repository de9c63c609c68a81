package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Place;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
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
