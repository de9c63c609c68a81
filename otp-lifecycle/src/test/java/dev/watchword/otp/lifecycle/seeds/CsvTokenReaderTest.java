package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
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

/** The reader of tokens of another system returns every valid record and reports every invalid one. */
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
        try (CsvTokenReader reader = CsvTokenReader.open(stream(csv), TextLayout.DEFAULT)) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    private static ForeignToken token(String row) {
        List<TokenRecord> records = read(HEADER + row);
        assertEquals(1, records.size());
        return ((TokenRecord.Good) records.get(0)).token();
    }

    private static BadRecord bad(String row) {
        List<TokenRecord> records = read(HEADER + row);
        assertEquals(1, records.size());
        return ((SeedRecord.Bad) records.get(0)).bad();
    }

    private static String failure(String csv) {
        return String.valueOf(
                assertThrows(SeedFileException.class, () -> read(csv)).getMessage());
    }

    @Test
    void readsEveryColumn() {
        assertEquals(
                ForeignToken.builder()
                        .holder(new Holder("青森"))
                        .userId(new UserId("100000000007"))
                        .mailAddress(new MailAddress("a@b.example"))
                        .kind(TokenKind.HARDWARE)
                        .serial(new SerialNumber("101199980021"))
                        .secret(SECRET)
                        .profile(TotpProfile.of(HmacAlgorithm.SHA256, 8, Duration.ofSeconds(60)))
                        .codes(new CodeState(29_000_000, -3))
                        .expiresAt(Instant.parse("2030-12-31T15:00:00.123456Z"))
                        .suspended(SuspensionReason.LOST)
                        .build(),
                token(TOTP));
        assertEquals(
                ForeignToken.builder()
                        .holder(new Holder("taro"))
                        .kind(TokenKind.HARDWARE)
                        .serial(new SerialNumber("10119998"))
                        .secret(SECRET)
                        .profile(new HotpProfile(HmacAlgorithm.SHA1, 6))
                        .codes(CodeState.ofNextCounter(42))
                        .expiresAt(Instant.parse("2031-01-01T00:00:00Z"))
                        .build(),
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
                "青森,;,;holder;1;'holder: is missing; the record must have a value here'",
                "HARDWARE;FOB;token;2;token: must be SOFTWARE or HARDWARE",
                "HARDWARE;'';token;2;token: must be SOFTWARE or HARDWARE",
                "101199980021,;123 4567,;serial;3;serial: serial number must be 1 to 64 printable ASCII characters without spaces",
                "TOTP;OCRA;kind;5;kind: must be TOTP or HOTP",
                "29000000;-1;last_step;10;last_step: must be a whole number from 0 to 999999999999999999",
                ",-3,;,x,;drift;11;drift: must be a whole number of at most 18 digits",
                "2031-01-01T00:00:00.1234567+09:00;'';expiry;12;'expiry: is missing; the record must have a value here'",
                "100000000007;1;user_id;13;user_id: user ID must be 12 ASCII digits",
                "LOST;lost;suspended;15;suspended: must be one of [TOO_MANY_FAILURES, LOST, STOLEN, BROKEN, FRAUD_SUSPECTED, OTHER]",
            })
    void reportsABadRecordWithItsLineAndColumn(
            String part, String replacement, String column, int index, String problem) {
        BadRecord bad = bad(with(TOTP, part, replacement));

        assertEquals(problem, bad.problem());
        assertEquals(column, bad.place().path());
        assertEquals(index, bad.place().column());
        assertEquals(2, bad.place().line());
    }

    @Test
    void rejectsADriftOutOfRange() {
        assertTrue(bad(with(TOTP, ",-3,", "," + (TotpWindow.MAX_DRIFT + 1) + ","))
                .problem()
                .startsWith("drift: must be a whole number from -"));
    }

    @Test
    void rejectsAMalformedMailAddress() {
        assertTrue(bad(with(TOTP, "a@b.example", "a@b@c")).problem().startsWith("mail_address: A mail address must"));
    }

    @Test
    void rejectsTotpColumnsOfAHotpToken() {
        assertEquals(
                "last_step: must be empty, because it has no meaning for HOTP",
                bad(with(HOTP, "42,,,,", "42,,7,,")).problem());
        assertEquals(
                "drift: must be empty, because it has no meaning for HOTP",
                bad(with(HOTP, "42,,,,", "42,,,7,")).problem());
    }

    @Test
    void rejectsASoftwareTokenWithHotp() {
        assertEquals(
                "kind: must be TOTP for a software token",
                bad(with(HOTP, "HARDWARE", "SOFTWARE")).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"holder", "token", "kind", "digits"})
    void rejectsAFileWithoutARequiredColumn(String column) {
        TextLayout format = TextLayout.DEFAULT.withIgnored(Set.of("x"));
        CsvTokenReader reader = CsvTokenReader.open(stream(with(HEADER, column, "x") + TOTP), format);
        assertTrue(String.valueOf(
                        assertThrows(SeedFileException.class, reader::hasNext).getMessage())
                .contains("Missing columns: " + column + ". Unknown"));
    }

    /** The number source and the policy supply what an app token lacks. A hardware token must have both. */
    @Test
    void readsASoftwareTokenWithoutSerialNumberAndExpiry() {
        ForeignToken bare = token("taro,SOFTWARE,," + HEX + ",TOTP,6,30,,,,,,,,\n");

        assertNull(bare.serial());
        assertNull(bare.expiresAt());
        assertEquals(TotpProfile.AUTHENTICATOR_APP, bare.profile());
        assertEquals(
                "serial: is missing; the record must have a value here",
                bad(with(TOTP, "101199980021", "")).problem());
        List<TokenRecord> without =
                read("holder,token,secret_hex,kind,digits,step\ntaro,SOFTWARE," + HEX + ",TOTP,6,30\n");
        assertEquals(bare, ((TokenRecord.Good) without.get(0)).token());
    }

    @Test
    void readsAWeakSecretOnlyWithTheLoudOption() {
        String row = with(TOTP, HEX, "31323334353637383930");
        SeedRecord.Bad bad = (SeedRecord.Bad) read(HEADER + row).get(0);

        assertEquals(RecordProblem.WEAK_SECRET, bad.bad().kind());
        assertEquals(
                "secret_hex: the secret has fewer than 128 bits (RFC 4226 §4, R6); only CsvTokenReader.openWeakLegacy"
                        + " reads it, for a token that is in use",
                bad.bad().problem());
        for (String secret : List.of("31323334353637383930", HEX)) {
            try (CsvTokenReader reader = CsvTokenReader.openWeakLegacy(
                    stream(HEADER + with(TOTP, HEX, secret)), TextLayout.DEFAULT, SeedLimits.DEFAULT)) {
                assertEquals(
                        OtpSecret.weakLegacyFromHex(secret),
                        ((TokenRecord.Good) reader.next()).token().secret());
            }
        }
        SeedRecord.Bad other =
                (SeedRecord.Bad) read(HEADER + with(TOTP, HEX, "3132")).get(0);
        assertEquals(RecordProblem.MALFORMED, other.bad().kind());
    }

    @Test
    void rejectsTheColumnsOfSeedFiles() {
        assertTrue(failure(with(HEADER, "suspended", "model") + TOTP).contains("Unknown headings: in column 15 ("));
        assertTrue(failure(with(HEADER, "suspended", "start") + TOTP).contains("Unknown headings: in column 15 ("));
        CsvSeedReader seeds = CsvSeedReader.open(
                stream("serial,secret_hex,kind,digits,step,holder\n101199980021," + HEX + ",TOTP,8,60,taro\n"),
                TextLayout.DEFAULT);
        assertThrows(SeedFileException.class, seeds::hasNext);
    }

    @Test
    @Tag("R10.2")
    void showsNoSecretAndNoPerson() {
        String shown = token(TOTP).toString();

        assertFalse(shown.contains(HEX));
        assertFalse(shown.contains("青森"));
        assertFalse(shown.contains("b.example"));
        assertTrue(shown.contains("101199980021"));
    }
}
