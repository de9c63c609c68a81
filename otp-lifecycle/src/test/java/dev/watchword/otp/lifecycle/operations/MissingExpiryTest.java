package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayouts;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The institution states the expiry of tokens whose file states none. */
@Tag("R5.1")
class MissingExpiryTest extends InstitutionFixture {
    private static final String FILE = "10119998,3132333435363738393031323334353637383930\n";

    private Outcome<Imported> imported(String batch, String serial, MissingExpiry expiry) {
        return bank.stock()
                .importBatch(
                        new BatchId(batch),
                        CsvSeedReader.open(SeedFiles.stream(FILE.replace("10119998", serial)), TextLayouts.SERIAL_HEX),
                        expiry,
                        staged -> {});
    }

    private Instant expiry(String serial) {
        return store.capability(StockStore.class)
                .orElseThrow()
                .find(TestInstitution.SERVICE_ID, new SerialNumber(serial))
                .orElseThrow()
                .expiresAt();
    }

    @Test
    void aTokenWithoutExpiryIsABadRecordUnlessTheInstitutionStatesOne() {
        assertRefused(Refusal.BAD_RECORDS, imported("b", "10119991", MissingExpiry.REFUSED));

        assertAccepted(imported("b", "10119991", MissingExpiry.at(Instant.parse("2031-01-01T00:00:00.123456789Z"))));
        assertEquals(Instant.parse("2031-01-01T00:00:00.123456Z"), expiry("10119991"));
        assertAccepted(imported("c", "10119992", MissingExpiry.after(Duration.ofDays(1000))));
        assertEquals(clock.instant().plus(Duration.ofDays(1000)).truncatedTo(ChronoUnit.MICROS), expiry("10119992"));
    }

    @Test
    void anExpiryThatHasPassedIsRefused() {
        assertRefused(Refusal.BAD_RECORDS, imported("b", "10119991", MissingExpiry.at(clock.instant())));
    }

    @Test
    void aLifetimeBeginsWithTheStartOfTheToken() {
        Instant start = Instant.parse("2027-01-01T00:00:00Z");
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Duration lifetime = Duration.ofDays(10);

        assertEquals(start.plus(lifetime), MissingExpiry.after(lifetime).of(start, now));
        assertEquals(now.plus(lifetime), MissingExpiry.after(lifetime).of(null, now));
        assertEquals(start, MissingExpiry.at(start).of(null, now));
        assertThrows(IllegalArgumentException.class, () -> MissingExpiry.after(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> MissingExpiry.after(Duration.ofDays(40_000)));
    }

    @Test
    void expiriesAreValues() {
        List<MissingExpiry> different = List.of(
                MissingExpiry.REFUSED,
                MissingExpiry.at(Instant.EPOCH),
                MissingExpiry.after(Duration.ofDays(1)),
                MissingExpiry.after(Duration.ofDays(2)));
        for (MissingExpiry each : different) {
            assertEquals(1, different.stream().filter(each::equals).count());
            assertNotEquals("", each.toString());
        }
        assertEquals(
                MissingExpiry.after(Duration.ofDays(1)).hashCode(),
                MissingExpiry.after(Duration.ofDays(1)).hashCode());
    }
}
