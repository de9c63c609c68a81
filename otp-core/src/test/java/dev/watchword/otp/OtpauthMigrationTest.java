package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.MigrationPayload;
import dev.watchword.otp.support.RfcSecrets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The export of Google Authenticator becomes URI values. An unusable entry is reported and stops no other entry. */
@Tag("R1.6")
class OtpauthMigrationTest {
    private static final OtpSecret SECRET = RfcSecrets.of(HmacAlgorithm.SHA1);

    private static MigrationPayload entry() {
        return new MigrationPayload()
                .bytes(1, SECRET.exposeBytes())
                .text(2, "Bank:taro")
                .text(3, "Bank");
    }

    private static MigrationPayload totp() {
        return entry().number(4, 1).number(5, 1).number(6, 2);
    }

    private static OtpauthMigration parse(MigrationPayload... entries) {
        MigrationPayload payload = new MigrationPayload();
        for (MigrationPayload entry : entries) {
            payload.entry(entry);
        }
        return OtpauthMigration.parse(payload.position(1, 0, 7).toUri());
    }

    @Test
    void readsEachKindOfEntry() {
        OtpauthMigration export = parse(
                totp(),
                entry().number(4, 3).number(5, 2).number(6, 2).text(8, "unique"),
                entry().number(4, 2).number(5, 1).number(6, 1).number(7, 42),
                new MigrationPayload()
                        .bytes(1, SECRET.exposeBytes())
                        .text(2, "taro")
                        .number(6, 2));

        assertEquals(
                List.of(
                        new OtpauthUri.ForTotp("Bank", "taro", SECRET, TotpProfile.AUTHENTICATOR_APP),
                        new OtpauthUri.ForTotp(
                                "Bank",
                                "taro",
                                SECRET,
                                TotpProfile.of(HmacAlgorithm.SHA512, 8, Duration.ofSeconds(30))),
                        new OtpauthUri.ForHotp("Bank", "taro", SECRET, new HotpProfile(HmacAlgorithm.SHA256, 6), 42),
                        new OtpauthUri.ForTotp(null, "taro", SECRET, TotpProfile.AUTHENTICATOR_APP)),
                export.uris());
        assertEquals(List.of(), export.problems());
        assertEquals(1, export.part());
        assertEquals(1, export.parts());
    }

    @ParameterizedTest
    @CsvSource({
        "4, 4, the hash function must be",
        "5, 3, the number of digits must be",
        "6, 0, the type must be",
        "6, 9, the type must be",
        "4, -1, the hash function must be",
        "4, 4294967297, the hash function must be"
    })
    void reportsAnUnusableEntryAndReadsTheOthers(int field, long value, String problem) {
        OtpauthMigration export = parse(totp(), totp().number(field, value), totp());

        assertEquals(2, export.uris().size());
        assertEquals(1, export.problems().size());
        assertTrue(export.problems().get(0).startsWith("entry 2: " + problem), export.problems()::toString);
    }

    @Test
    void readsAWeakSecretByTheLegacyMethodOnly() {
        MigrationPayload weak =
                new MigrationPayload().bytes(1, new byte[10]).text(2, "taro").number(6, 2);
        String uri = new MigrationPayload().entry(weak).toUri();

        assertEquals(
                List.of("entry 1: the secret has 10 bytes instead of 16 or more; only"
                        + " OtpauthMigration.parseWeakLegacy reads it"),
                OtpauthMigration.parse(uri).problems());
        assertEquals(
                OtpSecret.weakLegacyCopyOf(new byte[10]),
                OtpauthMigration.parseWeakLegacy(uri).uris().get(0).secret());
    }

    @Test
    void joinsThePartsInAnyOrder() {
        OtpauthMigration first = OtpauthMigration.parse(
                new MigrationPayload().entry(totp()).position(2, 0, -5).toUri());
        OtpauthMigration second = OtpauthMigration.parse(new MigrationPayload()
                .entry(entry().number(6, 1))
                .entry(totp().number(4, 4))
                .position(2, 1, -5)
                .toUri());
        OtpauthMigration other = OtpauthMigration.parse(
                new MigrationPayload().entry(totp()).position(2, 1, -6).toUri());

        OtpauthMigration whole = OtpauthMigration.join(List.of(second, first));
        assertEquals(List.of(first.uris().get(0), second.uris().get(0)), whole.uris());
        assertTrue(whole.problems().get(0).startsWith("part 2, entry 2: "));
        for (List<OtpauthMigration> wrong : List.of(
                List.<OtpauthMigration>of(),
                List.of(first),
                List.of(second),
                List.of(first, first),
                List.of(first, other),
                List.of(first, second, second))) {
            assertThrows(IllegalArgumentException.class, () -> OtpauthMigration.join(wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "otpauth://totp/taro?data=AAAA",
                "otpauth-migration://online?data=AAAA",
                "otpauth-migration://offline",
                "otpauth-migration://offline?date=AAAA",
                "otpauth-migration://offline?data=*",
                "otpauth-migration://offline?data=A",
                "otpauth-migration://offline?data=%",
                "otpauth-migration://offline?data=Cg",
                "otpauth-migration://offline?data=CgUA",
                "otpauth-migration://offline?data=Cv////8P",
                "otpauth-migration://offline?data=////////////////",
                "otpauth-migration://offline?data=AAA=",
                "otpauth-migration://offline?data=CAE=",
                "otpauth-migration://offline?data=IAU=",
                "otpauth-migration://offline?data=EwAAAAA="
            })
    void rejectsEveryOtherTextWithOneClearError(String uri) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> OtpauthMigration.parse(uri));

        assertTrue(String.valueOf(e.getMessage()).contains(" must "), e.getMessage());
    }

    @Test
    void boundsTheLength() {
        assertThrows(
                IllegalArgumentException.class,
                () -> OtpauthMigration.parse("otpauth-migration://offline?data=" + "A".repeat(16_384)));
    }

    @Test
    void readsTheSpacesThatAScannerMadeOfPlusSigns() {
        String encoded = "";
        for (int padding = 0; !encoded.contains("+"); padding++) {
            byte[] payload = new MigrationPayload()
                    .entry(totp())
                    .bytes(98, new byte[padding])
                    .bytes(99, new byte[] {(byte) 0xFB, (byte) 0xEF, (byte) 0xBE})
                    .toBytes();
            encoded = Base64.getEncoder().encodeToString(payload);
        }
        for (String data : List.of(
                encoded.replace('+', ' '), encoded, encoded.replace('+', '-').replace("=", ""))) {
            assertEquals(
                    1,
                    OtpauthMigration.parse("otpauth-migration://offline?data=" + data)
                            .uris()
                            .size());
        }
    }

    /** An export survives, as URI values, and a shortened one never yields another secret. */
    @Property(tries = 300)
    void readsTheEntriesThatWereWritten(
            @ForAll @Size(min = 16, max = 64) byte[] secret,
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name,
            @ForAll HmacAlgorithm hash,
            @ForAll @IntRange(min = 1, max = 2) int digits,
            @ForAll @LongRange(min = 0) long counter,
            @ForAll @IntRange(min = 1, max = 200) int cut) {
        MigrationPayload hotp = new MigrationPayload()
                .bytes(1, secret)
                .text(2, name)
                .number(4, List.of(HmacAlgorithm.values()).indexOf(hash) + 1)
                .number(5, digits)
                .number(6, 1)
                .number(7, counter);
        byte[] payload = new MigrationPayload().entry(hotp).toBytes();
        OtpauthUri expected = new OtpauthUri.ForHotp(
                null, name, OtpSecret.copyOf(secret), new HotpProfile(hash, 4 + 2 * digits), counter);

        assertEquals(
                List.of(expected),
                OtpauthMigration.parse(MigrationPayload.uri(payload)).uris());
        byte[] shorter = Arrays.copyOf(payload, Math.max(1, payload.length - cut));
        assertThrows(IllegalArgumentException.class, () -> OtpauthMigration.parse(MigrationPayload.uri(shorter)));
    }

    @Test
    @Tag("R10.2")
    void showsNoSecretAndNoName() {
        assertEquals(
                "OtpauthMigration[part 1 of 1, 1 entries, 0 problems]",
                parse(totp()).toString());
        assertFalse(parse(totp().number(4, 9)).problems().toString().contains("taro"));
    }
}
