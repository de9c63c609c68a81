package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.BadRecord;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader applies the dates of the device and of the policy. */
@Tag("R5.1")
class PskcValidityTest {
    @Test
    void appliesTheStricterOfDeviceAndPolicy() {
        assertEquals(Instant.parse("2026-01-31T15:00:00Z"), good(TOTP).startsAt());
        assertEquals(Instant.parse("2031-01-01T00:00:00Z"), good(TOTP).expiresAt());

        Seed other = good(with(with(TOTP, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"), "2032-", "2030-"));
        assertEquals(Instant.parse("2026-03-01T00:00:00Z"), other.startsAt());
        assertEquals(Instant.parse("2030-01-01T00:00:00Z"), other.expiresAt());
    }

    @Test
    void keepsTheDatesOfDeviceOrPolicyAlone() {
        String noDevice = TOTP.replaceFirst("<StartDate>.*\n", "").replaceFirst("<ExpiryDate>.*\n", "");
        assertEquals(Instant.parse("2026-01-31T15:00:00Z"), good(noDevice).startsAt());
        assertEquals(Instant.parse("2032-01-01T00:00:00Z"), good(noDevice).expiresAt());

        String noPolicy = TOTP.replaceAll("(?s)<Policy>.*</Policy>", "");
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), good(noPolicy).startsAt());
        assertEquals(Instant.parse("2031-01-01T00:00:00Z"), good(noPolicy).expiresAt());

        String neither = noPolicy.replaceFirst("<StartDate>.*\n", "").replaceFirst("<ExpiryDate>.*\n", "");
        assertNull(good(neither).startsAt());
        assertNull(good(neither).expiresAt());
    }

    @Test
    void rejectsATokenThatExpiresBeforeItStarts() {
        BadRecord bad = bad(with(TOTP, "2032-01-01", "2026-01-15"));
        assertEquals(
                "The hardware token would expire before it starts; correct StartDate or ExpiryDate", bad.problem());
        assertEquals("KeyContainer/KeyPackage/Key/Policy", bad.place().path());

        String device = TOTP.replaceAll("(?s)<Policy>.*</Policy>", "");
        assertEquals(
                "KeyContainer/KeyPackage/Key",
                bad(with(device, "2031-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
                        .place()
                        .path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-01",
                "2026-02-01T00:00:00",
                "2026-02-30T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "tomorrow",
                ""
            })
    void rejectsADateThatIsNotExact(String date) {
        BadRecord bad = bad(with(TOTP, "2026-02-01T00:00:00+09:00", date));

        assertTrue(bad.problem().startsWith("StartDate must be "), bad.problem());
        assertEquals("KeyContainer/KeyPackage/Key/Policy/StartDate", bad.place().path());
    }

    @Test
    void acceptsTheFirstAndTheLastInstant() {
        String always = with(
                with(TOTP, "2026-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
                "2026-02-01T00:00:00+09:00",
                "1970-01-01T00:00:00Z");
        assertEquals(Instant.EPOCH, good(always).startsAt());
        String late = with(
                with(TOTP, "2031-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
                "2032-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z");
        assertEquals(Instant.parse("9999-12-31T23:59:59Z"), good(late).expiresAt());
    }
}
