package dev.watchword.otp.lifecycle.stock;

import static dev.watchword.otp.lifecycle.stock.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.stock.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.MailAddress;
import dev.watchword.otp.lifecycle.SeedFileException;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R12.4")
class CsvTokenReaderTest {
    private static final String HEX = "3132333435363738393031323334353637383930";
    private static final String HEADER = "holder,token,serial,secret_hex,kind,digits,step,counter,algorithm,"
            + "last_step,drift,expiry,user_id,mail_address,suspended\n";
    private static final String TOTP = "青森,HARDWARE,101199980021," + HEX
            + ",TOTP,8,60,,SHA256,29000000,-3,2031-01-01T00:00:00.1234567+09:00,100000000007,a@b.example,LOST\n";
    private static final String HOTP = "taro,HARDWARE,10119998," + HEX + ",HOTP,6,,42,,,,2031-01-01T00:00:00Z,,,\n";

    private static List<TokenRecord> read(String csv) {
        List<TokenRecord> records = new ArrayList<>();
        try (CsvTokenReader reader = CsvTokenReader.open(stream(csv), CsvFormat.DEFAULT)) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    private static ForeignToken token(String row) {
        List<TokenRecord> records = read(HEADER + row);
        assertEquals(1, records.size());
        return ((TokenRecord.Good) records.get(0)).token();
    }

    private static SeedRecord.Bad bad(String row) {
        List<TokenRecord> records = read(HEADER + row);
        assertEquals(1, records.size());
        return (SeedRecord.Bad) records.get(0);
    }

    private static String failure(String csv) {
        return String.valueOf(
                assertThrows(SeedFileException.class, () -> read(csv)).getMessage());
    }

    @Test
    void everythingIsRead() {
        assertEquals(
                new ForeignToken(
                        new Holder("青森"),
                        new UserId("100000000007"),
                        new MailAddress("a@b.example"),
                        TokenKind.HARDWARE,
                        new SerialNumber("101199980021"),
                        SECRET,
                        TotpProfile.of(HmacAlgorithm.SHA256, 8, Duration.ofSeconds(60)),
                        new CodeState(29_000_000, -3),
                        Instant.parse("2030-12-31T15:00:00.123456Z"),
                        SuspensionReason.LOST),
                token(TOTP));
        assertEquals(
                new ForeignToken(
                        new Holder("taro"),
                        null,
                        null,
                        TokenKind.HARDWARE,
                        new SerialNumber("10119998"),
                        SECRET,
                        new HotpProfile(HmacAlgorithm.SHA1, 6),
                        CodeState.ofNextCounter(42),
                        Instant.parse("2031-01-01T00:00:00Z"),
                        null),
                token(HOTP));
        assertEquals(
                new CodeState(Totp.NO_STEP, 0),
                token(with(with(TOTP, "29000000", ""), "-3", "")).codes());
        assertEquals(
                TokenKind.SOFTWARE, token(with(TOTP, "HARDWARE", "SOFTWARE")).kind());
        assertEquals(
                TotpWindow.MAX_DRIFT,
                token(with(TOTP, "-3", "" + TotpWindow.MAX_DRIFT)).codes().drift());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "青森,;,;holder;1;holder: is missing",
                "HARDWARE;FOB;token;2;token: must be SOFTWARE or HARDWARE",
                "HARDWARE;'';token;2;token: must be SOFTWARE or HARDWARE",
                "101199980021,;1234567,;serial;3;serial: serial number must be 8 to 12 ASCII digits",
                "TOTP;OCRA;kind;5;kind: must be TOTP or HOTP",
                "29000000;-1;last_step;10;last_step: must be a whole number from 0 to 999999999999999999",
                ",-3,;,x,;drift;11;drift: must be a whole number of at most 18 digits",
                "2031-01-01T00:00:00.1234567+09:00;'';expiry;12;expiry: is missing",
                "100000000007;1;user_id;13;user_id: user ID must be 12 ASCII digits",
                "LOST;lost;suspended;15;suspended: must be one of [TOO_MANY_FAILURES, LOST, STOLEN, FRAUD_SUSPECTED, BACKUP_RESTORED, OTHER]",
            })
    void aBadRecordIsNamedWithItsLineAndColumn(
            String part, String replacement, String column, int index, String problem) {
        SeedRecord.Bad bad = bad(with(TOTP, part, replacement));

        assertEquals(problem, bad.problem());
        assertEquals(column, bad.place().path());
        assertEquals(index, bad.place().column());
        assertEquals(2, bad.place().line());
    }

    @Test
    void aDriftBeyondAllBoundsIsBad() {
        assertTrue(bad(with(TOTP, ",-3,", "," + (TotpWindow.MAX_DRIFT + 1) + ","))
                .problem()
                .startsWith("drift: must be a whole number from -"));
        assertTrue(bad(with(TOTP, "a@b.example", "a@b@c")).problem().startsWith("mail_address: A mail address must"));
    }

    @Test
    void whatCountsEventsHasNoTime() {
        assertEquals(
                "last_step: has no meaning for HOTP, and must be empty",
                bad(with(HOTP, "42,,,,", "42,,7,,")).problem());
        assertEquals(
                "drift: has no meaning for HOTP, and must be empty",
                bad(with(HOTP, "42,,,,", "42,,,7,")).problem());
        assertEquals(
                "kind: a software token counts time, and must be TOTP",
                bad(with(HOTP, "HARDWARE", "SOFTWARE")).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"holder", "token", "serial", "kind", "digits", "expiry"})
    void aFileThatLacksAColumnIsRefused(String column) {
        CsvFormat format = new CsvFormat(',', Set.of("x"));
        CsvTokenReader reader = CsvTokenReader.open(stream(with(HEADER, column, "x") + TOTP), format);
        assertTrue(String.valueOf(
                        assertThrows(SeedFileException.class, reader::hasNext).getMessage())
                .contains("has no column " + column));
    }

    @Test
    void theColumnsOfSeedFilesAreUnknown() {
        assertTrue(failure(with(HEADER, "suspended", "model") + TOTP).contains("unknown heading in column 15"));
        assertTrue(failure(with(HEADER, "suspended", "start") + TOTP).contains("unknown heading in column 15"));
        CsvSeedReader seeds = CsvSeedReader.open(
                stream("serial,secret_hex,kind,digits,step,holder\n101199980021," + HEX + ",TOTP,8,60,taro\n"),
                CsvFormat.DEFAULT);
        assertThrows(SeedFileException.class, seeds::hasNext);
    }

    @Test
    @Tag("R10.2")
    void noTextShowsASecretOrAPerson() {
        String shown = token(TOTP).toString();

        assertFalse(shown.contains(HEX));
        assertFalse(shown.contains("青森"));
        assertFalse(shown.contains("b.example"));
        assertTrue(shown.contains("101199980021"));
    }
}
