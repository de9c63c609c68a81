package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.figure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.read;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The reader accepts the figures of RFC 6030 as printed, or rejects them for a stated reason. */
@Tag("R5.1")
class PskcFigureTest {
    private static final String HOTP_COUNTER = "<pskc:Counter><pskc:PlainValue>0</pskc:PlainValue></pskc:Counter>";

    /** The printed figure lacks the parameters that RFC 6030 §10.1 requires for HOTP, and its secret has 4 bytes. */
    @Test
    void rejectsFigure2WithoutADeviceAndWithoutParameters() {
        assertEquals(
                "KeyPackage must contain the element DeviceInfo", bad(figure(2)).problem());
        PskcOptions options = PskcOptions.DEFAULT.withSerial(PskcSerial.DEVICE_OR_KEY_ID);
        List<SeedRecord> records = all(PskcReader.open(stream(figure(2)), PskcKey.none(), options));
        assertEquals(
                "Key must contain the element AlgorithmParameters",
                ((SeedRecord.Bad) records.get(0)).bad().problem());
    }

    @Test
    void readsFigure3AsAPlainKey() {
        Seed seed = good(figure(3));

        assertEquals(new SerialNumber("987654321"), seed.serial());
        assertEquals(SECRET, seed.secret());
        assertEquals(new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, 8), 0), seed.profile());
        assertNull(seed.startsAt());
        assertNull(seed.expiresAt());
        assertEquals(
                Map.of(
                        SeedLabel.MANUFACTURER, "Manufacturer",
                        SeedLabel.DEVICE_USER_ID, "DC=example-bank,DC=net",
                        SeedLabel.CRYPTO_MODULE_ID, "CM_ID_001",
                        SeedLabel.KEY_ID, "12345678",
                        SeedLabel.ISSUER, "Issuer",
                        SeedLabel.KEY_USER_ID, "UID=jsmith,DC=example-bank,DC=net"),
                seed.labels());
    }

    @Test
    void rejectsFigure4WithoutASecret() {
        assertEquals("Data must contain the element Secret", bad(figure(4)).problem());
    }

    /** The device checks the PIN. The PIN itself is in the second key package, which is no key for codes. */
    @Test
    void readsTheFirstKeyOfFigure5() {
        List<SeedRecord> records = read(figure(5), PskcKey.none());

        assertEquals(2, records.size());
        assertEquals(SECRET, ((SeedRecord.Good) records.get(0)).seed().secret());
        BadRecord pin = ((SeedRecord.Bad) records.get(1)).bad();
        assertEquals(
                "The key is a PIN, which generates no codes (RFC 6030 §10.2); remove its KeyPackage", pin.problem());
        assertEquals("KeyContainer/KeyPackage/Key", pin.place().path());
    }

    @Test
    void decryptsFigure6WithAPreSharedKey() {
        Seed seed = good(figure(6), PskcKey.preShared(KEY));

        assertEquals(SECRET, seed.secret());
        assertEquals(new SerialNumber("987654321"), seed.serial());
    }

    /** The printed figure lacks the Counter that RFC 6030 §10.1 requires for HOTP. */
    @Test
    void decryptsFigure7WithAPassword() {
        PskcKey qwerty = PskcKey.password("qwerty".toCharArray());

        assertEquals(
                "Data must contain the element Counter", bad(figure(7), qwerty).problem());
        Seed seed = good(with(figure(7), "</pskc:Data>", HOTP_COUNTER + "</pskc:Data>"), qwerty);
        assertEquals(SECRET, seed.secret());
        PskcOptions options = PskcOptions.DEFAULT.withMissingCounterIsZero(true);
        List<SeedRecord> records = all(PskcReader.open(stream(figure(7)), qwerty, options));
        assertEquals(seed, ((SeedRecord.Good) records.get(0)).seed());
    }

    /** Two of the keys have one serial number. The key ID tells them apart, if the caller says so. */
    @Test
    void readsFigure10AsABatch() {
        List<SeedRecord> batch = read(figure(10), PskcKey.none());
        assertEquals(4, batch.size());
        assertEquals("654321", batch.get(0).place().serial());

        PskcOptions options = PskcOptions.DEFAULT.withSerial(PskcSerial.DEVICE_AND_KEY_ID);
        List<SeedRecord> apart = all(PskcReader.open(stream(figure(10)), PskcKey.none(), options));
        assertEquals(
                new SerialNumber("9999999-4"),
                ((SeedRecord.Good) apart.get(3)).seed().serial());
        Seed fourth = ((SeedRecord.Good) batch.get(3)).seed();
        assertEquals(new SerialNumber("9999999"), fourth.serial());
        assertEquals(Instant.parse("2006-04-01T00:00:00Z"), fourth.startsAt());
        assertEquals(Instant.parse("2006-04-30T00:00:00Z"), fourth.expiresAt());
        assertEquals(4, batch.get(3).place().index());
        assertEquals(85, batch.get(3).place().line());
    }
}
